// The life of bookings as clients live it: approval, check-in, the clock, the waiting line.
#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

using Stub = v1::BookingService::Stub;
using State = v1::Booking;

const db::Query kMinutesUsed(
    "SELECT COALESCE(SUM(quantity), 0) FROM ledger_entry WHERE direction = 2", "");
const db::Query kPlaces("SELECT COALESCE(SUM(used), 0) FROM slot", "");
const db::Query kQuota("SELECT COALESCE(SUM(used), 0) FROM quota_use", "");
const db::Query kWaiting("SELECT COALESCE(SUM(waiting), 0) FROM slot", "");
const db::Query kEntries("SELECT COUNT(*) FROM journal_unsealed", "");

class BookingLifeServiceTest : public ServiceTest {
 protected:
  template <class Request>
  absl::StatusOr<v1::Booking> Step(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                const Request&, v1::Booking*),
                                   const auth::v1::Caller& caller, const std::string& name,
                                   Request request = {}) {
    request.set_name(name);
    return Call(*booking_stub_, method, caller, request);
  }
  absl::StatusOr<v1::Booking> Approve(const auth::v1::Caller& caller, const std::string& name) {
    return Step<v1::ApproveBookingRequest>(&Stub::ApproveBooking, caller, name);
  }
  absl::StatusOr<v1::Booking> Accept(const auth::v1::Caller& caller, const std::string& name) {
    return Step<v1::AcceptOfferRequest>(&Stub::AcceptOffer, caller, name);
  }
  absl::StatusOr<v1::Booking> CheckOut(const auth::v1::Caller& caller, const std::string& name) {
    return Step<v1::CheckOutRequest>(&Stub::CheckOut, caller, name);
  }
  absl::StatusOr<v1::Booking> CheckIn(const auth::v1::Caller& caller, const std::string& name,
                                      const std::string& code, const std::string& token) {
    v1::CheckInRequest request;
    request.set_code(code);
    request.set_token(token);
    return Step(&Stub::CheckIn, caller, name, request);
  }
  v1::Booking Get(const std::string& name) {
    v1::GetBookingRequest request;
    request.set_name(name);
    const auto got = Call(*booking_stub_, &Stub::GetBooking, Street(), request);
    EXPECT_TRUE(got.ok()) << got.status();
    return got.value_or(v1::Booking());
  }
  v1::Booking::State StateOf(const std::string& name) { return Get(name).state(); }

  v1::Booking MustBook(const auth::v1::Caller& caller, const v1::CreateBookingRequest& request) {
    const auto booked = Book(caller, request);
    EXPECT_TRUE(booked.ok()) << booked.status();
    return booked.value_or(v1::Booking());
  }
  v1::Booking JoinLine(const std::string& person, v1::CreateBookingRequest request) {
    request.set_join_waitlist(true);
    return MustBook(Staff(person, "m2"), request);
  }
  void GoTo(absl::Time time) { clock_.Advance(time - clock_.Now()); }
  int Keep() {
    const auto kept = BookingKeeper::Keep(keeper_, clock_.Now());
    EXPECT_TRUE(kept.ok()) << kept.status();
    return kept.value_or(-1);
  }
};

v1::Window WithQuota(v1::Window window, int limit) {
  v1::Quota& quota = *window.add_quotas();
  quota.set_subject(v1::QUOTA_SUBJECT_PERSON);
  quota.set_period(v1::QUOTA_PERIOD_DAY);
  quota.set_limit(limit);
  return window;
}

