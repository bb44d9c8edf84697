#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/quorum.pb.h"
#include "meeting-svc/storage/attendance_store.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The units that are present, by id, each with the id of the unit whose delegate stands
// for it; empty for its own delegate.
using Presence = std::map<std::string, std::string>;

// What ballots and proxies need to know of a meeting. Thread-safe.
class FloorStore {
 public:
  // Who is present now, by itself or by proxy; of units that are active members still.
  absl::StatusOr<Presence> PresentNow(db::Connection& connection, const MeetingKey& key) const;

  // The units that are entitled to vote (应到), by id: those invited that are active members
  // still and whose tier has a vote, each with its votes, or with one where all count the same,
  // and with whether it is present now and by whom.
  absl::StatusOr<std::vector<v1::Elector>> Roll(db::Connection& connection, const MeetingKey& key,
                                                const alliance::v1::MeetingRules& rules,
                                                bool equal) const;

  // The quorum of what is decided by `rule` of a charter among those on `roll`, as it is now.
  absl::StatusOr<v1::Quorum> Quorum(db::Connection& connection, const MeetingKey& key,
                                    const alliance::v1::ItemRule& rule, int32_t charter_version,
                                    const std::vector<v1::Elector>& roll, absl::Time now) const;

  // The quorum of the meeting itself, which is that of ordinary business.
  absl::StatusOr<v1::Quorum> Quorum(db::Connection& connection, const MeetingKey& key,
                                    const alliance::v1::Charter& charter, absl::Time now) const;

 private:
  AttendanceStore attendances_;
};

// Says of each unit whether it is present, and who stands for it.
void PutPresence(const Presence& presence, const MeetingKey& meeting,
                 std::vector<v1::Elector>& roll);

}  // namespace jinhuan::meeting
