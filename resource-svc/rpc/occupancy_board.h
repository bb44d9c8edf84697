#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/occupancy.h"
#include "resource-svc/domain/occupancy_point.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// How full everything of one alliance is, for however many watch: it is looked at once for all of
// them, by whoever waits and comes first, and only while someone does. It follows the journal to
// know what to look at again, and the clock for slots that begin and end. Thread-safe.
//
// A board holds states and not events, so who reads slowly misses nothing and costs nothing: it is
// told of each window as it is when it gets to it.
class OccupancyBoard {
 public:
  struct Deps {
    db::Pool& pool;
    journal::Journal& journal;
    FacilityStore& facilities;
    WindowStore& windows;
    SlotStore& slots;
    const Clock& clock;
  };
  OccupancyBoard(const Deps& deps, std::string alliance)
      : deps_(deps), alliance_(std::move(alliance)) {}

  using Point = OccupancyPoint;
  // What is new, up to a point; `revision` is what to ask from next.
  struct News {
    std::vector<v1::Occupancy> occupancies;
    Point point;
    int64_t revision = 0;
  };

  // What changed since an answer with this revision; 0: everything there is. What an entry of the
  // journal touched is among it although it says the same: what was counted may have been ahead of
  // the entry, and whoever comes from another board has not heard of it.
  News Since(int64_t revision);

  // What changed since a point, of this or of another board of the alliance. OUT_OF_RANGE /
  // RESUME_TOO_OLD when it would take too long to find out, NUMBER_OUT_OF_RANGE when it has not
  // come yet.
  absl::StatusOr<News> SincePoint(const Point& point);

  // Waits until something changed since `revision`, at most `longest`; it may return early.
  // UNAVAILABLE / UNAVAILABLE when the process ends.
  absl::Status Await(int64_t revision, absl::Duration longest);

  // Makes sure that there is something to read.
  absl::Status Load();

 private:
  struct Entry {
    Supply supply;
    Moment moment;
    bool withdrawn = false;
    v1::Occupancy occupancy;
    int64_t revision = 0;
    int64_t number = 0;    // of the journal, when an entry last touched it; 0: not yet
    bool touched = false;  // by an entry, in the look that found it
  };
  // What is to be looked at again.
  struct Touched {
    std::set<std::string> facilities;  // as a whole
    std::set<std::string> windows;     // as a whole
    std::set<std::string> counts;      // windows whose counts changed
    bool too_many = false;             // to read: everything
  };

  absl::StatusOr<Touched> TouchedBetween(int64_t first, int64_t last, absl::Time now);
  absl::Status Look(absl::Time until);
  absl::Status LookAgain(const Touched& touched, absl::Time now, std::vector<Entry>& found);
  absl::Status LookAtFacility(db::Connection& connection, const v1::Facility& facility,
                              absl::Time now, std::vector<Entry>& found);
  absl::StatusOr<Entry> LookAt(db::Connection& connection, Supply supply, absl::Time now);
  absl::StatusOr<std::optional<SlotCount>> CountOf(db::Connection& connection,
                                                   const std::string& window, const Moment& moment);
  void Publish(std::vector<Entry> found, const Point& point);

  const Deps deps_;
  const std::string alliance_;
  absl::Mutex mutex_;
  absl::CondVar changed_;
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;  // someone looks
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  Point point_ ABSL_GUARDED_BY(mutex_);
  int64_t revision_ ABSL_GUARDED_BY(mutex_) = 0;  // 0: not loaded
  int64_t first_number_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Time looked_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace jinhuan::resource
