#include "meeting-svc/rpc/meeting_board.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "meeting-svc/domain/majority.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);

// How quorum and majority stand for an item, each unit with one vote.
v1::MajorityMeter MeterOf(const v1::Meeting& meeting, const alliance::v1::ItemRule& rule) {
  v1::BallotCount count;
  count.set_entitled_units(meeting.invited_count());
  count.set_entitled_votes(meeting.invited_count());
  count.set_present_units(meeting.present_count());
  count.set_present_votes(meeting.present_count());
  count.set_for_votes(meeting.present_count());  // all that are there vote
  Measure(rule, count);
  v1::MajorityMeter meter;
  meter.set_kind(rule.kind());
  meter.set_entitled_count(meeting.invited_count());
  meter.set_present_count(meeting.present_count());
  meter.set_quorum_count(count.quorum_units());
  meter.set_quorate(count.present_units() >= count.quorum_units());
  meter.set_majority_count(static_cast<int32_t>(count.needed_votes()));
  return meter;
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

absl::StatusOr<v1::WatchMeetingResponse> MeetingBoard::Read(const MeetingKey& key,
                                                            absl::Time deadline) {
  return db::Read<v1::WatchMeetingResponse>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::WatchMeetingResponse> {
        JH_ASSIGN_OR_RETURN(MeetingStore::Seen seen, meetings_.See(connection, key));
        v1::WatchMeetingResponse response;
        const auto& items = seen.meeting.agenda_items();
        const auto item = std::find_if(items.begin(), items.end(), [&](const v1::AgendaItem& one) {
          return one.id() == seen.meeting.current_item();
        });
        if (item != items.end() && item->kind() != alliance::v1::ITEM_KIND_UNSPECIFIED &&
            item->kind() != alliance::v1::ITEM_KIND_REPORT) {
          JH_ASSIGN_OR_RETURN(const auto charter,
                              alliances_.CharterAt(connection, key.alliance(), absl::Now()));
          *response.mutable_meter() =
              MeterOf(seen.meeting, RuleFor(charter.meeting(), item->kind()));
        }
        *response.mutable_meeting() = std::move(seen.meeting);
        response.set_revision(seen.revision);
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
