#include <gmock/gmock.h>

#include <atomic>

#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

using Member = v1::Member;
using Stub = v1::MemberService::Stub;

// The steps of a member's life, as the street takes them.
class MemberLifeTest : public ServiceFixture {
 protected:
  template <class Request>
  static Request For(const std::string& name, const std::string& reason,
                     const std::string& request_id = "") {
    Request request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_request_id(request_id);
    return request;
  }

  absl::StatusOr<Member> Reject(const std::string& name, const std::string& reason = "不符合") {
    return Call(*members_, &Stub::RejectMember, street_,
                For<v1::RejectMemberRequest>(name, reason));
  }
  absl::StatusOr<Member> Suspend(const std::string& name, const std::string& reason = "整改") {
    return Call(*members_, &Stub::SuspendMember, street_,
                For<v1::SuspendMemberRequest>(name, reason));
  }
  absl::StatusOr<Member> Reinstate(const std::string& name,
                                   const std::string& reason = "整改完成") {
    return Call(*members_, &Stub::ReinstateMember, street_,
                For<v1::ReinstateMemberRequest>(name, reason));
  }
  absl::StatusOr<Member> Withdraw(const std::string& name, const std::string& reason = "迁出") {
    return Call(*members_, &Stub::WithdrawMember, street_,
                For<v1::WithdrawMemberRequest>(name, reason));
  }

  Member Get(const TestCaller& as, const std::string& name) {
    v1::GetMemberRequest request;
    request.set_name(name);
    const auto member = Call(*members_, &Stub::GetMember, as, request);
    EXPECT_TRUE(member.ok()) << member.status();
    return member.value_or(Member());
  }

  std::string NewActive(const std::string& display_name) {
    const Member member = Apply(alliance_, display_name);
    EXPECT_TRUE(Approve(member).ok());
    return member.name();
  }

  const std::string alliance_ = MakeAlliance("a1").name();
  const TestCaller street_ = Street(alliance_);
};

TEST_F(MemberLifeTest, AWholeLifeStaysOnRecord) {
  const std::string name = Apply(alliance_, "中环银行").name();
  clock_.Advance(absl::Hours(1));
  v1::GetMemberRequest get;
  get.set_name(name);
  ASSERT_TRUE(Approve(Get(street_, name)).ok());
  clock_.Advance(absl::Hours(1));
  const auto suspended = Suspend(name);
  ASSERT_TRUE(suspended.ok()) << suspended.status();
  EXPECT_EQ(suspended->state(), Member::STATE_SUSPENDED);
  EXPECT_EQ(suspended->history_size(), 0);
  clock_.Advance(absl::Hours(1));
  ASSERT_TRUE(Reinstate(name).ok());
  clock_.Advance(absl::Hours(1));
  const auto left = Withdraw(name);
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_EQ(left->state(), Member::STATE_WITHDRAWN);
  EXPECT_EQ(left->withdraw_time().seconds() - left->join_time().seconds(), 3 * 3600);

  const Member whole = Get(street_, name);
  std::vector<int> states;
  std::vector<std::string> reasons;
  for (const v1::StateChange& change : whole.history()) {
    states.push_back(change.to_state());
    reasons.push_back(change.reason());
  }
  EXPECT_THAT(states, ::testing::ElementsAre(1, 2, 4, 2, 5));
  EXPECT_THAT(reasons, ::testing::ElementsAre("", "符合章程", "整改", "整改完成", "迁出"));
}

TEST_F(MemberLifeTest, TheHistoryIsForTheStreetAndTheUnitItself) {
  const std::string name = NewActive("中环银行");
  const std::string other = NewActive("中环学校");
  EXPECT_EQ(Get(street_, name).history_size(), 2);
  EXPECT_EQ(Get(As("users/u1", auth::v1::ROLE_LIAISON, alliance_, name), name).history_size(), 2);
  EXPECT_EQ(Get(street_, name).state_reason(), "符合章程");
  EXPECT_EQ(Get(As("users/u1", auth::v1::ROLE_STAFF, alliance_, name), name).state_reason(),
            "符合章程");
  for (const TestCaller& as : {As("users/u2", auth::v1::ROLE_STAFF, alliance_, other),
                               As("serviceAccounts/s1", auth::v1::ROLE_SYSTEM, alliance_)}) {
    EXPECT_EQ(Get(as, name).history_size(), 0);
    EXPECT_EQ(Get(as, name).state_reason(), "");
  }
  v1::ListMembersRequest list;
  list.set_parent(alliance_);
  const auto listed = Call(*members_, &Stub::ListMembers, street_, list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->members_size(), 2);
  for (const Member& member : listed->members()) {
    EXPECT_EQ(member.history_size(), 0);
    EXPECT_EQ(member.state_reason(), "");
  }
}

