#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The notices to the units and their answers. Whoever changes them has updated
// the meeting's row first, in the same transaction: it is what keeps changes of
// one meeting apart. Thread-safe.
class InvitationStore {
 public:
  // Invites every member of the body that is known as active; returns how many.
  absl::StatusOr<int64_t> InviteActiveMembers(db::Connection& connection, const MeetingKey& key,
                                              v1::MeetingBody body);

  // An invitation before and after its answer.
  struct Answered {
    v1::Invitation before;
    v1::Invitation after;
  };

  // Replaces the answer of a unit. FAILED_PRECONDITION / NOT_INVITED when it has
  // no invitation.
  absl::StatusOr<Answered> Answer(db::Connection& connection, const MeetingKey& key,
                                  const std::string& member_id, v1::Answer answer,
                                  std::string_view note, absl::Time now);

  // The invitation of a unit; nothing where it has none.
  absl::StatusOr<std::optional<v1::Invitation>> Find(db::Connection& connection,
                                                     const MeetingKey& key,
                                                     const std::string& member_id) const;

  // Up to `limit` invitations of units whose id comes after `after_member_id`.
  absl::StatusOr<std::vector<v1::Invitation>> List(db::Connection& connection,
                                                   const MeetingKey& key,
                                                   const std::string& after_member_id,
                                                   int limit) const;

  // The invitation in the columns member_id, member_display_name, answer, note,
  // answer_time that begin at `column`.
  static v1::Invitation FromRow(const db::Row& row, int column, const MeetingKey& key);
};

}  // namespace jinhuan::meeting