TEST_F(BookingLifeServiceTest, TheLenderDecides) {
  v1::Window daily = WithQuota(Daily(2), 2);
  daily.set_approval_required(true);
  daily.set_approval_minutes(60);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);  // lent by m1
  const auth::v1::Caller booker = Staff("s", "m2");
  const v1::Booking first = MustBook(booker, Booking(window.name(), At(24, 9)));
  EXPECT_EQ(first.state(), State::STATE_PENDING);
  EXPECT_EQ(api::FromProto(first.expire_time()), clock_.Now() + absl::Hours(1));
  EXPECT_EQ(Number(kPlaces), 1);  // it holds its place

  // Not the booker, nor a liaison of another unit.
  EXPECT_EQ(ReasonOf(Approve(booker, first.name()).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Approve(Liaison("m2"), first.name()).status()), "RESOURCE_NOT_FOUND");
  const auto approved = Approve(Liaison("m1"), first.name());
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(approved->state(), State::STATE_CONFIRMED);
  EXPECT_FALSE(approved->has_expire_time());
  EXPECT_EQ(ReasonOf(Approve(Liaison("m1"), first.name()).status()), "STATE_WRONG");

  const v1::Booking second = MustBook(booker, Booking(window.name(), At(24, 9)));
  v1::RejectBookingRequest reject;
  EXPECT_EQ(ReasonOf(Step(&Stub::RejectBooking, Liaison("m1"), second.name(), reject).status()),
            "FIELD_REQUIRED");
  reject.set_reason("当日有活动");
  const auto rejected = Step(&Stub::RejectBooking, Liaison("m1"), second.name(), reject);
  ASSERT_TRUE(rejected.ok()) << rejected.status();
  EXPECT_EQ(rejected->cancel_reason(), "当日有活动");
  EXPECT_EQ(Number(kPlaces), 1);
  EXPECT_EQ(Number(kQuota), 1);

  // The lender's liaison finds what waits for it.
  const v1::Booking third = MustBook(booker, Booking(window.name(), At(24, 10)));
  v1::ListBookingsRequest list;
  list.set_parent("alliances/a");
  list.set_lent(true);
  list.set_state(State::STATE_PENDING);
  const auto lent = Call(*booking_stub_, &Stub::ListBookings, Liaison("m1"), list);
  ASSERT_TRUE(lent.ok());
  ASSERT_EQ(lent->bookings_size(), 1);
  EXPECT_EQ(lent->bookings(0).name(), third.name());
  EXPECT_EQ(Call(*booking_stub_, &Stub::ListBookings, Liaison("m2"), list)->bookings_size(), 0);
}

TEST_F(BookingLifeServiceTest, WhatNobodyDecidesExpiresOnce) {
  v1::Window daily = WithQuota(Daily(1), 1);
  daily.set_approval_required(true);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  const v1::Booking booking = MustBook(Staff("s", "m2"), Booking(window.name(), At(23, 9)));
  EXPECT_EQ(api::FromProto(booking.expire_time()), At(23, 9));  // its start is before a day
  GoTo(At(23, 9));
  // Seen and decided by the clock, though nothing has recorded it.
  EXPECT_EQ(StateOf(booking.name()), State::STATE_EXPIRED);
  EXPECT_EQ(ReasonOf(Approve(Liaison("m1"), booking.name()).status()), "STATE_WRONG");
  EXPECT_EQ(Number(kPlaces), 1);
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Keep(), 0);
  EXPECT_EQ(Number(kPlaces), 0);
  EXPECT_EQ(Number(kQuota), 0);
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m2"), Booking(window.name(), At(23, 9))).status()),
            "TOO_LATE");  // the lender decides before it begins
}

