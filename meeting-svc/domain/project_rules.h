#pragma once

#include <optional>
#include <string>
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
// reached as they are, and what the clock did to those whose due date is the same.
void SettleMilestones(const v1::Project& before, v1::Project& project);

// Sets how far it is: once accepted 100 percent; before, the weights of the milestones that are
// reached against all, rounded down. Nothing without milestones: what is reported as done is known
// to be so when it is accepted.
void SetProgress(v1::Project& project);

// Sets what is overdue on `today`: the project and its milestones whose due date is over while
// the project runs and they are not reached.
void SetOverdue(absl::CivilDay today, v1::Project& project);

// Of the milestones of a running project that are not reached, the earliest due day; nothing
// where there is none.
std::optional<absl::CivilDay> MilestoneDay(const v1::Project& project);

// When the clock next does something to a running project: the morning three working days
// before its due date it reminds, the morning after it issues a supervision notice; nothing
// once it is issued, also of one that was late already and never reminded of.
std::optional<absl::Time> NextStep(const v1::Project& project,
                                   const alliance::WorkingCalendar& days, absl::TimeZone zone);

// The same of its milestones that have a due date of their own and are not reached: the clock
// reminds of each and tells the morning after it. Nothing when all is told.
std::optional<absl::Time> NextMilestoneStep(const v1::Project& project,
                                            const alliance::WorkingCalendar& days,
                                            absl::TimeZone zone);

// Does to the milestones what is due at `now`. One that is overdue already is not reminded of.
// Whether anything was.
bool StepMilestones(absl::Time now, const alliance::WorkingCalendar& days, absl::TimeZone zone,
                    v1::Project& project);

// Who rates an accepted project: the unit that proposed it; empty for the street, where none did or
// that unit would rate itself.
std::string RaterOf(const v1::Project& project);

// What kind of file the bytes are: "image/jpeg", "image/png", "application/pdf"; "" for others.
std::string_view TypeOfFile(std::string_view bytes);

// The day that a date names; it exists (CheckProject, CheckResolution).
absl::CivilDay DayOf(const google::type::Date& date);

}  // namespace jinhuan::meeting
