#include <gmock/gmock.h>

#include <atomic>

#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Member = v1::Member;
using Stub = v1::MemberService::Stub;

// Applications of units that have no account.
class MemberApplicationTest : public ServiceFixture {
 protected:
  absl::StatusOr<Member> File(const v1::ApplyMemberRequest& request) {
    return Call(*members_, &Stub::ApplyMember, nobody_, request);
  }

  absl::StatusOr<v1::Application> Ask(const std::string& receipt) {
    v1::GetApplicationRequest request;
    request.set_receipt(receipt);
    return Call(*members_, &Stub::GetApplication, nobody_, request);
  }

  int Filed() {
    v1::ListMembersRequest request;
    request.set_parent(alliance_);
    return Call(*members_, &Stub::ListMembers, street_, request)->total_size();
  }

  // Every byte of a table.
  static std::string Dump(const db::Query& query, int columns) {
    std::string text;
    auto lease = database_->pool().Acquire(absl::Now() + absl::Seconds(5));
    EXPECT_TRUE((*lease)
                    ->Select(query, {},
                             [&](const db::Row& row) {
                               for (int i = 0; i < columns; ++i) {
                                 if (!row.IsNull(i)) text += row.Text(i) + "\n";
                               }
                             })
                    .ok());
    return text;
  }

  const std::string alliance_ = MakeAlliance("a1").name();
  const TestCaller street_ = Street(alliance_);
  const TestCaller nobody_ = {};
};

