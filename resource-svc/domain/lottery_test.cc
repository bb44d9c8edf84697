#include "resource-svc/domain/lottery.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string SeedOf(uint32_t number) {
  std::string seed(32, '\0');
  for (int i = 0; i < 4; ++i) seed[i] = static_cast<char>(number >> (8 * i));
  return seed;
}

std::vector<LotteryEntry> RandomEntries(std::mt19937& random, int count, size_t slots = 1) {
  std::vector<LotteryEntry> entries;
  for (int i = 0; i < count; ++i) {
    const size_t first = random() % slots;
    entries.push_back({.id = "r" + std::to_string(i),
                       .quantity = 1 + static_cast<int>(random() % 4),
                       .tickets = 1 + static_cast<int>(random() % kMaxTickets),
                       .first = first,
                       .last = first + random() % (slots - first)});
  }
  return entries;
}

std::vector<std::string> OrderOf(const std::string& seed, const std::vector<LotteryEntry>& entries,
                                 const LotteryPool& pool) {
  const auto result = DrawLots(seed, entries, pool);
  EXPECT_TRUE(result.ok()) << result.status();
  std::vector<std::string> order;
  for (const size_t i : result->order) order.push_back(entries[i].id + (result->won[i] ? "+" : ""));
  return order;
}

// What anyone can compute: the numbers of the tickets are what
// `printf '<seed>\0<id>\0<ordinal>' | sha256sum` says.
TEST(LotteryTest, AnyoneCanReplayIt) {
  std::string seed;
  for (int i = 0; i < 32; ++i) seed += static_cast<char>(i);
  EXPECT_EQ(LotteryCommitment(seed),
            "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
  EXPECT_EQ(LotterySeedText(seed),
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  EXPECT_THAT(OrderOf(seed,
                      {{.id = "alliances/a/requests/r3"},
                       {.id = "alliances/a/requests/r1"},
                       {.id = "alliances/a/requests/r2"}},
                      {{2}, {}}),
              ElementsAre("alliances/a/requests/r1+", "alliances/a/requests/r2+",
                          "alliances/a/requests/r3"));
}

TEST(LotteryTest, TheOrderOfEntriesDoesNotMatter) {
  std::mt19937 random(1);
  for (uint32_t round = 0; round < 50; ++round) {
    auto entries = RandomEntries(random, 40, 5);
    const LotteryPool pool{{9, 3, 20, 5, 7}, {}};
    const auto first = OrderOf(SeedOf(round), entries, pool);
    std::shuffle(entries.begin(), entries.end(), random);
    EXPECT_EQ(OrderOf(SeedOf(round), entries, pool), first);
    EXPECT_NE(OrderOf(SeedOf(round + 1000), entries, pool), first);
  }
}

// Recounted: who won had room in every slot and limit, who did not would not have fitted.
TEST(LotteryTest, NeverMoreIsWonThanThereIs) {
  std::mt19937 random(2);
  for (uint32_t round = 0; round < 300; ++round) {
    auto entries = RandomEntries(random, 1 + static_cast<int>(random() % 60), 4);
    LotteryPool left{{}, {}};
    for (int i = 0; i < 4; ++i) left.places.push_back(static_cast<int>(random() % 30));
    for (int i = 0; i < 5; ++i) left.limits.push_back(static_cast<int>(random() % 8));
    for (LotteryEntry& entry : entries) entry.limits = {random() % 5};
    const auto result = DrawLots(SeedOf(round), entries, left);
    ASSERT_TRUE(result.ok());
    EXPECT_THAT(result->order, SizeIs(entries.size()));
    for (const size_t i : result->order) {
      const LotteryEntry& entry = entries[i];
      bool fits = left.limits[entry.limits[0]] > 0;
      for (size_t slot = entry.first; slot <= entry.last; ++slot) {
        fits = fits && left.places[slot] >= entry.quantity;
      }
      EXPECT_EQ(result->won[i], fits);
      if (!fits) continue;
      --left.limits[entry.limits[0]];
      for (size_t slot = entry.first; slot <= entry.last; ++slot) {
        left.places[slot] -= entry.quantity;
      }
    }
  }
}

TEST(LotteryTest, WithdrawingDoesNotChangeTheOrderOfTheRest) {
  std::mt19937 random(3);
  for (uint32_t round = 0; round < 50; ++round) {
    auto entries = RandomEntries(random, 30);
    auto order = OrderOf(SeedOf(round), entries, {{0}, {}});  // nobody wins
    const std::string gone = entries[random() % entries.size()].id;
    entries.erase(std::find_if(entries.begin(), entries.end(),
                               [&](const LotteryEntry& one) { return one.id == gone; }));
    order.erase(std::find(order.begin(), order.end(), gone));
    EXPECT_EQ(OrderOf(SeedOf(round), entries, {{0}, {}}), order);
  }
}

// The first place falls to each in the proportion of its tickets: chi-square over 20,000
// seeds, which are fixed, so the test says the same each time. 4 degrees of freedom: 18.5
// is passed by one draw in a thousand that is fair.
TEST(LotteryTest, TheFirstPlaceIsInProportionToTickets) {
  const std::vector<int> tickets = {1, 5, 10, 20, 64};
  std::vector<LotteryEntry> entries;
  int all = 0;
  for (size_t i = 0; i < tickets.size(); ++i) {
    entries.push_back({.id = "r" + std::to_string(i), .tickets = tickets[i]});
    all += tickets[i];
  }
  constexpr int kDraws = 20'000;
  std::vector<int> first(tickets.size());
  for (uint32_t seed = 0; seed < kDraws; ++seed) {
    ++first[DrawLots(SeedOf(seed), entries, {{1}, {}})->order.front()];
  }
  double chi_square = 0;
  for (size_t i = 0; i < tickets.size(); ++i) {
    const double expected = static_cast<double>(kDraws) * tickets[i] / all;
    const double off = first[i] - expected;
    chi_square += off * off / expected;
  }
  EXPECT_LT(chi_square, 18.5);
}

TEST(LotteryTest, WhatCannotBeDrawnIsRefused) {
  const std::string seed = SeedOf(1);
  const auto draws = [&](LotteryEntry entry) {
    return DrawLots(seed, {std::move(entry)}, {{1}, {1}}).ok();
  };
  EXPECT_TRUE(draws({.id = "r", .limits = {0}}));
  EXPECT_THAT(DrawLots(seed, {}, {{1}, {}})->order, IsEmpty());
  EXPECT_FALSE(DrawLots("short", {}, {{1}, {}}).ok());
  EXPECT_FALSE(draws({.id = "r", .quantity = 0}));
  EXPECT_FALSE(draws({.id = "r", .tickets = 0}));
  EXPECT_FALSE(draws({.id = "r", .tickets = kMaxTickets + 1}));
  EXPECT_FALSE(draws({.id = "r", .first = 1, .last = 1}));
  EXPECT_FALSE(draws({.id = "r", .limits = {1}}));
  EXPECT_FALSE(draws({.id = std::string("r\0x", 3)}));
  EXPECT_FALSE(DrawLots(seed, {{.id = "r"}, {.id = "r"}}, {{1}, {}}).ok());
}

TEST(LotteryTest, TicketsFollowNeedLuckAndTheLedger) {
  EXPECT_EQ(TicketsOf({}), 10);
  EXPECT_EQ(TicketsOf({.need = 10}), 20);
  EXPECT_EQ(TicketsOf({.losses = 2}), 16);
  EXPECT_EQ(TicketsOf({.balance = 1200}), 12);
  EXPECT_EQ(TicketsOf({.balance = -1'000'000}), 5);
  EXPECT_EQ(TicketsOf({.need = 99, .losses = 99, .balance = 1'000'000}), 54);
  EXPECT_EQ(TicketsOf({.need = -5, .losses = -5, .balance = -600}), 9);
}

TEST(LotteryTest, NeedsCountEachOnce) {
  google::protobuf::RepeatedField<int> needs;
  EXPECT_EQ(NeedPoints(needs), 0);
  for (int need = 1; need < v1::LotteryNeed_ARRAYSIZE; ++need) needs.Add(need);
  EXPECT_EQ(NeedPoints(needs), 10);  // of 15
  Violations right;
  CheckNeeds(needs, right);
  EXPECT_TRUE(right.empty());
  needs.Add(v1::LOTTERY_NEED_MOBILITY);
  Violations twice;
  CheckNeeds(needs, twice);
  EXPECT_FALSE(twice.empty());
}

TEST(LotteryTest, EachPersonHasOneIdInADraw) {
  const std::string id = LotteryRequestId("alliances/a/…/draws/2026-11-24", "users/u", "key");
  EXPECT_THAT(id, SizeIs(32));
  EXPECT_EQ(LotteryRequestId("alliances/a/…/draws/2026-11-24", "users/u", "key"), id);
  EXPECT_NE(LotteryRequestId("alliances/a/…/draws/2026-11-25", "users/u", "key"), id);
  EXPECT_NE(LotteryRequestId("alliances/a/…/draws/2026-11-24", "users/v", "key"), id);
  EXPECT_NE(LotteryRequestId("alliances/a/…/draws/2026-11-24", "users/u", "another"), id);
}

}  // namespace
}  // namespace jinhuan::resource
