// Passes as clients live them.
#include <atomic>

#include "resource-svc/rpc/pass_fixture.h"
#include "resource-svc/rpc/pass_keeper.h"

namespace jinhuan::resource {
namespace {

using ::testing::SizeIs;
using State = v1::Booking;

const db::Query kEntries("SELECT COUNT(*) FROM journal_unsealed", "");
const db::Query kQuota("SELECT COALESCE(SUM(used), 0) FROM quota_use", "");
const db::Query kLedger("SELECT COALESCE(SUM(quantity), 0) FROM ledger_entry WHERE direction = 2",
                        "");
const db::Query kTellNoPlate("UPDATE booking SET plate = NULL", "");

TEST_F(PassTest, HoldsAPlaceInEverySlotOfEveryDay) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  const auth::v1::Caller staff = Staff("s", "m2");
  auto request = Wanted(window, 23, 27, "沪a-12345");
  request.set_request_id("once");
  const v1::Pass pass = MustMake(staff, request);
  EXPECT_EQ(pass.state(), v1::Pass::STATE_ACTIVE);
  EXPECT_EQ(pass.plate(), "沪A12345");
  EXPECT_EQ(pass.days(), 5);
  EXPECT_EQ(pass.days_left(), 5);
  EXPECT_EQ(pass.price_fen(), 3000);
  EXPECT_EQ(pass.member(), "alliances/a/members/m2");
  EXPECT_EQ(pass.lender(), "alliances/a/members/m1");
  EXPECT_EQ(api::FromProto(pass.next_start_time()), At(23, 18));
  EXPECT_EQ(api::FromProto(pass.end_time()), At(28, 8));
  EXPECT_EQ(Taken(), 35);
  EXPECT_EQ(MustMake(staff, request).SerializeAsString(), pass.SerializeAsString());
  EXPECT_EQ(Taken(), 35);
  const auto days = DaysIn(State::STATE_CONFIRMED, pass.name(), staff);
  ASSERT_THAT(days, SizeIs(5));
  EXPECT_EQ(days[0].name(), pass.next_booking());
  EXPECT_EQ(days[0].pass(), pass.name());
  EXPECT_EQ(days[0].price_fen(), 600);
  v1::ListBookingsRequest part;
  part.set_parent("alliances/a");
  part.set_pass(pass.name());
  *part.mutable_end_after() = api::ToProto(At(24, 8));
  *part.mutable_start_before() = api::ToProto(At(25, 18));
  part.set_page_size(1);
  const auto one = Call(*booking_stub_, &Stub::ListBookings, staff, part);
  ASSERT_EQ(one->bookings_size(), 1);
  EXPECT_EQ(api::FromProto(one->bookings(0).start_time()), At(24, 18));
  EXPECT_EQ(one->next_page_token(), "");
  // They are no bookings that its holder made, but they are its unit's.
  v1::ListBookingsRequest list;
  list.set_parent("alliances/a");
  list.set_mine(true);
  EXPECT_EQ(Call(*booking_stub_, &Stub::ListBookings, staff, list)->bookings_size(), 0);
  list.set_mine(false);
  EXPECT_EQ(Call(*booking_stub_, &Stub::ListBookings, Liaison("m2"), list)->bookings_size(), 5);
}

TEST_F(PassTest, SaysWhatItWouldBeWithoutMakingIt) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  auto request = Wanted(window, 23, 30);
  request.set_validate_only(true);
  const v1::Pass pass = MustMake(Staff("s", "m2"), request);
  EXPECT_EQ(pass.days(), 8);
  EXPECT_EQ(pass.price_fen(), 4800);
  EXPECT_EQ(Taken(), 0);
  EXPECT_EQ(ReasonOf(Get(pass.name()).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(PassTest, IsRefusedAsAWholeWhenOneDayIsFull) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(1));
  auto booking = Booking(window.name(), At(25, 20), 2);
  booking.mutable_booking()->set_plate("沪B00001");
  ASSERT_TRUE(Book(Staff("t", "m3"), booking).ok());
  const auto refused = Make(Staff("s", "m2"), Wanted(window, 23, 27));
  EXPECT_EQ(ReasonOf(refused.status()), "SLOT_FULL") << refused.status();
  EXPECT_EQ(Taken(), 1);
  EXPECT_TRUE(Make(Staff("s", "m2"), Wanted(window, 26, 27)).ok());
  // And the other way round.
  booking.mutable_booking()->mutable_start_time()->set_seconds(absl::ToUnixSeconds(At(26, 20)));
  booking.mutable_booking()->mutable_end_time()->set_seconds(absl::ToUnixSeconds(At(26, 22)));
  EXPECT_EQ(ReasonOf(Book(Staff("t", "m3"), booking).status()), "SLOT_FULL");
}

TEST_F(PassTest, CountsAgainstQuotasAndThePlacesOfPasses) {
  v1::Window nights = Nights(5, /*places=*/2);
  v1::Quota& quota = *nights.add_quotas();
  quota.set_subject(v1::QUOTA_SUBJECT_UNIT);
  quota.set_period(v1::QUOTA_PERIOD_DAY);
  quota.set_limit(1);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, nights);
  const v1::Pass pass = MustMake(Staff("s", "m2"), Wanted(window, 23, 24, "沪A00001"));
  EXPECT_EQ(Number(kQuota), 4);  // the unit's and the passes', two days each
  EXPECT_EQ(ReasonOf(Make(Staff("s2", "m2"), Wanted(window, 24, 25, "沪A00002")).status()),
            "QUOTA_USED_UP");
  EXPECT_TRUE(Make(Staff("s", "m3"), Wanted(window, 23, 24, "沪A00003")).ok());
  const auto third = Make(Staff("s", "m4"), Wanted(window, 24, 25, "沪A00004"));
  EXPECT_EQ(ReasonOf(third.status()), "PASS_PLACES_TAKEN") << third.status();
  // A booking by itself is not a pass.
  auto booking = Booking(window.name(), At(24, 20), 2);
  booking.mutable_booking()->set_plate("沪B00001");
  EXPECT_TRUE(Book(Staff("t", "m5"), booking).ok());
  EXPECT_TRUE(Withdraw(Staff("s", "m2"), pass.name()).ok());
  EXPECT_TRUE(Make(Staff("s", "m4"), Wanted(window, 24, 25, "沪A00004")).ok());
}

