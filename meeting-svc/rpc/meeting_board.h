#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/floor_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "platform/db/pool.h"

namespace jinhuan::meeting {

// What all who watch a meeting see. However many watch, its revision is looked at once in kPause,
// or kLongPause where it is not under way, by one of them for all, and the meeting is read where
// that moved; and now and then, since who belongs to it may change without it. Thread-safe.
class MeetingBoard {
 public:
  static constexpr absl::Duration kPause = absl::Milliseconds(100);
  static constexpr absl::Duration kLongPause = absl::Seconds(1);
  static constexpr absl::Duration kFresh = absl::Seconds(10);

  MeetingBoard(db::Pool& pool, const AllianceStore& alliances, MeetingStore& meetings,
               const BallotStore& ballots, const Clock& clock)
      : pool_(pool), alliances_(alliances), meetings_(meetings), ballots_(ballots), clock_(clock) {}

  // What is shown of one meeting, for as long as somebody holds it.
  struct Page;
  std::shared_ptr<Page> PageOf(const MeetingKey& key);

  // The meeting once its revision is not `seen`, or as it is at `until`. Errors: NOT_FOUND /
  // RESOURCE_NOT_FOUND, and those of reading.
  absl::StatusOr<v1::WatchMeetingResponse> Next(Page& page, int64_t seen, absl::Time until);

 private:
  absl::StatusOr<v1::WatchMeetingResponse> Read(const MeetingKey& key, absl::Time deadline);
  // Whether the meeting is still at the revision that is shown of it.
  bool Stands(const MeetingKey& key, int64_t shown, absl::Time deadline);
  // Adds the quorum and, where something is decided, the meter of a meeting.
  absl::Status AddMeters(db::Connection& connection, const MeetingKey& key,
                         const v1::Meeting& meeting, v1::WatchMeetingResponse& response) const;

  db::Pool& pool_;
  const AllianceStore& alliances_;
  MeetingStore& meetings_;
  const BallotStore& ballots_;
  const Clock& clock_;
  FloorStore floor_;
  absl::Mutex mutex_;
  // Of the meetings that somebody watches.
  std::map<std::string, std::weak_ptr<Page>> pages_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::meeting