TEST_F(BookingLifeServiceTest, CheckInByCodeTokenOrSight) {
  v1::Window daily = Daily(9);
  daily.set_grace_minutes(15);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  const auth::v1::Caller booker = Staff("s", "m2");
  std::vector<v1::Booking> made;
  for (int i = 0; i < 4; ++i)
    made.push_back(MustBook(booker, Booking(window.name(), At(24, 9), 3)));
  EXPECT_EQ(api::FromProto(made[0].check_in_deadline()), At(24, 9) + absl::Minutes(15));
  const std::string facility = window.name().substr(0, window.name().find("/windows"));
  v1::GetCheckInCodeRequest ask;
  ask.set_name(facility);
  const auto code_now = [&](const auth::v1::Caller& caller) {
    return Call(*booking_stub_, &Stub::GetCheckInCode, caller, ask);
  };
  EXPECT_EQ(ReasonOf(code_now(Liaison("m2")).status()), "RESOURCE_NOT_FOUND");

  GoTo(At(24, 8) + absl::Minutes(29));
  const std::string early = code_now(Liaison("m1"))->code();
  EXPECT_EQ(ReasonOf(CheckIn(booker, made[0].name(), early, "").status()), "CHECK_IN_TOO_EARLY");
  GoTo(At(24, 9) + absl::Minutes(10));
  const std::string code = code_now(Liaison("m1"))->code();
  EXPECT_EQ(ReasonOf(CheckIn(booker, made[0].name(), "", "").status()), "FIELD_REQUIRED");
  const auto by_code = CheckIn(booker, made[0].name(), code, "");
  ASSERT_TRUE(by_code.ok()) << by_code.status();
  EXPECT_EQ(by_code->state(), State::STATE_CHECKED_IN);

  v1::GetCheckInTokenRequest qr;
  qr.set_name(made[1].name());
  const std::string token = Call(*booking_stub_, &Stub::GetCheckInToken, booker, qr)->token();
  // The booker's own token shows nothing when the booker sends it.
  EXPECT_EQ(ReasonOf(CheckIn(booker, made[1].name(), "", token).status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(CheckIn(Liaison("m1"), made[2].name(), "", token).status()),
            "CHECK_IN_TOKEN_INVALID");
  EXPECT_TRUE(CheckIn(Liaison("m1"), made[1].name(), "", token).ok());
  EXPECT_TRUE(CheckIn(Liaison("m1"), made[2].name(), "", "").ok());  // by sight

  // Guessing ends after five, also for the right code, until the pause is over.
  for (int i = 0; i < CodeTries::kTries; ++i) {
    EXPECT_EQ(ReasonOf(CheckIn(booker, made[3].name(), "x", "").status()), "CHECK_IN_CODE_WRONG");
  }
  EXPECT_EQ(ReasonOf(CheckIn(booker, made[3].name(), code, "").status()), "CODE_TRIES_USED_UP");
  GoTo(At(24, 9) + absl::Minutes(15));
  EXPECT_EQ(ReasonOf(CheckIn(booker, made[3].name(), code, "").status()),
            "STATE_WRONG");  // no-show
  EXPECT_EQ(StateOf(made[3].name()), State::STATE_NO_SHOW);
  EXPECT_EQ(Number(kPlaces), 4 * 3);
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Number(kPlaces), 3 * 3);

  // Who leaves at 9:20 does not need the slots at 10 and 11.
  GoTo(At(24, 9) + absl::Minutes(20));
  const auto out = CheckOut(booker, made[0].name());
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->state(), State::STATE_COMPLETED);
  EXPECT_EQ(Number(kPlaces), 3 * 3 - 2);
  EXPECT_EQ(ReasonOf(CheckOut(booker, made[0].name()).status()), "STATE_WRONG");
  GoTo(At(24, 12));
  EXPECT_EQ(Keep(), 2);  // what is checked in is over
  EXPECT_EQ(StateOf(made[1].name()), State::STATE_COMPLETED);
  EXPECT_EQ(Number(kPlaces), 3 * 3 - 2);  // what was used stays counted
  EXPECT_EQ(Number(kMinutesUsed), (1 + 3 + 3) * 60);
}

