#include "alliance-svc/domain/rotation_acting.h"

#include <random>

#include "alliance-svc/domain/rotation_stand_in.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_test_record.h"
#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::chair {
namespace {

const absl::Duration kMicro = absl::Microseconds(1);

// Eight units; four terms from 2027-01-01 on are published.
Record Published() {
  Record record = TestRecord(8);
  PlanAndPublish(record, At(2026, 12, 1), 4);
  return record;
}

v1::StandIn StandIn(const std::string& member, absl::Time start, absl::Time end) {
  v1::StandIn stand_in;
  stand_in.set_member(member);
  *stand_in.mutable_start_time() = api::ToProto(start);
  *stand_in.mutable_end_time() = api::ToProto(end);
  stand_in.set_reason("出差");
  return stand_in;
}

std::string WhoActs(const Record& record, absl::Time time) {
  const auto acting = ActingAt(record, time);
  return acting.has_value() ? acting->member : "";
}

TEST(RotationActingTest, TheChairMovesExactlyAtTheBoundary) {
  const Record record = Published();
  const absl::Time boundary = At(2027, 7, 1);
  EXPECT_EQ(WhoActs(record, At(2027, 1, 1) - kMicro), "");
  EXPECT_EQ(WhoActs(record, At(2027, 1, 1)), ChairOf(record, 0));
  EXPECT_EQ(WhoActs(record, boundary - kMicro), ChairOf(record, 0));
  EXPECT_EQ(WhoActs(record, boundary), ChairOf(record, 1));
  const auto acting = ActingAt(record, boundary);
  EXPECT_EQ(acting->start, boundary);
  EXPECT_EQ(acting->end, At(2028, 1, 1));
  EXPECT_EQ(WhoActs(record, At(2029, 1, 1)), "");
}

TEST(RotationActingTest, AStandInActsInItsTimeAlone) {
  Record record = Published();
  ASSERT_TRUE(AddStandIn(record, 0, StandIn(Idle(record, 1), At(2027, 2, 1), At(2027, 3, 1))).ok());
  EXPECT_EQ(WhoActs(record, At(2027, 2, 1) - kMicro), ChairOf(record, 0));
  EXPECT_EQ(WhoActs(record, At(2027, 2, 1)), Idle(record, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 3, 1) - kMicro), Idle(record, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 3, 1)), ChairOf(record, 0));
  EXPECT_EQ(ActingAt(record, At(2027, 1, 5))->end, At(2027, 2, 1));
}

TEST(RotationActingTest, TheRulesFindDeputyAdviserAndLowestCreditInThisOrder) {
  Record record = Published();
  const absl::Time start = At(2027, 8, 1);
  const absl::Time end = At(2027, 9, 1);
  EXPECT_EQ(StandInByRule(record, 1, start, end), ChairOf(record, 2));
  record.units.at(ChairOf(record, 2)).state = v1::Member::STATE_SUSPENDED;
  EXPECT_EQ(StandInByRule(record, 1, start, end), ChairOf(record, 0));
  record.unavailabilities.push_back(
      Declaration(ChairOf(record, 0), absl::CivilDay(2027, 8, 31), absl::CivilDay(2027, 9, 2)));
  const std::string third = StandInByRule(record, 1, start, end);
  EXPECT_EQ(CreditAt(record, third, start), 0);
  EXPECT_NE(third, ChairOf(record, 1));
  for (auto& [member, unit] : record.units) unit.tier = v1::TIER_ORDINARY;
  EXPECT_EQ(StandInByRule(record, 1, start, end), "");
}

TEST(RotationActingTest, WhoIsSuspendedInTheChairIsReplacedAtOnceAndComesBack) {
  Record record = Published();
  const std::string chair = ChairOf(record, 0);
  const absl::Time suspended = At(2027, 2, 10, 9);
  SetState(record, chair, v1::Member::STATE_SUSPENDED, suspended);
  EXPECT_EQ(WhoActs(record, suspended - kMicro), chair);
  EXPECT_EQ(WhoActs(record, suspended), ChairOf(record, 1));
  EXPECT_TRUE(record.terms[0].term().stand_ins(0).automatic());
  const absl::Time reinstated = At(2027, 2, 20, 9);
  SetState(record, chair, v1::Member::STATE_ACTIVE, reinstated);
  EXPECT_EQ(WhoActs(record, reinstated - kMicro), ChairOf(record, 1));
  EXPECT_EQ(WhoActs(record, reinstated), chair);
  EXPECT_EQ(TurnHolder(record.terms[0].term()), chair);
}

