#include "meeting-svc/storage/topic_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "meeting-svc/domain/topic_rules.h"
#include "meeting-svc/storage/storage_test_base.h"
#include "platform/api/resource_name.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using v1::Topic;

class TopicStoreTest : public StorageTest {
 protected:
  using Files = std::vector<v1::TopicAttachment>;

  Topic Submit(const std::string& meeting_id = "", const Files& files = {}) {
    Topic topic;
    topic.set_title("共享停车");
    topic.set_body("夜间车位不足");
    topic.set_member("alliances/a/members/m0");
    topic.set_member_display_name("甲公司");
    if (!meeting_id.empty()) topic.set_meeting("alliances/a/meetings/" + meeting_id);
    const auto made =
        Do([&](db::Connection& c) { return topics_.Create(c, Call(), "a", topic, files); });
    EXPECT_TRUE(made.ok()) << made.status();
    return made.value_or(Topic());
  }
  static TopicKey KeyOf(const Topic& topic) { return {"a", api::LastId(topic.name())}; }

  absl::StatusOr<Topic> Read(const TopicKey& key, const std::string& viewer = "") {
    return Do([&](db::Connection& c) { return topics_.Get(c, key, viewer); });
  }
  absl::Status Run(const TopicKey& key,
                   const std::function<absl::Status(db::Connection&)>& change) {
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30),
                             [&](db::Connection& c) -> absl::Status {
                               const absl::Status claimed = topics_.Claim(c, key);
                               return claimed.ok() ? change(c) : claimed;
                             });
  }
  absl::Status Endorse(const TopicKey& key, int unit) {
    v1::TopicEndorsement endorsement;
    endorsement.set_member(fmt::format("alliances/a/members/m{}", unit));
    endorsement.set_member_display_name(fmt::format("单位 {}", unit));
    *endorsement.mutable_endorse_time() = api::ToProto(now_);
    return Run(key,
               [&](db::Connection& c) { return topics_.Endorse(c, Call(), key, endorsement); });
  }
  absl::Status Unendorse(const TopicKey& key, int unit) {
    return Run(key, [&](db::Connection& c) {
      return topics_.Unendorse(c, Call(), key, fmt::format("alliances/a/members/m{}", unit));
    });
  }
  absl::Status Move(const Topic& topic, Topic::State state) {
    return Run(KeyOf(topic), [&](db::Connection& c) -> absl::Status {
      const auto before = topics_.Get(c, KeyOf(topic), "");
      if (!before.ok()) return before.status();
      return topics_.Put(c, Call(), *before, Moved(*before, state, "因此", "", now_));
    });
  }
  std::vector<std::string> List(const TopicStore::Filter& filter, const std::string& before = "~") {
    const auto page =
        Do([&](db::Connection& c) { return topics_.List(c, "a", filter, before, 10, ""); });
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> names;
    for (const Topic& topic : *page) names.push_back(topic.name());
    return names;
  }

  TopicStore topics_{journal_, ids_};
};

TEST_F(TopicStoreTest, KeepsWhatWasSubmittedWithItsFiles) {
  Files files;
  files.emplace_back().set_display_name("方案.pdf");
  files[0].set_content(std::string("%PDF-\0\x01", 7));
  const Topic made = Submit("m", files);
  const auto read = Read(KeyOf(made));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), made.SerializeAsString());
  EXPECT_EQ(read->state(), Topic::STATE_SUBMITTED);
  EXPECT_EQ(read->kind(), alliance::v1::ITEM_KIND_ORDINARY);
  ASSERT_EQ(read->attachments_size(), 1);
  EXPECT_EQ(read->attachments(0).media_type(), "application/pdf");
  EXPECT_EQ(read->attachments(0).size_bytes(), 7);
  EXPECT_EQ(read->attachments(0).content(), "");
  const auto file = Do([&](db::Connection& c) { return topics_.File(c, KeyOf(made), 1); });
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->content(), files[0].content());
  for (const int64_t number : {0, 2}) {
    EXPECT_EQ(ReasonOf(Do([&](db::Connection& c) {
                         return topics_.File(c, KeyOf(made), number);
                       }).status()),
              "RESOURCE_NOT_FOUND");
  }
  EXPECT_EQ(ReasonOf(Read({"b", KeyOf(made).id}).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(TopicStoreTest, AnEndorsementCountsOnceAndCanBeTakenBack) {
  const TopicKey key = KeyOf(Submit());
  EXPECT_TRUE(Endorse(key, 1).ok());
  EXPECT_TRUE(Endorse(key, 1).ok());
  EXPECT_EQ(Read(key)->endorsement_count(), 1);
  EXPECT_TRUE(Read(key, "m1")->own_endorsed());
  EXPECT_FALSE(Read(key, "m2")->own_endorsed());
  ASSERT_THAT(Read(key)->endorsements(), SizeIs(1));
  EXPECT_EQ(Read(key)->endorsements(0).member_display_name(), "单位 1");
  EXPECT_TRUE(Unendorse(key, 1).ok());
  EXPECT_TRUE(Unendorse(key, 1).ok());
  EXPECT_EQ(Read(key)->endorsement_count(), 0);
}

TEST_F(TopicStoreTest, TheCountHoldsWhenManyEndorseAndTakeBackAtOnce) {
  const TopicKey key = KeyOf(Submit());
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 12; ++i) {
        const int unit = 1 + (t + i) % 5;
        if (!(i % 3 == 2 ? Unendorse(key, unit) : Endorse(key, unit)).ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Read(key)->endorsement_count(), Read(key)->endorsements_size());
}

TEST_F(TopicStoreTest, OnlyWhatIsOpenIsClaimed) {
  const Topic topic = Submit();
  EXPECT_TRUE(Move(topic, Topic::STATE_DEFERRED).ok());
  EXPECT_TRUE(Endorse(KeyOf(topic), 1).ok());
  EXPECT_TRUE(Move(topic, Topic::STATE_REJECTED).ok());
  EXPECT_EQ(ReasonOf(Move(topic, Topic::STATE_ACCEPTED)), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Endorse(KeyOf(topic), 2)), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Endorse({"a", "none"}, 2)), "RESOURCE_NOT_FOUND");
  EXPECT_THAT(Read(KeyOf(topic))->steps(), SizeIs(3));
  EXPECT_EQ(Read(KeyOf(topic))->endorsement_count(), 1);
}

TEST_F(TopicStoreTest, ListsTheNewestFirst) {
  const Topic first = Submit("m");
  const Topic second = Submit();
  const Topic third = Submit("m");
  ASSERT_TRUE(Move(third, Topic::STATE_ACCEPTED).ok());
  EXPECT_THAT(List({}), ElementsAre(third.name(), second.name(), first.name()));
  EXPECT_THAT(List({}, KeyOf(third).id), ElementsAre(second.name(), first.name()));
  EXPECT_THAT(List({.state = Topic::STATE_SUBMITTED, .meeting_id = ""}),
              ElementsAre(second.name(), first.name()));
  EXPECT_THAT(List({.state = Topic::STATE_UNSPECIFIED, .meeting_id = "m"}),
              ElementsAre(third.name(), first.name()));
  EXPECT_THAT(List({.state = Topic::STATE_ACCEPTED, .meeting_id = "m"}), ElementsAre(third.name()));
}

TEST_F(TopicStoreTest, EveryQueryUsesItsIndex) {
  for (int i = 0; i < 30; ++i) {
    const TopicKey key = KeyOf(Submit(fmt::format("m{}", i % 5)));
    for (int unit = 1; unit < 4; ++unit) ASSERT_TRUE(Endorse(key, unit).ok());
  }
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::meeting