TEST_F(BookingLifeServiceTest, ACarThatStaysIsMarked) {
  v1::Window daily = Daily(1);
  daily.set_grace_minutes(30);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, daily);
  auto request = Booking(window.name(), At(24, 9));
  request.mutable_booking()->set_plate("沪A12345");
  const v1::Booking car = MustBook(Staff("s", "m2"), request);
  v1::ChangePlateRequest change;
  change.set_plate("沪b 54321");
  const auto changed = Step(&Stub::ChangePlate, Staff("s", "m2"), car.name(), change);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->plate(), "沪B54321");
  change.set_plate("沪O");
  EXPECT_EQ(ReasonOf(Step(&Stub::ChangePlate, Staff("s", "m2"), car.name(), change).status()),
            "PLATE_INVALID");
  GoTo(At(24, 9));
  change.set_plate("沪A12345");
  EXPECT_EQ(ReasonOf(Step(&Stub::ChangePlate, Staff("s", "m2"), car.name(), change).status()),
            "PLATE_FIXED");
  ASSERT_TRUE(CheckIn(Liaison("m1"), car.name(), "", "").ok());
  GoTo(At(24, 10) + absl::Minutes(40));
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Keep(), 0);
  EXPECT_EQ(StateOf(car.name()), State::STATE_CHECKED_IN);
  EXPECT_TRUE(Get(car.name()).overstayed());
  const auto out = CheckOut(Staff("s", "m2"), car.name());
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_TRUE(out->overstayed());
}

TEST_F(BookingLifeServiceTest, TheLineIsServedInOrder) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  const auto nine = Booking(window.name(), At(24, 9));
  const v1::Booking held = MustBook(Staff("s", "m2"), nine);
  EXPECT_EQ(ReasonOf(Book(Staff("t", "m2"), nine).status()), "SLOT_FULL");
  const v1::Booking first = JoinLine("t", nine);
  const v1::Booking second = JoinLine("u", nine);
  EXPECT_EQ(first.state(), State::STATE_WAITLISTED);
  EXPECT_EQ(Get(first.name()).waitlist_position(), 1);
  EXPECT_EQ(Get(second.name()).waitlist_position(), 2);
  EXPECT_EQ(Number(kWaiting), 2);
  EXPECT_EQ(Number(kPlaces), 1);

  ASSERT_TRUE(Cancel(Staff("s", "m2"), held.name()).ok());
  const v1::Booking offered = Get(first.name());  // at once
  EXPECT_EQ(offered.state(), State::STATE_OFFERED);
  EXPECT_EQ(api::FromProto(offered.expire_time()), clock_.Now() + absl::Minutes(15));
  EXPECT_EQ(Get(second.name()).waitlist_position(), 1);
  EXPECT_EQ(ReasonOf(Book(Staff("v", "m2"), nine).status()), "SLOT_FULL");

  // Who does not answer loses it to the next, and nobody comes in between.
  clock_.Advance(absl::Minutes(15));
  EXPECT_EQ(ReasonOf(Accept(Staff("t", "m2"), first.name()).status()), "STATE_WRONG");
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(StateOf(first.name()), State::STATE_EXPIRED);
  EXPECT_EQ(StateOf(second.name()), State::STATE_OFFERED);
  EXPECT_EQ(ReasonOf(Accept(Staff("t", "m2"), second.name()).status()), "RESOURCE_NOT_FOUND");
  const auto accepted = Accept(Staff("u", "m2"), second.name());
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(accepted->state(), State::STATE_CONFIRMED);
  EXPECT_EQ(Number(kPlaces), 1);
  EXPECT_EQ(Number(kWaiting), 0);
  ASSERT_TRUE(Cancel(Staff("u", "m2"), second.name()).ok());
  EXPECT_TRUE(Book(Staff("v", "m2"), nine).ok());  // nobody waits any more
}

// Who was refused for want of room may come to the line when a closure has just committed.
TEST_F(BookingLifeServiceTest, NobodyJoinsTheLineBehindAClosure) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  MustBook(Staff("s", "m2"), Booking(window.name(), At(24, 9)));
  const auto join = [&](int quantity) {
    WaitStore waits;
    return ReasonOf(db::InTransaction(
        database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
          return waits.Join(c, window.name(), {{At(24, 9), At(24, 10)}}, quantity);
        }));
  };
  EXPECT_EQ(join(1), "");
  EXPECT_EQ(join(2), "SLOT_FULL");  // never is there room for it
  const std::string facility = window.name().substr(0, window.name().find("/windows/"));
  ASSERT_TRUE(Close(Closing(facility, At(24, 8), At(24, 12), /*emergency=*/true)).ok());
  EXPECT_EQ(join(1), "WINDOW_CLOSED");
}

