#pragma once

#include <cstdint>

#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/meeting/v1/ballot.pb.h"

namespace jinhuan::meeting {

// How many votes a ballot may count; far more than any has, and few enough for their
// products with a ratio of the charter to fit 64 bits.
inline constexpr int64_t kMaxVotes = 1'000'000'000'000;

// The rule for a kind of item: that of ITEM_KIND_ORDINARY where the kind has none of its
// own, with its kind put in.
alliance::v1::ItemRule RuleFor(const alliance::v1::MeetingRules& rules,
                               alliance::v1::ItemKind kind);

// How many votes a unit of the tier has.
int VotesOf(const alliance::v1::MeetingRules& rules, alliance::v1::Tier tier);

// The fewest of `entitled` units that are a quorum.
int64_t QuorumOf(const alliance::v1::ItemRule& rule, int64_t entitled);

// The fewest votes for that carry, when the majority is taken of `base` votes. Of no vote
// at all no fraction carries, but none is.
int64_t NeededOf(const alliance::v1::ItemRule& rule, int64_t base);

// The votes that the majority is taken of.
int64_t BaseOf(const alliance::v1::ItemRule& rule, const v1::BallotCount& count);

// Sets what follows from the rest of a count: quorum_units and needed_votes.
void Measure(const alliance::v1::ItemRule& rule, v1::BallotCount& count);

// What a count that is measured decides.
v1::Ballot::Outcome OutcomeOf(const v1::BallotCount& count);

}  // namespace jinhuan::meeting