TEST(RotationActingTest, PastItsShareAStandInReplacesTheChair) {
  Record record = Published();
  const std::string chair = ChairOf(record, 0);
  SetState(record, chair, v1::Member::STATE_SUSPENDED, At(2027, 1, 1));
  const absl::Time half = At(2027, 1, 1) + (At(2027, 7, 1) - At(2027, 1, 1)) / 2;
  Record before = record;
  Settle(before, half - kMicro);
  EXPECT_EQ(TurnHolder(before.terms[0].term()), chair);
  Settle(record, half);
  EXPECT_EQ(TurnHolder(record.terms[0].term()), ChairOf(record, 1));
  SetState(record, chair, v1::Member::STATE_ACTIVE, half + absl::Hours(1));
  EXPECT_EQ(WhoActs(record, half + absl::Hours(2)), ChairOf(record, 1));
}

// Whenever it is settled: by then a newer charter may be in force.
TEST(RotationActingTest, EachEventGoesByTheCharterOfItsTime) {
  Record record = Published();
  const std::string chair = ChairOf(record, 0);
  SetState(record, chair, v1::Member::STATE_SUSPENDED, At(2027, 1, 1));
  const auto coming = [&](absl::Time start, int percent) {
    ComingCharter next{start, record.charter};
    next.charter.set_version(2);
    next.charter.mutable_rotation()->set_replacement_percent(percent);
    return next;
  };
  // The half was over before a stand-in might take all.
  Record late = record;
  late.coming = {coming(At(2027, 5, 1), 100)};
  Settle(late, At(2027, 6, 1));
  EXPECT_EQ(late.charter.version(), 2);
  EXPECT_TRUE(late.coming.empty());
  EXPECT_EQ(TurnHolder(late.terms[0].term()), ChairOf(record, 1));

  // A tenth was over long before it counted: the chair passes as that begins.
  Record soon = record;
  soon.coming = {coming(At(2027, 3, 1), 10)};
  EXPECT_EQ(NextEvent(soon), At(2027, 3, 1));
  Settle(soon, At(2027, 3, 1) - kMicro);
  EXPECT_EQ(soon.charter.version(), 1);
  EXPECT_EQ(TurnHolder(soon.terms[0].term()), chair);
  Settle(soon, At(2027, 3, 1));
  EXPECT_EQ(TurnHolder(soon.terms[0].term()), ChairOf(record, 1));
}

TEST(RotationActingTest, ALongStandInReplacesFromItsBeginning) {
  Record record = Published();
  ASSERT_TRUE(
      AddStandIn(record, 0, StandIn(Idle(record, 1), At(2027, 2, 1), At(2027, 2, 20))).ok());
  ASSERT_TRUE(AddStandIn(record, 0, StandIn(Idle(record, 2), At(2027, 6, 1), At(2027, 6, 5))).ok());
  // With the 19 and 4 days, 80 days are past the half of 181.
  ASSERT_TRUE(
      AddStandIn(record, 0, StandIn(Idle(record, 3), At(2027, 3, 1), At(2027, 5, 20))).ok());
  const v1::ChairTerm& term = record.terms[0].term();
  EXPECT_EQ(TurnHolder(term), Idle(record, 3));
  EXPECT_EQ(WhoActs(record, At(2027, 5, 30)), Idle(record, 3));
  EXPECT_EQ(WhoActs(record, At(2027, 6, 2)), Idle(record, 2));
  EXPECT_EQ(WhoActs(record, At(2027, 6, 5)), Idle(record, 3));
  EXPECT_EQ(
      ReasonOf(AddStandIn(record, 0, StandIn(Idle(record, 4), At(2027, 1, 5), At(2027, 1, 6)))),
      "STAND_IN_IMPOSSIBLE");
}

