#include "alliance-svc/domain/rotation_publication.h"
#include "alliance-svc/domain/rotation_stored_plan.h"

#include <limits>
#include <map>
#include <random>
#include <set>

#include "alliance-svc/domain/rotation_credit.h"
#include "alliance-svc/domain/rotation_reasons.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_test_record.h"
#include "alliance-svc/domain/rotation_turns.h"
#include "alliance-svc/domain/rotation_view.h"
#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::chair {
namespace {

const absl::Time kNow = At(2026, 12, 1);

std::vector<std::string> Chairs(const Record& record) {
  std::vector<std::string> chairs;
  for (size_t t = 0; t < record.terms.size(); ++t) chairs.push_back(ChairOf(record, t));
  return chairs;
}

TEST(RotationPublicationTest, TheFirstPlanBeginsWithTheNextMonth) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 6);
  ASSERT_EQ(record.terms.size(), 6U);
  EXPECT_EQ(record.terms[0].term().name(), "alliances/a/chairTerms/2027-01-01");
  const std::vector<std::string> chairs = Chairs(record);
  EXPECT_EQ(std::set<std::string>(chairs.begin(), chairs.end()).size(), 6U);
  for (size_t t = 1; t < record.terms.size(); ++t) {
    EXPECT_EQ(StartOf(record.terms[t]), EndOf(record.terms[t - 1]));
  }
  EXPECT_EQ(ViewTerm(record, 0, kNow).state(), v1::ChairTerm::STATE_FROZEN);
  EXPECT_EQ(ViewTerm(record, 1, kNow).state(), v1::ChairTerm::STATE_PUBLISHED);
  EXPECT_EQ(ViewTerm(record, 0, kNow).deputy(), chairs[1]);
  EXPECT_EQ(ViewTerm(record, 1, kNow).adviser(), chairs[0]);
}

TEST(RotationPublicationTest, PlanningWithoutAChangeChangesNothing) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 8);
  const std::vector<std::string> chairs = Chairs(record);
  const auto draft = Draft(record, At(2027, 2, 1), 4);
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(draft->plan().terms_size(), 8);  // what is published beyond it too
  EXPECT_EQ(draft->plan().differences_size(), 0);
  Publish(record, *draft, "second", "测试", std::string(32, 'x'), At(2027, 2, 1));
  EXPECT_EQ(Chairs(record), chairs);
  EXPECT_EQ(record.terms[3].plan(), "plan-0");  // still told by the plan that decided it
  for (const internal::StoredTerm& term : record.terms) EXPECT_TRUE(term.term().changes().empty());
}

TEST(RotationPublicationTest, AUnitThatLeavesMovesAsFewTermsAsCanBe) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 5);
  const std::vector<std::string> before = Chairs(record);
  const std::string spare = Idle(record, 1);
  SetState(record, before[3], v1::Member::STATE_WITHDRAWN, At(2027, 2, 1));
  const ReplanNeed need = ReplanNeedOf(record, At(2027, 2, 1));
  EXPECT_TRUE(need.needed);
  ASSERT_EQ(need.reasons.size(), 1U);
  EXPECT_NE(need.reasons[0].find("已退出联盟"), std::string::npos);
  PlanAndPublish(record, At(2027, 2, 1), 5);
  std::vector<std::string> expected = before;
  expected[3] = spare;
  EXPECT_EQ(Chairs(record), expected);
  ASSERT_EQ(record.terms[3].term().changes_size(), 1);
  const v1::TermChange& change = record.terms[3].term().changes(0);
  EXPECT_EQ(change.from_member(), before[3]);
  EXPECT_EQ(change.to_member(), spare);
  EXPECT_NE(change.reason().find("已退出联盟"), std::string::npos);
  EXPECT_FALSE(ReplanNeedOf(record, At(2027, 2, 1)).needed);
}

TEST(RotationPublicationTest, AJoinerEntersAtTheLowestCreditAndIsNotFirst) {
  Record record = TestRecord(4);
  PlanAndPublish(record, kNow, 4);
  Settle(record, At(2028, 2, 1));  // two terms are over, the third is under way
  Unit joiner = record.units.at(UnitName(1));
  joiner.display_name = "新单位";
  joiner.join_time = At(2027, 1, 1);
  record.units[UnitName(9)] = joiner;
  EXPECT_TRUE(ReplanNeedOf(record, At(2028, 2, 1)).needed);
  PlanAndPublish(record, At(2028, 2, 1), 6);
  // With the frozen third and fourth term over, everyone has a full term.
  EXPECT_EQ(record.entries.at(UnitName(9)).base_credit, rotation::kFullTerm);
  EXPECT_EQ(record.terms[4].term().cycle(), 1);
  EXPECT_EQ(ChairOf(record, 4), UnitName(9));  // the one that has had no turn in the cycle
  EXPECT_FALSE(ReplanNeedOf(record, At(2028, 2, 1)).needed);
}

