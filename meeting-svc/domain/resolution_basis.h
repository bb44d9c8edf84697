#pragma once

#include <vector>

#include "absl/status/status.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"

namespace jinhuan::meeting {

// The ballot of `ballots`, all of the meeting's and the latest first, that a resolution rests
// on: the one that it cites, else the last that was held on its agenda item and not cancelled.
// Null where there is none: what nobody voted on may be decided without a vote.
const v1::Ballot* BasisOf(const v1::Resolution& resolution, const std::vector<v1::Ballot>& ballots);

// What was voted on is decided as the vote says. FAILED_PRECONDITION / BALLOT_RUNNING while
// that ballot runs, ITEM_NOT_CARRIED where it was not carried.
absl::Status CheckBasis(const v1::Resolution& resolution, const std::vector<v1::Ballot>& ballots);

}  // namespace jinhuan::meeting