TEST(RotationActingTest, AStandInThatCannotBeIsRefused) {
  Record record = Published();
  ASSERT_TRUE(
      AddStandIn(record, 0, StandIn(Idle(record, 1), At(2027, 2, 1), At(2027, 2, 20))).ok());
  record.units.at(Idle(record, 2)).state = v1::Member::STATE_WITHDRAWN;
  record.unavailabilities.push_back(
      Declaration(Idle(record, 3), absl::CivilDay(2027, 1, 1), absl::CivilDay(2027, 2, 1)));
  const auto refused = [&](const std::string& member, absl::Time start, absl::Time end) {
    Record copy = record;
    return ReasonOf(AddStandIn(copy, 0, StandIn(member, start, end)));
  };
  EXPECT_EQ(refused(Idle(record, 4), At(2027, 2, 19), At(2027, 2, 25)), "STAND_IN_IMPOSSIBLE");
  EXPECT_EQ(refused(Idle(record, 4), At(2027, 2, 20), At(2027, 2, 25)), "");
  EXPECT_EQ(refused(Idle(record, 2), At(2027, 2, 20), At(2027, 2, 25)), "STAND_IN_IMPOSSIBLE");
  EXPECT_EQ(refused(ChairOf(record, 0), At(2027, 2, 20), At(2027, 2, 25)), "STAND_IN_IMPOSSIBLE");
  EXPECT_EQ(refused(Idle(record, 3), At(2027, 1, 31), At(2027, 2, 1)), "STAND_IN_IMPOSSIBLE");
  Settle(record, At(2027, 7, 1));
  EXPECT_EQ(refused(Idle(record, 4), At(2027, 6, 1), At(2027, 6, 5)), "STAND_IN_IMPOSSIBLE");
}

TEST(RotationActingTest, ATermOfAUnitThatLeftBeginsWithAStandIn) {
  Record record = Published();
  SetState(record, ChairOf(record, 1), v1::Member::STATE_WITHDRAWN, At(2027, 3, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 7, 1)), ChairOf(record, 2));
  Settle(record, At(2027, 8, 1));
  EXPECT_EQ(StintsOf(record.terms[1].term()).front().start, At(2027, 7, 1));
  EXPECT_EQ(StintsOf(record.terms[1].term()).front().member, ChairOf(record, 2));
}

TEST(RotationActingTest, WhatWasIsToldAsRecorded) {
  Record record = Published();
  Settle(record, At(2027, 3, 1));
  const std::string chair = ChairOf(record, 0);
  SetState(record, chair, v1::Member::STATE_WITHDRAWN, At(2027, 3, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 2, 1)), chair);
}

TEST(RotationActingTest, AnOpenSwapExpiresAtItsTime) {
  Record record = Published();
  v1::TermSwap& swap = record.swaps.emplace_back();
  swap.set_state(v1::TermSwap::STATE_ACCEPTED);
  *swap.mutable_expire_time() = api::ToProto(At(2026, 12, 10));
  EXPECT_EQ(NextEvent(record), At(2026, 12, 10));
  Settle(record, At(2026, 12, 10) - kMicro);
  EXPECT_EQ(record.swaps[0].state(), v1::TermSwap::STATE_ACCEPTED);
  Settle(record, At(2026, 12, 10));
  EXPECT_EQ(record.swaps[0].state(), v1::TermSwap::STATE_EXPIRED);
}