TEST_F(PassTest, APlateHasOnePassAtATime) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(5));
  const v1::Window elsewhere = OpenNew(v1::FACILITY_KIND_PARKING, Nights(5));
  v1::Window daily = Daily(5);
  daily.mutable_passes()->set_max_days(31);
  const v1::Window by_day = OpenNew(v1::FACILITY_KIND_PARKING, daily);
  const v1::Pass pass = MustMake(Staff("s", "m2"), Wanted(window, 23, 25));
  EXPECT_EQ(ReasonOf(Make(Staff("t", "m3"), Wanted(elsewhere, 25, 27)).status()), "PASS_OVERLAPS");
  EXPECT_TRUE(Make(Staff("s", "m2"), Wanted(by_day, 23, 25)).ok());  // the car is free by day
  EXPECT_TRUE(Make(Staff("s", "m2"), Wanted(window, 26, 27)).ok());
  ASSERT_TRUE(Withdraw(Staff("s", "m2"), pass.name()).ok());
  EXPECT_TRUE(Make(Staff("t", "m3"), Wanted(elsewhere, 23, 25)).ok());
}

TEST_F(PassTest, CancellingGivesBackOnceFromNowOn) {
  v1::Window nights = Nights(2);
  nights.set_cancel_minutes(60);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, nights);
  const auth::v1::Caller staff = Staff("s", "m2");
  const v1::Pass pass = MustMake(staff, Wanted(window, 23, 27));
  GoTo(At(24, 17) + absl::Minutes(30));  // the 24th can't be cancelled any more
  Keep();
  EXPECT_EQ(ReasonOf(Withdraw(Liaison("m3"), pass.name()).status()), "RESOURCE_NOT_FOUND");
  const auto cancelled = Withdraw(staff, pass.name());
  ASSERT_TRUE(cancelled.ok()) << cancelled.status();
  EXPECT_EQ(cancelled->state(), v1::Pass::STATE_CANCELLED);
  EXPECT_EQ(cancelled->days_left(), 1);
  EXPECT_EQ(Taken(), 14);  // the night that was used and the one that stays
  EXPECT_EQ(ReasonOf(Withdraw(staff, pass.name()).status()), "STATE_WRONG");
  EXPECT_EQ(Taken(), 14);
  GoTo(At(28, 9));
  Keep();
  // Two nights of 14 hours, as bookings enter the ledger.
  EXPECT_EQ(Number(kLedger), 2 * 14 * 60);
  EXPECT_EQ(Get(pass.name())->state(), v1::Pass::STATE_CANCELLED);
}

