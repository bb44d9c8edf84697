#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "alliance-svc/storage/rotation_record_store.h"
#include "jinhuan/auth/v1/caller.pb.h"

namespace jinhuan::alliance {

// How long before the chair moves the rights of the next one are told, so that whoever
// remembers a caller for less than that has them in time.
inline constexpr absl::Duration kChairGrantsAhead = absl::Minutes(5);

// Adds to a caller, for each unit that it is liaison of and that acts as chair at `now` or
// begins to within kChairGrantsAhead, a grant of ROLE_CHAIR with the time in which it
// holds.
absl::Status AddChairGrants(db::Connection& connection, const RotationRecordStore& rotations,
                            absl::Time now, auth::v1::Caller& caller);

}  // namespace jinhuan::alliance
