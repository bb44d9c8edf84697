#pragma once

// For tests: a rotation of some units, and what the services do with it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_drafting.h"
#include "alliance-svc/domain/rotation_publication.h"
#include "alliance-svc/domain/rotation_record.h"
#include "alliance-svc/domain/rotation_schedule.h"

namespace jinhuan::alliance::chair {

inline const absl::TimeZone kShanghai = ZoneOf("Asia/Shanghai");

inline absl::Time At(int year, int month, int day, int hour = 0) {
  return absl::FromCivil(absl::CivilHour(year, month, day, hour), kShanghai);
}

inline std::string UnitName(int i) { return fmt::format("alliances/a/members/m{}", i); }

// An alliance of `units` COUNCIL members that joined in 2020, whose sectors take turns.
// Terms are half years, frozen 30 days ahead; half a term makes a replacement.
inline Record TestRecord(int units) {
  Record record;
  record.alliance = "alliances/a";
  record.zone = kShanghai;
  record.settled = At(2026, 12, 1);
  record.seed = std::string(32, '\x5a');
  record.charter.set_version(1);
  v1::RotationRules& rules = *record.charter.mutable_rotation();
  rules.set_term_months(6);
  rules.add_pool_tiers(v1::TIER_COUNCIL);
  rules.set_probation_days(180);
  rules.set_max_deferrals(2);
  rules.set_spread_window(1);
  rules.set_notice_days(30);
  rules.set_replacement_percent(50);
  rules.set_swap_days(14);
  for (int i = 1; i <= units; ++i) {
    Unit unit;
    unit.display_name = fmt::format("单位{}", i);
    unit.sector = static_cast<v1::Sector>(1 + i % 5);
    unit.tier = v1::TIER_COUNCIL;
    unit.state = v1::Member::STATE_ACTIVE;
    unit.has_liaison = true;
    unit.join_time = At(2020, 1, 1);
    record.units[UnitName(i)] = unit;
  }
  return record;
}

inline absl::StatusOr<internal::StoredPlan> Draft(const Record& record, absl::Time now, int terms) {
  v1::PlanRotationRequest request;
  request.set_parent(record.alliance);
  request.set_term_count(terms);
  return MakeDraft(record, request, now);
}

// Plans `terms` terms at `now` and publishes them.
inline internal::StoredPlan PlanAndPublish(Record& record, absl::Time now, int terms) {
  Settle(record, now);
  const auto draft = Draft(record, now, terms);
  EXPECT_TRUE(draft.ok()) << draft.status();
  if (!draft.ok()) return {};
  Publish(record, *draft, fmt::format("plan-{}", record.body.basis()), "测试",
          std::string(32, static_cast<char>('a' + record.body.basis() % 26)), now);
  Settle(record, now);
  return *draft;
}

inline std::string ChairOf(const Record& record, size_t term) {
  return record.terms[term].term().member();
}

// The n-th unit, counted from 1, that has no term.
inline std::string Idle(const Record& record, int n) {
  for (const auto& [member, unit] : record.units) {
    bool idle = true;
    for (size_t t = 0; t < record.terms.size(); ++t) idle = idle && ChairOf(record, t) != member;
    if (idle && --n == 0) return member;
  }
  ADD_FAILURE() << "too few idle units";
  return "";
}

// A declaration that a unit can't, or would rather not.
inline v1::Unavailability Declaration(const std::string& member, absl::CivilDay start,
                                      absl::CivilDay end, bool cannot = true) {
  v1::Unavailability declared;
  declared.set_member(member);
  declared.mutable_start_date()->set_year(static_cast<int>(start.year()));
  declared.mutable_start_date()->set_month(start.month());
  declared.mutable_start_date()->set_day(start.day());
  declared.mutable_end_date()->set_year(static_cast<int>(end.year()));
  declared.mutable_end_date()->set_month(end.month());
  declared.mutable_end_date()->set_day(end.day());
  declared.set_strength(cannot ? v1::Unavailability::STRENGTH_CANNOT
                               : v1::Unavailability::STRENGTH_PREFER_NOT);
  declared.set_reason("装修");
  return declared;
}

// Changes the state of a unit, as storage does it.
inline void SetState(Record& record, const std::string& member, v1::Member::State state,
                     absl::Time now) {
  Settle(record, now);
  record.units.at(member).state = state;
  OutdateDrafts(record);
  Reseat(record, now);
}

// Declares, as the service does it.
inline void Declare(Record& record, const v1::Unavailability& declared, absl::Time now) {
  Settle(record, now);
  record.unavailabilities.push_back(declared);
  OutdateDrafts(record);
  Reseat(record, now);
}

}  // namespace jinhuan::alliance::chair
