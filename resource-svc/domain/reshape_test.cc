#include "resource-svc/domain/reshape.h"

#include <gmock/gmock.h>

#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/random_window.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromCivil(absl::CivilHour(2026, 11, 9, 12), absl::UTCTimeZone());

absl::Time Hour(int hours) { return kNow + absl::Hours(hours); }

// Slots of an hour, from `first` hours after now on, all of so many places.
Offer Hours(int first, int slots, int places) {
  Offer offer;
  for (int i = first; i < first + slots; ++i) offer[Hour(i)] = {Hour(i + 1), places};
  return offer;
}

Held Hold(int first, int slots, int places = 1) {
  return {.start = Hour(first), .end = Hour(first + slots), .places = places};
}

Held Wait(int first, int slots, int places = 1) {
  Held held = Hold(first, slots, places);
  held.waits = true;
  return held;
}

int UsedAt(absl::Time start, const std::vector<Held>& held) {
  int used = 0;
  for (const Held& one : held) {
    if (!one.waits && one.start <= start && start < one.end) used += one.places;
  }
  return used;
}

SlotCounts CountsOf(const Offer& offer, const std::vector<Held>& held) {
  SlotCounts counts;
  for (const auto& [start, slot] : offer) {
    const int used = UsedAt(start, held);
    counts[start] = {used, std::max(slot.places, used)};
  }
  return counts;
}

TEST(ReshapeTest, FewerPlacesTakeFromThoseWhoCameLast) {
  const Offer before = Hours(1, 2, 3);
  const std::vector<Held> held = {Hold(1, 1), Hold(1, 2), Hold(2, 1), Hold(1, 1)};
  const auto result = Reshape(before, Hours(1, 2, 2), CountsOf(before, held), held, kNow);
  EXPECT_THAT(result.recalled, ElementsAre(3));
  EXPECT_EQ(result.counts.at(Hour(1)), (SlotCount{2, 2}));
  EXPECT_EQ(result.counts.at(Hour(2)), (SlotCount{2, 2}));
}

TEST(ReshapeTest, MorePlacesTouchNobody) {
  const Offer before = Hours(1, 2, 1);
  const std::vector<Held> held = {Hold(1, 2)};
  const auto result = Reshape(before, Hours(1, 2, 5), CountsOf(before, held), held, kNow);
  EXPECT_THAT(result.recalled, IsEmpty());
  EXPECT_EQ(result.counts.at(Hour(1)), (SlotCount{1, 5}));
}

TEST(ReshapeTest, NobodyWaitsForMoreThanThereIs) {
  const Offer before = Hours(1, 2, 10);
  const std::vector<Held> held = {Hold(1, 1, 5), Wait(1, 1, 8), Wait(1, 2, 5), Wait(2, 1, 6)};
  const auto result = Reshape(before, Hours(1, 2, 5), CountsOf(before, held), held, kNow);
  EXPECT_THAT(result.recalled, ElementsAre(1, 3));
  EXPECT_EQ(result.counts.at(Hour(1)), (SlotCount{5, 5}));
}

TEST(ReshapeTest, WhatOpensNoMoreIsLostButWhatHasBegunIsFinished) {
  const Offer before = Hours(-1, 4, 2);
  const std::vector<Held> held = {Hold(-1, 1), Hold(1, 1), Wait(2, 1)};
  const auto result = Reshape(before, {}, CountsOf(before, held), held, kNow + absl::Minutes(1));
  EXPECT_THAT(result.recalled, ElementsAre(1, 2));
  EXPECT_EQ(result.counts.at(Hour(-1)), (SlotCount{1, 1}));  // over, or under way: nobody enters
  EXPECT_EQ(result.counts.at(Hour(0)), (SlotCount{0, 0}));
  EXPECT_EQ(result.counts.at(Hour(1)), (SlotCount{0, 0}));
}

TEST(ReshapeTest, AClosureTakesFromWhatIsUnderWayAndNotFromWhatIsOver) {
  const Offer before = Hours(-2, 4, 2);
  const std::vector<Held> held = {Hold(-2, 1), Hold(-1, 2), Hold(1, 1)};
  Offer after = before;
  for (const int hour : {-2, -1, 0}) after[Hour(hour)].places = 0;
  const auto result = Reshape(before, after, CountsOf(before, held), held, Hour(0));
  EXPECT_THAT(result.recalled, ElementsAre(1));
  EXPECT_EQ(result.counts.at(Hour(-2)), (SlotCount{1, 1}));
  EXPECT_EQ(result.counts.at(Hour(-1)), (SlotCount{0, 0}));
  EXPECT_EQ(result.counts.at(Hour(1)), (SlotCount{1, 2}));
}