TEST(RotationPublicationTest, ACharterWithLongerTermsChangesOnlyWhatIsNotFrozen) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 5);
  const std::vector<std::string> before = Chairs(record);
  record.charter.set_version(2);
  record.charter.mutable_rotation()->set_term_months(12);
  const absl::Time now = At(2027, 2, 1);
  Settle(record, now);
  EXPECT_TRUE(ReplanNeedOf(record, now).needed);
  const internal::StoredPlan plan = PlanAndPublish(record, now, 4);
  // The current and the next stand; from 2028 on terms are years.
  ASSERT_EQ(record.terms.size(), 4U);
  EXPECT_EQ(ChairOf(record, 1), before[1]);
  EXPECT_EQ(record.terms[1].term().charter_version(), 1);
  EXPECT_EQ(record.terms[2].term().name(), "alliances/a/chairTerms/2028-01-01");
  EXPECT_EQ(EndOf(record.terms[2]), At(2029, 1, 1));
  EXPECT_EQ(record.terms[2].term().charter_version(), 2);
  bool gone = false;
  for (const v1::PlanDifference& difference : plan.plan().differences()) {
    gone = gone || (difference.term() == "alliances/a/chairTerms/2028-07-01" &&
                    difference.planned_member().empty());
  }
  EXPECT_TRUE(gone);
}

TEST(RotationPublicationTest, WhenTermsRanOutTheOneUnderWayIsPlanned) {
  Record record = TestRecord(3);
  PlanAndPublish(record, kNow, 1);
  const absl::Time now = At(2028, 9, 1);
  PlanAndPublish(record, now, 2);
  ASSERT_EQ(record.terms.size(), 3U);
  EXPECT_EQ(record.terms[1].term().name(), "alliances/a/chairTerms/2028-07-01");
  EXPECT_NE(ChairOf(record, 1), ChairOf(record, 0));
}

TEST(RotationPublicationTest, TheSeedIsRevealedAndOpensItsCommitment) {
  Record record = TestRecord(3);
  const std::string seed = record.seed;
  const std::string commitment = ViewRotation(record, kNow, false).seed_commitment();
  PlanAndPublish(record, kNow, 3);
  ASSERT_EQ(record.body.revealed_seeds_size(), 1);
  EXPECT_EQ(record.body.revealed_seeds(0).commitment(), commitment);
  EXPECT_EQ(record.body.revealed_seeds(0).seed().size(), 64U);
  EXPECT_EQ(rotation::LotteryCommitment(seed), commitment);
  EXPECT_NE(ViewRotation(record, kNow, false).seed_commitment(), commitment);
  // A seed for each cycle that is reached, of which the last ones are kept.
  for (int cycle = 2; cycle < 30; ++cycle) PlanAndPublish(record, kNow, 3 * cycle);
  EXPECT_EQ(record.body.revealed_seeds_size(), kRevealedSeeds);
}

TEST(RotationPublicationTest, NobodyDrawsAgainUntilTheOutcomeSuits) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 1);  // one forced term, and the seed of the first cycle is drawn
  const std::string seed = record.seed;
  const auto before = Draft(record, kNow, 6);
  ASSERT_TRUE(before.ok());
  // Whatever is published inside the cycle, with or without a difference.
  PlanAndPublish(record, kNow, 1);
  PlanAndPublish(record, kNow, 1);
  EXPECT_EQ(record.seed, seed);
  EXPECT_EQ(record.body.revealed_seeds_size(), 1);
  const auto after = Draft(record, kNow, 6);
  ASSERT_TRUE(after.ok());
  for (int t = 0; t < 6; ++t) {
    EXPECT_EQ(after->plan().terms(t).member(), before->plan().terms(t).member());
  }
  PlanAndPublish(record, kNow, 3);
  EXPECT_EQ(record.seed, seed);
  // It gave two terms, so everybody can check it, once.
  EXPECT_EQ(record.body.revealed_seeds_size(), 2);
  EXPECT_EQ(record.body.revealed_seeds(0).commitment(), rotation::LotteryCommitment(seed));
  PlanAndPublish(record, kNow, 7);  // the seventh term begins a cycle
  EXPECT_NE(record.seed, seed);
  EXPECT_EQ(record.body.revealed_seeds_size(), 2);
}

