#pragma once

#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// Adds what is wrong with a ballot that is to be opened, at `ballot.…`: the bounds that
// ballot.proto states.
void CheckBallot(const v1::Ballot& ballot, Violations& violations);

// The kind of a ballot on this agenda item: its own, or, where it is left out, the item's. Adds
// FIELD_REQUIRED at `ballot.kind` where neither has one, FIELD_INVALID where they differ.
alliance::v1::ItemKind CheckKind(const v1::Ballot& ballot, const v1::AgendaItem& item,
                                 Violations& violations);

// Adds FIELD_REQUIRED or FIELD_INVALID at `choice` unless it is one.
void CheckChoice(v1::Choice choice, Violations& violations);

}  // namespace jinhuan::meeting
