#pragma once

#include <optional>
#include <string>

#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// The units beside the chair of a term: whose turn the next term is, and whose the
// previous one was; "" when there is none.
std::string DeputyOf(const Record& record, size_t term);
std::string AdviserOf(const Record& record, size_t term);

// Who stands in for the unit of `term` in [start, end) by the order of the rules: the
// deputy, the adviser, then the units of the pool by lowest credit, longest wait and
// name; the first that is ACTIVE, past its probation where it comes by credit, has
// declared nothing against that time, and is neither the term's unit nor `except`. ""
// when there is none.
std::string StandInByRule(const Record& record, size_t term, absl::Time start, absl::Time end,
                          std::string_view except = "");

// Brings the record up to `now` with what the clock does, as if it had been done at each
// moment itself: where the unit that should act is not ACTIVE or has declared that it
// can't then, the one that the rules find is recorded as its stand-in; a stand-in that
// passes its share of the term becomes a replacement; open swaps expire. Does nothing for a time
// before record.settled.
void Settle(Record& record, absl::Time now);

// When Settle has something to do next, from the record as it is; nothing when never.
std::optional<absl::Time> NextEvent(const Record& record);

// Records that the states or declarations of units in `record` are new at `now`, to which
// the record has been settled by the old ones: a unit that left the chair gets a stand-in
// at once, and one that comes back into its own term takes the chair again, unless it was
// replaced.
void Reseat(Record& record, absl::Time now);

// Who acts at `time`. Nothing when no term covers it, or nobody can. A time ahead is told
// as if all units stayed as they are; the record itself stays as it is.
struct Acting {
  size_t term = 0;
  std::string member;
  bool stand_in = false;
  absl::Time start;  // since when and until when it acts without a break in this term
  absl::Time end;
};
std::optional<Acting> ActingAt(const Record& record, absl::Time time);

}  // namespace jinhuan::alliance::chair