// The deputy replaces the chair, and so has two turns one after the other: a cycle begins
// with the second, in what is planned and in what is stored.
TEST(RotationPublicationTest, AReplacementLeavesTheNextPlanAsItIs) {
  Record record = TestRecord(4);
  PlanAndPublish(record, kNow, 8);
  SetState(record, ChairOf(record, 0), v1::Member::STATE_WITHDRAWN, At(2027, 1, 5));
  const absl::Time now = At(2027, 5, 1);
  PlanAndPublish(record, now, 8);
  ASSERT_EQ(TurnHolder(record.terms[0].term()), ChairOf(record, 1));
  EXPECT_EQ(record.terms[0].term().cycle(), 1);
  EXPECT_EQ(record.terms[1].term().cycle(), 2);
  const std::vector<std::string> chairs = Chairs(record);
  for (const absl::Time later : {At(2027, 7, 1), At(2027, 8, 1), At(2028, 1, 1), At(2028, 7, 1)}) {
    Settle(record, later);
    const auto draft = Draft(record, later, 4);
    ASSERT_TRUE(draft.ok()) << draft.status();
    EXPECT_EQ(draft->plan().differences_size(), 0) << later << draft->plan().DebugString();
  }
}

TEST(RotationPublicationTest, ASwapOverCyclesStaysThroughPlans) {
  // Two units can serve in their cycles in one term alone, so that the first is passed over
  // when the second has it.
  Record record = TestRecord(4);
  PlanAndPublish(record, kNow, 4);
  const std::string early = ChairOf(record, 2);
  const std::string late = ChairOf(record, 3);
  // `late` is passed over in the first cycle, and comes first in the second.
  record.unavailabilities.push_back(
      Declaration(late, absl::CivilDay(2026, 12, 2), absl::CivilDay(2028, 7, 2)));
  OutdateDrafts(record);
  PlanAndPublish(record, kNow, 8);
  size_t term = 0;
  size_t other = 0;
  for (size_t t = 2; t < record.terms.size(); ++t) {
    for (size_t u = t + 1; u < record.terms.size(); ++u) {
      if (record.terms[t].term().cycle() != record.terms[u].term().cycle() && term == 0 &&
          CheckExchange(record, t, u, kNow).ok()) {
        term = t;
        other = u;
      }
    }
  }
  record.unavailabilities.clear();
  if (term == 0) {
    // With the declaration gone, over the border of the cycle.
    for (size_t t = 2; t < record.terms.size() && term == 0; ++t) {
      for (size_t u = t + 1; u < record.terms.size(); ++u) {
        if (record.terms[t].term().cycle() == record.terms[u].term().cycle()) continue;
        if (!CheckExchange(record, t, u, kNow).ok()) continue;
        term = t;
        other = u;
        break;
      }
    }
  }
  ASSERT_GT(term, 0U) << "no two units may exchange";
  Exchange(record, term, other, "施工", kNow);
  const std::vector<std::string> chairs = Chairs(record);
  PlanAndPublish(record, kNow, 8);
  EXPECT_EQ(Chairs(record)[term], chairs[term]);
  EXPECT_EQ(Chairs(record)[other], chairs[other]);
  // Who may not serve loses what was agreed too.
  SetState(record, chairs[other], v1::Member::STATE_WITHDRAWN, At(2027, 1, 5));
  PlanAndPublish(record, At(2027, 1, 5), 8);
  EXPECT_NE(Chairs(record)[other], chairs[other]);
}

