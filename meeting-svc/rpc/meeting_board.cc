#include "meeting-svc/rpc/meeting_board.h"

#include <optional>

#include "absl/time/clock.h"
#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/majority_meter.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);

// Whether much may happen to it at any moment.
bool IsUnderWay(const v1::Meeting& meeting) {
  return meeting.state() == v1::Meeting::STATE_CONVENED ||
         meeting.state() == v1::Meeting::STATE_OPEN;
}

// The kind of the item that is dealt with; unspecified where nothing is decided.
alliance::v1::ItemKind DecidedNow(const v1::Meeting& meeting) {
  for (const v1::AgendaItem& item : meeting.agenda_items()) {
    if (item.id() == meeting.current_item() && item.kind() != alliance::v1::ITEM_KIND_REPORT) {
      return item.kind();
    }
  }
  return alliance::v1::ITEM_KIND_UNSPECIFIED;
}

}  // namespace

struct MeetingBoard::Page {
  explicit Page(MeetingKey of) : key(std::move(of)) {}

  const MeetingKey key;
  absl::Mutex mutex;
  bool reading ABSL_GUARDED_BY(mutex) = false;
  absl::Time look_time ABSL_GUARDED_BY(mutex) = absl::InfinitePast();
  absl::Time read_time ABSL_GUARDED_BY(mutex) = absl::InfinitePast();
  absl::StatusOr<v1::WatchMeetingResponse> shown ABSL_GUARDED_BY(mutex) =
      v1::WatchMeetingResponse();
};

std::shared_ptr<MeetingBoard::Page> MeetingBoard::PageOf(const MeetingKey& key) {
  absl::MutexLock lock(&mutex_);
  for (auto page = pages_.begin(); page != pages_.end();) {
    page = page->second.expired() ? pages_.erase(page) : std::next(page);
  }
  std::weak_ptr<Page>& kept = pages_[key.name()];
  std::shared_ptr<Page> page = kept.lock();
  if (page == nullptr) kept = page = std::make_shared<Page>(key);
  return page;
}

absl::Status MeetingBoard::AddMeters(db::Connection& connection, const MeetingKey& key,
                                     const v1::Meeting& meeting,
                                     v1::WatchMeetingResponse& response) const {
  if (!IsUnderWay(meeting)) return absl::OkStatus();
  const absl::Time now = clock_.Now();
  JH_ASSIGN_OR_RETURN(const auto charter, alliances_.CharterAt(connection, key.alliance(), now));
  JH_ASSIGN_OR_RETURN(*response.mutable_quorum(), floor_.Quorum(connection, key, charter, now));
  const alliance::v1::ItemKind kind = DecidedNow(meeting);
  if (kind == alliance::v1::ITEM_KIND_UNSPECIFIED) return absl::OkStatus();
  const alliance::v1::ItemRule rule = RuleFor(charter.meeting(), kind);
  JH_ASSIGN_OR_RETURN(const auto roll,
                      floor_.Roll(connection, key, charter.meeting(), rule.secret()));
  *response.mutable_meter() = MeterOf(rule, roll);
  return absl::OkStatus();
}

absl::StatusOr<v1::WatchMeetingResponse> MeetingBoard::Read(const MeetingKey& key,
                                                            absl::Time deadline) {
  return db::Read<v1::WatchMeetingResponse>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::WatchMeetingResponse> {
        v1::WatchMeetingResponse response;
        // Before what it is of: what changes in between is told again.
        JH_ASSIGN_OR_RETURN(const int64_t revision, ballots_.Revision(connection, key));
        response.set_revision(revision);
        JH_ASSIGN_OR_RETURN(v1::Meeting meeting, meetings_.See(connection, key));
        JH_ASSIGN_OR_RETURN(const auto running, ballots_.Running(connection, key));
        *response.mutable_ballots() = {running.begin(), running.end()};
        JH_RETURN_IF_ERROR(AddMeters(connection, key, meeting, response));
        *response.mutable_meeting() = std::move(meeting);
        return response;
      });
}

bool MeetingBoard::Stands(const MeetingKey& key, int64_t shown, absl::Time deadline) {
  const auto revision = db::Read<int64_t>(pool_, deadline, [&](db::Connection& connection) {
    return ballots_.Revision(connection, key);
  });
  return revision.ok() && *revision == shown;
}

absl::StatusOr<v1::WatchMeetingResponse> MeetingBoard::Next(Page& page, int64_t seen,
                                                            absl::Time until) {
  absl::MutexLock lock(&page.mutex);
  for (;;) {
    const absl::Time now = absl::Now();
    const bool quiet = page.shown.ok() && !IsUnderWay(page.shown->meeting());
    if (!page.reading && now - page.look_time >= (quiet ? kLongPause : kPause)) {
      const bool fresh = page.shown.ok() && now - page.read_time < kFresh;
      const int64_t shown = fresh ? page.shown->revision() : 0;
      page.reading = true;
      page.mutex.Unlock();
      std::optional<absl::StatusOr<v1::WatchMeetingResponse>> read;
      const absl::Time deadline = now + kPatience;
      if (!fresh || !Stands(page.key, shown, deadline)) read = Read(page.key, deadline);
      page.mutex.Lock();
      page.reading = false;
      page.look_time = absl::Now();
      if (read.has_value()) {
        page.read_time = page.look_time;
        page.shown = *std::move(read);
      }
    }
    if (page.read_time != absl::InfinitePast() &&
        (!page.shown.ok() || page.shown->revision() != seen || absl::Now() >= until)) {
      return page.shown;
    }
    struct Wait {
      const Page* page;
      int64_t seen;
    } wait{&page, seen};
    page.mutex.AwaitWithTimeout(
        absl::Condition(
            +[](Wait* one) ABSL_NO_THREAD_SAFETY_ANALYSIS {
              return !one->page->reading && one->page->read_time != absl::InfinitePast() &&
                     (!one->page->shown.ok() || one->page->shown->revision() != one->seen);
            },
            &wait),
        kPause);
  }
}

}  // namespace jinhuan::meeting
