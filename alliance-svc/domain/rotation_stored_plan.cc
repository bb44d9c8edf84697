#include "alliance-svc/domain/rotation_stored_plan.h"

#include <algorithm>

#include "alliance-svc/domain/rotation_reasons.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_view.h"
#include "platform/api/time.h"

namespace jinhuan::alliance::chair {
namespace {

v1::ChairTerm NewTerm(const Record& record, const Question& question, const Slot& slot,
                      const rotation::Place& place) {
  v1::ChairTerm term;
  term.set_name(TermName(record.alliance, slot.first_day));
  *term.mutable_start_time() = api::ToProto(slot.start);
  *term.mutable_end_time() = api::ToProto(slot.end);
  term.set_member(place.member);
  term.set_state(v1::ChairTerm::STATE_DRAFT);
  term.set_charter_version(record.charter.version());
  term.set_cycle(question.first_cycle + place.cycle);
  term.set_credit_micros(place.credit);
  NameUnits(record, term);
  return term;
}

// The term of a slot as the plan has it.
v1::ChairTerm PlannedTerm(const Record& record, const Question& question, const Slot& slot,
                          const rotation::Place& place, absl::Time now) {
  if (slot.frozen) {
    v1::ChairTerm term = ViewTerm(record, *slot.published, now);
    term.set_cycle(question.first_cycle + place.cycle);
    return term;
  }
  v1::ChairTerm term = NewTerm(record, question, slot, place);
  if (!slot.published.has_value()) {
    term.set_reason(WhyGiven(term.cycle(), place.credit));
    return term;
  }
  const v1::ChairTerm& published = record.terms[*slot.published].term();
  *term.mutable_changes() = published.changes();
  if (published.member() != place.member) {
    term.set_reason(WhyChanged(record, question, slot, place.member));
    return term;
  }
  *term.mutable_stand_ins() = published.stand_ins();
  term.set_reason(published.reason());
  term.set_charter_version(published.charter_version());
  NameUnits(record, term);
  return term;
}

void AddDifferences(const Record& record, const Question& question, absl::Time now,
                    v1::RotationPlan& plan) {
  for (size_t t = 0; t < question.slots.size(); ++t) {
    const Slot& slot = question.slots[t];
    const v1::ChairTerm& term = plan.terms(static_cast<int>(t));
    const std::string published =
        slot.published.has_value() ? record.terms[*slot.published].term().member() : "";
    if (slot.frozen || published == term.member()) continue;
    v1::PlanDifference& difference = *plan.add_differences();
    difference.set_term(term.name());
    difference.set_published_member(published);
    difference.set_planned_member(term.member());
    difference.set_reason(term.reason());
  }
  for (size_t i = 0; i < record.terms.size(); ++i) {
    const bool kept = IsFixed(record, i, now) ||
                      std::any_of(question.slots.begin(), question.slots.end(),
                                  [&](const Slot& slot) { return slot.published == i; });
    if (kept) continue;
    v1::PlanDifference& difference = *plan.add_differences();
    difference.set_term(record.terms[i].term().name());
    difference.set_published_member(record.terms[i].term().member());
    difference.set_reason("章程规定的任期长度已变更，该任期取消");
  }
}

v1::RotationPlan ShowPlan(const Record& record, const Question& question,
                          const rotation::Plan& plan, absl::Time now) {
  v1::RotationPlan shown;
  for (size_t t = 0; t < question.slots.size(); ++t) {
    *shown.add_terms() = PlannedTerm(record, question, question.slots[t], plan.places[t], now);
  }
  for (int t = 0; t < shown.terms_size(); ++t) {
    v1::ChairTerm& term = *shown.mutable_terms(t);
    if (t > 0) term.set_adviser(TurnHolder(shown.terms(t - 1)));
    if (t + 1 < shown.terms_size()) term.set_deputy(TurnHolder(shown.terms(t + 1)));
  }
  for (const std::vector<std::string>& cycle : plan.deferred) {
    for (const std::string& member : cycle) {
      const auto& known = shown.deferred();
      if (std::find(known.begin(), known.end(), member) == known.end()) shown.add_deferred(member);
    }
  }
  shown.mutable_cost()->set_published_changes(plan.cost.published_changes);
  shown.mutable_cost()->set_credit_inversions(plan.cost.credit_inversions);
  shown.mutable_cost()->set_spacing_violations(plan.cost.spacing_violations);
  shown.mutable_cost()->set_unmet_preferences(plan.cost.unmet_preferences);
  AddDifferences(record, question, now, shown);
  shown.set_charter_version(record.charter.version());
  *shown.mutable_create_time() = api::ToProto(now);
  return shown;
}

internal::PlanInput StoreProblem(const Record& record, const Question& question) {
  const rotation::Problem& problem = question.problem;
  internal::PlanInput input;
  for (const Slot& slot : question.slots) {
    input.add_terms(TermName(record.alliance, slot.first_day));
  }
  input.set_spread_window(problem.spread_window);
  for (const rotation::Unit& unit : problem.units) {
    internal::PlanUnit& stored = *input.add_units();
    stored.set_member(unit.member);
    stored.set_display_name(DisplayName(record, unit.member));
    stored.set_sector(unit.sector);
    stored.set_credit(unit.credit);
    stored.set_waiting_since(unit.waiting_since);
    stored.set_lottery(unit.lottery);
    stored.set_turn_taken(unit.turn_taken);
    stored.mutable_can_serve()->Assign(unit.can_serve.begin(), unit.can_serve.end());
    stored.mutable_prefers_not()->Assign(unit.prefers_not.begin(), unit.prefers_not.end());
  }
  input.mutable_sectors_before()->Assign(problem.sectors_before.begin(),
                                         problem.sectors_before.end());
  input.mutable_frozen()->Assign(problem.frozen.begin(), problem.frozen.end());
  input.mutable_published()->Assign(problem.published.begin(), problem.published.end());
  return input;
}

// Whether a unit has no turn in a cycle although it could but for what it declared.
bool IsPassed(const Record& record, const Question& question, const rotation::Plan& plan,
              const rotation::Unit& unit, int cycle) {
  if ((cycle == 0 && unit.turn_taken) ||
      Waived(record, unit.member, question.first_cycle + cycle)) {
    return false;
  }
  bool passed = false;
  for (size_t t = 0; t < plan.places.size(); ++t) {
    if (plan.places[t].cycle != cycle) continue;
    if (plan.places[t].member == unit.member) return false;
    const Slot& slot = question.slots[t];
    passed = passed || (!slot.frozen && !unit.can_serve[t] &&
                        !StandingObstacle(record, unit.member, slot.start));
  }
  return passed;
}

// In the cycles that the horizon does not cut off.
void StorePassed(const Record& record, const Question& question, const rotation::Plan& plan,
                 internal::StoredPlan& stored) {
  const int last = plan.places.empty() ? 0 : plan.places.back().cycle;
  for (int cycle = 0; cycle < last; ++cycle) {
    for (const rotation::Unit& unit : question.problem.units) {
      if (!IsPassed(record, question, plan, unit, cycle)) continue;
      internal::PassedTurn& passed = *stored.add_passed();
      passed.set_member(unit.member);
      passed.set_cycle(question.first_cycle + cycle);
    }
  }
}

}  // namespace

internal::StoredPlan StorePlan(const Record& record, const Question& question,
                               const rotation::Plan& plan, absl::Time now) {
  internal::StoredPlan stored;
  *stored.mutable_input() = StoreProblem(record, question);
  for (const rotation::Place& place : plan.places) {
    internal::PlanPlace& kept = *stored.add_places();
    kept.set_member(place.member);
    kept.set_cycle(place.cycle);
    kept.set_credit(place.credit);
  }
  for (const std::vector<std::string>& cycle : plan.deferred) {
    stored.add_deferred()->mutable_members()->Assign(cycle.begin(), cycle.end());
  }
  stored.set_basis(record.body.basis());
  stored.set_first_cycle(question.first_cycle);
  *stored.mutable_plan() = ShowPlan(record, question, plan, now);
  for (const auto& [member, entry] : question.entries) {
    internal::PlanEntry& kept = *stored.add_entries();
    kept.set_member(member);
    kept.set_base_credit(entry.base_credit);
    kept.set_waiting_since(entry.waiting_since);
  }
  for (const Slot& slot : question.slots) stored.add_frozen(slot.frozen);
  StorePassed(record, question, plan, stored);
  return stored;
}

rotation::Problem ProblemOf(const internal::StoredPlan& stored) {
  const internal::PlanInput& input = stored.input();
  rotation::Problem problem;
  problem.terms = input.terms_size();
  problem.spread_window = input.spread_window();
  for (const internal::PlanUnit& kept : input.units()) {
    rotation::Unit& unit = problem.units.emplace_back();
    unit.member = kept.member();
    unit.sector = kept.sector();
    unit.credit = kept.credit();
    unit.waiting_since = kept.waiting_since();
    unit.lottery = kept.lottery();
    unit.turn_taken = kept.turn_taken();
    unit.can_serve.assign(kept.can_serve().begin(), kept.can_serve().end());
    unit.prefers_not.assign(kept.prefers_not().begin(), kept.prefers_not().end());
  }
  problem.sectors_before.assign(input.sectors_before().begin(), input.sectors_before().end());
  problem.frozen.assign(input.frozen().begin(), input.frozen().end());
  problem.published.assign(input.published().begin(), input.published().end());
  return problem;
}

rotation::Plan PlanOf(const internal::StoredPlan& stored) {
  rotation::Plan plan;
  for (const internal::PlanPlace& kept : stored.places()) {
    plan.places.push_back({kept.member(), kept.cycle(), kept.credit()});
  }
  for (const internal::PlanMembers& cycle : stored.deferred()) {
    plan.deferred.emplace_back(cycle.members().begin(), cycle.members().end());
  }
  const v1::PlanCost& cost = stored.plan().cost();
  plan.cost = {cost.published_changes(), cost.credit_inversions(), cost.spacing_violations(),
               cost.unmet_preferences()};
  return plan;
}

}  // namespace jinhuan::alliance::chair
