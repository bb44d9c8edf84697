// Who belongs to a meeting: by its body, by what became of the units since, by who is there.
#include <gmock/gmock.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>

#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/majority_meter.h"
#include "meeting-svc/storage/ballot_fixture.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ITEM_KIND_MAJOR;
using alliance::v1::ITEM_KIND_ORDINARY;
using alliance::v1::ITEM_KIND_UNSPECIFIED;
using alliance::v1::Member;
using alliance::v1::Tier;
using alliance::v1::TIER_COUNCIL;
using alliance::v1::TIER_ORDINARY;
using alliance::v1::TIER_STANDING;
using Fraction = boost::multiprecision::cpp_rational;

class BodyTest : public BallotTest {
 protected:
  absl::StatusOr<v1::Quorum> Quorum(const MeetingKey& key) {
    return Do([&](db::Connection& c) { return FloorStore().Quorum(c, key, Charter(), now_); });
  }
  absl::StatusOr<v1::Ballot> OpenOn(const MeetingKey& key, const std::string& item,
                                    alliance::v1::ItemKind kind) {
    v1::Ballot ballot;
    ballot.set_question("是否通过");
    ballot.set_agenda_item(item);
    ballot.set_kind(kind);
    return Do([&](db::Connection& c) { return ballots_.Open(c, Call(), key, ballot); });
  }
};

TEST_F(BodyTest, TheStandingCouncilIsItsUnitsAndNoOthers) {
  Apply(Charter());
  for (int i = 0; i < 3; ++i) PutUnit(i, TIER_STANDING);
  PutUnit(3, TIER_COUNCIL);
  PutUnit(4, TIER_ORDINARY);
  const MeetingKey key = BeginMeeting(v1::MEETING_BODY_STANDING);
  EXPECT_EQ(Get(key)->invited_count(), 3);
  EXPECT_EQ(ReasonOf(Answer(key, Id(4), v1::ANSWER_ATTEND).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Grant(key, Id(4), Id(0)).status()), "NOT_INVITED");
  EXPECT_EQ(ReasonOf(Grant(key, Id(0), Id(3)).status()), "NOT_INVITED");
  for (int i = 0; i < 2; ++i) SetPresent(key, Id(i), true);
  const auto ballot = Open(key, ITEM_KIND_ORDINARY);
  ASSERT_TRUE(ballot.ok()) << ballot.status();
  EXPECT_EQ(ballot->count().entitled_units(), 3);
  EXPECT_EQ(ballot->count().quorum_units(), 2);
  EXPECT_EQ(ReasonOf(Vote(IdOf(*ballot), Id(4), v1::CHOICE_FOR).status()), "NOT_ENTITLED");
  EXPECT_TRUE(Vote(IdOf(*ballot), Id(0), v1::CHOICE_FOR).ok());
  // The council takes the standing council in; not given means all.
  EXPECT_EQ(Get(BeginMeeting(v1::MEETING_BODY_COUNCIL))->invited_count(), 4);
  EXPECT_EQ(Get(BeginMeeting(v1::MEETING_BODY_PLENARY))->invited_count(), 5);
  EXPECT_EQ(Get(BeginMeeting(v1::MEETING_BODY_UNSPECIFIED))->invited_count(), 5);
}

TEST_F(BodyTest, ABodyWithoutUnitsIsNotConvened) {
  PutUnit(0, TIER_ORDINARY);
  const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1), v1::MEETING_BODY_STANDING));
  EXPECT_EQ(ReasonOf(Convene(key).status()), "NOBODY_TO_INVITE");
}

// Who changes its tier once notice went out stays what it was for this meeting.
TEST_F(BodyTest, TheUnitsAreFixedByTheNotice) {
  Apply(Charter());
  PutUnit(0, TIER_STANDING);
  PutUnit(1, TIER_ORDINARY);
  const MeetingKey key = BeginMeeting(v1::MEETING_BODY_STANDING);
  PutUnit(0, TIER_ORDINARY);
  PutUnit(1, TIER_STANDING);
  SetPresent(key, Id(0), true);
  const auto ballot = Open(key, ITEM_KIND_ORDINARY);
  ASSERT_TRUE(ballot.ok()) << ballot.status();
  EXPECT_EQ(ballot->count().entitled_units(), 1);
  EXPECT_TRUE(Vote(IdOf(*ballot), Id(0), v1::CHOICE_FOR).ok());
  EXPECT_EQ(ReasonOf(Vote(IdOf(*ballot), Id(1), v1::CHOICE_FOR).status()), "NOT_ENTITLED");
}