TEST_F(PassTest, ASingleDayCanBeGivenUpButNotItsPlate) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(1));
  const auth::v1::Caller staff = Staff("s", "m2");
  const v1::Pass pass = MustMake(staff, Wanted(window, 23, 25));
  const auto days = DaysIn(State::STATE_CONFIRMED, pass.name());
  v1::ChangePlateRequest change;
  change.set_name(days[1].name());
  change.set_plate("沪B00001");
  EXPECT_EQ(ReasonOf(Call(*booking_stub_, &Stub::ChangePlate, staff, change).status()),
            "PLATE_FIXED");
  ASSERT_TRUE(Cancel(staff, days[1].name()).ok());
  EXPECT_EQ(Taken(), 14);
  EXPECT_EQ(Get(pass.name())->days_left(), 2);
  EXPECT_TRUE(Make(Staff("t", "m3"), Wanted(window, 24, 24, "沪B00001")).ok());
}

TEST_F(PassTest, TheLenderApprovesOrRefusesTheWhole) {
  v1::Window nights = Nights(1);
  nights.set_approval_required(true);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, nights);
  const auth::v1::Caller staff = Staff("s", "m2");
  const v1::Pass pass = MustMake(staff, Wanted(window, 23, 25));
  EXPECT_EQ(pass.state(), v1::Pass::STATE_PENDING);
  EXPECT_EQ(Taken(), 21);  // it holds its places
  const auto days = DaysIn(State::STATE_PENDING, pass.name(), Liaison("m1"));
  ASSERT_THAT(days, SizeIs(3));
  v1::ApproveBookingRequest alone;
  alone.set_name(days[0].name());
  EXPECT_EQ(ReasonOf(Call(*booking_stub_, &Stub::ApproveBooking, Street(), alone).status()),
            "DAY_OF_PASS");
  const auto approve = [&](const auth::v1::Caller& caller, const std::string& name) {
    return Step<v1::ApprovePassRequest>(&Stub::ApprovePass, caller, name);
  };
  EXPECT_EQ(ReasonOf(approve(Liaison("m2"), pass.name()).status()), "RESOURCE_NOT_FOUND");
  const auto approved = approve(Liaison("m1"), pass.name());
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(approved->state(), v1::Pass::STATE_ACTIVE);
  EXPECT_THAT(DaysIn(State::STATE_CONFIRMED, pass.name()), SizeIs(3));
  EXPECT_EQ(ReasonOf(approve(Liaison("m1"), pass.name()).status()), "STATE_WRONG");

  const v1::Pass second = MustMake(staff, Wanted(window, 26, 27));
  v1::RejectPassRequest reject;
  EXPECT_EQ(ReasonOf(Step(&Stub::RejectPass, Liaison("m1"), second.name(), reject).status()),
            "FIELD_REQUIRED");
  reject.set_reason("车位检修");
  EXPECT_EQ(Step(&Stub::RejectPass, Liaison("m1"), second.name(), reject)->state(),
            v1::Pass::STATE_REJECTED);
  EXPECT_EQ(Taken(), 21);

  const v1::Pass third = MustMake(staff, Wanted(window, 28, 29));
  clock_.Advance(absl::Hours(25));  // a day to decide
  Keep();
  EXPECT_EQ(Get(third.name())->state(), v1::Pass::STATE_EXPIRED);
  EXPECT_EQ(ReasonOf(approve(Liaison("m1"), third.name()).status()), "STATE_WRONG");
  EXPECT_THAT(DaysIn(State::STATE_EXPIRED, third.name()), SizeIs(2));
}

