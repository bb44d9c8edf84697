#include "meeting-svc/storage/meeting_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/storage/storage_test_base.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MeetingStoreTest : public StorageTest {
 protected:
  void AddActiveMembers(int count) {
    for (int i = 0; i < count; ++i) {
      AddMember(fmt::format("m{:03}", i), fmt::format("单位 {}", i),
                alliance::v1::Member::STATE_ACTIVE);
    }
  }

  void ExpectCountsMatchInvitations(const MeetingKey& key) {
    const auto meeting = Get(key);
    const auto invitations = Invitations(key);
    ASSERT_TRUE(meeting.ok() && invitations.ok());
    Tally sum;
    for (const v1::Invitation& invitation : *invitations) {
      sum.answered += TallyOf(invitation.answer()).answered;
      sum.attending += TallyOf(invitation.answer()).attending;
    }
    EXPECT_EQ(meeting->invited_count(), static_cast<int>(invitations->size()));
    EXPECT_EQ(meeting->answered_count(), sum.answered);
    EXPECT_EQ(meeting->attending_count(), sum.attending);
  }

  std::vector<journal::v1::Entry> Journalled(const std::string& resource) {
    while (journal_.SealOnce().value_or(0) > 0) {
    }
    return *journal_.ReadFrom(1, 1000, {"", resource}, absl::Now() + absl::Seconds(10));
  }
};

TEST_F(MeetingStoreTest, ADraftIsOnlyThereForTheStreet) {
  const v1::Meeting draft = Draft(now_ + absl::Hours(1));
  EXPECT_EQ(draft.state(), v1::Meeting::STATE_DRAFT);
  const auto seen = Get(KeyOf(draft));
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->SerializeAsString(), draft.SerializeAsString());
  EXPECT_EQ(ReasonOf(Get(KeyOf(draft), Viewer{}).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get({"b", KeyOf(draft).id}).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(MeetingStoreTest, ConveningInvitesTheActiveMembersKnownThen) {
  AddMember("m1", "甲公司", alliance::v1::Member::STATE_ACTIVE);
  AddMember("m2", "乙银行", alliance::v1::Member::STATE_APPLIED);
  AddMember("m3", "丙学校", alliance::v1::Member::STATE_ACTIVE);
  AddMember("m1", "别处", alliance::v1::Member::STATE_ACTIVE, "b");
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1)));
  const auto convened = Convene(key);
  ASSERT_TRUE(convened.ok()) << convened.status();
  EXPECT_EQ(convened->state(), v1::Meeting::STATE_CONVENED);
  EXPECT_EQ(convened->invited_count(), 2);
  EXPECT_EQ(api::FromProto(convened->convene_time()), now_);

  AddMember("m1", "甲集团", alliance::v1::Member::STATE_ACTIVE);
  AddMember("m2", "乙银行", alliance::v1::Member::STATE_ACTIVE);
  const auto invitations = Invitations(key);
  ASSERT_TRUE(invitations.ok());
  ASSERT_THAT(*invitations, SizeIs(2));
  EXPECT_EQ(invitations->at(0).member(), "alliances/a/members/m1");
  EXPECT_EQ(invitations->at(0).name(), key.name() + "/invitations/m1");
  EXPECT_EQ(invitations->at(0).member_display_name(), "甲公司");
  EXPECT_EQ(invitations->at(1).member(), "alliances/a/members/m3");
  EXPECT_EQ(Get(key, {.sees_drafts = false, .member_id = "m3"})->own_invitation().name(),
            key.name() + "/invitations/m3");
  EXPECT_FALSE(Get(key, {.sees_drafts = false, .member_id = "m2"})->has_own_invitation());
}

TEST_F(MeetingStoreTest, ConveningAsksForADraftAheadWithSomeoneToInvite) {
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1)));
  EXPECT_EQ(ReasonOf(Convene(key).status()), "NOBODY_TO_INVITE");
  EXPECT_EQ(Get(key)->state(), v1::Meeting::STATE_DRAFT);
  AddActiveMembers(1);
  EXPECT_TRUE(Convene(key).ok());
  EXPECT_EQ(ReasonOf(Convene(key).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Convene(KeyOf(Draft(now_))).status()), "MEETING_BEGUN");
  EXPECT_EQ(ReasonOf(Convene({"a", "none"}).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(MeetingStoreTest, EightConveneAtOnceAndOneDoes) {
  AddActiveMembers(20);
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1)));
  std::atomic<int> done = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto result = Convene(key);
      if (result.ok()) ++done;
      if (ReasonOf(result.status()) == "STATE_WRONG") ++refused;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_THAT(*Invitations(key), SizeIs(20));
  ExpectCountsMatchInvitations(key);
  EXPECT_THAT(Journalled(key.name()), SizeIs(2));  // drafted, convened
}

