#pragma once

#include <vector>

#include "jinhuan/meeting/v1/ballot.pb.h"

namespace jinhuan::meeting {

// Counts a roll: who is entitled, who takes part, and the votes of a named ballot. The
// votes of a secret one are in its box (AddPapers). What the rule makes of it is for
// Measure to say.
v1::BallotCount CountRoll(const std::vector<v1::Elector>& roll);

// Adds so many papers of a box with this choice.
void AddPapers(v1::Choice choice, int64_t papers, v1::BallotCount& count);

}  // namespace jinhuan::meeting
