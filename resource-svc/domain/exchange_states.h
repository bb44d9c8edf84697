#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/exchange.pb.h"

namespace jinhuan::resource {

// What one of the two units does to a match.
enum class MatchAct { kAgree, kComplete, kRate, kWithdraw };

// Who may do it.
enum class MatchRole {
  kPublisher,  // the unit that published what is claimed
  kEither,     // both units
  kAwaited,    // the unit that the match waits for
};

// One line of the life of a match: in this state, this act of that unit leads there.
struct MatchStep {
  v1::Match::State from;
  MatchAct act;
  MatchRole by;
  v1::Match::State to;
};

// The life of a match, whole: what has no line here is refused.
//
//   claimed -> agreed -> delivered -> completed
//      |         |          |
//      +---------+----------+-> withdrawn
//
// Delivery is said by one unit, whichever, and confirmed by the other one, which may
// instead deny it (withdraw).
const MatchStep* FindStep(v1::Match::State state, MatchAct act);

// The match after `unit` (a member's name; it must be the publisher or the claimant)
// did `act`: its state and whom it waits for. Errors: FAILED_PRECONDITION / STATE_WRONG
// when the act has no place in this state, or the match waits for the other unit;
// PERMISSION_DENIED / ROLE_REQUIRED when only the other one may ever do it.
absl::StatusOr<v1::Match> Advance(const v1::Match& before, MatchAct act, const std::string& unit,
                                  const std::string& method);

// The unit on the other side of `unit`.
const std::string& OtherUnit(const v1::Match& match, const std::string& unit);

}  // namespace jinhuan::resource