TEST_F(MeetingStoreTest, ALaterAnswerReplacesTheEarlier) {
  AddActiveMembers(2);
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1)));
  EXPECT_EQ(ReasonOf(Answer(key, "m000", v1::ANSWER_ATTEND).status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Convene(key).ok());
  ASSERT_TRUE(Answer(key, "m000", v1::ANSWER_LEAVE).ok());
  EXPECT_EQ(Get(key)->answered_count(), 1);
  EXPECT_EQ(Get(key)->attending_count(), 0);
  const auto answered = Answer(key, "m000", v1::ANSWER_ATTEND);
  ASSERT_TRUE(answered.ok());
  EXPECT_EQ(api::FromProto(answered->answer_time()), now_);
  EXPECT_EQ(Get(key)->answered_count(), 1);
  EXPECT_EQ(Get(key)->attending_count(), 1);
  ASSERT_TRUE(Answer(key, "m000", v1::ANSWER_ATTEND).ok());
  ExpectCountsMatchInvitations(key);
  EXPECT_EQ(ReasonOf(Answer(key, "m999", v1::ANSWER_ATTEND).status()), "NOT_INVITED");

  const auto entries = Journalled(key.name() + "/invitations/m000");
  ASSERT_THAT(entries, SizeIs(3));
  v1::Invitation before;
  ASSERT_TRUE(entries[1].before().UnpackTo(&before));
  EXPECT_EQ(before.answer(), v1::ANSWER_LEAVE);
}

TEST_F(MeetingStoreTest, NoAnswerOnceItHasBegun) {
  AddActiveMembers(1);
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1)));
  ASSERT_TRUE(Convene(key).ok());
  const auto answer_at = [&](absl::Time now) {
    return Do([&](db::Connection& c) {
      return meetings_.Answer(c, CallAt(now), key, {.sees_drafts = false, .member_id = "m000"},
                              v1::ANSWER_ATTEND, "");
    });
  };
  EXPECT_TRUE(answer_at(now_ + absl::Hours(1) - absl::Microseconds(1)).ok());
  EXPECT_EQ(ReasonOf(answer_at(now_ + absl::Hours(1)).status()), "MEETING_BEGUN");
}

TEST_F(MeetingStoreTest, CountsHoldWhenManyAnswerAtOnce) {
  AddActiveMembers(6);
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1)));
  ASSERT_TRUE(Convene(key).ok());
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 12; ++i) {  // several threads answer for the same unit
        const auto answer = static_cast<v1::Answer>(1 + (t * 7 + i) % 3);
        if (!Answer(key, fmt::format("m{:03}", (t + i) % 5), answer).ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Get(key)->answered_count(), 5);
  ExpectCountsMatchInvitations(key);
}

TEST_F(MeetingStoreTest, ListsTheLatestStartFirstPageByPage) {
  AddActiveMembers(1);
  std::vector<std::string> expected;
  for (const int hours : {5, 5, 5, 3, 1}) {  // three begin at one instant
    expected.push_back(Draft(now_ + absl::Hours(hours)).name());
  }
  std::sort(expected.begin(), expected.begin() + 3, std::greater<>());
  ASSERT_TRUE(Convene({"a", expected[1].substr(expected[1].rfind('/') + 1)}).ok());

  const auto list = [&](v1::Meeting::State state, const MeetingStore::Position& after, int limit,
                        const Viewer& viewer) {
    std::vector<std::string> names;
    const auto page =
        Do([&](db::Connection& c) { return meetings_.List(c, "a", state, after, limit, viewer); });
    EXPECT_TRUE(page.ok()) << page.status();
    for (const v1::Meeting& meeting : *page) names.push_back(meeting.name());
    return names;
  };
  EXPECT_EQ(list(v1::Meeting::STATE_UNSPECIFIED, {}, 10, kStreet), expected);
  std::vector<std::string> paged;
  MeetingStore::Position at;
  while (paged.size() <= expected.size()) {
    const auto page = list(v1::Meeting::STATE_UNSPECIFIED, at, 2, kStreet);
    if (page.empty()) break;
    paged.insert(paged.end(), page.begin(), page.end());
    const auto last = Get({"a", page.back().substr(page.back().rfind('/') + 1)});
    at = {api::FromProto(last->start_time()), KeyOf(*last).id};
  }
  EXPECT_EQ(paged, expected);
  EXPECT_THAT(list(v1::Meeting::STATE_DRAFT, {}, 10, kStreet),
              ElementsAre(expected[0], expected[2], expected[3], expected[4]));
  EXPECT_THAT(list(v1::Meeting::STATE_UNSPECIFIED, {}, 10, Viewer{}), ElementsAre(expected[1]));
  EXPECT_THAT(list(v1::Meeting::STATE_DRAFT, {}, 10, Viewer{}), IsEmpty());
}

TEST_F(MeetingStoreTest, EveryQueryUsesItsIndex) {
  AddActiveMembers(20);
  for (int i = 0; i < 30; ++i) {
    const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1 + i)));
    if (i % 2 == 0) {
      ASSERT_TRUE(Convene(key).ok());
    }
  }
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::meeting
