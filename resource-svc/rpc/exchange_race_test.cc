// What holds however many claim, answer and withdraw at once: what is held is what live
// matches hold, a step happens once, and the ledger is the sum of its entries.
#include <atomic>
#include <random>

#include "resource-svc/rpc/exchange_fixture.h"

namespace jinhuan::resource {
namespace {

const db::Query kEntries("SELECT COUNT(*) FROM ledger_entry", "");
const db::Query kSources("SELECT COUNT(DISTINCT source) FROM ledger_entry", "");
const db::Query kCompleted("SELECT COUNT(*) FROM exchange_match WHERE state = 4", "");
const db::Query kRatings("SELECT COALESCE(SUM(ratings), 0) FROM unit_rating", "");

TEST_F(ExchangeTest, TheLastOneIsClaimedOnce) {
  for (int round = 0; round < 10; ++round) {
    const auto need = PublishNeed(Liaison("m0"), 3);
    std::atomic<int> claimed = 0;
    std::atomic<int> taken = 0;
    OnThreads(12, [&](int i) {
      const auto claim = Claim(Liaison(fmt::format("m{}", i + 1)), need->name());
      claimed += claim.ok();
      taken += ReasonOf(claim.status()) == "LISTING_TAKEN";
    });
    EXPECT_EQ(claimed, 3);
    EXPECT_EQ(taken, 9);
  }
  EXPECT_EQ(WrongHoldings(), 0);
}

TEST_F(ExchangeTest, AgreeingAndWithdrawingAtOnceHaveOneOutcome) {
  int agreed_first = 0;
  for (int round = 0; round < 30; ++round) {
    const auto need = PublishNeed(Liaison("m1"), 2);
    const auto claim = Claim(Liaison("m2"), need->name(), "", 2);
    ASSERT_TRUE(claim.ok());
    std::vector<absl::Status> outcomes(6);
    OnThreads(6, [&](int i) {
      outcomes[i] = i % 3 == 0   ? Agree(Liaison("m1"), Terms(claim->name(), 1)).status()
                    : i % 3 == 1 ? CallOff(Liaison("m2"), claim->name()).status()
                                 : CallOff(Liaison("m1"), claim->name()).status();
    });
    // Withdrawing wins once, whether or not it was agreed before; agreeing at most once.
    const int agreed = outcomes[0].ok() + outcomes[3].ok();
    const int withdrawn = outcomes[1].ok() + outcomes[2].ok() + outcomes[4].ok() + outcomes[5].ok();
    EXPECT_LE(agreed, 1);
    EXPECT_EQ(withdrawn, 1);
    agreed_first += agreed;
    for (const absl::Status& outcome : outcomes) {
      EXPECT_TRUE(outcome.ok() || ReasonOf(outcome) == "STATE_WRONG") << outcome;
    }
    EXPECT_EQ(Read(need->name()).remaining_quantity(), 2);
    EXPECT_EQ(Read(need->name()).waiting_count(), 0);
  }
  EXPECT_EQ(WrongHoldings(), 0);
  RecordProperty("agreed_first", agreed_first);
}

TEST_F(ExchangeTest, DeliveryIsConfirmedAndEnteredOnce) {
  for (int round = 0; round < 20; ++round) {
    const auto need = PublishNeed(Liaison("m1"), 1);
    const auto claim = Claim(Liaison("m2"), need->name());
    ASSERT_TRUE(Agree(Liaison("m1"), Terms(claim->name())).ok());
    std::atomic<int> steps = 0;
    std::atomic<int> rated = 0;
    OnThreads(6, [&](int i) {
      const auto unit = Liaison(i % 2 == 0 ? "m1" : "m2");
      steps += Complete(unit, claim->name()).ok();
    });
    EXPECT_EQ(steps, 2);
    OnThreads(
        6, [&](int i) { rated += Rate(Liaison(i % 2 == 0 ? "m1" : "m2"), claim->name(), 4).ok(); });
    EXPECT_EQ(rated, 2);
  }
  EXPECT_EQ(Number(kCompleted), 20);
  EXPECT_EQ(Number(kSources), 20);
  EXPECT_EQ(Number(kEntries), 40);
  EXPECT_EQ(Number(kRatings), 40);
  EXPECT_EQ(WrongBalances(), 0);
}

// Eight units do at random whatever they may to a few needs and offers.
TEST_F(ExchangeTest, WhateverHappensTheHoldingsAndTheLedgerAddUp) {
  std::vector<std::string> needs;
  std::vector<std::string> offers;
  for (int i = 0; i < 4; ++i) {
    needs.push_back(PublishNeed(Liaison(fmt::format("m{}", i)), 30)->name());
    offers.push_back(PublishOffer(Liaison(fmt::format("m{}", i + 4)), 30)->name());
  }
  absl::Mutex mutex;
  std::vector<v1::Match> made;
  std::atomic<int> done = 0;
  OnThreads(8, [&](int thread) {
    std::mt19937 random(thread);
    const auto any = [&](size_t n) { return static_cast<int>(random() % n); };
    for (int step = 0; step < 150; ++step) {
      const auto self = Liaison(fmt::format("m{}", thread));
      v1::Match match;
      {
        absl::MutexLock lock(&mutex);
        if (!made.empty()) match = made[any(made.size())];
      }
      absl::Status status;
      const int act = any(8);
      if (act < 3 || match.name().empty()) {
        const auto claim = thread < 4
                               ? Claim(self, "", offers[any(4)], 1 + any(2))
                               : Claim(self, needs[any(4)], act == 0 ? offers[thread - 4] : "");
        status = claim.status();
        absl::MutexLock lock(&mutex);
        if (claim.ok()) made.push_back(*claim);
      } else if (act == 3) {
        status = Agree(self, Terms(match.name(), 1)).status();
      } else if (act < 6) {
        status = Complete(self, match.name()).status();
      } else if (act == 6) {
        status = Rate(self, match.name(), 3).status();
      } else {
        status = CallOff(self, match.name()).status();
      }
      done += status.ok();
      EXPECT_FALSE(absl::IsInternal(status) || absl::IsUnknown(status)) << status;
    }
  });
  EXPECT_GT(done, 100);
  EXPECT_EQ(WrongHoldings(), 0);
  EXPECT_EQ(WrongBalances(), 0);
}

// The checkers see what is wrong.
TEST_F(ExchangeTest, ABrokenLedgerAndABrokenHoldingAreNoticed) {
  const auto need = PublishNeed(Liaison("m1"), 2);
  const auto claim = Claim(Liaison("m2"), need->name());
  ASSERT_TRUE(Agree(Liaison("m1"), Terms(claim->name())).ok());
  ASSERT_TRUE(Complete(Liaison("m1"), claim->name()).ok());
  ASSERT_TRUE(Complete(Liaison("m2"), claim->name()).ok());
  EXPECT_EQ(WrongBalances() + WrongHoldings(), 0);
  Change("UPDATE ledger_balance SET used = used + 1");
  EXPECT_EQ(WrongBalances(), 2);
  Change("UPDATE ledger_month SET used = used + 1");
  EXPECT_EQ(WrongBalances(), 4);
  Change("UPDATE listing SET remaining = remaining + 1");
  EXPECT_EQ(WrongHoldings(), 1);
}

}  // namespace
}  // namespace jinhuan::resource
