#include "gateway/events/hub.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gateway/events/event_service.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::shared_ptr<const Told> EventOf(int64_t number, const std::string& resource = "r") {
  auto told = std::make_shared<Told>();
  told->event.set_number(number);
  told->event.set_resource(resource);
  return told;
}

class TestReader final : public EventHub::Reader {
 public:
  explicit TestReader(EventHub::Position position) { position_ = std::move(position); }
  void OnNews() override { ++woken; }
  const EventHub::Position& position() const { return position_; }

  std::atomic<int> woken{0};
};

std::vector<std::pair<std::string, int64_t>> NumbersOf(const absl::StatusOr<Events>& events) {
  std::vector<std::pair<std::string, int64_t>> all;
  for (const auto& told : events.value()) {
    all.emplace_back(told->event.resource(), told->event.number());
  }
  return all;
}

TEST(EventHubTest, TellsEachReaderWhatItHasNotTaken) {
  EventHub hub(2, 100);
  hub.Append(0, 5, 8, {EventOf(5), EventOf(7)});
  hub.Append(1, 1, 1, {});
  TestReader from_five({5, 1});
  TestReader from_now(hub.End());
  EXPECT_THAT(NumbersOf(hub.Take(from_five, 10)), ElementsAre(Pair("r", 5), Pair("r", 7)));
  EXPECT_THAT(NumbersOf(hub.Take(from_now, 10)), IsEmpty());
  hub.Append(1, 1, 3, {EventOf(2, "other")});
  hub.Append(0, 8, 10, {EventOf(9)});
  EXPECT_THAT(NumbersOf(hub.Take(from_five, 10)), ElementsAre(Pair("r", 9), Pair("other", 2)));
  EXPECT_EQ(from_five.position(), hub.End());
}

// It may have missed any of what the journal holds: it is to begin anew, which it does once.
TEST(EventHubTest, WhoBeganBeforeAJournalWasKnownIsToldSo) {
  EventHub hub(2, 100);
  hub.Append(0, 5, 8, {EventOf(7)});
  TestReader early(hub.End());
  EXPECT_EQ(TokenOf(early.position()), "8.0");
  EXPECT_THAT(NumbersOf(hub.Take(early, 10)), IsEmpty());
  EXPECT_TRUE(hub.Await(early, absl::Now()));
  hub.Append(1, 1, 4, {EventOf(1), EventOf(3)});
  EXPECT_EQ(early.woken, 1);
  TestReader resumes(*PositionOf("8.0", 2));
  for (TestReader* reader : {&early, &resumes}) {
    EXPECT_EQ(ReasonOf(hub.Take(*reader, 10).status()), "NUMBER_OUT_OF_RANGE");
  }
  TestReader anew(hub.End());
  EXPECT_THAT(NumbersOf(hub.Take(anew, 10)), IsEmpty());
  hub.Append(1, 4, 5, {EventOf(4)});
  EXPECT_THAT(NumbersOf(hub.Take(anew, 10)), ElementsAre(Pair("r", 4)));
}

TEST(EventHubTest, GivesSoManyAtATime) {
  EventHub hub(1, 100);
  hub.Append(0, 1, 4, {EventOf(1), EventOf(2), EventOf(3)});
  TestReader reader({1});
  EXPECT_THAT(NumbersOf(hub.Take(reader, 2)), ElementsAre(Pair("r", 1), Pair("r", 2)));
  EXPECT_EQ(reader.position(), EventHub::Position{3});
  EXPECT_FALSE(hub.Await(reader, absl::Now()));
  EXPECT_THAT(NumbersOf(hub.Take(reader, 2)), ElementsAre(Pair("r", 3)));
  EXPECT_TRUE(hub.Await(reader, absl::Now()));
}

TEST(EventHubTest, WhoFallsBehindIsToldAndNobodyElse) {
  EventHub hub(1, 2);
  hub.Append(0, 1, 2, {EventOf(1)});
  TestReader slow({1});
  TestReader quick({1});
  EXPECT_THAT(NumbersOf(hub.Take(quick, 10)), ElementsAre(Pair("r", 1)));
  hub.Append(0, 2, 4, {EventOf(2), EventOf(3)});
  EXPECT_THAT(NumbersOf(hub.Take(quick, 10)), ElementsAre(Pair("r", 2), Pair("r", 3)));
  const absl::Status behind = hub.Take(slow, 10).status();
  EXPECT_EQ(behind.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(behind), "NUMBER_OUT_OF_RANGE");
}

