#include "platform/keeping.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <vector>

namespace jinhuan {
namespace {

// Things that are due in the order of their numbers, some of which can't be moved.
struct Work {
  std::vector<int> due;
  std::set<int> bad = {};
  std::set<int> stay = {};  // found done by another process: they stay, and are no fault
  int transactions = 0;

  absl::Status Move(int limit, int skip, Piece& piece) {
    ++transactions;
    const std::vector<int> all = due;
    std::vector<int> moved;
    for (size_t i = static_cast<size_t>(skip); i < all.size() && piece.found < limit; ++i) {
      if (piece.found++ == 0) piece.first = std::to_string(all[i]);
      if (bad.contains(all[i])) return absl::InternalError("it is damaged");
      if (!stay.contains(all[i])) moved.push_back(all[i]);
    }
    piece.moved = static_cast<int>(moved.size());
    std::erase_if(due, [&](int one) { return std::ranges::count(moved, one) > 0; });
    return absl::OkStatus();
  }
  absl::StatusOr<int> Keep(int together) {
    return KeepDue("work", together,
                   [&](int limit, int skip, Piece& piece) { return Move(limit, skip, piece); });
  }
};

std::vector<int> UpTo(int last) {
  std::vector<int> numbers;
  for (int i = 1; i <= last; ++i) numbers.push_back(i);
  return numbers;
}

TEST(KeepingTest, TakesAllThatIsDueTogether) {
  Work work{.due = UpTo(120)};
  EXPECT_EQ(work.Keep(50).value_or(-1), 120);
  EXPECT_EQ(work.transactions, 3);
  EXPECT_EQ(work.Keep(50).value_or(-1), 0);
}

TEST(KeepingTest, OneThatCannotBeMovedHoldsUpNoOther) {
  for (const int together : {1, 7, 50}) {
    Work work{.due = UpTo(120), .bad = {1, 60, 61, 120}, .stay = {2, 90}};
    EXPECT_EQ(work.Keep(together).value_or(-1), 114);
    EXPECT_THAT(work.due, ::testing::ElementsAre(1, 2, 60, 61, 90, 120));
    work.bad = {1};
    EXPECT_EQ(work.Keep(together).value_or(-1), 3);  // mended, it is the next to be moved
  }
}

TEST(KeepingTest, GoesBackToManyAtOnceBehindTheDamagedOne) {
  Work work{.due = UpTo(10'000), .bad = {1}};
  EXPECT_EQ(work.Keep(50).value_or(-1), 9'999);
  EXPECT_LT(work.transactions, 300);
}

TEST(KeepingTest, EndsWhereTheDatabaseIsAwayOrNothingCanBeMoved) {
  int calls = 0;
  EXPECT_TRUE(absl::IsUnavailable(KeepDue("work", 50, [&](int, int, Piece&) {
                                    ++calls;
                                    return absl::UnavailableError("away");
                                  }).status()));
  EXPECT_EQ(calls, 1);
  Work work{.due = UpTo(500)};
  work.bad.insert(work.due.begin(), work.due.end());
  EXPECT_TRUE(absl::IsInternal(work.Keep(50).status()));
}

TEST(KeepingTest, EachIsLookedAtAndPostponedWhereItFails) {
  std::vector<std::string> due = {"a", "bad", "nothing", "b"};
  std::vector<std::string> postponed;
  const auto done = [&](const std::string& name) { std::erase(due, name); };
  const auto kept = KeepEach(
      "work", [&] { return absl::StatusOr<std::vector<std::string>>(due); },
      [&](const std::string& name) -> absl::StatusOr<bool> {
        if (name == "bad") return absl::InternalError("it is damaged");
        done(name);
        return name != "nothing";
      },
      [&](const std::string& name) {
        postponed.push_back(name);
        done(name);
        return absl::OkStatus();
      });
  EXPECT_EQ(kept.value_or(-1), 2);
  EXPECT_THAT(postponed, testing::ElementsAre("bad"));
  const auto away = KeepEach(
      "work",
      [] { return absl::StatusOr<std::vector<std::string>>(absl::UnavailableError("away")); },
      [](const std::string&) -> absl::StatusOr<bool> { return true; },
      [](const std::string&) { return absl::OkStatus(); });
  EXPECT_TRUE(absl::IsUnavailable(away.status()));
}

}  // namespace
}  // namespace jinhuan
