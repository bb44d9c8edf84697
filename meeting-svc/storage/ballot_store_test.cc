#include "meeting-svc/storage/ballot_store.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/majority_meter.h"
#include "meeting-svc/storage/ballot_fixture.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ITEM_KIND_MAJOR;
using alliance::v1::ITEM_KIND_ORDINARY;
using alliance::v1::ITEM_KIND_PERSONNEL;

TEST_F(BallotTest, OpensUnderTheRuleInForceAndCountsAsItStands) {
  const MeetingKey key = InSession(10, 6, 2);
  const auto ballot = Open(key, ITEM_KIND_MAJOR);
  ASSERT_TRUE(ballot.ok()) << ballot.status();
  EXPECT_EQ(ballot->state(), v1::Ballot::STATE_OPEN);
  EXPECT_EQ(ballot->charter_version(), 3);
  EXPECT_EQ(ballot->rule().kind(), ITEM_KIND_MAJOR);  // decided as an ordinary one
  EXPECT_EQ(ballot->count().entitled_units(), 10);
  EXPECT_EQ(ballot->count().entitled_votes(), 14);
  EXPECT_EQ(ballot->count().present_votes(), 10);
  EXPECT_EQ(ballot->count().needed_votes(), 6);
  SetPresent(key, Id(6), true);  // the meter follows who comes
  EXPECT_EQ(GetBallot(IdOf(*ballot))->count().present_votes(), 11);
}