TEST_F(PassTest, AClosureTakesDaysBackAndSaysWhoseFirst) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  const std::string facility = window.name().substr(0, window.name().find("/windows/"));
  const v1::Pass pass = MustMake(Staff("s", "m2"), Wanted(window, 23, 27));
  auto request = Closing(facility, At(24, 12), At(26, 12));
  EXPECT_EQ(ReasonOf(Close(request).status()), "BOOKINGS_TOUCHED");
  request.set_validate_only(true);
  const auto preview = Close(request);
  ASSERT_TRUE(preview.ok()) << preview.status();
  ASSERT_EQ(preview->touched().passes_size(), 1);
  EXPECT_EQ(preview->touched().passes(0).name(), pass.name());
  EXPECT_EQ(preview->touched().passes(0).plate(), "沪A12345");
  EXPECT_EQ(preview->touched().passes(0).days(), 2);
  request.set_validate_only(false);
  request.set_recall(true);
  const int64_t before = Number(kEntries);
  ASSERT_TRUE(Close(request).ok());
  EXPECT_EQ(Number(kEntries) - before, 4);  // the closure, two days, and once the pass
  EXPECT_EQ(Get(pass.name())->days_recalled(), 2);
  EXPECT_EQ(Get(pass.name())->days_left(), 3);
  EXPECT_EQ(DaysIn(State::STATE_RECALLED, pass.name())[0].cancel_reason(), "消防检修");
  // Who asks while it is closed gets the days that are open.
  EXPECT_EQ(MustMake(Staff("t", "m3"), Wanted(window, 23, 27, "沪B00001")).days(), 3);

  const auto ended = End(window, 26, /*recall=*/false, /*validate_only=*/true);
  EXPECT_EQ(ended->touched().passes_size(), 2);
  ASSERT_TRUE(End(window, 26, /*recall=*/true).ok());
  EXPECT_EQ(Get(pass.name())->days_recalled(), 3);
}

TEST_F(PassTest, ThatTheClockEndedAPassIsJournalledOnce) {
  v1::Window approved = Nights(2);
  approved.set_approval_required(true);
  const v1::Window plain = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  const v1::Window asked = OpenNew(v1::FACILITY_KIND_PARKING, std::move(approved));
  const v1::Pass active = MustMake(Staff("s", "m2"), Wanted(plain, 23, 25));
  const v1::Pass pending = MustMake(Staff("t", "m3"), Wanted(asked, 23, 25, "沪B00001"));
  const v1::Pass cancelled = MustMake(Staff("u", "m3"), Wanted(plain, 23, 25, "沪B00002"));
  ASSERT_TRUE(
      Step<v1::CancelPassRequest>(&Stub::CancelPass, Staff("u", "m3"), cancelled.name()).ok());
  ASSERT_EQ(pending.state(), v1::Pass::STATE_PENDING);
  const PassKeeper::Deps keeper{database_.pool(), pass_store_, ids_, clock_};
  const absl::Time expires = api::FromProto(pending.expire_time());
  const absl::Time ends = api::FromProto(active.end_time());
  EXPECT_EQ(*PassKeeper::Keep(keeper, expires - absl::Seconds(1)), 0);
  const int64_t before = Number(kEntries);
  std::atomic<int> told = 0;
  OnThreads(4, [&](int) { told += PassKeeper::Keep(keeper, expires).value_or(100); });
  EXPECT_EQ(told, 1);
  EXPECT_EQ(*PassKeeper::Keep(keeper, ends), 1);
  EXPECT_EQ(*PassKeeper::Keep(keeper, ends), 0);
  EXPECT_EQ(Number(kEntries) - before, 2);

  // One that a process of before wrote is worked out, and told at its time.
  const v1::Pass next = MustMake(Staff("s", "m2"), Wanted(plain, 28, 29, "沪B00003"));
  static const db::Query unset("UPDATE pass SET tell_time = DEFAULT WHERE plate = '沪B00003'", "");
  ASSERT_TRUE(db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                [&](db::Connection& connection) {
                                  return connection.Execute(unset, {}).status();
                                })
                  .ok());
  EXPECT_EQ(*PassKeeper::Keep(keeper, ends), 0);
  EXPECT_EQ(*PassKeeper::Keep(keeper, api::FromProto(next.end_time())), 1);
}

