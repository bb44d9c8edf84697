#pragma once

#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/attendance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/minutes_store.h"
#include "meeting-svc/storage/resolution_store.h"
#include "platform/db/pool.h"

namespace jinhuan::meeting {

// What the MeetingService's methods on minutes do, as meeting_service.proto states it.
// Thread-safe.
class MinutesDesk {
 public:
  struct Deps {
    db::Pool& pool;
    const AllianceStore& alliances;
    MeetingStore& meetings;
    const BallotStore& ballots;
    const ResolutionStore& resolutions;
    const MinutesStore& minutes;
  };
  explicit MinutesDesk(const Deps& deps) : deps_(deps) {}

  absl::StatusOr<v1::Minutes> Draft(const api::Call& call,
                                    const v1::DraftMinutesRequest& request) const;
  absl::StatusOr<v1::Minutes> Get(const api::Call& call, const std::string& name) const;
  absl::StatusOr<v1::Minutes> Update(const api::Call& call,
                                     const v1::UpdateMinutesRequest& request) const;
  absl::StatusOr<v1::Minutes> Publish(const api::Call& call,
                                      const v1::PublishMinutesRequest& request) const;
  absl::StatusOr<v1::ExportMinutesResponse> Export(const api::Call& call,
                                                   const v1::ExportMinutesRequest& request) const;

 private:
  // FAILED_PRECONDITION / MEETING_NOT_CLOSED.
  absl::StatusOr<v1::Minutes> FromRecord(db::Connection& connection, const api::Call& call,
                                         const MeetingKey& key) const;

  const Deps deps_;
  InvitationStore invitations_;
  AttendanceStore attendances_;
};

}  // namespace jinhuan::meeting
