#pragma once

#include "absl/status/status.h"
#include "jinhuan/alliance/v1/user_service.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// Who belongs to which circle of people (notice_audience.h), for what is sent when nobody asks:
// ids of accounts alone, fed by alliance-svc's journal. Thread-safe.
class CircleStore {
 public:
  // Puts a person into the circles that its grants make it belong to, and out of all others; one
  // that may not sign in is in none. In the transaction that `connection` is in.
  absl::Status Keep(db::Connection& connection, const alliance::v1::User& user) const;
};

}  // namespace jinhuan::meeting