TEST_F(PassTest, TheGateAsksWhetherAPlateMayComeIn) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  const std::string facility = window.name().substr(0, window.name().find("/windows/"));
  const v1::Pass pass = MustMake(Staff("s", "m2"), Wanted(window, 23, 25));
  const auto ask = [&](const auth::v1::Caller& caller, const std::string& plate) {
    v1::CheckPlateRequest request;
    request.set_name(facility);
    request.set_plate(plate);
    return Call(*booking_stub_, &Stub::CheckPlate, caller, request);
  };
  EXPECT_EQ(ask(Liaison("m1"), "沪A12345")->bookings_size(), 0);  // at seven in the morning
  GoTo(At(23, 17) + absl::Minutes(40));
  const auto found = ask(Liaison("m1"), "沪a 12345");
  ASSERT_EQ(found->bookings_size(), 1);
  EXPECT_EQ(found->bookings(0).pass(), pass.name());
  EXPECT_EQ(ask(Liaison("m1"), "沪A12346")->bookings_size(), 0);
  // Rows of a process that told no plate.
  ASSERT_TRUE(db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                [&](db::Connection& connection) {
                                  return connection.Execute(kTellNoPlate, {}).status();
                                })
                  .ok());
  EXPECT_EQ(ask(Liaison("m1"), "沪A12345")->bookings_size(), 1);
  EXPECT_EQ(ask(Liaison("m1"), "沪A12346")->bookings_size(), 0);
  EXPECT_EQ(ask(Person("gate", auth::v1::ROLE_SYSTEM), "沪A12345")->bookings_size(), 1);
  EXPECT_EQ(ReasonOf(ask(Liaison("m1"), "A12345").status()), "PLATE_INVALID");
  EXPECT_EQ(ReasonOf(ask(Liaison("m2"), "沪A12345").status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(ask(Staff("s", "m1"), "沪A12345").status()), "ROLE_REQUIRED");
  v1::CheckInRequest check_in;
  check_in.set_name(found->bookings(0).name());
  EXPECT_TRUE(Call(*booking_stub_, &Stub::CheckIn, Liaison("m1"), check_in).ok());
  EXPECT_EQ(Get(pass.name())->days_left(), 3);
  GoTo(At(24, 9));  // it is still there
  Keep();
  EXPECT_EQ(ask(Liaison("m1"), "沪A12345")->bookings(0).overstayed(), true);
}