TEST_F(MemberLifeTest, EveryStepNeedsAReasonARoleAndAState) {
  const std::string applied = Apply(alliance_, "申请中").name();
  const std::string active = NewActive("中环银行");
  EXPECT_EQ(ReasonOf(Reject(active).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Suspend(applied).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Reinstate(active).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Withdraw(applied).status()), "STATE_WRONG");

  EXPECT_EQ(ReasonOf(Reject(applied, "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Suspend(active, " ").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Reinstate(active, "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Withdraw(active, std::string(201, 'x')).status()), "FIELD_INVALID");

  const std::string none = alliance_ + "/members/none";
  EXPECT_EQ(ReasonOf(Reject(none).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Suspend(none).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Reinstate(none).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Withdraw(none).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Withdraw(none + "/x").status()), "NAME_INVALID");

  const TestCaller liaison = As("users/u1", auth::v1::ROLE_LIAISON, alliance_, active);
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::WithdrawMember, liaison,
                          For<v1::WithdrawMemberRequest>(active, "迁出"))
                         .status()),
            "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::SuspendMember, Street("alliances/a2"),
                          For<v1::SuspendMemberRequest>(active, "x"))
                         .status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(MemberLifeTest, OfApprovalAndRefusalAtOnceOneHappens) {
  for (int round = 0; round < 5; ++round) {
    const Member member = Apply(alliance_, "申请" + std::to_string(round));
    std::atomic<int> done = 0;
    AtOnce(4, [&](int i) {
      const auto result = i % 2 == 0 ? Approve(member) : Reject(member.name());
      if (result.ok()) ++done;
      EXPECT_EQ(ReasonOf(result.status()), result.ok() ? "" : "STATE_WRONG");
    });
    EXPECT_EQ(done, 1);
    EXPECT_EQ(Get(street_, member.name()).history_size(), 2);
  }
}

TEST_F(MemberLifeTest, LeavingAndSuspensionAtOnceLeaveNoGap) {
  for (int round = 0; round < 5; ++round) {
    const std::string name = NewActive("单位" + std::to_string(round));
    std::vector<std::string> reasons(2);
    AtOnce(2, [&](int i) {
      reasons[static_cast<size_t>(i)] =
          ReasonOf((i == 0 ? Withdraw(name) : Suspend(name)).status());
    });
    // One that leaves may have been suspended before, but not after.
    EXPECT_EQ(reasons[0], "");
    EXPECT_THAT(reasons[1], ::testing::AnyOf("", "STATE_WRONG"));
    const Member member = Get(street_, name);
    EXPECT_EQ(member.state(), Member::STATE_WITHDRAWN);
    EXPECT_EQ(member.history_size(), reasons[1].empty() ? 4 : 3);
    for (int i = 1; i < member.history_size(); ++i) {
      EXPECT_EQ(member.history(i).from_state(), member.history(i - 1).to_state());
    }
  }
}

TEST_F(MemberLifeTest, ARepeatedStepIsOne) {
  const std::string name = NewActive("中环银行");
  const auto request = For<v1::SuspendMemberRequest>(name, "整改", "r1");
  const auto first = Call(*members_, &Stub::SuspendMember, street_, request);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto again = Call(*members_, &Stub::SuspendMember, street_, request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(Get(street_, name).history_size(), 3);
}

TEST_F(MemberLifeTest, TheJournalHasTheReason) {
  const std::string name = NewActive("中环银行");
  ASSERT_TRUE(Withdraw(name, "迁出本街道").ok());
  std::string reason;
  for (const auto& entry : Entries()) {
    if (entry.resource() == name) reason = entry.reason();
  }
  EXPECT_EQ(reason, "迁出本街道");
}

TEST_F(MemberLifeTest, AllianceCountsSectorsOfActiveMembers) {
  v1::GetAllianceRequest request;
  request.set_name(alliance_);
  const auto counts = [&] {
    const auto alliance =
        Call(*alliances_, &v1::AllianceService::Stub::GetAlliance, street_, request);
    EXPECT_TRUE(alliance.ok()) << alliance.status();
    std::vector<std::pair<int, int>> pairs;
    for (const v1::SectorCount& count : alliance->sector_counts()) {
      pairs.emplace_back(count.sector(), count.count());
    }
    return pairs;
  };
  using Pair = std::pair<int, int>;
  EXPECT_THAT(counts(), ::testing::IsEmpty());
  for (const v1::Sector sector : {v1::SECTOR_FINANCE, v1::SECTOR_FINANCE, v1::SECTOR_COMPANY}) {
    v1::ApplyMemberRequest apply = Application(alliance_, "单位");
    apply.mutable_member()->set_sector(sector);
    ASSERT_TRUE(Approve(*Call(*members_, &Stub::ApplyMember, street_, apply)).ok());
  }
  Apply(alliance_, "申请中");
  EXPECT_THAT(counts(),
              ::testing::ElementsAre(Pair(v1::SECTOR_COMPANY, 1), Pair(v1::SECTOR_FINANCE, 2)));
}

}  // namespace
}  // namespace jinhuan::alliance
