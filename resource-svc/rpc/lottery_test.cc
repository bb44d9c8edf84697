// Windows that open by lottery.
#include <atomic>

#include "platform/testing/eventually.h"
#include "resource-svc/rpc/lottery_replay.h"
#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Request = v1::LotteryRequest;
using Stub = v1::LotteryService::Stub;

const db::Query kUsed("SELECT COALESCE(SUM(used), 0) FROM slot", "");
const db::Query kBookings("SELECT COUNT(*) FROM booking", "");

class LotteryServiceTest : public ServiceTest {
 protected:
  // 8:00 to 18:00, drawn twelve hours before: of the 24th at 20:00 on the 23rd.
  static v1::Window ByLot(int capacity) {
    v1::Window window = Daily(capacity);
    window.mutable_lottery()->set_close_minutes(12 * 60);
    return window;
  }

  LotteryServiceTest() : window_(OpenNew(v1::FACILITY_KIND_PARKING, ByLot(2))) {}

  std::string DrawName(int day = 24) const {
    return fmt::format("{}/draws/2026-11-{}", window_.name(), day);
  }

  v1::SubmitLotteryRequestRequest Wish(int day = 24, int hour = 9, int hours = 1) const {
    v1::SubmitLotteryRequestRequest request;
    request.set_parent("alliances/a");
    *request.mutable_booking() = Booking(window_.name(), At(day, hour), hours).booking();
    request.mutable_booking()->set_plate("沪A12345");
    return request;
  }

  absl::StatusOr<Request> Ask(const auth::v1::Caller& caller,
                              const v1::SubmitLotteryRequestRequest& request) {
    return Call(*lottery_stub_, &Stub::SubmitLotteryRequest, caller, request);
  }

  absl::StatusOr<Request> Withdraw(const auth::v1::Caller& caller, const std::string& name) {
    v1::WithdrawLotteryRequestRequest request;
    request.set_name(name);
    return Call(*lottery_stub_, &Stub::WithdrawLotteryRequest, caller, request);
  }

  v1::Draw GetDraw(const std::string& name) {
    v1::GetDrawRequest request;
    request.set_name(name);
    const auto draw = Call(*lottery_stub_, &Stub::GetDraw, Staff("anyone", "m9"), request);
    EXPECT_TRUE(draw.ok()) << draw.status();
    return draw.value_or(v1::Draw());
  }