TEST_F(BookingLifeServiceTest, AClosureLeavesNobodyWaiting) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  const std::string facility = window.name().substr(0, window.name().find("/windows/"));
  for (int hour = 9; hour < 17; ++hour) {
    MustBook(Staff("s", "m2"), Booking(window.name(), At(24, hour)));
  }
  OnThreads(5, [&](int thread) {
    if (thread == 0) {
      EXPECT_TRUE(Close(Closing(facility, At(24, 8), At(24, 18), /*emergency=*/true)).ok());
      return;
    }
    for (int hour = 9; hour < 17; ++hour) {
      auto request = Booking(window.name(), At(24, hour));
      request.set_join_waitlist(true);
      const auto joined = Book(Staff(fmt::format("t{}", thread), "m2"), request);
      EXPECT_TRUE(joined.ok() || ReasonOf(joined.status()) == "WINDOW_CLOSED") << joined.status();
    }
  });
  static const db::Query left("SELECT COUNT(*) FROM booking WHERE state IN (1, 6, 7)", "");
  EXPECT_EQ(Number(left), 0);
}

TEST_F(BookingLifeServiceTest, WhoDoesNotFitLetsTheNextBy) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, WithQuota(Daily(2), 1));
  const auto of = [&](int hour, int hours, int quantity) {
    auto request = Booking(window.name(), At(24, hour), hours);
    request.mutable_booking()->set_quantity(quantity);
    return request;
  };
  const v1::Booking a = MustBook(Staff("a", "m2"), of(9, 1, 1));
  const v1::Booking x = MustBook(Staff("x", "m2"), of(9, 1, 1));
  const v1::Booking both = JoinLine("c", of(9, 1, 2));   // wants both places
  const v1::Booking quota = JoinLine("b", of(9, 1, 1));  // uses its quota up at ten
  const v1::Booking fits = JoinLine("d", of(9, 1, 1));
  // A slot that someone waits for is closed to others, one beside it is not.
  EXPECT_EQ(ReasonOf(Book(Staff("e", "m2"), of(9, 1, 1)).status()), "SLOT_FULL");
  const v1::Booking ten = MustBook(Staff("b", "m2"), of(10, 1, 1));
  ASSERT_TRUE(Cancel(Staff("a", "m2"), a.name()).ok());
  EXPECT_EQ(StateOf(both.name()), State::STATE_WAITLISTED);
  EXPECT_EQ(StateOf(quota.name()), State::STATE_WAITLISTED);
  EXPECT_EQ(StateOf(fits.name()), State::STATE_OFFERED);
  ASSERT_TRUE(Cancel(Staff("x", "m2"), x.name()).ok());
  EXPECT_EQ(StateOf(quota.name()), State::STATE_WAITLISTED);
  // A quota that has room again serves the line of another hour.
  ASSERT_TRUE(Cancel(Staff("b", "m2"), ten.name()).ok());
  EXPECT_EQ(StateOf(both.name()), State::STATE_WAITLISTED);
  EXPECT_EQ(StateOf(quota.name()), State::STATE_OFFERED);
  ASSERT_TRUE(Cancel(Staff("d", "m2"), fits.name()).ok());
  EXPECT_EQ(StateOf(both.name()), State::STATE_WAITLISTED);
  ASSERT_TRUE(Cancel(Staff("b", "m2"), quota.name()).ok());
  EXPECT_EQ(StateOf(both.name()), State::STATE_OFFERED);
  EXPECT_EQ(Number(kWaiting), 0);
}

