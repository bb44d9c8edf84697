#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/domain/roster_columns.h"
#include "jinhuan/alliance/v1/member_service.pb.h"
#include "platform/table/table.h"

namespace jinhuan::alliance {

// What is read of a roster at most: 3 MiB, 5,000 rows and their header.
table::Limits RosterLimits();

// A member as a roster meets it: with the numbers themselves, to tell whether a row
// changes them. They go nowhere from here.
struct MemberWithPhones {
  v1::Member member;  // phones masked
  std::string liaison_phone;
  std::string deputy_liaison_phone;
  bool self_filed = false;  // anybody may have sent its application
};

// A member that a roster adds, or changes.
struct RosterChange {
  const v1::Member* before = nullptr;  // as it was read; nullptr for a new one
  v1::Member after;                    // a new one has no name yet
};

// What is to happen to those that are there, and to the new ones.
struct RosterOptions {
  v1::ImportExisting existing = v1::IMPORT_EXISTING_REFUSE;
  RosterDay day;
  Cause cause;  // of the first step of a new member
};

struct RosterPlan {
  // What to write when no row is wrong; `before` points into the members that were
  // given.
  std::vector<RosterChange> changes;
  // What to answer, but for `imported`.
  v1::ImportMembersResponse answer;
};

// What taking over the roster in `table` means for an alliance in which `living` are
// the members that have applied, belong or are suspended. Those that filed their own
// application are no members yet: they neither hold a row up nor take it. INVALID_ARGUMENT /
// IMPORT_HEADER_INVALID. Pure.
absl::StatusOr<RosterPlan> PlanRoster(const table::Table& table,
                                      const std::vector<MemberWithPhones>& living,
                                      const RosterOptions& options);

// The members as a list for people, in their order: the columns of a roster and the
// state.
table::Sheet RosterSheet(const std::vector<v1::Member>& members, const RosterDay& day);

}  // namespace jinhuan::alliance
