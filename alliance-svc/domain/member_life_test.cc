#include "alliance-svc/domain/member_life.h"

#include <gtest/gtest.h>

#include <map>

#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {
namespace {

using Member = v1::Member;

const absl::Time kBegin = absl::FromUnixSeconds(1'790'000'000);

Cause At(int hours, const std::string& reason = "理由") {
  return {.reason = reason, .actor = "街道党建办", .time = kBegin + absl::Hours(hours)};
}

Member In(Member::State state) {
  Member member;
  member.set_name("alliances/a1/members/m1");
  BeginLife(state, At(0), member);
  return member;
}

TEST(MemberLife, EveryStepFromEveryState) {
  const std::map<std::pair<MemberStep, Member::State>, Member::State> allowed = {
      {{MemberStep::kApprove, Member::STATE_APPLIED}, Member::STATE_ACTIVE},
      {{MemberStep::kReject, Member::STATE_APPLIED}, Member::STATE_REJECTED},
      {{MemberStep::kSuspend, Member::STATE_ACTIVE}, Member::STATE_SUSPENDED},
      {{MemberStep::kReinstate, Member::STATE_SUSPENDED}, Member::STATE_ACTIVE},
      {{MemberStep::kWithdraw, Member::STATE_ACTIVE}, Member::STATE_WITHDRAWN},
      {{MemberStep::kWithdraw, Member::STATE_SUSPENDED}, Member::STATE_WITHDRAWN},
  };
  int tried = 0;
  for (const MemberStep step : {MemberStep::kApprove, MemberStep::kReject, MemberStep::kSuspend,
                                MemberStep::kReinstate, MemberStep::kWithdraw}) {
    for (int state = Member::State_MIN; state <= Member::State_MAX; ++state) {
      ++tried;
      const Member before = In(static_cast<Member::State>(state));
      const auto after = TakeStep(before, step, At(1));
      const auto rule = allowed.find({step, before.state()});
      SCOPED_TRACE(Member::State_Name(before.state()) + " " +
                   std::to_string(static_cast<int>(step)));
      if (rule == allowed.end()) {
        EXPECT_EQ(ReasonOf(after.status()), "STATE_WRONG");
        continue;
      }
      ASSERT_TRUE(after.ok()) << after.status();
      EXPECT_EQ(after->state(), rule->second);
      EXPECT_EQ(after->state_reason(), "理由");
      ASSERT_EQ(after->history_size(), before.history_size() + 1);
      const v1::StateChange& change = after->history(after->history_size() - 1);
      EXPECT_EQ(change.from_state(), before.state());
      EXPECT_EQ(change.to_state(), rule->second);
      EXPECT_EQ(change.reason(), "理由");
      EXPECT_EQ(change.actor_display_name(), "街道党建办");
      EXPECT_EQ(api::FromProto(change.time()), kBegin + absl::Hours(1));
    }
  }
  EXPECT_EQ(tried, 30);
}

TEST(MemberLife, TheErrorNamesEveryStateThatWouldDo) {
  const auto refused = TakeStep(In(Member::STATE_APPLIED), MemberStep::kWithdraw, At(1));
  EXPECT_EQ(refused.status().message(),
            "alliances/a1/members/m1 is APPLIED; the method needs ACTIVE, SUSPENDED");
}

TEST(MemberLife, JoiningIsOnceAndLeavingHasItsTime) {
  Member member = In(Member::STATE_APPLIED);
  EXPECT_FALSE(member.has_join_time());
  EXPECT_EQ(api::FromProto(member.create_time()), kBegin);
  member = *TakeStep(member, MemberStep::kApprove, At(1));
  member = *TakeStep(member, MemberStep::kSuspend, At(2));
  member = *TakeStep(member, MemberStep::kReinstate, At(3));
  EXPECT_EQ(api::FromProto(member.join_time()), kBegin + absl::Hours(1));
  EXPECT_FALSE(member.has_withdraw_time());
  member = *TakeStep(member, MemberStep::kWithdraw, At(4));
  EXPECT_EQ(api::FromProto(member.withdraw_time()), kBegin + absl::Hours(4));
  EXPECT_EQ(member.history_size(), 5);
}

TEST(MemberLife, AMemberFromARosterHasJoinedAtOnce) {
  const Member member = In(Member::STATE_ACTIVE);
  EXPECT_EQ(api::FromProto(member.join_time()), kBegin);
  ASSERT_EQ(member.history_size(), 1);
  EXPECT_EQ(member.history(0).from_state(), Member::STATE_UNSPECIFIED);
  EXPECT_EQ(member.history(0).to_state(), Member::STATE_ACTIVE);
}

TEST(MemberLife, WhoIsOlderThanHistoriesHasOneFromItsOtherFields) {
  Member old = In(Member::STATE_APPLIED);
  old = *TakeStep(old, MemberStep::kApprove, At(1, "符合章程"));
  old.clear_history();
  const auto history = HistoryOf(old);
  ASSERT_EQ(history.size(), 2);
  EXPECT_EQ(history[0].to_state(), Member::STATE_APPLIED);
  EXPECT_EQ(history[1].to_state(), Member::STATE_ACTIVE);
  EXPECT_EQ(history[1].reason(), "符合章程");
  EXPECT_EQ(api::FromProto(history[1].time()), kBegin + absl::Hours(1));
  EXPECT_EQ(TakeStep(old, MemberStep::kSuspend, At(2))->history_size(), 3);
}

TEST(MemberLife, HistoryKeepsTheLastSteps) {
  Member member = In(Member::STATE_ACTIVE);
  for (int i = 0; i < kMaxHistory; ++i) {
    member =
        *TakeStep(member, i % 2 == 0 ? MemberStep::kSuspend : MemberStep::kReinstate, At(i + 1));
  }
  EXPECT_EQ(member.history_size(), kMaxHistory);
  EXPECT_EQ(member.history(0).to_state(), Member::STATE_SUSPENDED);
}

}  // namespace
}  // namespace jinhuan::alliance