// Of two canteens a meal counts in both; the line of one is not told when it is free in the other.
TEST_F(BookingLifeServiceTest, ALineIsServedAgainForWhatIsFreeElsewhere) {
  const v1::Window here = OpenNew(v1::FACILITY_KIND_CANTEEN, Daily(1));
  const v1::Window there = OpenNew(v1::FACILITY_KIND_CANTEEN, Daily(5));
  const auto lunch = [](const v1::Window& window) { return Booking(window.name(), At(24, 12)); };
  const v1::Booking held = MustBook(Staff("a", "m2"), lunch(here));
  const v1::Booking waits = JoinLine("b", lunch(here));
  const v1::Booking other = MustBook(Staff("b", "m2"), lunch(there));
  ASSERT_TRUE(Cancel(Staff("a", "m2"), held.name()).ok());
  EXPECT_EQ(StateOf(waits.name()), State::STATE_WAITLISTED);
  ASSERT_TRUE(Cancel(Staff("b", "m2"), other.name()).ok());
  clock_.Advance(absl::Minutes(1));
  Keep();
  EXPECT_EQ(StateOf(waits.name()), State::STATE_OFFERED);
  ASSERT_TRUE(Cancel(Staff("b", "m2"), waits.name()).ok());
  clock_.Advance(absl::Minutes(1));
  Keep();
  static const db::Query wakes("SELECT COUNT(*) FROM waitlist_wake", "");
  EXPECT_EQ(Number(wakes), 0);  // nobody waits any more
}

TEST_F(BookingLifeServiceTest, ASuspendedUnitIsPassedOverAndKeepsNobodyOut) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  const auto nine = Booking(window.name(), At(24, 9));
  const v1::Booking held = MustBook(Staff("s", "m2"), nine);
  const v1::Booking waits = JoinLine("t", nine);
  Change("UPDATE member SET state = 3 WHERE id = 'm2'");
  ASSERT_TRUE(Cancel(Staff("s", "m2"), held.name()).ok());
  EXPECT_EQ(StateOf(waits.name()), State::STATE_WAITLISTED);
  const v1::Booking other = MustBook(Staff("u", "m3"), nine);
  Change("UPDATE member SET state = 2 WHERE id = 'm2'");
  ASSERT_TRUE(Cancel(Staff("u", "m3"), other.name()).ok());
  clock_.Advance(absl::Minutes(1));
  Keep();
  EXPECT_EQ(StateOf(waits.name()), State::STATE_OFFERED);
}

TEST_F(BookingLifeServiceTest, NothingIsOfferedAfterTheCutOff) {
  v1::Window daily = Daily(1);
  daily.set_cutoff_minutes(60);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_CANTEEN, daily);
  const auto lunch = Booking(window.name(), At(24, 12));
  MustBook(Staff("a", "m2"), lunch);
  const v1::Booking waits = JoinLine("b", lunch);
  GoTo(At(24, 11));
  ASSERT_TRUE(Resize(window, 2).ok());
  Keep();
  EXPECT_EQ(StateOf(waits.name()), State::STATE_WAITLISTED);
}

TEST_F(BookingLifeServiceTest, WhoLeavesTheLineOpensIt) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));
  const auto of = [&](int quantity) {
    auto request = Booking(window.name(), At(24, 9));
    request.mutable_booking()->set_quantity(quantity);
    return request;
  };
  MustBook(Staff("a", "m2"), of(1));
  const v1::Booking waits = JoinLine("b", of(2));
  EXPECT_EQ(ReasonOf(Book(Staff("c", "m2"), of(1)).status()), "SLOT_FULL");  // someone waits
  // Who joins behind gets what the first can't use.
  const v1::Booking behind = JoinLine("c", of(1));
  EXPECT_EQ(StateOf(behind.name()), State::STATE_OFFERED);
  ASSERT_TRUE(Cancel(Staff("c", "m2"), behind.name()).ok());
  ASSERT_TRUE(Cancel(Staff("b", "m2"), waits.name()).ok());
  EXPECT_EQ(Number(kWaiting), 0);
  EXPECT_TRUE(Book(Staff("c", "m2"), of(1)).ok());
  // More than there will ever be is not waited for.
  auto never = of(3);
  never.set_join_waitlist(true);
  EXPECT_EQ(ReasonOf(Book(Staff("c", "m2"), never).status()), "SLOT_FULL");
}

