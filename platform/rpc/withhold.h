#pragma once

#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/api/call.h"
#include "platform/rpc/kinds.h"

namespace jinhuan::rpc {

// Takes from `entry` what its reader is not to see. Whoever reaches everything, the audit
// administrator and the suite's own processes, sees all of it. To others, systems that is, it
// tells that something happened; of the content it keeps what the caller may read by the Get
// method of its kind (a draft, by Update), and never a person's account nor the reason that
// somebody gave.
void Withhold(const Kinds& kinds, const api::Call& call, journal::v1::Entry& entry);

}  // namespace jinhuan::rpc