TEST_F(PassTest, EachSeesItsOwn) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(9));
  MustMake(Staff("s", "m2"), Wanted(window, 23, 25, "沪A00001"));
  const v1::Pass longer = MustMake(Staff("t", "m2"), Wanted(window, 23, 27, "沪A00002"));
  MustMake(Staff("u", "m3"), Wanted(window, 24, 24, "沪A00003"));
  const auto list = [&](const auth::v1::Caller& caller, bool mine = false, bool lent = false,
                        v1::Pass::State state = v1::Pass::STATE_UNSPECIFIED) {
    v1::ListPassesRequest request;
    request.set_parent("alliances/a");
    request.set_mine(mine);
    request.set_lent(lent);
    request.set_state(state);
    return Call(*booking_stub_, &Stub::ListPasses, caller, request)
        .value_or(v1::ListPassesResponse());
  };
  EXPECT_EQ(list(Staff("s", "m2")).passes_size(), 1);
  EXPECT_EQ(list(Liaison("m2")).passes_size(), 2);
  EXPECT_EQ(list(Liaison("m2")).passes(0).name(), longer.name());
  EXPECT_EQ(list(Liaison("m2"), true).passes_size(), 0);
  EXPECT_EQ(list(Liaison("m1")).passes_size(), 0);
  EXPECT_EQ(list(Liaison("m1"), false, true).passes_size(), 3);
  EXPECT_EQ(list(Street()).passes_size(), 3);
  EXPECT_EQ(ReasonOf(Get(longer.name(), Staff("s", "m2")).status()), "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(Get(longer.name(), Liaison("m1")).ok());

  GoTo(At(25, 9));
  EXPECT_EQ(list(Street(), false, false, v1::Pass::STATE_ACTIVE).passes_size(), 2);
  EXPECT_EQ(list(Street(), false, false, v1::Pass::STATE_ENDED).passes_size(), 1);
  v1::ListPassesRequest paged;
  paged.set_parent("alliances/a");
  paged.set_page_size(1);
  int seen = 0;
  do {
    const auto page = Call(*booking_stub_, &Stub::ListPasses, Street(), paged);
    ASSERT_TRUE(page.ok()) << page.status();
    seen += page->passes_size();
    paged.set_page_token(page->next_page_token());
  } while (!paged.page_token().empty());
  EXPECT_EQ(seen, 3);
}

TEST_F(PassTest, RefusesWhatTheWindowDoesNotGive) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  v1::Window daily = Daily(2);
  daily.add_audience_members("alliances/a/members/m9");
  daily.mutable_passes()->set_max_days(7);
  const v1::Window for_m9 = OpenNew(v1::FACILITY_KIND_PARKING, daily);
  const v1::Window none = OpenNew(v1::FACILITY_KIND_PARKING, Daily(2));
  const auth::v1::Caller staff = Staff("s", "m2");
  EXPECT_EQ(ReasonOf(Make(staff, Wanted(none, 24, 25)).status()), "PASSES_NOT_GIVEN");
  EXPECT_EQ(ReasonOf(Make(staff, Wanted(for_m9, 24, 25)).status()), "NOT_IN_AUDIENCE");
  EXPECT_TRUE(Make(Staff("n", "m9"), Wanted(for_m9, 24, 25)).ok());
  EXPECT_EQ(ReasonOf(Make(staff, Wanted(window, 24, 23)).status()), "FIELD_INVALID");
  auto two = Wanted(window, 24, 25);
  two.mutable_pass()->add_windows(for_m9.name());  // of another car park
  EXPECT_EQ(ReasonOf(Make(staff, two).status()), "FIELD_INVALID");
  v1::Window venue = Daily(2);
  venue.mutable_passes()->set_max_days(7);
  EXPECT_EQ(
      ReasonOf(Open(Street(), Lend(Street(), v1::FACILITY_KIND_VENUE)->name(), venue).status()),
      "FIELD_INVALID");
}

TEST_F(PassTest, TheStreetMakesPassesForActiveUnitsAlone) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(2));
  Change("UPDATE member SET state = 3 WHERE id = 'm3'");
  const auto reason = [&](const std::string& unit, bool validate_only) {
    auto request = Wanted(window, 24, 25);
    request.mutable_pass()->set_member("alliances/a/members/" + unit);
    request.set_validate_only(validate_only);
    return ReasonOf(Make(Street(), request).status());
  };
  for (const bool validate_only : {true, false}) {
    EXPECT_EQ(reason("nobody", validate_only), "RESOURCE_NOT_FOUND");
    EXPECT_EQ(reason("m3", validate_only), "STATE_WRONG");
    EXPECT_EQ(reason("m2", validate_only), "");
  }
}

}  // namespace
}  // namespace jinhuan::resource