TEST_F(BookingLifeServiceTest, TheLineEndsAtTheStart) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  MustBook(Staff("a", "m2"), Booking(window.name(), At(24, 9), 2));
  const v1::Booking waits = JoinLine("b", Booking(window.name(), At(24, 9)));
  GoTo(At(24, 9));
  EXPECT_EQ(StateOf(waits.name()), State::STATE_EXPIRED);
  auto late = Booking(window.name(), At(24, 9));
  late.set_join_waitlist(true);
  EXPECT_EQ(ReasonOf(Book(Staff("c", "m2"), late).status()), "TOO_LATE");
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Number(kWaiting), 0);
}

TEST_F(BookingLifeServiceTest, ARepeatedJoinJoinsOnce) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  const v1::Booking held = MustBook(Staff("a", "m2"), Booking(window.name(), At(24, 9)));
  auto request = Booking(window.name(), At(24, 9));
  request.set_request_id("j-1");
  const v1::Booking joined = JoinLine("b", request);
  EXPECT_EQ(JoinLine("b", request).name(), joined.name());
  ASSERT_TRUE(Cancel(Staff("a", "m2"), held.name()).ok());
  ASSERT_TRUE(Cancel(Staff("b", "m2"), joined.name()).ok());
  EXPECT_EQ(JoinLine("b", request).name(), joined.name());  // though there is room now
  EXPECT_EQ(Number(kPlaces), 0);
}

TEST_F(BookingLifeServiceTest, TwoKeepersMoveEachBookingOnce) {
  v1::Window daily = WithQuota(Daily(500), 500);
  daily.set_grace_minutes(5);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  OnThreads(8, [&](int i) {
    for (int k = 0; k < 20; ++k) {
      MustBook(Staff(fmt::format("s{}", i), "m2"), Booking(window.name(), At(24, 9)));
    }
  });
  EXPECT_EQ(Number(kPlaces), 160);
  GoTo(At(24, 9) + absl::Minutes(5));
  const int64_t before = Number(kEntries);
  std::atomic<int> moved = 0;
  OnThreads(4, [&](int) { moved += Keep(); });
  EXPECT_EQ(moved, 160);
  EXPECT_EQ(Number(kEntries) - before, 160);
  EXPECT_EQ(Number(kPlaces), 0);
  EXPECT_EQ(Number(kQuota), 160);  // who does not come has used its quota
}

TEST_F(BookingLifeServiceTest, AGroupIsBookedWholeOrNotAtAll) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Daily(3));
  v1::BatchCreateBookingsRequest request;
  request.set_parent("alliances/a");
  request.set_request_id("g-1");
  for (const char* plate : {"沪A12345", "沪A12346", "沪AD12345"}) {
    auto& each = *request.add_requests();
    each = Booking(window.name(), At(24, 9));
    each.mutable_booking()->set_plate(plate);
  }
  const auto batch = [&] {
    return Call(*booking_stub_, &Stub::BatchCreateBookings, Staff("s", "m2"), request);
  };
  const auto made = batch();
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_EQ(made->bookings_size(), 3);
  EXPECT_EQ(made->bookings(2).plate(), "沪AD12345");
  EXPECT_EQ(batch()->SerializeAsString(), made->SerializeAsString());
  EXPECT_EQ(Number(kPlaces), 3);
  request.set_request_id("g-2");
  EXPECT_EQ(ReasonOf(batch().status()), "SLOT_FULL");
  request.mutable_requests(0)->mutable_booking()->clear_plate();
  EXPECT_EQ(ReasonOf(batch().status()), "FIELD_REQUIRED");
  request.clear_requests();
  EXPECT_EQ(ReasonOf(batch().status()), "FIELD_INVALID");
  EXPECT_EQ(Number(kPlaces), 3);
}

}  // namespace
}  // namespace jinhuan::resource
