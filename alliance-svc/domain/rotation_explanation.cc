#include "alliance-svc/domain/rotation_explanation.h"

#include <algorithm>
#include <map>

#include "alliance-svc/domain/rotation_plan.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_stored_plan.h"
#include "alliance-svc/domain/rotation_text.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::chair {
namespace {

using rotation::Alternative;

using Standings = std::map<std::string, Standing, std::less<>>;

Standings StandingsOf(const internal::StoredPlan& plan) {
  Standings standings;
  for (const internal::PlanUnit& unit : plan.input().units()) {
    standings[unit.member()] = {unit.display_name(), unit.credit(), unit.waiting_since()};
  }
  return standings;
}

Standing StandingOf(const Standings& standings, const std::string& member) {
  const auto found = standings.find(member);
  return found == standings.end() ? Standing{member} : found->second;
}

v1::Alternative::Obstacle ToProto(Alternative::Obstacle obstacle) {
  switch (obstacle) {
    case Alternative::Obstacle::kNone:
      return v1::Alternative::OBSTACLE_UNSPECIFIED;
    case Alternative::Obstacle::kFrozen:
      return v1::Alternative::OBSTACLE_FROZEN;
    case Alternative::Obstacle::kNotEligible:
      return v1::Alternative::OBSTACLE_NOT_ELIGIBLE;
    case Alternative::Obstacle::kTurnTaken:
      return v1::Alternative::OBSTACLE_TURN_TAKEN;
  }
  return v1::Alternative::OBSTACLE_UNSPECIFIED;
}

v1::Alternative::Decided ToProto(Alternative::Decided decided) {
  switch (decided) {
    case Alternative::Decided::kCycle:
      return v1::Alternative::DECIDED_CYCLE;
    case Alternative::Decided::kPublishedChanges:
      return v1::Alternative::DECIDED_PUBLISHED_CHANGES;
    case Alternative::Decided::kCreditInversions:
      return v1::Alternative::DECIDED_CREDIT_INVERSIONS;
    case Alternative::Decided::kSpacing:
      return v1::Alternative::DECIDED_SPACING;
    case Alternative::Decided::kPreference:
      return v1::Alternative::DECIDED_PREFERENCE;
    case Alternative::Decided::kCredit:
      return v1::Alternative::DECIDED_CREDIT;
    case Alternative::Decided::kWait:
      return v1::Alternative::DECIDED_WAIT;
    case Alternative::Decided::kLottery:
      return v1::Alternative::DECIDED_LOTTERY;
  }
  return v1::Alternative::DECIDED_UNSPECIFIED;
}

v1::Alternative ViewAlternative(const Standing& chair, const Standing& other,
                                const Alternative& alternative, const rotation::Cost& cost) {
  v1::Alternative view;
  view.set_member(alternative.member);
  view.set_member_display_name(other.display_name);
  view.set_obstacle(ToProto(alternative.obstacle));
  if (alternative.obstacle == Alternative::Obstacle::kNone) {
    view.set_decided(ToProto(alternative.decided));
    view.mutable_cost()->set_published_changes(alternative.cost.published_changes);
    view.mutable_cost()->set_credit_inversions(alternative.cost.credit_inversions);
    view.mutable_cost()->set_spacing_violations(alternative.cost.spacing_violations);
    view.mutable_cost()->set_unmet_preferences(alternative.cost.unmet_preferences);
    view.set_displaced_terms(alternative.displaced);
  }
  Text text = ExplainAlternative(chair, other, alternative, cost);
  view.set_text(std::move(text.zh));
  view.set_text_en(std::move(text.en));
  return view;
}

// The place of the term in the plan; past the last when it has none.
int IndexOf(const internal::StoredPlan& plan, const std::string& term) {
  const auto& names = plan.input().terms();
  return static_cast<int>(std::find(names.begin(), names.end(), term) - names.begin());
}

}  // namespace

absl::StatusOr<std::vector<Alternative>> AlternativesTo(const internal::StoredPlan& plan,
                                                        const std::string& term) {
  const int index = IndexOf(plan, term);
  if (index == plan.input().terms_size()) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", term}});
  }
  return rotation::Alternatives(ProblemOf(plan), PlanOf(plan), index);
}

v1::Explanation Explain(const internal::StoredPlan& plan, const v1::ChairTerm& term,
                        const std::vector<Alternative>& alternatives) {
  const int index = IndexOf(plan, term.name());
  const rotation::Problem problem = ProblemOf(plan);
  const rotation::Plan planned = PlanOf(plan);
  const rotation::Place& place = planned.places[index];
  const Standings standings = StandingsOf(plan);
  Standing chair = StandingOf(standings, place.member);
  chair.credit = place.credit;

  TermFacts facts;
  facts.display_name =
      place.member == term.member() ? chair.display_name : term.member_display_name();
  facts.first_day = DayId(FirstDayOf(term.name()));
  facts.cycle = plan.first_cycle() + place.cycle;
  facts.credit = place.credit;
  facts.frozen = plan.frozen(index);
  facts.kept = problem.published[index] == place.member;
  facts.units = static_cast<int>(problem.units.size());
  facts.charter_version = plan.plan().charter_version();
  if (place.member != term.member()) {
    facts.planned_display_name = chair.display_name;
    facts.changed_because = term.reason();
  }
  v1::Explanation explanation;
  *explanation.mutable_term() = term;
  Text summary = Summarise(facts);
  explanation.set_summary(std::move(summary.zh));
  explanation.set_summary_en(std::move(summary.en));
  for (const Alternative& alternative : alternatives) {
    const Standing other = StandingOf(standings, alternative.member);
    *explanation.add_alternatives() = ViewAlternative(chair, other, alternative, planned.cost);
  }
  return explanation;
}

}  // namespace jinhuan::alliance::chair