TEST(RotationActingTest, WhoDeclaredTooLateIsStoodInForUntilItCanAgain) {
  Record record = Published();
  const std::string chair = ChairOf(record, 0);
  Declare(record, Declaration(chair, absl::CivilDay(2027, 2, 1), absl::CivilDay(2027, 2, 20)),
          At(2027, 1, 20));
  // Two that follow each other are one absence.
  Declare(record, Declaration(chair, absl::CivilDay(2027, 2, 15), absl::CivilDay(2027, 3, 1)),
          At(2027, 1, 20));
  EXPECT_EQ(NextEvent(record), At(2027, 2, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 2, 1) - kMicro), chair);
  EXPECT_EQ(WhoActs(record, At(2027, 2, 1)), ChairOf(record, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 3, 1) - kMicro), ChairOf(record, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 3, 1)), chair);
  Settle(record, At(2027, 2, 10));
  ASSERT_EQ(record.terms[0].term().stand_ins_size(), 1);
  EXPECT_NE(record.terms[0].term().stand_ins(0).reason().find("已申报此时不能担任"),
            std::string::npos);
  // Taken back, it takes the chair again at once.
  record.unavailabilities.clear();
  Reseat(record, At(2027, 2, 10));
  EXPECT_EQ(WhoActs(record, At(2027, 2, 10)), chair);
}

TEST(RotationActingTest, WhoDeclaresInTheChairLeavesItAtOnce) {
  Record record = Published();
  const absl::Time now = At(2027, 2, 1, 9);
  Declare(record,
          Declaration(ChairOf(record, 0), absl::CivilDay(2027, 2, 1), absl::CivilDay(2027, 2, 3)),
          now);
  EXPECT_EQ(WhoActs(record, now - kMicro), ChairOf(record, 0));
  EXPECT_EQ(WhoActs(record, now), ChairOf(record, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 2, 3)), ChairOf(record, 0));
}

TEST(RotationActingTest, WhereNobodyElseCanTheUnitActsItself) {
  Record record = TestRecord(1);
  PlanAndPublish(record, At(2026, 12, 1), 1);
  Declare(record, Declaration(UnitName(1), absl::CivilDay(2027, 2, 1), absl::CivilDay(2027, 2, 3)),
          At(2027, 2, 1));
  EXPECT_EQ(WhoActs(record, At(2027, 2, 2)), UnitName(1));
}

TEST(RotationActingTest, SomebodyActsEvenWhereAllAreAwayForAWhile) {
  Record record = TestRecord(4);
  PlanAndPublish(record, At(2026, 12, 1), 3);
  const std::string chair = ChairOf(record, 0);
  const absl::Time now = At(2027, 2, 1);
  // Each of the others is away some time before the term is over, and all are in May.
  int month = 3;
  for (const auto& [member, unit] : record.units) {
    if (member == chair) continue;
    Declare(record,
            Declaration(member, absl::CivilDay(2027, month, 5), absl::CivilDay(2027, month, 9)),
            now);
    Declare(record, Declaration(member, absl::CivilDay(2027, 5, 20), absl::CivilDay(2027, 5, 25)),
            now);
    month += 1;
  }
  SetState(record, chair, v1::Member::STATE_SUSPENDED, now);
  for (absl::Time at = now; at < EndOf(record.terms[0]); at += absl::Hours(12)) {
    const std::string acts = WhoActs(record, at);
    EXPECT_TRUE(IsActive(record, acts)) << at;
    const bool all_away = At(2027, 5, 20) <= at && at < At(2027, 5, 25);
    EXPECT_EQ(CanAct(record, acts, at), !all_away) << at << acts;
  }
}

TEST(RotationActingTest, TheTrioIsOfThoseWhoseTurnItWas) {
  Record record = Published();
  SetState(record, ChairOf(record, 0), v1::Member::STATE_WITHDRAWN, At(2027, 1, 5));
  Settle(record, At(2027, 7, 1));
  // The deputy replaced it, so it stays as adviser of its own term.
  EXPECT_EQ(AdviserOf(record, 1), ChairOf(record, 1));
  EXPECT_EQ(DeputyOf(record, 0), ChairOf(record, 1));
  ASSERT_TRUE(AddStandIn(record, 2, StandIn(Idle(record, 1), At(2028, 1, 1), At(2028, 6, 1))).ok());
  EXPECT_EQ(DeputyOf(record, 1), Idle(record, 1));
}