TEST_F(MemberApplicationTest, AnyoneFilesAndAsksHowItStands) {
  v1::ApplyMemberRequest request = Application(alliance_, "中环银行");
  request.mutable_member()->set_tier(v1::TIER_STANDING);
  request.mutable_member()->set_state(Member::STATE_ACTIVE);
  request.mutable_member()->add_history()->set_reason("x");
  request.mutable_member()->mutable_withdraw_time()->set_seconds(1);
  request.mutable_member()->set_application_receipt("mine");
  const auto filed = File(request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->state(), Member::STATE_APPLIED);
  EXPECT_EQ(filed->tier(), v1::TIER_ORDINARY);
  EXPECT_EQ(filed->history_size(), 0);
  EXPECT_FALSE(filed->has_withdraw_time());
  EXPECT_FALSE(filed->has_join_time());
  EXPECT_THAT(filed->application_receipt(), ::testing::MatchesRegex("[A-Za-z0-9_-]{22}"));

  const auto applied = Ask(filed->application_receipt());
  ASSERT_TRUE(applied.ok()) << applied.status();
  EXPECT_EQ(applied->display_name(), "中环银行");
  EXPECT_EQ(applied->state(), Member::STATE_APPLIED);
  EXPECT_EQ(applied->create_time().seconds(), filed->create_time().seconds());
  ASSERT_TRUE(Approve(*filed).ok());
  EXPECT_EQ(Ask(filed->application_receipt())->state(), Member::STATE_ACTIVE);
  EXPECT_EQ(Ask(filed->application_receipt())->state_reason(), "符合章程");
  for (const char* wrong : {"", "x", "AAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(ReasonOf(Ask(wrong).status()), "RESOURCE_NOT_FOUND");
  }
}

TEST_F(MemberApplicationTest, TheJournalNamesNobodyAndTheHistoryNoActor) {
  const auto filed = File(Application(alliance_, "中环银行"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const auto entry = Entries().back();
  EXPECT_EQ(entry.resource(), filed->name());
  EXPECT_EQ(entry.actor(), "");
  EXPECT_EQ(entry.alliance(), alliance_);
  EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr(filed->application_receipt())));
  v1::GetMemberRequest get;
  get.set_name(filed->name());
  const auto member = Call(*members_, &Stub::GetMember, street_, get);
  EXPECT_EQ(member->history(0).actor_display_name(), "");
  EXPECT_EQ(member->application_receipt(), "");
}

TEST_F(MemberApplicationTest, TheStreetMaySetTheTierAndIsNotLimited) {
  for (int i = 0; i < kOpenApplications + 1; ++i) {
    v1::ApplyMemberRequest request = Application(alliance_, "单位" + std::to_string(i));
    request.mutable_member()->set_tier(v1::TIER_STANDING);
    const auto filed = Call(*members_, &Stub::ApplyMember, street_, request);
    ASSERT_TRUE(filed.ok()) << filed.status();
    EXPECT_EQ(filed->tier(), v1::TIER_STANDING);
  }
  // One of another alliance is an applicant like any other.
  v1::ApplyMemberRequest request = Application(alliance_, "别处街道");
  request.mutable_member()->set_tier(v1::TIER_STANDING);
  EXPECT_EQ(Call(*members_, &Stub::ApplyMember, Street("alliances/a2"), request)->tier(),
            v1::TIER_ORDINARY);
}

TEST_F(MemberApplicationTest, ARepetitionGetsTheFirstAnswerWithItsReceipt) {
  v1::ApplyMemberRequest request = Application(alliance_, "中环银行");
  request.set_request_id("7f3c1d0a-a-random-one");
  std::vector<std::string> answers(6);
  AtOnce(6, [&](int i) {
    const auto filed = File(request);
    EXPECT_TRUE(filed.ok()) << filed.status();
    answers[static_cast<size_t>(i)] = filed.value_or(Member()).SerializeAsString();
  });
  EXPECT_THAT(answers, ::testing::Each(answers[0]));
  EXPECT_EQ(Filed(), 1);
  const auto again = File(request);
  EXPECT_EQ(Ask(again->application_receipt())->display_name(), "中环银行");

  request.mutable_member()->set_display_name("另一家");
  const auto reused = File(request);
  EXPECT_EQ(ReasonOf(reused.status()), "REQUEST_ID_REUSED");
  EXPECT_THAT(std::string(reused.status().message()), HasSubstr("7f3c1d0a-a-random-one"));
  request.set_request_id("with blank");
  EXPECT_EQ(ReasonOf(File(request).status()), "FIELD_INVALID");
}

TEST_F(MemberApplicationTest, NoTableHoldsTheReceiptOrTheRequestId) {
  v1::ApplyMemberRequest request = Application(alliance_, "中环银行");
  request.set_request_id("7f3c1d0a-a-random-one");
  const auto filed = File(request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  static const auto* members = new db::Query("SELECT body, receipt_hash FROM member", "");
  static const auto* requests = new db::Query("SELECT request_id, response FROM request", "");
  for (const std::string& table : {Dump(*members, 2), Dump(*requests, 2)}) {
    EXPECT_FALSE(table.empty());
    EXPECT_THAT(table, Not(HasSubstr(filed->application_receipt())));
    EXPECT_THAT(table, Not(HasSubstr("7f3c1d0a-a-random-one")));
  }
}

TEST_F(MemberApplicationTest, WhatAProgramFilesIsAnsweredAndDropped) {
  v1::ApplyMemberRequest request = Application(alliance_, "中环银行");
  const auto real = File(request);
  request.set_website("https://example.com");
  request.set_request_id("r1");
  const auto dropped = File(request);
  ASSERT_TRUE(dropped.ok()) << dropped.status();
  EXPECT_EQ(Filed(), 1);
  // The same fields are set, of the same lengths.
  Member shape = *dropped;
  shape.set_name(real->name());
  shape.set_application_receipt(real->application_receipt());
  EXPECT_EQ(shape.SerializeAsString(), real->SerializeAsString());
  EXPECT_EQ(dropped->name().size(), real->name().size());
  EXPECT_EQ(dropped->application_receipt().size(), real->application_receipt().size());
  // A repetition gets the same, and mistakes are told as ever.
  EXPECT_EQ(File(request)->SerializeAsString(), dropped->SerializeAsString());
  request.mutable_member()->clear_display_name();
  request.clear_request_id();
  EXPECT_EQ(ReasonOf(File(request).status()), "FIELD_REQUIRED");
  request = Application("alliances/a2", "x");
  request.set_website("x");
  EXPECT_EQ(ReasonOf(File(request).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(MemberApplicationTest, SoManyWaitAndNoMore) {
  std::atomic<int> filed = 0;
  AtOnce(kOpenApplications + 6, [&](int i) {
    const auto member = File(Application(alliance_, "单位" + std::to_string(i)));
    if (member.ok()) {
      ++filed;
    } else {
      EXPECT_EQ(ReasonOf(member.status()), "RATE_LIMITED");
    }
  });
  EXPECT_EQ(filed, kOpenApplications);
  EXPECT_EQ(Filed(), kOpenApplications);
  // A program learns no more of it than others.
  v1::ApplyMemberRequest program = Application(alliance_, "x");
  program.set_website("x");
  EXPECT_EQ(ReasonOf(File(program).status()), "RATE_LIMITED");
  EXPECT_TRUE(File(Application(MakeAlliance("a2").name(), "别处")).ok());

  v1::ListMembersRequest list;
  list.set_parent(alliance_);
  ASSERT_TRUE(Approve(Call(*members_, &Stub::ListMembers, street_, list)->members(0)).ok());
  EXPECT_TRUE(File(Application(alliance_, "又一家")).ok());
  EXPECT_EQ(ReasonOf(File(Application(alliance_, "再一家")).status()), "RATE_LIMITED");
}

TEST_F(MemberApplicationTest, TellsWhatIsWrong) {
  EXPECT_EQ(ReasonOf(File(Application(alliance_, "")).status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(File(Application("alliances/a2", "x")).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(File(Application("a2", "x")).status()), "NAME_INVALID");
  v1::ApplyMemberRequest request = Application(alliance_, "x");
  request.mutable_member()->set_uscc("91350100M000100Y4Z");
  EXPECT_EQ(ReasonOf(File(request).status()), "USCC_INVALID");
  request = Application(alliance_, "x");
  request.mutable_member()->set_deputy_liaison_phone("1");
  EXPECT_EQ(ReasonOf(File(request).status()), "PHONE_INVALID");
  request = Application(alliance_, "x");
  request.mutable_member()->mutable_location()->set_latitude(91);
  EXPECT_EQ(ReasonOf(File(request).status()), "FIELD_INVALID");
}

}  // namespace
}  // namespace jinhuan::alliance
