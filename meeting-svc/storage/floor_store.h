#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The units that are present, by id, each with the id of the unit whose delegate stands
// for it; empty for its own delegate.
using Presence = std::map<std::string, std::string>;

// What ballots and proxies need to know of a meeting. Thread-safe.
class FloorStore {
 public:
  // Who is present now, by itself or by proxy.
  absl::StatusOr<Presence> PresentNow(db::Connection& connection, const MeetingKey& key) const;

  // The units that are entitled to vote (应到), by id: those invited whose tier has a vote,
  // each with its votes, or with one where all count the same, and with whether it is present
  // now and by whom.
  absl::StatusOr<std::vector<v1::Elector>> Roll(db::Connection& connection, const MeetingKey& key,
                                                const alliance::v1::MeetingRules& rules,
                                                bool equal) const;
};

// Says of each unit whether it is present, and who stands for it.
void PutPresence(const Presence& presence, const MeetingKey& meeting,
                 std::vector<v1::Elector>& roll);

}  // namespace jinhuan::meeting