TEST_F(BallotTest, NeedsAMeetingInSessionAndAQuorum) {
  const MeetingKey key = InSession(10, 4);
  EXPECT_EQ(ReasonOf(Open(key, ITEM_KIND_ORDINARY).status()), "QUORUM_MISSED");
  SetPresent(key, Id(4), true);
  EXPECT_TRUE(Open(key, ITEM_KIND_ORDINARY).ok());
  Run("UPDATE meeting SET state = 2");
  EXPECT_EQ(ReasonOf(Open(key, ITEM_KIND_ORDINARY).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Open({"a", "none"}, ITEM_KIND_ORDINARY).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(BallotTest, AVoteCanBeChangedUntilTheBallotIsClosed) {
  const MeetingKey key = InSession(4, 3, 1);
  const BallotId id = IdOf(*Open(key, ITEM_KIND_ORDINARY));
  ASSERT_TRUE(Vote(id, Id(0), v1::CHOICE_AGAINST).ok());
  ASSERT_TRUE(Vote(id, Id(0), v1::CHOICE_FOR).ok());
  ASSERT_TRUE(Vote(id, Id(1), v1::CHOICE_ABSTAIN).ok());
  EXPECT_EQ(ReasonOf(Vote(id, Id(3), v1::CHOICE_FOR).status()), "NOT_PRESENT");
  EXPECT_EQ(ReasonOf(Vote(id, Id(1), v1::CHOICE_FOR, Id(0)).status()), "NOT_PRESENT");
  EXPECT_EQ(ReasonOf(Vote(id, "m999", v1::CHOICE_FOR).status()), "NOT_ENTITLED");
  const auto closed = Close(id);
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->outcome(), v1::Ballot::OUTCOME_CARRIED);
  EXPECT_EQ(closed->count().for_votes(), 3);
  EXPECT_EQ(closed->count().against_votes(), 0);
  EXPECT_EQ(closed->count().abstain_votes(), 1);
  EXPECT_EQ(ReasonOf(Vote(id, Id(2), v1::CHOICE_FOR).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Close(id).status()), "STATE_WRONG");
  // Who comes later changes nothing of the evidence.
  SetPresent(key, Id(3), true);
  const auto roll = Do([&](db::Connection& c) { return ballots_.Roll(c, id, "", 10); });
  EXPECT_TRUE(roll->at(2).present());
  EXPECT_FALSE(roll->at(3).present());
  EXPECT_EQ(GetBallot(id)->count().present_units(), 3);
}

TEST_F(BallotTest, WhoVotedAndLeftTookPart) {
  const MeetingKey key = InSession(4, 2);
  const BallotId id = IdOf(*Open(key, ITEM_KIND_ORDINARY));
  ASSERT_TRUE(Vote(id, Id(0), v1::CHOICE_FOR).ok());
  SetPresent(key, Id(0), false);
  SetPresent(key, Id(1), false);
  const auto closed = Close(id);  // one of four is no half
  EXPECT_EQ(closed->outcome(), v1::Ballot::OUTCOME_NO_QUORUM);
  EXPECT_EQ(closed->count().present_units(), 1);
}

TEST_F(BallotTest, AProxyVotesForWhoIsNotThere) {
  const MeetingKey key = InSession(4, 2);
  ASSERT_TRUE(Grant(key, Id(2), Id(0)).ok());
  EXPECT_EQ(ReasonOf(Grant(key, Id(3), Id(0)).status()), "PROXIES_TOO_MANY");
  EXPECT_EQ(ReasonOf(Grant(key, Id(3), Id(2)).status()), "PROXY_CHAINED");
  EXPECT_EQ(ReasonOf(Grant(key, Id(0), Id(1)).status()), "GRANTOR_PRESENT");
  EXPECT_EQ(ReasonOf(Grant(key, Id(3), "m999").status()), "NOT_INVITED");
  const BallotId id = IdOf(*Open(key, ITEM_KIND_ORDINARY));
  EXPECT_EQ(GetBallot(id)->count().present_units(), 3);
  EXPECT_TRUE(Vote(id, Id(2), v1::CHOICE_FOR, Id(0)).ok());
  EXPECT_EQ(ReasonOf(Vote(id, Id(2), v1::CHOICE_FOR, Id(1)).status()), "NOT_PRESENT");
  EXPECT_EQ(ReasonOf(Vote(id, Id(2), v1::CHOICE_FOR).status()), "NOT_PRESENT");
  SetPresent(key, Id(2), true);  // it comes itself
  EXPECT_EQ(ReasonOf(Vote(id, Id(2), v1::CHOICE_FOR, Id(0)).status()), "NOT_PRESENT");
  EXPECT_TRUE(Vote(id, Id(2), v1::CHOICE_AGAINST).ok());
  SetPresent(key, Id(2), false);
  SetPresent(key, Id(0), false);  // nor does a proxy stand whose holder has left
  EXPECT_EQ(ReasonOf(Vote(id, Id(2), v1::CHOICE_FOR, Id(0)).status()), "NOT_PRESENT");
  EXPECT_EQ(Close(id)->count().against_votes(), 1);
}

TEST_F(BallotTest, TheMeterStandsAsTheBallotWould) {
  const MeetingKey key = InSession(6, 3, 2);
  ASSERT_TRUE(Grant(key, Id(3), Id(0)).ok());
  ASSERT_TRUE(Grant(key, Id(4), Id(5)).ok());  // who is not there stands for nobody
  for (const auto kind : {ITEM_KIND_ORDINARY, ITEM_KIND_PERSONNEL}) {
    const alliance::v1::ItemRule rule = RuleFor(Charter().meeting(), kind);
    const auto roll = Do([&](db::Connection& c) {
      return FloorStore().Roll(c, key, Charter().meeting(), rule.secret());
    });
    ASSERT_TRUE(roll.ok()) << roll.status();
    const v1::MajorityMeter meter = MeterOf(rule, *roll);
    const auto ballot = Open(key, kind);
    ASSERT_TRUE(ballot.ok()) << ballot.status();
    EXPECT_EQ(meter.present_count(), 4);
    EXPECT_EQ(meter.proxy_count(), 1);
    EXPECT_EQ(meter.present_votes(), rule.secret() ? 4 : 8);
    EXPECT_EQ(meter.present_count(), ballot->count().present_units());
    EXPECT_EQ(meter.present_votes(), ballot->count().present_votes());
    EXPECT_EQ(meter.entitled_votes(), ballot->count().entitled_votes());
    EXPECT_EQ(meter.quorum_count(), ballot->count().quorum_units());
    EXPECT_EQ(meter.majority_count(), ballot->count().needed_votes());
  }
}

TEST_F(BallotTest, WhatRunsIsFoundAndEveryChangeRaisesTheRevision) {
  const MeetingKey key = InSession(4, 3);
  int64_t last = 0;
  const auto raised = [&] {
    const auto now = Do([&](db::Connection& c) { return ballots_.Revision(c, key); });
    EXPECT_TRUE(now.ok()) << now.status();
    return std::exchange(last, *now) < *now;
  };
  const auto running = [&] {
    const auto found = Do([&](db::Connection& c) { return ballots_.Running(c, key); });
    EXPECT_TRUE(found.ok()) << found.status();
    return *found;
  };
  EXPECT_TRUE(raised());  // the meeting's own
  EXPECT_FALSE(raised());
  EXPECT_TRUE(running().empty());
  const BallotId id = IdOf(*Open(key, ITEM_KIND_ORDINARY));
  EXPECT_TRUE(raised());
  ASSERT_TRUE(Vote(id, Id(0), v1::CHOICE_FOR).ok());
  EXPECT_TRUE(raised());
  ASSERT_EQ(running().size(), 1U);
  EXPECT_EQ(running()[0].name(), id.name());
  EXPECT_EQ(running()[0].count().for_votes(), 1);
  ASSERT_TRUE(Open(key, ITEM_KIND_PERSONNEL).ok());
  EXPECT_TRUE(raised());
  EXPECT_EQ(running().size(), 2U);
  ASSERT_TRUE(Close(id).ok());
  EXPECT_TRUE(raised());
  ASSERT_EQ(running().size(), 1U);
  EXPECT_EQ(running()[0].state(), v1::Ballot::STATE_DRAWING);
}

TEST_F(BallotTest, AGrantorsHolderCannotPassOn) {
  const MeetingKey key = InSession(4, 1);
  ASSERT_TRUE(Grant(key, Id(1), Id(2)).ok());
  EXPECT_EQ(ReasonOf(Grant(key, Id(2), Id(0)).status()), "PROXY_CHAINED");
  ASSERT_TRUE(Grant(key, Id(1), Id(0)).ok());  // another one instead
  EXPECT_TRUE(Grant(key, Id(2), Id(3)).ok());
  const auto revoke = [&](const std::string& from) {
    return Do([&](db::Connection& c) { return proxies_.Revoke(c, Call(), key, from); });
  };
  EXPECT_TRUE(revoke(Id(1)).ok());
  EXPECT_EQ(ReasonOf(revoke(Id(1)).status()), "RESOURCE_NOT_FOUND");
  // The journal has whom the second one was instead of.
  while (*journal_.SealOnce() > 0) {
  }
  std::vector<std::string> holders;
  const auto entries = journal_.ReadFrom(1, 1000, {}, absl::Now() + absl::Seconds(10)).value();
  for (const journal::v1::Entry& entry : entries) {
    v1::Proxy before;
    if (!entry.resource().ends_with("/proxies/" + Id(1))) continue;
    if (entry.has_before()) entry.before().UnpackTo(&before);
    holders.push_back(before.holder());
  }
  EXPECT_THAT(holders, ::testing::ElementsAre("", "alliances/a/members/" + Id(2),
                                              "alliances/a/members/" + Id(0)));
}

TEST_F(BallotTest, AHundredVoteThreeTimesEachAtOnceAndCountOnce) {
  constexpr int kUnits = 100;
  const MeetingKey key = InSession(kUnits, kUnits);
  const BallotId id = IdOf(*Open(key, ITEM_KIND_ORDINARY));
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kUnits; ++t) {
    threads.emplace_back([&, t] {
      for (int again = 0; again < 3; ++again) {
        const auto choice = static_cast<v1::Choice>(1 + t % 3);
        while (absl::IsResourceExhausted(Vote(id, Id(t), choice).status())) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto closed = Close(id);
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->count().for_votes(), 34);
  EXPECT_EQ(closed->count().against_votes(), 33);
  EXPECT_EQ(closed->count().abstain_votes(), 33);
  EXPECT_EQ(closed->count().voted_units(), kUnits);
}

TEST_F(BallotTest, ACancelledBallotDecidesNothing) {
  const MeetingKey key = InSession(4, 3);
  const BallotId id = IdOf(*Open(key, ITEM_KIND_ORDINARY));
  const auto check = [&] {
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                             [&](db::Connection& c) { return ballots_.CheckNoneRunning(c, key); });
  };
  EXPECT_EQ(ReasonOf(check()), "BALLOT_RUNNING");
  const auto cancelled =
      Do([&](db::Connection& c) { return ballots_.Cancel(c, Call(), id, "问题有误"); });
  ASSERT_TRUE(cancelled.ok()) << cancelled.status();
  EXPECT_EQ(cancelled->outcome(), v1::Ballot::OUTCOME_UNSPECIFIED);
  EXPECT_TRUE(check().ok());
  EXPECT_EQ(ReasonOf(Vote(id, Id(0), v1::CHOICE_FOR).status()), "STATE_WRONG");
}

TEST_F(BallotTest, EveryQueryUsesItsIndex) {
  const MeetingKey key = InSession(40, 40);
  for (int i = 0; i < 12; ++i) {
    const auto kind = i % 2 == 0 ? ITEM_KIND_ORDINARY : ITEM_KIND_PERSONNEL;
    ASSERT_TRUE(Open(key, kind).ok());
  }
  for (int i = 0; i < 300; ++i) {
    Run(fmt::format(
        "INSERT INTO ballot_paper VALUES ('a', '{}', 'b{}', UNHEX(SHA2('{}', 256)), 1, '')", key.id,
        i % 9, i));
    Run(fmt::format("INSERT INTO proxy VALUES ('a', 'x{}', 'g{}', 'h{}', NOW())", i % 20, i, i));
    Run(fmt::format("REPLACE INTO attendance VALUES ('a', 'x{}', 'g{}', 1, 0, '')", i % 20, i));
  }
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::meeting
