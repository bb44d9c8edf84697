#pragma once

#include "jinhuan/meeting/v1/ballot.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// Adds what is wrong with a ballot that is to be opened, at `ballot.…`: the bounds that
// ballot.proto states.
void CheckBallot(const v1::Ballot& ballot, Violations& violations);

// Adds FIELD_REQUIRED or FIELD_INVALID at `choice` unless it is one.
void CheckChoice(v1::Choice choice, Violations& violations);

}  // namespace jinhuan::meeting