TEST_F(BodyTest, ASuspendedUnitLeavesTheBaseOfWhatIsOpenedLater) {
  const MeetingKey key = InSession(4, 2);
  ASSERT_TRUE(Grant(key, Id(3), Id(1)).ok());
  const auto before = Open(key, ITEM_KIND_ORDINARY);
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(before->count().present_units(), 3);
  EXPECT_EQ(before->open_quorum().dropped_count(), 0);
  ASSERT_TRUE(Vote(IdOf(*before), Id(0), v1::CHOICE_FOR).ok());

  PutUnit(1, TIER_ORDINARY, Member::STATE_SUSPENDED);
  // It stays on the roll that was fixed, takes part no more, and stands for nobody.
  EXPECT_EQ(ReasonOf(Vote(IdOf(*before), Id(1), v1::CHOICE_FOR).status()), "NOT_PRESENT");
  EXPECT_EQ(ReasonOf(Vote(IdOf(*before), Id(3), v1::CHOICE_FOR, Id(1)).status()), "NOT_PRESENT");
  EXPECT_EQ(ReasonOf(Grant(key, Id(2), Id(1)).status()), "NOT_INVITED");
  const auto closed = Close(IdOf(*before));
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->count().entitled_units(), 4);
  EXPECT_EQ(closed->count().present_units(), 1);
  EXPECT_EQ(closed->outcome(), v1::Ballot::OUTCOME_NO_QUORUM);
  EXPECT_FALSE(closed->close_quorum().met());
  EXPECT_EQ(closed->close_quorum().observer_count(), 1);  // it sits there

  // Of what is opened from now on it is not in the base.
  EXPECT_EQ(Quorum(key)->entitled_count(), 3);
  EXPECT_EQ(ReasonOf(Open(key, ITEM_KIND_ORDINARY).status()), "QUORUM_MISSED");  // 1 of 3
  SetPresent(key, Id(2), true);
  const auto after = Open(key, ITEM_KIND_ORDINARY);
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->count().entitled_units(), 3);
  EXPECT_EQ(after->open_quorum().dropped_count(), 1);
  EXPECT_EQ(ReasonOf(Vote(IdOf(*after), Id(1), v1::CHOICE_FOR).status()), "NOT_ENTITLED");
  // Once it is back it counts in what is opened then.
  PutUnit(1, TIER_ORDINARY);
  EXPECT_EQ(Open(key, ITEM_KIND_ORDINARY)->count().entitled_units(), 4);
}

TEST_F(BodyTest, TheQuorumIsKeptAsEvidence) {
  const MeetingKey key = InSession(6, 2);
  Run("UPDATE invitation SET answer = 3 WHERE member_id IN ('m004', 'm005')");
  Run("INSERT INTO attendance VALUES ('a', '" + key.id + "', 'guest', 1, 1, '')");
  ASSERT_TRUE(Grant(key, Id(3), Id(0)).ok());
  const auto quorum = Quorum(key);
  ASSERT_TRUE(quorum.ok()) << quorum.status();
  EXPECT_EQ(quorum->entitled_count(), 6);
  EXPECT_EQ(quorum->present_count(), 3);
  EXPECT_EQ(quorum->proxy_count(), 1);
  EXPECT_EQ(quorum->leave_count(), 2);
  EXPECT_EQ(quorum->observer_count(), 1);
  EXPECT_EQ(quorum->rule().numerator(), 1);
  EXPECT_EQ(quorum->rule().denominator(), 2);
  EXPECT_EQ(quorum->needed_count(), 3);
  EXPECT_TRUE(quorum->met());
  EXPECT_EQ(quorum->charter_version(), 3);
  EXPECT_EQ(api::FromProto(quorum->time()), now_);
  const auto ballot = Open(key, ITEM_KIND_ORDINARY);
  ASSERT_TRUE(ballot.ok()) << ballot.status();
  EXPECT_EQ(ballot->open_quorum().SerializeAsString(), quorum->SerializeAsString());
  SetPresent(key, Id(0), false);
  const auto closed = Close(IdOf(*ballot));
  EXPECT_EQ(closed->open_quorum().SerializeAsString(), quorum->SerializeAsString());
  EXPECT_EQ(closed->close_quorum().present_count(), 1);
  EXPECT_FALSE(closed->close_quorum().met());
}

