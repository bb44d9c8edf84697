#include "alliance-svc/domain/rotation_drafting.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/strings/str_join.h"
#include "alliance-svc/domain/rotation_problem.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_stored_plan.h"
#include "alliance-svc/facts/date.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance::chair {
namespace {

using v1::Supposition;

constexpr int kMostTerms = 60;
constexpr int kMostSuppositions = 20;
constexpr int kFirstDateYears = 5;

void CheckSupposition(const std::string& field, const Supposition& supposition,
                      Violations& violations) {
  const bool imagined = supposition.member().empty();
  switch (supposition.event()) {
    case Supposition::EVENT_WITHDRAW:
      violations.Require(field + ".member", !imagined);
      return;
    case Supposition::EVENT_JOIN:
      if (!imagined) return;
      violations.Check(field + ".sector",
                       supposition.sector() != v1::SECTOR_UNSPECIFIED &&
                           v1::Sector_IsValid(supposition.sector()),
                       "a sector, for an imagined unit", "假设单位须指定行业");
      return;
    case Supposition::EVENT_UNAVAILABLE: {
      violations.Require(field + ".member", !imagined);
      const auto start = ToCivilDay(supposition.start_date());
      const auto end = ToCivilDay(supposition.end_date());
      violations.Check(field + ".end_date", start.has_value() && end.has_value() && *start < *end,
                       "a day after start_date", "晚于开始日期的日期");
      return;
    }
    default:
      violations.Check(field + ".event", false, "one of the listed values", "所列选项之一");
  }
}

// `record` as it would be.
absl::Status Suppose(Record& record, const v1::PlanRotationRequest& request, absl::Time now) {
  int imagined = 0;
  for (const Supposition& supposition : request.suppositions()) {
    if (supposition.member().empty()) {
      Unit unit;
      unit.display_name = fmt::format("假设单位{}", ++imagined);
      unit.sector = supposition.sector();
      unit.tier = static_cast<v1::Tier>(record.charter.rotation().pool_tiers(0));
      unit.state = v1::Member::STATE_ACTIVE;
      unit.has_liaison = true;
      unit.join_time = absl::UnixEpoch();
      record.units[fmt::format("{}/members/imagined-{}", record.alliance, imagined)] = unit;
      continue;
    }
    const auto found = record.units.find(supposition.member());
    if (found == record.units.end()) {
      return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", supposition.member()}});
    }
    Unit& unit = found->second;
    if (supposition.event() == Supposition::EVENT_WITHDRAW) {
      unit.state = v1::Member::STATE_WITHDRAWN;
    } else if (supposition.event() == Supposition::EVENT_JOIN) {
      unit.tier = static_cast<v1::Tier>(record.charter.rotation().pool_tiers(0));
      unit.state = v1::Member::STATE_ACTIVE;
      unit.has_liaison = true;
      unit.join_time =
          std::min(unit.join_time == absl::UnixEpoch() ? now : unit.join_time,
                   now - absl::Hours(24) * (record.charter.rotation().probation_days() + 2));
    } else {
      v1::Unavailability& declared = record.unavailabilities.emplace_back();
      declared.set_member(supposition.member());
      declared.set_strength(v1::Unavailability::STRENGTH_CANNOT);
      *declared.mutable_start_date() = supposition.start_date();
      *declared.mutable_end_date() = supposition.end_date();
      declared.set_reason("假设");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckFirstDate(const Record& record, const v1::PlanRotationRequest& request,
                            absl::Time now) {
  if (!request.has_first_date()) return absl::OkStatus();
  Violations violations;
  if (!violations.Check("first_date", record.terms.empty(), "absent once terms are published",
                        "仅用于首次编排")) {
    return violations.ToStatus();
  }
  const absl::CivilDay first = *ToCivilDay(request.first_date());
  const absl::CivilDay today = DayOf(now, record.zone);
  const absl::Time end =
      Midnight(EndDay(first, record.charter.rotation().term_months()), record.zone);
  violations.Check(
      "first_date",
      now < end &&
          first <= absl::CivilDay(today.year() + kFirstDateYears, today.month(), today.day()),
      "a day whose term is not over, at most five years ahead", "首任期尚未结束且五年以内的日期");
  return violations.ToStatus();
}

absl::Status CheckEveryTermHasUnit(const Question& question) {
  for (size_t t = 0; t < question.slots.size(); ++t) {
    const auto& units = question.problem.units;
    const bool taken = question.slots[t].frozen ||
                       std::any_of(units.begin(), units.end(),
                                   [&](const rotation::Unit& unit) { return unit.can_serve[t]; });
    if (taken) continue;
    return Error(v1::ERROR_REASON_ROTATION_POOL_EMPTY,
                 {{"term", DayId(question.slots[t].first_day)}});
  }
  return absl::OkStatus();
}

}  // namespace

void CheckPlanRequest(const v1::PlanRotationRequest& request, Violations& violations) {
  violations.Check("term_count", request.term_count() >= 1 && request.term_count() <= kMostTerms,
                   "1 to 60", "1 至 60");
  if (request.has_first_date()) {
    const auto first = ToCivilDay(request.first_date());
    violations.Check("first_date", first.has_value() && first->day() <= kLastFirstDay,
                     "a date on the 1st to 28th of a month", "每月 1 日至 28 日之间的日期");
  }
  violations.Check(
      "suppositions",
      request.suppositions().empty() ||
          (request.validate_only() && request.suppositions_size() <= kMostSuppositions),
      "at most 20, and only with validate_only", "仅用于试算，最多 20 条");
  for (int i = 0; i < std::min(request.suppositions_size(), kMostSuppositions); ++i) {
    CheckSupposition(fmt::format("suppositions[{}]", i), request.suppositions(i), violations);
  }
}

absl::StatusOr<internal::StoredPlan> MakeDraft(const Record& record,
                                               const v1::PlanRotationRequest& request,
                                               absl::Time now) {
  JH_RETURN_IF_ERROR(CheckFirstDate(record, request, now));
  Record supposed = record;
  JH_RETURN_IF_ERROR(Suppose(supposed, request, now));
  std::optional<absl::CivilDay> first_date;
  if (request.has_first_date()) first_date = ToCivilDay(request.first_date());
  const Question question =
      AskPlanner(supposed, now, MakeHorizon(supposed, now, request.term_count(), first_date));
  JH_RETURN_IF_ERROR(CheckEveryTermHasUnit(question));
  JH_ASSIGN_OR_RETURN(const rotation::Plan plan, rotation::MakePlan(question.problem));
  const std::vector<std::string> wrong = rotation::Validate(question.problem, plan);
  if (!wrong.empty()) {
    return absl::InternalError("the validator disagrees with the planner: " +
                               absl::StrJoin(wrong, "; "));
  }
  return StorePlan(supposed, question, plan, now);
}

}  // namespace jinhuan::alliance::chair
