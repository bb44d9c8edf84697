#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "alliance-svc/domain/rotation_plan.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// One term of a horizon.
struct Slot {
  absl::CivilDay first_day;
  absl::CivilDay end_day;  // exclusive
  absl::Time start;
  absl::Time end;
  std::optional<size_t> published;  // its place in record.terms
  bool frozen = false;              // it is published and Stands
};

// The terms that a plan made at `now` is about: from the one under way on, or from
// `first_date` (the first day of the next month without it) when nothing is published;
// `term_count` of them, and more where more are published. Frozen terms stand as they
// are; what follows them has the length that the charter sets now. When the published
// terms have run out, the first is the one under way by that length.
std::vector<Slot> MakeHorizon(const Record& record, absl::Time now, int term_count,
                              std::optional<absl::CivilDay> first_date);

// What the planner is asked at `now`.
struct Question {
  std::vector<Slot> slots;
  rotation::Problem problem;
  // The number of the problem's first cycle.
  int first_cycle = 1;
  // Units of the pool that no published plan knew, or that came back since the last one
  // with less, with what they enter it with: nothing in the first plan; else the lowest
  // credit of the others, counted as if the frozen terms were over, and waiting from now
  // on.
  std::map<std::string, Entry> entries;
};
Question AskPlanner(const Record& record, absl::Time now, std::vector<Slot> slots);

}  // namespace jinhuan::alliance::chair
