#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The units that are present, by id, each with the id of the unit whose delegate stands
// for it; empty for its own delegate.
using Presence = std::map<std::string, std::string>;

// What ballots and proxies need to know of a meeting. Thread-safe.
class FloorStore {
 public:
  // Raises the version of the meeting's row, which owns the conflict, if its state is from
  // `first` to `last`. NOT_FOUND / RESOURCE_NOT_FOUND; FAILED_PRECONDITION / STATE_WRONG.
  absl::Status Claim(db::Connection& connection, const MeetingKey& key, v1::Meeting::State first,
                     v1::Meeting::State last) const;

  // A meeting with its state. NOT_FOUND / RESOURCE_NOT_FOUND for none, or a draft.
  absl::StatusOr<v1::Meeting> Get(db::Connection& connection, const MeetingKey& key) const;

  // The item of the agenda. INVALID_ARGUMENT / FIELD_INVALID at ballot.agenda_item when
  // there is none.
  absl::StatusOr<v1::AgendaItem> Item(db::Connection& connection, const MeetingKey& key,
                                      const std::string& item_id) const;

  // Who is present now, by itself or by proxy.
  absl::StatusOr<Presence> PresentNow(db::Connection& connection, const MeetingKey& key) const;

  // The units that are entitled to vote (应到): those invited whose tier has a vote, each
  // with its votes, or with one where all count the same.
  absl::StatusOr<std::vector<v1::Elector>> Entitled(db::Connection& connection,
                                                    const MeetingKey& key,
                                                    const alliance::v1::MeetingRules& rules,
                                                    bool equal) const;
};

}  // namespace jinhuan::meeting
