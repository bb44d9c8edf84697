#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "meeting-svc/storage/attendance_store.h"
#include "meeting-svc/storage/invitation_store.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/api/call.h"
#include "platform/api/time_position.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// For whom a meeting is read.
struct Viewer {
  bool sees_drafts = false;  // to others a draft does not exist
  std::string member_id;     // the unit whose invitation comes along; may be empty
};

// Meetings, from draft to the last answer. Changes are made in the transaction
// that `connection` is in and journalled there. Thread-safe.
//
// Where a meeting is not there for the viewer: NOT_FOUND / RESOURCE_NOT_FOUND.
class MeetingStore {
 public:
  MeetingStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  // Stores a valid meeting as a draft in the call's alliance.
  absl::StatusOr<v1::Meeting> Create(db::Connection& connection, const api::Call& call,
                                     const std::string& alliance_id, const v1::Meeting& sent);

  absl::StatusOr<v1::Meeting> Get(db::Connection& connection, const MeetingKey& key,
                                  const Viewer& viewer);

  // Where a page of the list begins: behind this start and id.
  using Position = api::TimePosition;

  // Up to `limit` meetings in `state` (unspecified: any), the latest start first.
  absl::StatusOr<std::vector<v1::Meeting>> List(db::Connection& connection,
                                                const std::string& alliance_id,
                                                v1::Meeting::State state, const Position& after,
                                                int limit, const Viewer& viewer);

  // Makes a draft convened by this version of the charter, looks back at the projects that are
  // `overdue` (LookBack), and invites every active member, once however many ask at once.
  // FAILED_PRECONDITION / STATE_WRONG unless it is a draft, MEETING_BEGUN, NOBODY_TO_INVITE.
  absl::StatusOr<v1::Meeting> Convene(db::Connection& connection, const api::Call& call,
                                      const MeetingKey& key, const Viewer& viewer,
                                      int32_t charter_version,
                                      const std::vector<v1::Project>& overdue);

  // The first statement of a transaction that changes the meeting or what belongs to it:
  // raises the row's version if its state is from `first` to `last`. NOT_FOUND /
  // RESOURCE_NOT_FOUND; FAILED_PRECONDITION / STATE_WRONG.
  absl::Status Claim(db::Connection& connection, const MeetingKey& key, v1::Meeting::State first,
                     v1::Meeting::State last);

  // Keeps `after`, a change of `before` that was made since Claim, counts anew who is there,
  // and journals it. An edit also raises the etag. Returns it as it is kept.
  absl::StatusOr<v1::Meeting> Put(db::Connection& connection, const api::Call& call,
                                  const MeetingKey& key, v1::Meeting before, v1::Meeting after,
                                  bool edit);

  // Counts anew who is there, after an attendance changed, and journals the attendance.
  absl::Status Recount(db::Connection& connection, const api::Call& call, const MeetingKey& key,
                       const v1::Attendance& attendance);

  // A meeting for everyone who may see it.
  absl::StatusOr<v1::Meeting> See(db::Connection& connection, const MeetingKey& key);

  // Stores the answer of the viewer's unit and counts it. FAILED_PRECONDITION /
  // STATE_WRONG unless the meeting is convened, MEETING_BEGUN, NOT_INVITED.
  absl::StatusOr<v1::Invitation> Answer(db::Connection& connection, const api::Call& call,
                                        const MeetingKey& key, const Viewer& viewer,
                                        v1::Answer answer, std::string_view note);

 private:
  absl::Status WhyNot(db::Connection& connection, const MeetingKey& key, const Viewer& viewer,
                      v1::Meeting::State needs, absl::Time now);

  journal::Journal& journal_;
  IdSource& ids_;
  InvitationStore invitations_;
  AttendanceStore attendances_;
};

}  // namespace jinhuan::meeting