  std::vector<Request> Listed(const auth::v1::Caller& caller, const std::string& draw,
                              int page_size = 0) {
    v1::ListLotteryRequestsRequest request;
    request.set_parent("alliances/a");
    request.set_draw(draw);
    request.set_page_size(page_size);
    std::vector<Request> all;
    do {
      const auto page = Call(*lottery_stub_, &Stub::ListLotteryRequests, caller, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      all.insert(all.end(), page->lottery_requests().begin(), page->lottery_requests().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  void GoTo(absl::Time time) { clock_.Advance(time - clock_.Now()); }

  int Keep() {
    const auto kept = lottery_.Keep(clock_.Now());
    EXPECT_TRUE(kept.ok()) << kept.status();
    return kept.value_or(-1);
  }

  static std::vector<Request::State> StatesOf(const std::vector<Request>& requests) {
    std::vector<Request::State> states;
    for (const Request& request : requests) states.push_back(request.state());
    return states;
  }

  v1::Window window_;
};

TEST_F(LotteryServiceTest, UntilTheDrawPlacesAreAskedForAndNotBooked) {
  EXPECT_EQ(Keep(), 1);  // today's, which closed before the window was opened
  const v1::Draw draw = GetDraw(DrawName());
  EXPECT_EQ(draw.state(), v1::Draw::STATE_COLLECTING);
  EXPECT_THAT(draw.seed_commitment(), SizeIs(64));
  EXPECT_THAT(draw.seed(), IsEmpty());
  EXPECT_EQ(api::FromProto(draw.close_time()), At(23, 20));

  auto booking = Booking(window_.name(), At(24, 9));
  booking.mutable_booking()->set_plate("沪A12345");
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m2"), booking).status()), "LOTTERY_OPEN");
  GoTo(At(23, 20));  // closed, but not drawn: who comes now is not first either
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m2"), booking).status()), "LOTTERY_OPEN");
  EXPECT_EQ(ReasonOf(Ask(Staff("s", "m2"), Wish()).status()), "LOTTERY_CLOSED");
  EXPECT_EQ(Keep(), 1);
  EXPECT_TRUE(Book(Staff("s", "m2"), booking).ok());
}

TEST_F(LotteryServiceTest, ASearchSaysThatAndWhenItIsDrawn) {
  v1::SearchAvailabilityRequest search;
  search.set_parent("alliances/a");
  *search.mutable_start_time() = api::ToProto(At(24, 9));
  *search.mutable_end_time() = api::ToProto(At(24, 10));
  const auto found = [&] {
    const auto answer = Call(*booking_stub_, &v1::BookingService::Stub::SearchAvailability,
                             Staff("s", "m2"), search);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer->facilities(0).slots(0);
  };
  EXPECT_EQ(found().state(), v1::SlotAvailability::STATE_LOTTERY);
  EXPECT_EQ(api::FromProto(found().lottery_close_time()), At(23, 20));
  Keep();
  GoTo(At(23, 20));
  Keep();
  EXPECT_EQ(found().state(), v1::SlotAvailability::STATE_BOOKABLE);
  EXPECT_FALSE(found().has_lottery_close_time());
}

TEST_F(LotteryServiceTest, RequestsAreSealedUntilTheyAreDrawn) {
  auto wish = Wish();
  wish.add_needs(v1::LOTTERY_NEED_SHIFT_WORK);
  const auto mine = Ask(Staff("a", "m2"), wish);
  ASSERT_TRUE(mine.ok()) << mine.status();
  EXPECT_EQ(mine->state(), Request::STATE_SEALED);
  EXPECT_EQ(GetDraw(DrawName()).request_count(), 1);
  for (const auto& other : {Staff("b", "m2"), Liaison("m2"), Street()}) {
    EXPECT_THAT(Listed(other, DrawName()), IsEmpty());
  }
  EXPECT_THAT(Listed(Staff("a", "m2"), DrawName()), SizeIs(1));
  EXPECT_THAT(Listed(Staff("a", "m2"), ""), SizeIs(1));
  GoTo(At(23, 20));
  Keep();
  const auto drawn = Listed(Staff("b", "m3"), DrawName());
  ASSERT_THAT(drawn, SizeIs(1));
  EXPECT_EQ(drawn[0].need_points(), 3);
  EXPECT_EQ(drawn[0].member(), "alliances/a/members/m2");
  // Whose it is, its car and its needs stay its own business.
  EXPECT_THAT(drawn[0].user() + drawn[0].plate() + drawn[0].booking(), IsEmpty());
  EXPECT_THAT(drawn[0].needs(), IsEmpty());
  EXPECT_THAT(Listed(Staff("a", "m2"), DrawName())[0].booking(), Not(IsEmpty()));
}

TEST_F(LotteryServiceTest, TheDrawBooksForWhoWonAndAnyoneCanRepeatIt) {
  for (int i = 0; i < 7; ++i) {
    ASSERT_TRUE(
        Ask(Staff(fmt::format("s{}", i), fmt::format("m{}", i % 3)), Wish(24, 9 + i % 2, 1 + i % 2))
            .ok());
  }
  GoTo(At(23, 20));
  EXPECT_EQ(Keep(), 1);
  const v1::Draw draw = GetDraw(DrawName());
  EXPECT_EQ(draw.state(), v1::Draw::STATE_DRAWN);
  EXPECT_THAT(draw.slots(), SizeIs(10));
  auto requests = Listed(Staff("anyone", "m9"), DrawName(), 3);
  ASSERT_THAT(requests, SizeIs(7));
  EXPECT_THAT(Replay(draw, requests), IsEmpty());
  EXPECT_EQ(Number(kBookings), draw.win_count());
  EXPECT_GE(draw.win_count(), 2);
  // The replay would find what was not drawn so.
  std::swap(requests[0], requests[1]);
  const int place = requests[0].place();
  requests[0].set_place(requests[1].place());
  requests[1].set_place(place);
  EXPECT_THAT(Replay(draw, requests), Not(IsEmpty()));
}

TEST_F(LotteryServiceTest, WhoLostIsToldMayWaitInLineAndIsLuckierNextTime) {
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(Ask(Staff(fmt::format("s{}", i), "m2"), Wish()).ok());
    ASSERT_TRUE(Ask(Staff(fmt::format("s{}", i), "m2"), Wish(25)).ok());
  }
  GoTo(At(23, 20));
  EXPECT_EQ(Keep(), 1);
  std::vector<std::string> losers;
  for (int i = 0; i < 4; ++i) {
    const auto self = Staff(fmt::format("s{}", i), "m2");
    for (const Request& mine : Listed(self, "")) {
      if (mine.state() == Request::STATE_LOST) losers.push_back(fmt::format("s{}", i));
    }
  }
  ASSERT_THAT(losers, SizeIs(2));
  auto line = Booking(window_.name(), At(24, 9));
  line.mutable_booking()->set_plate("沪A12345");
  line.set_join_waitlist(true);
  const auto waiting = Book(Staff(losers[0], "m2"), line);
  ASSERT_TRUE(waiting.ok()) << waiting.status();
  EXPECT_EQ(waiting->state(), v1::Booking::STATE_WAITLISTED);
  GoTo(At(24, 20));
  EXPECT_EQ(Keep(), 1);
  int luckier = 0;
  for (const Request& request : Listed(Street(), DrawName(25))) {
    EXPECT_EQ(request.tickets(), 10 + 3 * request.losses());
    luckier += request.losses();
  }
  EXPECT_EQ(luckier, 2);
  EXPECT_THAT(Replay(GetDraw(DrawName(25)), Listed(Street(), DrawName(25))), IsEmpty());
}

TEST_F(LotteryServiceTest, OneRequestForEachThatCanBeChangedAndWithdrawn) {
  const auto self = Staff("a", "m2");
  const auto first = Ask(self, Wish(24, 9));
  const auto changed = Ask(self, Wish(24, 11, 2));
  EXPECT_EQ(changed->name(), first->name());
  EXPECT_EQ(GetDraw(DrawName()).request_count(), 1);
  EXPECT_EQ(ReasonOf(Withdraw(Staff("b", "m2"), first->name()).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Withdraw(self, first->name())->state(), Request::STATE_WITHDRAWN);
  EXPECT_EQ(GetDraw(DrawName()).request_count(), 0);
  ASSERT_TRUE(Ask(self, Wish(24, 12)).ok());
  GoTo(At(23, 20));
  EXPECT_EQ(ReasonOf(Withdraw(self, first->name()).status()), "LOTTERY_CLOSED");
  Keep();
  EXPECT_EQ(ReasonOf(Withdraw(self, first->name()).status()), "LOTTERY_CLOSED");
  const auto drawn = Listed(self, DrawName());
  ASSERT_THAT(drawn, SizeIs(1));
  EXPECT_EQ(api::FromProto(drawn[0].start_time()), At(24, 12));
}

TEST_F(LotteryServiceTest, WhatCannotBeAskedForIsRefused) {
  auto wish = Wish();
  wish.mutable_booking()->set_plate("沪AO1234");
  EXPECT_EQ(ReasonOf(Ask(Staff("a", "m2"), wish).status()), "PLATE_INVALID");
  wish = Wish();
  wish.add_needs(v1::LOTTERY_NEED_MOBILITY);
  wish.add_needs(v1::LOTTERY_NEED_MOBILITY);
  EXPECT_EQ(ReasonOf(Ask(Staff("a", "m2"), wish).status()), "FIELD_INVALID");
  wish = Wish(24, 4);
  EXPECT_EQ(ReasonOf(Ask(Staff("a", "m2"), wish).status()), "WINDOW_CLOSED");
  const v1::Window plain = OpenNew(v1::FACILITY_KIND_PARKING, Daily(2));
  wish = Wish();
  wish.mutable_booking()->set_window(plain.name());
  EXPECT_EQ(ReasonOf(Ask(Staff("a", "m2"), wish).status()), "FIELD_INVALID");
  v1::Window late = ByLot(1);
  late.mutable_lottery()->set_close_minutes(5);
  EXPECT_EQ(
      ReasonOf(
          Open(Street(), plain.name().substr(0, plain.name().find("/windows")), late).status()),
      "FIELD_INVALID");
}

TEST_F(LotteryServiceTest, AUnitsQuotaHoldsInADraw) {
  v1::Window window = ByLot(10);
  v1::Quota& quota = *window.add_quotas();
  quota.set_subject(v1::QUOTA_SUBJECT_UNIT);
  quota.set_period(v1::QUOTA_PERIOD_DAY);
  quota.set_limit(2);
  window_ = OpenNew(v1::FACILITY_KIND_PARKING, window);
  for (int i = 0; i < 8; ++i) {
    ASSERT_TRUE(Ask(Staff(fmt::format("s{}", i), i < 6 ? "m2" : "m3"), Wish(24, 9 + i % 3)).ok());
  }
  GoTo(At(23, 20));
  Keep();
  const auto requests = Listed(Street(), DrawName());
  EXPECT_EQ(GetDraw(DrawName()).win_count(), 4);
  EXPECT_THAT(Replay(GetDraw(DrawName()), requests), IsEmpty());
}

TEST_F(LotteryServiceTest, TwoKeepersDrawOnceWhileOthersAsk) {
  ASSERT_TRUE(Ask(Staff("first", "m2"), Wish()).ok());
  std::atomic<int> drawn = 0;
  std::atomic<int> taken = 1;
  std::atomic<int> refused = 0;
  OnThreads(12, [&](int i) {
    if (i < 3) {
      for (int k = 0; k < 4; ++k) drawn += lottery_.Keep(At(23, 20)).value_or(0);
      return;
    }
    for (int k = 0; k < 10; ++k) {
      const auto made = Ask(Staff(fmt::format("s{}-{}", i, k), "m2"), Wish());
      taken += made.ok();
      refused += ReasonOf(made.status()) == "LOTTERY_CLOSED";
    }
  });
  EXPECT_EQ(taken + refused, 91);
  const v1::Draw draw = GetDraw(DrawName());
  EXPECT_EQ(draw.request_count(), taken);  // drawn, or refused
  EXPECT_EQ(draw.win_count(), std::min<int>(2, taken));
  EXPECT_EQ(Number(kUsed), draw.win_count());
  EXPECT_THAT(Replay(draw, Listed(Street(), DrawName())), IsEmpty());
}

TEST_F(LotteryServiceTest, AnAllianceThatIsDrawnForHoldsUpNoOther) {
  Change(
      "INSERT INTO member (alliance_id, id, display_name, tier, sector, state) "
      "VALUES ('b', 'm2', 'm2', 3, 1, 2)");
  const auto street = Person("street-b", auth::v1::ROLE_STREET_ADMIN, "", "b");
  v1::CreateFacilityRequest lend;
  lend.set_parent("alliances/b");
  lend.mutable_facility()->set_display_name("另一联盟停车场");
  lend.mutable_facility()->set_kind(v1::FACILITY_KIND_PARKING);
  lend.mutable_facility()->set_owner("alliances/b/members/m2");
  const auto facility =
      Call(*facility_stub_, &v1::FacilityService::Stub::CreateFacility, street, lend);
  ASSERT_TRUE(facility.ok()) << facility.status();
  const auto window = Open(street, facility->name(), ByLot(2));
  ASSERT_TRUE(window.ok()) << window.status();
  const std::string theirs = fmt::format("{}/draws/2026-11-24", window->name());
  const auto theirs_drawn = [&] {
    v1::GetDrawRequest request;
    request.set_name(theirs);
    const auto draw = Call(*lottery_stub_, &Stub::GetDraw, street, request);
    return draw.ok() && draw->state() == v1::Draw::STATE_DRAWN;
  };
  ASSERT_TRUE(Ask(Staff("a", "m2"), Wish()).ok());
  Keep();  // opens theirs
  GoTo(At(23, 20));

  std::atomic<int> held = 0;
  std::atomic<int> done = 0;
  std::thread holder([&] {
    const absl::Time patience = absl::Now() + absl::Minutes(2);
    EXPECT_TRUE(db::InTransaction(database_.pool(), patience, [&](db::Connection& c) {
                  const absl::Status taken = lotteries_.TakeTurn(c, "alliances/a");
                  Count(held);
                  Await(done, 1);
                  return taken;
                }).ok());
  });
  Await(held, 1);
  std::thread keeper([&] { EXPECT_EQ(Keep(), 2); });
  EXPECT_TRUE(testing::Eventually(theirs_drawn));
  EXPECT_EQ(GetDraw(DrawName()).state(), v1::Draw::STATE_COLLECTING);
  Count(done);
  holder.join();
  keeper.join();
  EXPECT_EQ(GetDraw(DrawName()).state(), v1::Draw::STATE_DRAWN);
  EXPECT_THAT(Replay(GetDraw(DrawName()), Listed(Street(), DrawName())), IsEmpty());
}

TEST_F(LotteryServiceTest, WhereItIsClosedNobodyWins) {
  ASSERT_TRUE(Ask(Staff("a", "m2"), Wish()).ok());
  const std::string facility = window_.name().substr(0, window_.name().find("/windows"));
  ASSERT_TRUE(Close(Closing(facility, At(24, 8), At(24, 12))).ok());
  GoTo(At(23, 20));
  Keep();
  // Nor does anyone lose, and have more tickets than others the next time.
  EXPECT_THAT(StatesOf(Listed(Street(), DrawName())), ElementsAre(Request::STATE_VOID));
  EXPECT_THAT(Replay(GetDraw(DrawName()), Listed(Street(), DrawName())), IsEmpty());
}

TEST_F(LotteryServiceTest, ASuspendedUnitTakesNoPart) {
  ASSERT_TRUE(Ask(Staff("a", "m2"), Wish()).ok());
  Change("UPDATE member SET state = 3 WHERE id = 'm2'");
  GoTo(At(23, 20));
  EXPECT_EQ(Keep(), 1);
  EXPECT_THAT(StatesOf(Listed(Street(), DrawName())), ElementsAre(Request::STATE_VOID));
  EXPECT_EQ(Number(kBookings), 0);
}

// Two of a unit name the same guest, who has one lunch.
TEST_F(LotteryServiceTest, GuestsAreDrawnForAndCounted) {
  window_ = OpenNew(v1::FACILITY_KIND_CANTEEN, ByLot(9));
  for (const char* person : {"a", "b"}) {
    auto wish = Wish(24, 12);
    wish.mutable_booking()->clear_plate();
    wish.mutable_booking()->set_quantity(2);
    wish.mutable_booking()->add_guests("王芳");
    const auto asked = Ask(Staff(person, "m2"), wish);
    ASSERT_TRUE(asked.ok()) << asked.status();
    EXPECT_THAT(asked->guests(), ElementsAre("王芳"));
  }
  GoTo(At(23, 20));
  Keep();
  const auto drawn = Listed(Street(), DrawName());
  EXPECT_THAT(StatesOf(drawn), UnorderedElementsAre(Request::STATE_WON, Request::STATE_LOST));
  for (const Request& request : drawn) EXPECT_THAT(request.guests(), IsEmpty());
  EXPECT_EQ(Number(kUsed), 2);
  EXPECT_THAT(Replay(GetDraw(DrawName()), drawn), IsEmpty());
}

TEST_F(LotteryServiceTest, WhatOpensNoMoreIsNotDrawnFor) {
  ASSERT_TRUE(Ask(Staff("a", "m2"), Wish()).ok());
  ASSERT_TRUE(End(window_, 23).ok());
  GoTo(At(23, 20));
  EXPECT_EQ(Keep(), 1);
  EXPECT_THAT(StatesOf(Listed(Street(), DrawName())), Each(Request::STATE_VOID));
  EXPECT_THAT(Replay(GetDraw(DrawName()), Listed(Street(), DrawName())), IsEmpty());
}

TEST_F(LotteryServiceTest, TheSeedIsInNoEntryBeforeTheDraw) {
  ASSERT_TRUE(Ask(Staff("a", "m2"), Wish()).ok());
  Keep();
  std::string seed;
  ASSERT_TRUE(db::Read(database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
                const auto read = lotteries_.SecretsOf(c, DrawName());
                if (read.ok()) seed = read->seed;
                return read.status();
              }).ok());
  ASSERT_THAT(seed, SizeIs(32));
  ASSERT_EQ(Hex(Sha256(seed)), GetDraw(DrawName()).seed_commitment());
  ASSERT_TRUE(journal_.SealOnce().ok());
  const auto entries = journal_.ReadFrom(1, 1000, {"", ""}, absl::Now() + absl::Seconds(10));
  ASSERT_TRUE(entries.ok()) << entries.status();
  EXPECT_THAT(*entries, Not(IsEmpty()));
  for (const journal::v1::Entry& entry : *entries) {
    const std::string text = entry.SerializeAsString();
    EXPECT_THAT(text, Not(HasSubstr(seed)));
    EXPECT_THAT(text, Not(HasSubstr(Hex(seed))));
  }
}

TEST_F(LotteryServiceTest, TheStreetAsksForActiveUnitsAlone) {
  Change("UPDATE member SET state = 3 WHERE id = 'm3'");
  const auto reason = [&](const std::string& unit) {
    auto request = Wish();
    request.mutable_booking()->set_member("alliances/a/members/" + unit);
    return ReasonOf(Ask(Street(), request).status());
  };
  EXPECT_EQ(reason("nobody"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(reason("m3"), "STATE_WRONG");
  EXPECT_EQ(reason("m2"), "");
}

}  // namespace
}  // namespace jinhuan::resource
