#pragma once

#include <vector>

#include "absl/status/status.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"

namespace jinhuan::meeting {

// The ballot of `ballots`, all of the meeting's and the latest first, that a resolution rests
// on: the one that it cites, else the last that was held on its agenda item and not cancelled.
// Null where there is none: what nobody voted on may be decided without a vote.
const v1::Ballot* BasisOf(const v1::Resolution& resolution, const std::vector<v1::Ballot>& ballots);

// What was voted on is decided as the vote says, and what the charter decides by a vote not without
// one. FAILED_PRECONDITION / BALLOT_RUNNING while that ballot runs, ITEM_NOT_CARRIED where it was
// not carried; VOTE_REQUIRED where there is none and the kind of its agenda item needs one;
// VOTE_LOST where it names neither item nor ballot, the meeting lost a vote, and it does not say
// that it is about nothing that was voted on.
absl::Status CheckBasis(const v1::Resolution& resolution, const v1::Meeting& meeting,
                        const std::vector<v1::Ballot>& ballots);

// Whether the charter decides things of the kind by a vote, always.
bool NeedsVote(alliance::v1::ItemKind kind);

}  // namespace jinhuan::meeting
