#pragma once

#include <string>

#include "absl/status/status.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// What units do about their own turns: exchange, put off, give up.

// Whether the units of two published terms may exchange them at `now`.
// FAILED_PRECONDITION / TERM_FROZEN; SWAP_IMPOSSIBLE with the rule that it would break:
// the same unit has both, one may not serve in its new term, or has another turn in that
// term's cycle.
absl::Status CheckExchange(const Record& record, size_t term, size_t other, absl::Time now);

// Exchanges them, with their units' credits; both note why, and are agreed: plans leave
// them where they are while their units may serve. Stand-ins that were arranged for them
// are not needed any more. Open swaps that share a term with them expire; what a plan was
// made from has changed.
void Exchange(Record& record, size_t term, size_t other, const std::string& reason, absl::Time now);

// When a swap of these terms that is proposed at `now` expires: after the days that the
// charter gives it, or when one of them is frozen, if that is sooner.
absl::Time SwapExpiry(const Record& record, size_t term, size_t other, absl::Time now);

// The cycle in which `declared` puts off a turn: that of the first published term of the
// unit, not frozen at `now`, that it overlaps and that nothing declared before puts off.
// 0 when there is none, or it does not say CANNOT.
int DeferralCycle(const Record& record, const v1::Unavailability& declared, absl::Time now);

// Whether the unit may give up its turn in the cycle under way. FAILED_PRECONDITION /
// TURN_TAKEN, TERM_FROZEN.
absl::Status CheckWaiver(const Record& record, const std::string& member, absl::Time now);

}  // namespace jinhuan::alliance::chair
