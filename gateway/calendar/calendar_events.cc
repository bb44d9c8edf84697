#include "gateway/calendar/calendar_events.h"

#include <algorithm>
#include <charconv>

#include "google/protobuf/timestamp.pb.h"

namespace jinhuan::gateway {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// How often a resource with this etag has changed; etags of the suite count versions
// from 1.
int64_t SequenceOf(const std::string& etag) {
  int64_t version = 1;
  std::from_chars(etag.data(), etag.data() + etag.size(), version);
  return std::max<int64_t>(version - 1, 0);
}

template <class Resource>
CalendarEvent Begin(const Resource& resource) {
  CalendarEvent event;
  event.uid = resource.name() + "@jinhuan";
  event.start = TimeOf(resource.start_time());
  event.end = TimeOf(resource.end_time());
  return event;
}

std::string In(CalendarLanguage language, const char* chinese, const char* english) {
  return language == CalendarLanguage::kChinese ? chinese : english;
}

}  // namespace

CalendarEvent EventOf(const alliance::v1::ChairTerm& term, bool own, CalendarLanguage language) {
  CalendarEvent event = Begin(term);
  event.stamp = term.changes().empty() ? event.start : TimeOf(term.changes().rbegin()->time());
  event.sequence = SequenceOf(term.etag());
  event.all_day = true;
  event.busy = false;
  event.summary = own ? In(language, "本单位轮值主席任期", "Our unit holds the chair")
                      : In(language, "轮值主席：", "Chair: ") + term.member_display_name();
  event.description = term.reason();
  return event;
}

CalendarEvent EventOf(const meeting::v1::Meeting& meeting, CalendarLanguage language) {
  CalendarEvent event = Begin(meeting);
  event.stamp = TimeOf(meeting.convene_time());
  event.summary = meeting.title();
  event.location = meeting.location();
  if (meeting.has_own_invitation()) {
    const meeting::v1::Answer answer = meeting.own_invitation().answer();
    if (answer == meeting::v1::ANSWER_UNSPECIFIED) {
      event.status = CalendarEvent::Status::kTentative;
      event.summary += In(language, "（待答复）", " (answer awaited)");
    }
    if (answer == meeting::v1::ANSWER_LEAVE) {
      event.busy = false;
      event.summary += In(language, "（已请假）", " (on leave)");
    }
  }
  for (int i = 0; i < meeting.agenda_items_size(); ++i) {
    if (i > 0) event.description += '\n';
    event.description += std::to_string(i + 1) + ". " + meeting.agenda_items(i).title();
  }
  return event;
}

CalendarEvent EventOf(const resource::v1::Booking& booking, CalendarLanguage language) {
  CalendarEvent event = Begin(booking);
  event.stamp = TimeOf(booking.create_time());
  event.summary = In(language, "预约：", "Booking: ") + booking.facility_display_name();
  if (!booking.plate().empty()) event.summary += " " + booking.plate();
  event.location = booking.facility_display_name();
  return event;
}

}  // namespace jinhuan::gateway
