#include "resource-svc/rpc/occupancy_board.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Milliseconds(50);
constexpr int kBatch = 512;
constexpr int kMostEntries = 20 * kBatch;
constexpr int kFacilities = 1000;

// "alliances/a/facilities/f", for what lies in it.
std::string FacilityOf(const std::string& resource, size_t after_alliance) {
  const size_t start = after_alliance + std::string_view("/facilities/").size();
  return resource.substr(0, resource.find('/', start));
}

}  // namespace

OccupancyBoard::News OccupancyBoard::Since(int64_t revision) {
  absl::MutexLock lock(&mutex_);
  News news{{}, point_, revision_};
  for (const auto& [window, entry] : entries_) {
    if (entry.revision > revision) news.occupancies.push_back(entry.occupancy);
  }
  return news;
}

absl::StatusOr<OccupancyBoard::News> OccupancyBoard::SincePoint(const Point& point) {
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  JH_ASSIGN_OR_RETURN(const int64_t size, deps_.journal.Size(deadline));
  const absl::Time now = deps_.clock.Now();
  if (point.number > size || point.time > now) {
    return Error(error::v1::COMMON_REASON_NUMBER_OUT_OF_RANGE,
                 {{"number", std::to_string(point.number)}, {"last", std::to_string(size)}});
  }
  int64_t first_number = 0;
  {
    absl::MutexLock lock(&mutex_);
    first_number = first_number_;
  }
  JH_ASSIGN_OR_RETURN(const Touched touched, TouchedBetween(point.number + 1, first_number, now));
  if (touched.too_many) return Error(v1::ERROR_REASON_RESUME_TOO_OLD);
  absl::MutexLock lock(&mutex_);
  News news{{}, point_, revision_};
  for (const auto& [window, entry] : entries_) {
    const bool changed =
        entry.number > point.number || touched.counts.count(window) > 0 ||
        touched.facilities.count(entry.supply.facility.name()) > 0 ||
        MomentOf(entry.supply, point.time).slot != MomentOf(entry.supply, point_.time).slot;
    if (changed) news.occupancies.push_back(entry.occupancy);
  }
  return news;
}

absl::Status OccupancyBoard::Load() {
  absl::MutexLock lock(&mutex_);
  while (revision_ == 0) {
    if (busy_) {
      changed_.Wait(&mutex_);
      continue;
    }
    busy_ = true;
    mutex_.Unlock();
    const absl::Status looked = Look(absl::Now());
    mutex_.Lock();
    busy_ = false;
    changed_.SignalAll();
    JH_RETURN_IF_ERROR(looked);
  }
  return absl::OkStatus();
}

absl::Status OccupancyBoard::Await(int64_t revision, absl::Duration longest) {
  const absl::Time until = absl::Now() + longest;
  {
    absl::MutexLock lock(&mutex_);
    while (busy_ && revision_ <= revision && absl::Now() < until) {
      changed_.WaitWithDeadline(&mutex_, until);
    }
    if (busy_ || revision_ > revision) return absl::OkStatus();
    busy_ = true;
  }
  const absl::Status looked = Look(until);
  absl::MutexLock lock(&mutex_);
  busy_ = false;
  changed_.SignalAll();
  return looked;
}

absl::Status OccupancyBoard::Look(absl::Time until) {
  Point point;
  bool loaded = false;
  absl::Time looked;
  absl::Time due = absl::InfiniteFuture();
  {
    absl::MutexLock lock(&mutex_);
    point = point_;
    loaded = revision_ > 0;
    looked = looked_;
    for (const auto& [window, entry] : entries_) due = std::min(due, entry.moment.until);
  }
  // However fast things change, the database is asked so often and no more.
  absl::SleepFor(looked + kBetweenLooks - absl::Now());
  absl::Time now = deps_.clock.Now();
  if (loaded && now < due) {
    deps_.journal.AwaitNumber(point.number + 1, std::min(until, absl::Now() + (due - now)));
    now = deps_.clock.Now();
  }
  if (deps_.journal.stopped()) return Error(error::v1::COMMON_REASON_UNAVAILABLE);
  // Before what it counts: what comes meanwhile is looked at again.
  JH_ASSIGN_OR_RETURN(const int64_t size, deps_.journal.Size(absl::Now() + absl::Seconds(5)));
  Touched touched{.facilities = {}, .windows = {}, .counts = {}, .too_many = !loaded};
  if (loaded) {
    JH_ASSIGN_OR_RETURN(touched, TouchedBetween(point.number + 1, size, now));
  }
  {
    absl::MutexLock lock(&mutex_);
    if (!loaded) first_number_ = size;
    for (const auto& [window, entry] : entries_) {
      if (entry.moment.until <= now) touched.windows.insert(window);
    }
    for (const std::string& window : touched.counts) {
      if (entries_.count(window) == 0) touched.facilities.insert(ParentOf(window));
    }
  }
  std::vector<Entry> found;
  JH_RETURN_IF_ERROR(LookAgain(touched, now, found));
  Publish(std::move(found), {size, now});
  return absl::OkStatus();
}

