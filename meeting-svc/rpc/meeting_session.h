#pragma once

#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "meeting-svc/rpc/resolution_desk.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/attendance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/floor_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/project_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/check_in/check_in_key.h"
#include "platform/check_in/code_tries.h"
#include "platform/db/pool.h"

namespace jinhuan::meeting {

// What happens to a meeting between its draft and its end, as meeting_service.proto states it.
// Every change claims the meeting's row first. Until a meeting is open, every write of it looks
// back at what is overdue then (LookBack): an agenda never lacks it. Thread-safe.
class MeetingSession {
 public:
  struct Deps {
    db::Pool& pool;
    const AllianceStore& alliances;
    MeetingStore& meetings;
    const BallotStore& ballots;
    const ProjectStore& projects;
    const TopicStore& topics;
    const ResolutionDesk& resolutions;
    IdSource& ids;
    CheckInKey key;
  };
  explicit MeetingSession(const Deps& deps) : deps_(deps) {}

  absl::StatusOr<v1::Meeting> Create(const api::Call& call,
                                     const v1::CreateMeetingRequest& request);
  absl::StatusOr<v1::Meeting> Convene(const api::Call& call,
                                      const v1::ConveneMeetingRequest& request);
  absl::StatusOr<v1::Meeting> Update(const api::Call& call,
                                     const v1::UpdateMeetingRequest& request);
  absl::StatusOr<v1::Meeting> LeaveOut(const api::Call& call,
                                       const v1::LeaveOutProjectRequest& request);
  absl::StatusOr<v1::Meeting> Cancel(const api::Call& call,
                                     const v1::CancelMeetingRequest& request);
  absl::StatusOr<v1::Meeting> Open(const api::Call& call, const v1::OpenMeetingRequest& request);
  absl::StatusOr<v1::Meeting> SetItem(const api::Call& call,
                                      const v1::SetCurrentItemRequest& request);
  absl::StatusOr<v1::Meeting> Close(const api::Call& call, const v1::CloseMeetingRequest& request);

  absl::StatusOr<v1::Attendance> CheckIn(const api::Call& call,
                                         const v1::CheckInDelegateRequest& request);
  absl::StatusOr<v1::Attendance> Leave(const api::Call& call,
                                       const v1::LeaveMeetingRequest& request);
  absl::StatusOr<v1::CheckInCode> Code(const api::Call& call,
                                       const v1::GetCheckInCodeRequest& request);

 private:
  // Changes the meeting, if its state is from `first` to `last`, by `change` of a copy.
  absl::StatusOr<v1::Meeting> Change(
      const api::Call& call, const google::protobuf::Message& request, const MeetingKey& key,
      v1::Meeting::State first, v1::Meeting::State last, bool edit,
      absl::FunctionRef<absl::Status(db::Connection& connection, const v1::Meeting& before,
                                     v1::Meeting& after)>
          change);

  absl::Status CheckCode(const api::Call& call, const v1::CheckInDelegateRequest& request,
                         const std::string& unit);
  // Who checks in, as what: with a vote, or without (列席).
  absl::StatusOr<v1::Attendance> Arriving(db::Connection& connection, const api::Call& call,
                                          const v1::Meeting& meeting,
                                          const v1::CheckInDelegateRequest& request,
                                          const std::string& unit);
  absl::StatusOr<v1::Quorum> Quorum(db::Connection& connection, const api::Call& call,
                                    const MeetingKey& key) const;
  // Keeps an attendance that changed, with the meeting's counts.
  absl::Status Keep(db::Connection& connection, const api::Call& call, const MeetingKey& key,
                    const v1::Attendance& attendance);

  const Deps deps_;
  AttendanceStore attendances_;
  InvitationStore invitations_;
  FloorStore floor_;
  CodeTries tries_;
};

}  // namespace jinhuan::meeting
