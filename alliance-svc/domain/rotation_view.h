#pragma once

#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// What readers see of a record at `now`, to which it has been settled.

// A published term, with its names and what the clock decides.
v1::ChairTerm ViewTerm(const Record& record, size_t index, absl::Time now);

// The rotation without its draft; `with_pool` asks for the units too.
v1::Rotation ViewRotation(const Record& record, absl::Time now, bool with_pool);

// A kept plan with the names of now. It is stale when what it was made from has changed:
// members, declarations, terms, the charter, or which terms are frozen.
v1::RotationPlan ViewDraft(const Record& record, const internal::StoredPlan& draft, absl::Time now);
bool IsStale(const Record& record, const internal::StoredPlan& draft, absl::Time now);

// A swap or declaration with the names of now.
v1::TermSwap ViewSwap(const Record& record, v1::TermSwap swap);
v1::Unavailability ViewUnavailability(const Record& record, v1::Unavailability declared);

// Fills the display names of a term, which may be of a plan.
void NameUnits(const Record& record, v1::ChairTerm& term);

}  // namespace jinhuan::alliance::chair