absl::StatusOr<OccupancyBoard::Touched> OccupancyBoard::TouchedBetween(int64_t first, int64_t last,
                                                                       absl::Time now) {
  Touched touched;
  if (last - first >= kMostEntries) {
    touched.too_many = true;
    return touched;
  }
  while (first <= last) {
    JH_ASSIGN_OR_RETURN(const auto entries, deps_.journal.ReadFrom(first, kBatch, {alliance_, ""},
                                                                   absl::Now() + absl::Seconds(5)));
    for (const journal::v1::Entry& entry : entries) {
      const std::string_view rest = std::string_view(entry.resource()).substr(alliance_.size());
      if (rest.starts_with("/facilities/")) {
        touched.facilities.insert(FacilityOf(entry.resource(), alliance_.size()));
      }
      v1::Booking booking;
      const auto& body = entry.has_after() ? entry.after() : entry.before();
      if (!rest.starts_with("/bookings/") || !body.UnpackTo(&booking)) continue;
      // What is not under way counts in no slot that is.
      if (api::FromProto(booking.start_time()) <= now && now < api::FromProto(booking.end_time())) {
        touched.counts.insert(booking.window());
      }
    }
    if (entries.size() < kBatch) break;
    first = entries.back().number() + 1;
  }
  return touched;
}

absl::Status OccupancyBoard::LookAgain(const Touched& touched, absl::Time now,
                                       std::vector<Entry>& found) {
  std::vector<Entry> counted;
  {
    absl::MutexLock lock(&mutex_);
    for (const std::string& window : touched.counts) {
      const auto entry = entries_.find(window);
      if (entry != entries_.end()) counted.push_back(entry->second);
    }
  }
  return db::Read(
      deps_.pool, absl::Now() + absl::Seconds(10), [&](db::Connection& connection) -> absl::Status {
        found.clear();
        if (touched.too_many) {
          api::Page page{.size = kFacilities, .after = {}};
          for (bool more = true; more;) {
            JH_ASSIGN_OR_RETURN(
                const auto facilities,
                deps_.facilities.List(connection, alliance_, v1::FACILITY_KIND_UNSPECIFIED, page));
            for (const v1::Facility& facility : facilities) {
              JH_RETURN_IF_ERROR(LookAtFacility(connection, facility, now, found));
            }
            more = facilities.size() > kFacilities;
            if (more) page.after = {LastId(facilities.back().name())};
          }
          return absl::OkStatus();
        }
        for (const std::string& name : touched.facilities) {
          JH_ASSIGN_OR_RETURN(const auto facility, deps_.facilities.Get(connection, name));
          JH_RETURN_IF_ERROR(LookAtFacility(connection, facility, now, found));
        }
        for (const std::string& window : touched.windows) {
          JH_ASSIGN_OR_RETURN(Supply supply, deps_.windows.GetSupply(connection, window));
          JH_ASSIGN_OR_RETURN(found.emplace_back(), LookAt(connection, std::move(supply), now));
        }
        for (Entry entry : counted) {
          const std::string& window = entry.supply.window.name();
          if (touched.windows.count(window) > 0) continue;
          JH_ASSIGN_OR_RETURN(const auto count, CountOf(connection, window, entry.moment));
          entry.occupancy = OccupancyOf(entry.supply, entry.moment, count, entry.withdrawn, now);
          entry.touched = true;
          found.push_back(std::move(entry));
        }
        return absl::OkStatus();
      });
}

absl::Status OccupancyBoard::LookAtFacility(db::Connection& connection,
                                            const v1::Facility& facility, absl::Time now,
                                            std::vector<Entry>& found) {
  JH_ASSIGN_OR_RETURN(auto supplies, deps_.windows.Supplies(connection, facility));
  for (Supply& supply : supplies) {
    JH_ASSIGN_OR_RETURN(found.emplace_back(), LookAt(connection, std::move(supply), now));
    found.back().touched = true;
  }
  return absl::OkStatus();
}

absl::StatusOr<OccupancyBoard::Entry> OccupancyBoard::LookAt(db::Connection& connection,
                                                             Supply supply, absl::Time now) {
  Entry entry{.supply = std::move(supply),
              .moment = {},
              .withdrawn = false,
              .occupancy = {},
              .revision = 0,
              .number = 0,
              .touched = false};
  entry.moment = MomentOf(entry.supply, now);
  const std::string& window = entry.supply.window.name();
  if (entry.moment.slot.has_value()) {
    JH_ASSIGN_OR_RETURN(const auto closed,
                        ClosureStore::ClosedIn(connection, window, entry.moment.slot->start,
                                               entry.moment.slot->end));
    entry.withdrawn = OverlapsOneOf(*entry.moment.slot, closed);
  }
  JH_ASSIGN_OR_RETURN(const auto count, CountOf(connection, window, entry.moment));
  entry.occupancy = OccupancyOf(entry.supply, entry.moment, count, entry.withdrawn, now);
  return entry;
}

absl::StatusOr<std::optional<SlotCount>> OccupancyBoard::CountOf(db::Connection& connection,
                                                                 const std::string& window,
                                                                 const Moment& moment) {
  std::optional<SlotCount> count;
  if (!moment.slot.has_value()) return count;
  JH_ASSIGN_OR_RETURN(const SlotCounts counts,
                      deps_.slots.Counts(connection, window, moment.slot->start, moment.slot->end));
  if (!counts.empty()) count = counts.begin()->second;
  return count;
}

void OccupancyBoard::Publish(std::vector<Entry> found, const Point& point) {
  absl::MutexLock lock(&mutex_);
  const bool first = revision_ == 0;
  const int64_t revision = revision_ + 1;
  bool news = first;
  for (Entry& entry : found) {
    Entry& kept = entries_[entry.supply.window.name()];
    const bool same = SaysTheSame(kept.occupancy, entry.occupancy);
    if (same) entry.occupancy = kept.occupancy;
    const bool tell = entry.touched || !same;
    news = news || tell;
    entry.revision = tell ? revision : kept.revision;
    // What the first look finds may have been so for ever.
    entry.number = tell && !first ? point.number : kept.number;
    entry.touched = false;
    kept = std::move(entry);
  }
  if (news) revision_ = revision;
  point_ = point;
  looked_ = absl::Now();
}

}  // namespace jinhuan::resource
