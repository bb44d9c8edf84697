#include "meeting-svc/rpc/meeting_board.h"

#include "absl/time/clock.h"
#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/majority_meter.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);

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

std::shared_ptr<MeetingBoard::Page> MeetingBoard::PageOf(const MeetingKey& key) {
  absl::MutexLock lock(&mutex_);
  for (auto page = pages_.begin(); page != pages_.end();) {
    page = page->second.expired() ? pages_.erase(page) : std::next(page);
  }
  std::weak_ptr<Page>& kept = pages_[key.name()];
  std::shared_ptr<Page> page = kept.lock();
  if (page == nullptr) kept = page = std::make_shared<Page>();
  return page;
}

absl::StatusOr<v1::MajorityMeter> MeetingBoard::Meter(db::Connection& connection,
                                                      const MeetingKey& key,
                                                      alliance::v1::ItemKind kind) const {
  JH_ASSIGN_OR_RETURN(const auto charter,
                      alliances_.CharterAt(connection, key.alliance(), clock_.Now()));
  const alliance::v1::ItemRule rule = RuleFor(charter.meeting(), kind);
  JH_ASSIGN_OR_RETURN(const auto roll,
                      floor_.Roll(connection, key, charter.meeting(), rule.secret()));
  return MeterOf(rule, roll);
}

absl::StatusOr<v1::WatchMeetingResponse> MeetingBoard::Read(const MeetingKey& key,
                                                            absl::Time deadline) {
  return db::Read<v1::WatchMeetingResponse>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::WatchMeetingResponse> {
        v1::WatchMeetingResponse response;
        JH_ASSIGN_OR_RETURN(MeetingStore::Seen seen, meetings_.See(connection, key));
        // Before the ballots themselves: what changes in between is told again.
        JH_ASSIGN_OR_RETURN(const int64_t changes, ballots_.Revision(connection, key));
        response.set_revision(seen.revision + changes);
        JH_ASSIGN_OR_RETURN(const auto running, ballots_.Running(connection, key));
        *response.mutable_ballots() = {running.begin(), running.end()};
        const alliance::v1::ItemKind kind = DecidedNow(seen.meeting);
        if (kind != alliance::v1::ITEM_KIND_UNSPECIFIED) {
          JH_ASSIGN_OR_RETURN(*response.mutable_meter(), Meter(connection, key, kind));
        }
        *response.mutable_meeting() = std::move(seen.meeting);
        return response;
      });
}

absl::StatusOr<v1::WatchMeetingResponse> MeetingBoard::Next(const MeetingKey& key, int64_t seen,
                                                            absl::Time until) {
  const std::shared_ptr<Page> page = PageOf(key);
  absl::MutexLock lock(&page->mutex);
  for (;;) {
    const absl::Time now = absl::Now();
    if (!page->reading && now - page->read_time >= kPause) {
      page->reading = true;
      page->mutex.Unlock();
      absl::StatusOr<v1::WatchMeetingResponse> read = Read(key, now + kPatience);
      page->mutex.Lock();
      page->reading = false;
      page->read_time = absl::Now();
      page->shown = std::move(read);
    }
    if (page->read_time != absl::InfinitePast() &&
        (!page->shown.ok() || page->shown->revision() != seen || absl::Now() >= until)) {
      return page->shown;
    }
    struct Wait {
      const Page* page;
      int64_t seen;
    } wait{page.get(), seen};
    page->mutex.AwaitWithTimeout(
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