TEST(RotationActingTest, WhatChangesWhoseTurnItIsOutdatesDrafts) {
  Record record = Published();
  Settle(record, At(2027, 1, 5));
  int64_t basis = record.body.basis();
  ASSERT_TRUE(AddStandIn(record, 0, StandIn(Idle(record, 1), At(2027, 2, 1), At(2027, 3, 1))).ok());
  EXPECT_GT(record.body.basis(), basis);
  record.units.at(ChairOf(record, 0)).state = v1::Member::STATE_SUSPENDED;
  basis = record.body.basis();
  Reseat(record, At(2027, 1, 5));  // seats the deputy
  EXPECT_GT(record.body.basis(), basis);
  basis = record.body.basis();
  Settle(record, At(2027, 6, 1));  // and makes it the replacement
  EXPECT_EQ(TurnHolder(record.terms[0].term()), ChairOf(record, 1));
  EXPECT_GT(record.body.basis(), basis);
}

// Whatever happens to units, whoever stands in and whatever is declared: in each term
// stints follow each other without gap, nobody who is not ACTIVE acts, nor one who
// declared that it can't while another can, it makes no difference how often the clock is
// looked at, and the credits of all units are the time that has passed.
TEST(RotationActingTest, OneUnitActsAtEachMomentWhateverHappens) {
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    std::mt19937 random(seed);
    Record record = TestRecord(6);
    PlanAndPublish(record, At(2026, 12, 1), 4);
    Record lazy = record;
    absl::Time now = At(2027, 1, 1);
    while (now < At(2029, 1, 1)) {
      now += absl::Hours(1 + random() % 1000);
      const std::string member = UnitName(1 + static_cast<int>(random() % 6));
      if (random() % 4 == 0 && member != UnitName(6)) {
        const absl::CivilDay day = DayOf(now, kShanghai) + static_cast<int>(random() % 60);
        const auto declared = Declaration(member, day, day + 1 + static_cast<int>(random() % 40));
        Declare(record, declared, now);
        Declare(lazy, declared, now);
      } else if (random() % 2 == 0) {
        const bool active = IsActive(record, member);
        // Somebody is always left.
        if (!active || member != UnitName(6)) {
          const auto state = active ? v1::Member::STATE_SUSPENDED : v1::Member::STATE_ACTIVE;
          SetState(record, member, state, now);
          SetState(lazy, member, state, now);
        }
      } else if (const auto term = TermAt(record, now); term.has_value()) {
        Settle(record, now);
        Settle(lazy, now);
        const absl::Time end =
            std::min(now + absl::Hours(random() % 2000), EndOf(record.terms[*term]));
        if (now < end) {
          AddStandIn(record, *term, StandIn(member, now, end)).IgnoreError();
          AddStandIn(lazy, *term, StandIn(member, now, end)).IgnoreError();
        }
      }
      Settle(record, now + absl::Minutes(10));
      const auto acting = ActingAt(record, now + absl::Minutes(10));
      ASSERT_TRUE(acting.has_value() || now + absl::Minutes(10) >= At(2029, 1, 1)) << seed;
      if (acting.has_value()) {
        // The sixth unit is never away.
        EXPECT_TRUE(CanAct(record, acting->member, now + absl::Minutes(10))) << seed << " " << now;
      }
    }
    Settle(record, At(2029, 2, 1));
    Settle(lazy, At(2029, 2, 1));
    rotation::Credit sum = 0;
    for (size_t t = 0; t < record.terms.size(); ++t) {
      EXPECT_EQ(record.terms[t].term().DebugString(), lazy.terms[t].term().DebugString());
      absl::Time at = StartOf(record.terms[t]);
      for (const Stint& stint : StintsOf(record.terms[t].term())) {
        EXPECT_EQ(stint.start, at);
        EXPECT_LT(stint.start, stint.end);
        at = stint.end;
      }
      EXPECT_EQ(at, EndOf(record.terms[t]));
    }
    for (const auto& [member, unit] : record.units) sum += Earned(record, member, At(2029, 2, 1));
    EXPECT_EQ(sum, 4 * rotation::kFullTerm);
  }
}

}  // namespace
}  // namespace jinhuan::alliance::chair
