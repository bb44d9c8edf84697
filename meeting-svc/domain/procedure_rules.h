#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "alliance-svc/facts/working_calendar.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/procedure.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// Adds what is wrong with a template, at `procedure_template.…`, or with a procedure that is
// to be started, at `procedure.…`: the bounds that procedure.proto states.
void CheckTemplate(const v1::ProcedureTemplate& sent, Violations& violations);
void CheckProcedure(const v1::Procedure& sent, Violations& violations);

// A procedure at its first stage: what people set, and the stages of the template.
v1::Procedure Begun(const v1::Procedure& sent, const v1::ProcedureTemplate& from, absl::Time now);

// What is brought to end a stage.
struct StageResult {
  int step = 0;
  std::string record = {};
  std::optional<v1::Ballot> ballot = {};
  std::optional<v1::Meeting> meeting = {};  // that of the ballot where none is named
};

// When a stage ends.
struct StageClock {
  absl::Time now;
  absl::CivilDay today;
  const alliance::WorkingCalendar& days;
};

// Publishes the stage that a running procedure is at, or ends it. INVALID_ARGUMENT /
// FIELD_REQUIRED, FIELD_INVALID at `record`; FAILED_PRECONDITION / STATE_WRONG where
// another step is meant, STAGE_UNMET, PUBLICATION_RUNNING.
absl::Status Advance(const StageResult& result, const StageClock& clock, v1::Procedure& procedure);

}  // namespace jinhuan::meeting
