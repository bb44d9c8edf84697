#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/alliance/v1/alliance.pb.h"

namespace jinhuan::alliance {

// What happens to a member.
enum class MemberStep { kApprove, kReject, kSuspend, kReinstate, kWithdraw };

// Why, by whom and when.
struct Cause {
  std::string reason;
  std::string actor;  // display name; empty for the applicant itself
  absl::Time time;
};

// How many steps a member's history keeps; the oldest go first. The journal has all.
inline constexpr int kMaxHistory = 200;

// A new member in its first state, with the first step of its history. One that is
// ACTIVE at once has joined at `cause.time`.
void BeginLife(v1::Member::State state, const Cause& cause, v1::Member& member);

// The member after a step, with what the step says of it: state, reason, join and
// withdraw time, history. FAILED_PRECONDITION / STATE_WRONG from a state in which it
// can't happen.
absl::StatusOr<v1::Member> TakeStep(const v1::Member& before, MemberStep step, const Cause& cause);

// The member's history. For one that is older than histories, what its other fields
// tell of it.
google::protobuf::RepeatedPtrField<v1::StateChange> HistoryOf(const v1::Member& member);

// Takes out how the member came to be where it is, and why: for others than the street and
// the unit itself.
void ClearHistory(v1::Member& member);

}  // namespace jinhuan::alliance