TEST(RotationPublicationTest, WhoComesBackGoesNeitherFirstNorLast) {
  Record record = TestRecord(4);
  PlanAndPublish(record, kNow, 12);
  const std::string away = ChairOf(record, 3);
  SetState(record, away, v1::Member::STATE_SUSPENDED, At(2027, 1, 5));
  PlanAndPublish(record, At(2027, 1, 5), 12);
  const absl::Time back = At(2031, 2, 1);  // eight terms later
  SetState(record, away, v1::Member::STATE_ACTIVE, back);
  record.body.add_entered(away);
  const auto draft = Draft(record, back, 8);
  ASSERT_TRUE(draft.ok()) << draft.status();
  std::map<std::string, int64_t> credit;
  for (const internal::PlanUnit& unit : draft->input().units()) {
    credit[unit.member()] = unit.credit();
    for (const std::string& chair : draft->input().frozen()) {
      if (chair == unit.member()) credit[chair] += rotation::kFullTerm;
    }
  }
  int64_t lowest = std::numeric_limits<int64_t>::max();
  for (const auto& [member, units] : credit) {
    if (member != away) lowest = std::min(lowest, units);
  }
  EXPECT_EQ(credit.at(away), lowest);
  PlanAndPublish(record, back, 8);
  const auto again = Draft(record, back, 8);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->plan().differences_size(), 0);
  EXPECT_EQ(again->entries_size(), 0);
}

// Declarations put a turn off, but not for ever: after as many cycles as the charter allows
// the unit gets its turn, and a stand-in serves in its place.
TEST(RotationPublicationTest, ALongAbsencePassesOnlySoManyTurns) {
  Record record = TestRecord(4);
  const std::string away = UnitName(4);
  record.unavailabilities.push_back(
      Declaration(away, absl::CivilDay(2026, 12, 2), absl::CivilDay(2046, 1, 1)));
  int turns = 0;
  absl::Time now = kNow;
  for (int i = 0; i < 14; ++i) {
    PlanAndPublish(record, now, 6);
    const bool scheduled = std::any_of(record.terms.begin(), record.terms.end(), [&](auto& term) {
      return StartOf(term) > now && term.term().member() == away;
    });
    if (scheduled && turns == 0) {
      EXPECT_EQ(record.body.passed_size(), 2);  // max_deferrals
      EXPECT_FALSE(ReplanNeedOf(record, now).needed);
      turns = i;
    }
    now = EndOf(record.terms[static_cast<size_t>(i)]) - absl::Hours(24);
  }
  ASSERT_GT(turns, 0) << "its turn never comes";
  for (size_t t = 0; t < record.terms.size(); ++t) {
    if (ChairOf(record, t) != away || now < EndOf(record.terms[t])) continue;
    EXPECT_NE(TurnHolder(record.terms[t].term()), away);  // replaced by its stand-in
  }
}

TEST(RotationPublicationTest, APublicationExpiresSwapsOfTermsThatItChanges) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 5);
  for (const size_t t : {2U, 3U}) {
    v1::TermSwap& swap = record.swaps.emplace_back();
    swap.set_state(v1::TermSwap::STATE_PROPOSED);
    swap.set_term(record.terms[t].term().name());
    swap.set_other_term(record.terms[4].term().name());
    *swap.mutable_expire_time() = api::ToProto(At(2027, 6, 1));
  }
  SetState(record, ChairOf(record, 3), v1::Member::STATE_WITHDRAWN, At(2027, 2, 1));
  PlanAndPublish(record, At(2027, 2, 1), 5);
  EXPECT_EQ(record.swaps[0].state(), v1::TermSwap::STATE_PROPOSED);
  EXPECT_EQ(record.swaps[1].state(), v1::TermSwap::STATE_EXPIRED);
}

TEST(RotationPublicationTest, ADraftIsStaleOnceAnythingItWasMadeFromChanges) {
  Record record = TestRecord(6);
  PlanAndPublish(record, kNow, 5);
  const absl::Time now = At(2027, 2, 1);
  Settle(record, now);
  const auto draft = Draft(record, now, 5);
  ASSERT_TRUE(draft.ok());
  EXPECT_FALSE(IsStale(record, *draft, now));
  // The third term is frozen as the second begins.
  EXPECT_FALSE(IsStale(record, *draft, At(2027, 7, 1) - absl::Microseconds(1)));
  EXPECT_TRUE(IsStale(record, *draft, At(2027, 7, 1)));
  Record other = record;
  other.charter.set_version(2);
  EXPECT_TRUE(IsStale(other, *draft, now));
  SetState(record, ChairOf(record, 4), v1::Member::STATE_SUSPENDED, now);
  EXPECT_TRUE(IsStale(record, *draft, now));
}

