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

// What all who watch a meeting see. However many watch, a meeting is read once in kPause, by one
// of them for all. Thread-safe.
class MeetingBoard {
 public:
  static constexpr absl::Duration kPause = absl::Milliseconds(100);

  MeetingBoard(db::Pool& pool, const AllianceStore& alliances, MeetingStore& meetings,
               const BallotStore& ballots, const Clock& clock)
      : pool_(pool), alliances_(alliances), meetings_(meetings), ballots_(ballots), clock_(clock) {}

  // The meeting once its revision is not `seen`, or as it is at `until`. Errors: NOT_FOUND /
  // RESOURCE_NOT_FOUND, and those of reading.
  absl::StatusOr<v1::WatchMeetingResponse> Next(const MeetingKey& key, int64_t seen,
                                                absl::Time until);

 private:
  struct Page {
    absl::Mutex mutex;
    bool reading ABSL_GUARDED_BY(mutex) = false;
    absl::Time read_time ABSL_GUARDED_BY(mutex) = absl::InfinitePast();
    absl::StatusOr<v1::WatchMeetingResponse> shown ABSL_GUARDED_BY(mutex) =
        v1::WatchMeetingResponse();
  };

  std::shared_ptr<Page> PageOf(const MeetingKey& key);
  absl::StatusOr<v1::WatchMeetingResponse> Read(const MeetingKey& key, absl::Time deadline);
  absl::StatusOr<v1::MajorityMeter> Meter(db::Connection& connection, const MeetingKey& key,
                                          alliance::v1::ItemKind kind) const;

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