TEST(ReshapeTest, WhatNeitherOffersIsKeptForThoseWhoAreIn) {
  const std::vector<Held> held = {Hold(3, 1)};
  const SlotCounts counts = {{Hour(3), {1, 4}}};
  const auto result = Reshape({}, {}, counts, held, kNow);
  EXPECT_THAT(result.recalled, IsEmpty());
  EXPECT_EQ(result.counts.at(Hour(3)), (SlotCount{1, 1}));
}

// Windows, closures and bookings at random: nothing holds more than it may, counts are
// those of whoever stays, nobody stays in a slot that is gone, and of a cut no one is
// recalled who would fit.
TEST(ReshapeTest, WhoStaysFitsAndWhoFitsStays) {
  std::mt19937 random(5);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const absl::CivilDay first(2026, 11, 2);
  Supply supply;
  supply.zone = *FindTimeZone(kDefaultTimeZone);
  int recalls = 0;
  for (int round = 0; round < 1500; ++round) {
    supply.window = RandomWindow(first, random);
    supply.window.set_capacity(1 + pick(4));
    const Offer before = OfferOf(supply, {}, kNow - absl::Hours(40), kNow + absl::Hours(240));
    if (before.empty()) continue;
    std::vector<absl::Time> starts;
    for (const auto& [start, slot] : before) starts.push_back(start);
    SlotCounts counts;
    std::vector<Held> held;
    for (int i = 0; i < 30; ++i) {
      const size_t at = static_cast<size_t>(pick(static_cast<int>(starts.size())));
      const size_t last = std::min(at + static_cast<size_t>(pick(3)), starts.size() - 1);
      const int places = 1 + pick(2);
      const bool waits = pick(3) == 0;
      bool fits = true;
      for (size_t s = at; s <= last; ++s) {
        counts.try_emplace(starts[s], SlotCount{0, supply.window.capacity()});
        const int used = waits ? 0 : counts[starts[s]].used;
        fits = fits && used + places <= supply.window.capacity();
      }
      if (!fits) continue;
      for (size_t s = at; s <= last && !waits; ++s) counts[starts[s]].used += places;
      held.push_back({starts[at], before.at(starts[last]).end, places, waits});
    }
    Supply changed = supply;
    if (pick(2) == 0) changed.window.set_capacity(1 + pick(4));
    if (pick(3) == 0) *changed.window.mutable_end_date() = ToDate(first + pick(14));
    std::vector<Slot> closed;
    if (pick(2) == 0) {
      const absl::Time from = kNow + absl::Hours(pick(100) - 20);
      closed.push_back({from, from + absl::Hours(1 + pick(40))});
    }
    const Offer after = OfferOf(changed, closed, kNow - absl::Hours(40), kNow + absl::Hours(240));
    const Reshaped result = Reshape(before, after, counts, held, kNow);
    recalls += static_cast<int>(result.recalled.size());
    std::vector<Held> stays;
    for (size_t i = 0, next = 0; i < held.size(); ++i) {
      const bool gone = next < result.recalled.size() && result.recalled[next] == i;
      if (gone) ++next;
      if (!gone) stays.push_back(held[i]);
    }
    for (const auto& [start, count] : result.counts) {
      ASSERT_EQ(count.used, UsedAt(start, stays));
      ASSERT_LE(count.used, count.capacity);
      const auto offered = after.find(start);
      const int places = offered == after.end() ? 0 : offered->second.places;
      if (start >= kNow) {
        ASSERT_EQ(count.capacity, places) << supply.window.ShortDebugString();
      } else {
        ASSERT_GE(count.capacity, std::min(places, supply.window.capacity()));
      }
    }
    // Only those are recalled whom something was taken from.
    if (after.size() == before.size() && closed.empty() &&
        changed.window.capacity() >= supply.window.capacity()) {
      ASSERT_THAT(result.recalled, IsEmpty());
    }
    // The same change twice recalls nobody more.
    ASSERT_THAT(Reshape(after, after, result.counts, stays, kNow).recalled, IsEmpty());
  }
  EXPECT_GT(recalls, 500);
}

}  // namespace
}  // namespace jinhuan::resource