TEST(RotationPublicationTest, AStoredPlanGivesBackWhatThePlannerWasAskedAndSaid) {
  Record record = TestRecord(5);
  record.charter.mutable_rotation()->set_spread_window(2);
  record.unavailabilities.push_back(
      Declaration(UnitName(2), absl::CivilDay(2027, 8, 1), absl::CivilDay(2027, 8, 2), false));
  PlanAndPublish(record, kNow, 3);
  const auto stored = Draft(record, At(2027, 8, 1), 6);
  ASSERT_TRUE(stored.ok()) << stored.status();
  internal::StoredPlan copy;
  ASSERT_TRUE(copy.ParseFromString(stored->SerializeAsString()));
  EXPECT_TRUE(rotation::Validate(ProblemOf(copy), PlanOf(copy)).empty());
  const auto again = rotation::MakePlan(ProblemOf(copy));
  ASSERT_TRUE(again.ok());
  for (size_t t = 0; t < again->places.size(); ++t) {
    EXPECT_EQ(again->places[t].member, copy.places(static_cast<int>(t)).member());
  }
}

// Years of plans, publications, withdrawals, reinstatements, declarations and swaps: frozen
// terms stay as they are but for the cycle that they are counted in, terms follow each
// other without gap, nobody has two turns of a cycle, planning again changes nothing, and
// all credits that were earned are the time that has passed.
TEST(RotationPublicationTest, YearsOfChangesKeepTheRules) {
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    std::mt19937 random(seed);
    Record record = TestRecord(7);
    PlanAndPublish(record, kNow, 6);
    absl::Time now = At(2027, 1, 1);
    while (now < At(2031, 1, 1)) {
      now += absl::Hours(24 * (1 + static_cast<int>(random() % 180)));
      Settle(record, now);
      const std::string member = UnitName(1 + static_cast<int>(random() % 6));
      switch (random() % 4) {
        case 0: {
          const bool active = IsActive(record, member);
          SetState(record, member, active ? v1::Member::STATE_SUSPENDED : v1::Member::STATE_ACTIVE,
                   now);
          if (!active) record.body.add_entered(member);
          break;
        }
        case 1: {
          const size_t one = random() % record.terms.size();
          const size_t two = random() % record.terms.size();
          if (CheckExchange(record, one, two, now).ok()) Exchange(record, one, two, "换", now);
          break;
        }
        default: {
          const absl::CivilDay day = DayOf(now, kShanghai) + static_cast<int>(random() % 300);
          Declare(record, Declaration(member, day, day + 20, random() % 2 == 0), now);
        }
      }
      const auto fixed = [&] {
        std::vector<std::string> terms;
        for (size_t t = 0; t < record.terms.size() && IsFixed(record, t, now); ++t) {
          internal::StoredTerm term = record.terms[t];
          term.mutable_term()->clear_cycle();
          terms.push_back(term.SerializeAsString());
        }
        return terms;
      };
      const std::vector<std::string> before = fixed();
      const auto draft = Draft(record, now, 6);
      if (!draft.ok()) {
        EXPECT_EQ(ReasonOf(draft.status()), "ROTATION_POOL_EMPTY");
        continue;
      }
      Publish(record, *draft, "p", "测试", std::string(32, static_cast<char>('a' + random() % 26)),
              now);
      ASSERT_EQ(fixed(), before) << seed;
      std::set<std::pair<int, std::string>> turns;
      for (size_t t = 0; t < record.terms.size(); ++t) {
        const v1::ChairTerm& term = record.terms[t].term();
        if (t > 0) {
          ASSERT_EQ(StartOf(record.terms[t]), EndOf(record.terms[t - 1]));
        }
        // What is over is counted as it was.
        if (EndOf(record.terms[t]) <= now) continue;
        // Who has left the pool has no turns to count.
        const Unit& holder = record.units.at(TurnHolder(term));
        if (!InPool(record, holder)) continue;
        ASSERT_TRUE(turns.emplace(term.cycle(), TurnHolder(term)).second) << seed << " " << t;
      }
      const auto again = Draft(record, now, 6);
      ASSERT_TRUE(again.ok()) << again.status();
      ASSERT_EQ(again->plan().differences_size(), 0) << seed << " " << now;
      Settle(record, now);
    }
    rotation::Credit sum = 0;
    for (const auto& [member, unit] : record.units) sum += Earned(record, member, now);
    rotation::Credit passed = 0;
    for (const internal::StoredTerm& term : record.terms) {
      passed +=
          rotation::CreditOf(StartOf(term), std::min(now, EndOf(term)), StartOf(term), EndOf(term));
    }
    EXPECT_EQ(sum, passed) << seed;
  }
}

}  // namespace
}  // namespace jinhuan::alliance::chair
