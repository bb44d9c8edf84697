#include "alliance-svc/domain/rotation_view.h"

#include <algorithm>
#include <tuple>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_credit.h"
#include "alliance-svc/domain/rotation_reasons.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "platform/api/time.h"

namespace jinhuan::alliance::chair {
namespace {

v1::PoolEntry ViewEntry(const Record& record, const std::string& member, absl::Time now) {
  v1::PoolEntry entry;
  entry.set_member(member);
  entry.set_member_display_name(DisplayName(record, member));
  entry.set_credit_micros(CreditAt(record, member, now));
  if (const auto last = LastInChair(record, member, now)) {
    *entry.mutable_last_chair_time() = api::ToProto(*last);
  }
  entry.set_turn_taken(TurnTaken(record, member, CycleAt(record, now), now));
  const absl::CivilDay end = EndDay(absl::CivilDay(absl::CivilMonth(DayOf(now, record.zone))),
                                    record.charter.rotation().term_months());
  const Obstacle obstacle = ObstacleTo(record, member, now, Midnight(end, record.zone));
  entry.set_eligible(!obstacle);
  entry.set_obstacle(obstacle.zh);
  return entry;
}

std::vector<v1::PoolEntry> ViewPool(const Record& record, absl::Time now) {
  std::vector<v1::PoolEntry> pool;
  for (const auto& [member, unit] : record.units) {
    if (InPool(record, unit)) pool.push_back(ViewEntry(record, member, now));
  }
  const auto rank = [&](const v1::PoolEntry& entry) {
    return std::make_tuple(entry.credit_micros(), WaitingSince(record, entry.member(), now),
                           std::string_view(entry.member()));
  };
  std::sort(pool.begin(), pool.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return pool;
}

}  // namespace

void NameUnits(const Record& record, v1::ChairTerm& term) {
  term.set_member_display_name(DisplayName(record, term.member()));
  for (v1::StandIn& stand_in : *term.mutable_stand_ins()) {
    stand_in.set_member_display_name(DisplayName(record, stand_in.member()));
  }
}

v1::ChairTerm ViewTerm(const Record& record, size_t index, absl::Time now) {
  v1::ChairTerm term = record.terms[index].term();
  NameUnits(record, term);
  term.set_state(StateOf(record, index, now));
  term.set_deputy(DeputyOf(record, index));
  term.set_adviser(AdviserOf(record, index));
  return term;
}

v1::Rotation ViewRotation(const Record& record, absl::Time now, bool with_pool) {
  v1::Rotation rotation;
  rotation.set_name(record.alliance + "/rotation");
  rotation.set_seed_commitment(rotation::LotteryCommitment(record.seed));
  *rotation.mutable_revealed_seeds() = record.body.revealed_seeds();
  ReplanNeed need = ReplanNeedOf(record, now);
  rotation.set_needs_replan(need.needed);
  rotation.mutable_replan_reasons()->Assign(need.reasons.begin(), need.reasons.end());
  if (with_pool) {
    const std::vector<v1::PoolEntry> pool = ViewPool(record, now);
    rotation.mutable_pool()->Assign(pool.begin(), pool.end());
  }
  rotation.set_etag(std::to_string(record.version));
  return rotation;
}

bool IsStale(const Record& record, const internal::StoredPlan& draft, absl::Time now) {
  if (draft.basis() != record.body.basis()) return true;
  if (draft.plan().charter_version() != record.charter.version()) return true;
  for (int i = 0; i < draft.frozen_size(); ++i) {
    const auto index = TermNamed(record, draft.plan().terms(i).name());
    const bool frozen = index.has_value() && Stands(record, *index, now);
    const bool over = api::FromProto(draft.plan().terms(i).end_time()) <= now;
    if (over || frozen != draft.frozen(i)) return true;
  }
  return false;
}

v1::RotationPlan ViewDraft(const Record& record, const internal::StoredPlan& draft,
                           absl::Time now) {
  v1::RotationPlan plan = draft.plan();
  for (v1::ChairTerm& term : *plan.mutable_terms()) NameUnits(record, term);
  plan.set_stale(IsStale(record, draft, now));
  return plan;
}

v1::TermSwap ViewSwap(const Record& record, v1::TermSwap swap) {
  swap.set_member_display_name(DisplayName(record, swap.member()));
  swap.set_other_member_display_name(DisplayName(record, swap.other_member()));
  return swap;
}

v1::Unavailability ViewUnavailability(const Record& record, v1::Unavailability declared) {
  declared.set_member_display_name(DisplayName(record, declared.member()));
  return declared;
}

}  // namespace jinhuan::alliance::chair
