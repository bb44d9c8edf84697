#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// Who came to meetings. Whoever changes it has updated the meeting's row first, in the same
// transaction: it is what keeps changes of one meeting apart. Thread-safe.
class AttendanceStore {
 public:
  // Nothing for who never came; `id` is the member's, or the observer's.
  absl::StatusOr<std::optional<v1::Attendance>> Find(db::Connection& connection,
                                                     const MeetingKey& key,
                                                     const std::string& id) const;

  absl::Status Put(db::Connection& connection, const MeetingKey& key,
                   const v1::Attendance& attendance) const;

  // Up to `limit`, of ids after `after_id`.
  absl::StatusOr<std::vector<v1::Attendance>> List(db::Connection& connection,
                                                   const MeetingKey& key,
                                                   const std::string& after_id, int limit) const;

  // Who is counted how (应到 besides): there, on leave and not there, there without a vote. A
  // unit that is no active member any more is there without a vote, and not on leave.
  struct Counts {
    int64_t present = 0;
    int64_t leave = 0;
    int64_t observers = 0;
  };
  absl::StatusOr<Counts> Count(db::Connection& connection, const MeetingKey& key) const;
};

}  // namespace jinhuan::meeting
