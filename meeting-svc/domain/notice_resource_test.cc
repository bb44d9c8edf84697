// What bookings, passes, draws and matches tell.
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "jinhuan/resource/v1/lottery.pb.h"
#include "jinhuan/resource/v1/pass.pb.h"
#include "meeting-svc/domain/notice_fixture.h"

namespace jinhuan::meeting {
namespace {

using resource::v1::Booking;
using resource::v1::LotteryRequest;
using resource::v1::Match;
using resource::v1::Pass;
using resource::v1::PassRecall;
using ::testing::ElementsAre;

Booking BookingIn(Booking::State state) {
  Booking booking;
  booking.set_name("alliances/a/bookings/b");
  booking.set_user("users/u");
  booking.set_lender("alliances/a/members/l");
  booking.set_state(state);
  booking.set_facility_display_name("云杉大厦车库");
  *booking.mutable_start_time() = api::ToProto(kEvening);
  *booking.mutable_expire_time() = api::ToProto(kEvening - absl::Hours(2));
  return booking;
}

TEST(ResourceNoticesTest, ABookerHearsWhatBecomesOfItAndTheLenderWhatAwaitsApproval) {
  const Booking pending = BookingIn(Booking::STATE_PENDING);
  EXPECT_THAT(Told(pending),
              ElementsAre("alliances/a/members/l#liaisons ! 11月28日 18:00 云杉大厦车库 "
                          "有一个预约待审批"));
  EXPECT_THAT(Told(&pending, BookingIn(Booking::STATE_CONFIRMED)),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 的预约已获批准"));
  const Booking waiting = BookingIn(Booking::STATE_WAITLISTED);
  EXPECT_THAT(Told(&waiting, BookingIn(Booking::STATE_OFFERED)),
              ElementsAre("users/u ! 11月28日 18:00 云杉大厦车库 候补到位，请在 11月28日 16:00 "
                          "前确认"));
}

TEST(ResourceNoticesTest, WhatSomebodyDidItselfIsNoNews) {
  const Booking confirmed = BookingIn(Booking::STATE_CONFIRMED);
  const Booking cancelled = BookingIn(Booking::STATE_CANCELLED);
  EXPECT_TRUE(Told(confirmed).empty());
  EXPECT_TRUE(Told(&confirmed, cancelled, "users/u").empty());
  EXPECT_EQ(Told(&confirmed, cancelled, "users/street").size(), 1U);
  EXPECT_TRUE(Told(&confirmed, confirmed).empty());  // another plate, say
}

TEST(ResourceNoticesTest, APassIsToldOfOnceAndItsDaysNot) {
  Booking day = BookingIn(Booking::STATE_PENDING);
  day.set_pass("alliances/a/passes/p");
  const Booking pending_day = day;
  EXPECT_TRUE(Told(day).empty());
  for (const auto state : {Booking::STATE_CONFIRMED, Booking::STATE_REJECTED,
                           Booking::STATE_EXPIRED, Booking::STATE_CANCELLED}) {
    day.set_state(state);
    EXPECT_TRUE(Told(&pending_day, day).empty()) << state;
  }
  day.set_state(Booking::STATE_RECALLED);  // of a pass that stands: told together
  EXPECT_TRUE(Told(&pending_day, day).empty());
  PassRecall recall;
  recall.set_name("alliances/a/passes/p");
  recall.set_user("users/u");
  recall.set_facility_display_name("云杉大厦车库");
  recall.set_reason("消防检修");
  recall.set_days(3);
  *recall.mutable_first_start_time() = api::ToProto(kEvening);
  *recall.mutable_last_start_time() = api::ToProto(kEvening + absl::Hours(48));
  EXPECT_THAT(Told(recall),
              ElementsAre("users/u ! 云杉大厦车库 的月卡有 3 天（11月28日 18:00 至 11月30日 18:00）"
                          "因停用被收回：消防检修"));

  Pass pass;
  pass.set_name("alliances/a/passes/p");
  pass.set_user("users/u");
  pass.set_lender("alliances/a/members/l");
  pass.set_facility_display_name("云杉大厦车库");
  pass.set_state(Pass::STATE_ACTIVE);
  EXPECT_TRUE(Told(pass).empty());
  pass.set_state(Pass::STATE_PENDING);
  EXPECT_THAT(Told(pass),
              ElementsAre("alliances/a/members/l#liaisons ! 云杉大厦车库 有一张月卡待审批"));
  const Pass pending = pass;
  pass.set_state(Pass::STATE_ACTIVE);
  EXPECT_THAT(Told(&pending, pass), ElementsAre("users/u 云杉大厦车库 的月卡已获批准"));
  pass.set_cancel_reason("车位不足");
  pass.set_state(Pass::STATE_REJECTED);
  EXPECT_THAT(Told(&pending, pass), ElementsAre("users/u 云杉大厦车库 的月卡未获批准：车位不足"));
  pass.set_state(Pass::STATE_CANCELLED);
  EXPECT_THAT(Told(&pending, pass), ElementsAre("users/u 云杉大厦车库 的月卡已被取消：车位不足"));
  EXPECT_TRUE(Told(&pending, pass, "users/u").empty());
  pass.set_state(Pass::STATE_EXPIRED);
  EXPECT_THAT(Told(&pending, pass),
              ElementsAre("users/u 云杉大厦车库 的月卡申请未在时限内审批，已失效",
                          "alliances/a/members/l#liaisons "
                          "云杉大厦车库 有一张月卡申请未在时限内审批，已失效"));
  Pass active = pending;
  active.set_state(Pass::STATE_ACTIVE);
  pass.set_state(Pass::STATE_ENDED);
  EXPECT_THAT(Told(&active, pass), ElementsAre("users/u 云杉大厦车库 的月卡已到期"));
}

TEST(ResourceNoticesTest, WhoAskedHearsWhatTheDrawGave) {
  LotteryRequest request;
  request.set_name("alliances/a/facilities/f/windows/w/draws/2026-11-28/lotteryRequests/r");
  request.set_user("users/u");
  request.set_facility_display_name("云杉大厦车库");
  *request.mutable_start_time() = api::ToProto(kEvening);
  request.set_state(LotteryRequest::STATE_SEALED);
  EXPECT_TRUE(Told(request).empty());
  const LotteryRequest sealed = request;
  request.set_state(LotteryRequest::STATE_WON);
  const LotteryRequest won = request;
  EXPECT_THAT(Told(&sealed, won),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 摇号中签，预约已生成"));
  EXPECT_TRUE(Told(&won, won).empty());
  request.set_state(LotteryRequest::STATE_LOST);
  EXPECT_THAT(Told(&sealed, request),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 摇号未中签"));
  request.set_state(LotteryRequest::STATE_VOID);
  EXPECT_THAT(Told(&sealed, request),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 的申请未能参加摇号"));
  request.set_state(LotteryRequest::STATE_WITHDRAWN);
  EXPECT_TRUE(Told(&sealed, request).empty());
}

TEST(ResourceNoticesTest, EachSideOfAMatchHearsHowTheOtherFoundIt) {
  Match match;
  match.set_name("alliances/a/matches/m");
  match.set_title("夜间车位");
  match.set_giver("alliances/a/members/g");
  match.set_taker("alliances/a/members/t");
  match.set_state(Match::STATE_COMPLETED);
  Match rated = match;
  rated.mutable_giver_rating()->set_score(5);
  EXPECT_THAT(Told(&match, rated),
              ElementsAre("alliances/a/members/t#liaisons 对接方给本单位评 5 分：夜间车位"));
  match = rated;
  rated.mutable_taker_rating()->set_score(3);
  EXPECT_THAT(Told(&match, rated),
              ElementsAre("alliances/a/members/g#liaisons 对接方给本单位评 3 分：夜间车位"));
}

TEST(ResourceNoticesTest, WhatBecomesOfAMatchIsToldByItsTitle) {
  Match match;
  match.set_name("alliances/a/matches/m");
  match.set_title("夜间车位");
  match.set_publisher("alliances/a/members/p");
  match.set_claimant("alliances/a/members/c");
  const auto becomes = [&](Match::State state) {
    const Match before = match;
    match.set_state(state);
    return Told(&before, match);
  };
  EXPECT_THAT(
      becomes(Match::STATE_CLAIMED),
      ElementsAre("alliances/a/members/p#liaisons ! 本单位发布的《夜间车位》被认领，请答复"));
  EXPECT_THAT(becomes(Match::STATE_AGREED),
              ElementsAre("alliances/a/members/c#liaisons 认领的《夜间车位》已达成对接"));
  EXPECT_THAT(becomes(Match::STATE_DELIVERED),
              ElementsAre("alliances/a/members/p#liaisons 对接事项《夜间车位》有新进展",
                          "alliances/a/members/c#liaisons 对接事项《夜间车位》有新进展"));
  EXPECT_THAT(becomes(Match::STATE_WITHDRAWN),
              ElementsAre("alliances/a/members/p#liaisons 对接事项《夜间车位》已撤回",
                          "alliances/a/members/c#liaisons 对接事项《夜间车位》已撤回"));
}

}  // namespace
}  // namespace jinhuan::meeting