TEST_F(BodyTest, AKindThatIsLeftOutIsTheItems) {
  const MeetingKey key = InSession(2, 2);
  Run("UPDATE meeting SET state = 1");
  v1::Meeting after = *Get(key);
  const v1::Meeting before = after;
  after.set_state(v1::Meeting::STATE_OPEN);
  v1::AgendaItem& item = *after.add_agenda_items();
  item.set_id("i1");
  item.set_kind(ITEM_KIND_MAJOR);
  after.add_agenda_items()->set_id("i2");
  ASSERT_TRUE(Do([&](db::Connection& c) {
                return meetings_.Put(c, Call(), key, before, after, false);
              }).ok());
  const auto ballot = OpenOn(key, "i1", ITEM_KIND_UNSPECIFIED);
  ASSERT_TRUE(ballot.ok()) << ballot.status();
  EXPECT_EQ(ballot->kind(), ITEM_KIND_MAJOR);
  EXPECT_EQ(ballot->rule().kind(), ITEM_KIND_MAJOR);
  EXPECT_EQ(ReasonOf(OpenOn(key, "i1", ITEM_KIND_ORDINARY).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(OpenOn(key, "i2", ITEM_KIND_UNSPECIFIED).status()), "FIELD_REQUIRED");
  EXPECT_EQ(OpenOn(key, "i2", ITEM_KIND_ORDINARY)->kind(), ITEM_KIND_ORDINARY);
}

// A unit as the oracle knows it.
struct Unit {
  Tier tier;
  bool suspended_before;
  bool suspended_after;
  bool present;
  int holder;  // who stands for it; -1 nobody
  v1::Choice choice;
};

// Whether a tier belongs to a body, said once more, in other words than the program's.
bool Belongs(Tier tier, v1::MeetingBody body) {
  if (body == v1::MEETING_BODY_STANDING) return tier == TIER_STANDING;
  if (body == v1::MEETING_BODY_COUNCIL) return tier != TIER_ORDINARY;
  return true;
}

// Random alliances, bodies, absences, proxies, suspensions and votes: base, quorum, meter and
// outcome are what the words of the charter say, in exact fractions.
TEST_F(BodyTest, AgreesWithTheWordsOfTheCharterForEachBody) {
  std::mt19937 random(20261128);
  const auto pick = [&](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
  };
  alliance::v1::Charter charter = Charter();
  charter.mutable_meeting()->set_max_proxies(5);
  int outcomes[4] = {};
  for (int round = 0; round < 60; ++round) {
    Run("DELETE FROM member");
    Run("DELETE FROM attendance");
    charter.mutable_meeting()->clear_tier_weights();
    int weights[4] = {1, 1, 1, 1};
    for (int tier = 1; tier <= 3; ++tier) {
      alliance::v1::TierWeight& weight = *charter.mutable_meeting()->add_tier_weights();
      weight.set_tier(static_cast<Tier>(tier));
      weights[tier] = pick(0, 3);
      weight.set_votes(weights[tier]);
    }
    alliance::v1::ItemRule& rule = *charter.mutable_meeting()->mutable_item_rules(0);
    rule.mutable_quorum()->set_denominator(pick(1, 4));
    rule.mutable_quorum()->set_numerator(pick(0, rule.quorum().denominator()));
    rule.mutable_majority()->set_denominator(pick(1, 4));
    rule.mutable_majority()->set_numerator(pick(0, rule.majority().denominator()));
    rule.set_majority_base(static_cast<alliance::v1::VoteBase>(pick(1, 3)));
    rule.set_majority_inclusive(pick(0, 1) == 1);
    Apply(charter);

    const auto body = static_cast<v1::MeetingBody>(round % 4);
    std::vector<Unit> units;
    const int count = pick(3, 14);
    for (int i = 0; i < count; ++i) {
      units.push_back({static_cast<Tier>(i == 0 ? 1 : pick(1, 3)), i > 0 && pick(0, 6) == 0,
                       i > 0 && pick(0, 6) == 0, pick(0, 3) > 0, -1,
                       static_cast<v1::Choice>(pick(0, 3))});
      PutUnit(i, units[i].tier,
              units[i].suspended_before ? Member::STATE_SUSPENDED : Member::STATE_ACTIVE);
    }
    const MeetingKey key = BeginMeeting(body);
    const auto is_due = [&](const Unit& unit) {
      return Belongs(unit.tier, body) && !unit.suspended_before;
    };
    for (int i = 0; i < count; ++i) {
      // Who is not due may sit there; it makes no difference.
      if (units[i].present) {
        Run(fmt::format("REPLACE INTO attendance VALUES ('a', '{}', '{}', 1, {}, '')", key.id,
                        Id(i), is_due(units[i]) ? 0 : 1));
      }
    }
    const int holder = pick(0, count - 1);
    for (int i = 0; i < count; ++i) {
      if (i == holder || units[i].present || pick(0, 1) == 0) continue;
      const bool granted = Grant(key, Id(i), Id(holder)).ok();
      EXPECT_EQ(granted, is_due(units[i]) && is_due(units[holder]));
      if (granted) units[i].holder = holder;
    }
    for (int i = 0; i < count; ++i) {
      if (units[i].suspended_after && !units[i].suspended_before) {
        PutUnit(i, units[i].tier, Member::STATE_SUSPENDED);
      }
    }

    // The oracle.
    const auto takes_part = [&](const Unit& unit) {
      const auto here = [&](const Unit& one) {
        return is_due(one) && !one.suspended_after && one.present;
      };
      if (unit.suspended_after) return false;
      return here(unit) || (unit.holder >= 0 && here(units[unit.holder]));
    };
    int entitled = 0;
    int present = 0;
    int64_t all_votes = 0;
    int64_t votes_there = 0;
    int64_t in_favour = 0;
    int64_t opposed = 0;
    for (const Unit& unit : units) {
      const int votes = weights[unit.tier];
      if (!is_due(unit) || unit.suspended_after || votes == 0) continue;
      ++entitled;
      all_votes += votes;
      if (!takes_part(unit)) continue;
      ++present;
      votes_there += votes;
      in_favour += unit.choice == v1::CHOICE_FOR ? votes : 0;
      opposed += unit.choice == v1::CHOICE_AGAINST ? votes : 0;
    }
    const Fraction least = Fraction(rule.quorum().numerator()) / rule.quorum().denominator();
    const bool met = Fraction(present) >= least * entitled;

    const auto quorum =
        Do([&](db::Connection& c) { return FloorStore().Quorum(c, key, charter, now_); });
    ASSERT_TRUE(quorum.ok()) << quorum.status();
    ASSERT_EQ(quorum->entitled_count(), entitled) << round;
    ASSERT_EQ(quorum->present_count(), present) << round;
    ASSERT_EQ(quorum->met(), met) << round;
    const auto ballot = Open(key, ITEM_KIND_ORDINARY);
    ASSERT_EQ(ReasonOf(ballot.status()), met ? "" : "QUORUM_MISSED") << round;
    if (!met) {
      ++outcomes[v1::Ballot::OUTCOME_NO_QUORUM];
      continue;
    }
    ASSERT_EQ(ballot->count().entitled_votes(), all_votes) << round;
    ASSERT_EQ(ballot->count().present_votes(), votes_there) << round;
    for (int i = 0; i < count; ++i) {
      const Unit& unit = units[i];
      if (unit.choice == v1::CHOICE_UNSPECIFIED) continue;
      const std::string by = unit.present || unit.holder < 0 ? Id(i) : Id(unit.holder);
      const bool may = is_due(unit) && weights[unit.tier] > 0 && takes_part(unit);
      ASSERT_EQ(Vote(IdOf(*ballot), Id(i), unit.choice, by).ok(), may) << round << ' ' << i;
    }
    Fraction base = votes_there;
    if (rule.majority_base() == alliance::v1::VOTE_BASE_ENTITLED) base = all_votes;
    if (rule.majority_base() == alliance::v1::VOTE_BASE_CAST) base = in_favour + opposed;
    const Fraction asked = base * rule.majority().numerator() / rule.majority().denominator();
    bool carried = rule.majority_inclusive() ? in_favour >= asked : in_favour > asked;
    // Of no vote at all no fraction carries, but none is.
    if (base == 0) carried = rule.majority().numerator() == 0 && rule.majority_inclusive();
    const auto closed = Close(IdOf(*ballot));
    ASSERT_TRUE(closed.ok()) << closed.status();
    ASSERT_EQ(closed->outcome(),
              carried ? v1::Ballot::OUTCOME_CARRIED : v1::Ballot::OUTCOME_REJECTED)
        << round << closed->DebugString();
    ++outcomes[closed->outcome()];
  }
  for (const int outcome : {1, 2, 3}) EXPECT_GT(outcomes[outcome], 5) << outcome;
}

}  // namespace
}  // namespace jinhuan::meeting