TEST(EventHubTest, RefusesANumberThatWasNotReached) {
  EventHub hub(1, 2);
  TestReader reader({9});
  EXPECT_THAT(NumbersOf(hub.Take(reader, 10)), IsEmpty());  // nobody knows yet
  hub.Append(0, 1, 4, {});
  EXPECT_EQ(hub.Take(reader, 10).status().code(), absl::StatusCode::kOutOfRange);
}

TEST(EventHubTest, AJournalThatWasCutIsKnownAnew) {
  EventHub hub(1, 10);
  hub.Append(0, 1, 9, {EventOf(8)});
  TestReader reader(hub.End());
  hub.Forget(0);
  EXPECT_EQ(hub.Next(0), 0);
  hub.Append(0, 1, 3, {EventOf(2)});
  EXPECT_EQ(hub.Take(reader, 10).status().code(), absl::StatusCode::kOutOfRange);
}

TEST(EventHubTest, WakesWhoWaitsOnce) {
  EventHub hub(1, 10);
  TestReader reader(hub.End());
  const absl::Time now = absl::Now();
  EXPECT_TRUE(hub.Await(reader, now));
  hub.WakeWhoWaitsSince(now);
  EXPECT_EQ(reader.woken, 0);
  hub.WakeWhoWaitsSince(now + absl::Seconds(1));
  EXPECT_EQ(reader.woken, 1);
  EXPECT_EQ(hub.waiting(), 0u);
  EXPECT_TRUE(hub.Await(reader, now));
  hub.Append(0, 1, 2, {EventOf(1)});
  hub.Append(0, 2, 3, {EventOf(2)});
  EXPECT_EQ(reader.woken, 2);
}

TEST(EventHubTest, WhoLeftIsNeverWoken) {
  EventHub hub(1, 10);
  TestReader waits(hub.End());
  EXPECT_TRUE(hub.Await(waits, absl::Now()));
  EXPECT_TRUE(hub.Leave(waits));
  hub.Append(0, 1, 2, {EventOf(1)});
  EXPECT_EQ(waits.woken, 0);
  TestReader reads(hub.End());
  EXPECT_FALSE(hub.Leave(reads));
  EXPECT_FALSE(hub.Await(reads, absl::Now()));
  EXPECT_EQ(hub.Take(reads, 1).status().code(), absl::StatusCode::kCancelled);
}

// A reader that goes on whenever it is woken, as a watch does.
class Follows final : public EventHub::Reader {
 public:
  Follows(EventHub& hub, int64_t until) : hub_(hub), until_(until) { position_ = hub.End(); }
  void OnNews() override {
    for (;;) {
      const absl::StatusOr<Events> events = hub_.Take(*this, 7);
      for (const auto& told : events.value()) seen.push_back(told->event.number());
      if (!seen.empty() && seen.back() == until_) return done.Notify();
      if (hub_.Await(*this, absl::Now())) return;
    }
  }
  std::vector<int64_t> seen;
  absl::Notification done;

 private:
  EventHub& hub_;
  const int64_t until_;
};

TEST(EventHubTest, ManyReadersSeeAllInOrderWhileItGrows) {
  constexpr int64_t kLast = 2000;
  EventHub hub(1, kLast);
  hub.Append(0, 1, 1, {});
  std::vector<std::unique_ptr<Follows>> readers;
  for (int i = 0; i < 20; ++i) readers.push_back(std::make_unique<Follows>(hub, kLast));
  std::thread writer([&] {
    for (int64_t n = 1; n <= kLast; ++n) hub.Append(0, n, n + 1, {EventOf(n)});
  });
  for (const auto& reader : readers) reader->OnNews();
  writer.join();
  for (const auto& reader : readers) {
    ASSERT_TRUE(reader->done.WaitForNotificationWithTimeout(absl::Seconds(30)));
    ASSERT_EQ(reader->seen.size(), static_cast<size_t>(kLast));
    for (int64_t n = 1; n <= kLast; ++n) ASSERT_EQ(reader->seen[n - 1], n);
  }
}

TEST(EventTokenTest, IsAPositionAndNothingElse) {
  EXPECT_EQ(TokenOf({3, 0, 12}), "3.0.12");
  EXPECT_EQ(PositionOf("3.0.12", 3), (EventHub::Position{3, 0, 12}));
  for (const char* text : {"", "3", "3.0", "3.0.12.1", "3..12", "3.0.-1", "3.0.12.", "a.b.c",
                           "3.0.99999999999999999999", " 3.0.12"}) {
    EXPECT_EQ(PositionOf(text, 3), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace jinhuan::gateway
