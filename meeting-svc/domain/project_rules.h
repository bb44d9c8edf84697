#pragma once

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "alliance-svc/facts/working_calendar.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

constexpr int kGoalCharacters = 2000;

// Adds what is wrong with what people write of a resolution, at `resolution.…`: the bounds
// that resolution.proto states, and units that are not of its `alliance`.
void CheckResolution(const v1::Resolution& resolution, std::string_view alliance,
                     Violations& violations);

// As above, of a project: it has a responsible unit and a due date, always.
void CheckProject(const v1::Project& project, std::string_view alliance, Violations& violations);

// Whether a meeting can close over the resolution: it has whom to ask, and until when.
bool IsComplete(const v1::Resolution& resolution);

// Gives milestones that have none an id and a weight, keeps those of `before` that are
// reached as they are, and sets the progress.
void SettleMilestones(const v1::Project& before, v1::Project& project);

// The weights of the milestones that are reached against all, in percent, rounded down: 100
// only when all are.
int ProgressOf(const v1::Project& project);

// Whether the due date is over on `today` and the work is not reported as done.
bool IsOverdue(const v1::Project& project, absl::CivilDay today);

// When the clock next does something to a running project: the morning three working days
// before its due date it reminds, the morning after it issues a supervision notice; nothing
// when both are done.
std::optional<absl::Time> NextStep(const v1::Project& project,
                                   const alliance::WorkingCalendar& days, absl::TimeZone zone);

// What kind of file the bytes are: "image/jpeg", "image/png", "application/pdf"; "" for others.
std::string_view TypeOfFile(std::string_view bytes);

// The day that a date names; it exists (CheckProject, CheckResolution).
absl::CivilDay DayOf(const google::type::Date& date);

}  // namespace jinhuan::meeting
