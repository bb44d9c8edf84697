#pragma once

#include <optional>

#include "absl/status/status.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// The stand-ins of a term, which are kept in order of time and never overlap.

// Adds one whose time is free.
void InsertStandIn(v1::ChairTerm& term, v1::StandIn stand_in);

// Takes [start, end) away from those that cover it. One that reaches beyond both ends
// keeps its first part alone.
void CutFrom(v1::ChairTerm& term, absl::Time start, absl::Time end);

// Where the stand-ins of a term, in order and summed up, pass the charter's share of it:
// the place of the one that does, and when. Nothing when they don't, or the term has a
// replacement already.
struct Passing {
  int stand_in = 0;
  absl::Time time;
};
std::optional<Passing> ShareSpent(const Record& record, const v1::ChairTerm& term);

// Makes a stand-in, by its place, a replacement: it acts for the rest of the term where
// no other stand-in does.
void MakeReplacement(v1::ChairTerm& term, int stand_in);

// Lets `wanted.member` chair term `index` in its interval, which lies in the term and not
// in the past; without a member the rules find one. What the system found by itself gives
// way to it. FAILED_PRECONDITION / STAND_IN_IMPOSSIBLE with the rule that is broken: the
// term is over, was replaced, or has a stand-in then; the unit is the term's own, not
// ACTIVE, or has declared that it can't; the rules find nobody.
absl::Status AddStandIn(Record& record, size_t index, v1::StandIn wanted);

}  // namespace jinhuan::alliance::chair
