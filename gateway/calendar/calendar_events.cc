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

// When a term was published or changed last. Terms of before that was stored tell it by
// their changes alone.
absl::Time RevisedAt(const alliance::v1::ChairTerm& term) {
  if (term.has_update_time()) return TimeOf(term.update_time());
  return TimeOf(term.changes().empty() ? term.start_time() : term.changes().rbegin()->time());
}

// The day in which something ends: the one before, when it ends at a midnight.
absl::CivilDay LastDay(absl::Time end, absl::TimeZone zone) {
  return absl::ToCivilDay(end - absl::Microseconds(1), zone);
}

std::string In(CalendarLanguage language, const char* chinese, const char* english) {
  return language == CalendarLanguage::kChinese ? chinese : english;
}

}  // namespace

std::vector<CalendarEvent> EventsOf(const alliance::v1::ChairTerm& term,
                                    const std::set<std::string>& units, absl::TimeZone zone,
                                    CalendarLanguage language) {
  CalendarEvent whole = Begin(term);
  whole.stamp = RevisedAt(term);
  whole.sequence = SequenceOf(term.etag());
  whole.all_day = true;
  whole.first_day = absl::ToCivilDay(whole.start, zone);
  whole.last_day = LastDay(whole.end, zone);
  whole.busy = false;
  whole.summary = units.contains(term.member())
                      ? In(language, "本单位轮值主席任期", "Our unit holds the chair")
                      : In(language, "轮值主席：", "Chair: ") + term.member_display_name();
  whole.description = term.reason();
  std::vector<CalendarEvent> events = {whole};
  for (const alliance::v1::StandIn& stand_in : term.stand_ins()) {
    CalendarEvent event = whole;
    event.start = TimeOf(stand_in.start_time());
    event.end = TimeOf(stand_in.end_time());
    if (event.end <= event.start) continue;  // it never acted
    event.uid =
        term.name() + "/standIns/" + std::to_string(stand_in.start_time().seconds()) + "@jinhuan";
    event.first_day = absl::ToCivilDay(event.start, zone);
    event.last_day = LastDay(event.end, zone);
    if (units.contains(stand_in.member())) {
      event.summary = stand_in.replacement()
                          ? In(language, "本单位接任轮值主席", "Our unit takes the chair over")
                          : In(language, "本单位代理轮值主席", "Our unit stands in as chair");
    } else {
      event.summary = (stand_in.replacement() ? In(language, "接任轮值主席：", "Chair instead: ")
                                              : In(language, "代理轮值主席：", "Acting chair: ")) +
                      stand_in.member_display_name();
    }
    event.description = stand_in.reason();
    events.push_back(std::move(event));
  }
  return events;
}

bool Concerns(const meeting::v1::Meeting& meeting) {
  return meeting.has_own_invitation() || (meeting.body() != meeting::v1::MEETING_BODY_COUNCIL &&
                                          meeting.body() != meeting::v1::MEETING_BODY_STANDING);
}

CalendarEvent EventOf(const meeting::v1::Meeting& meeting, CalendarLanguage language) {
  CalendarEvent event = Begin(meeting);
  // A meeting that is convened stays as it is; what changes is the unit's answer.
  event.stamp =
      std::max(TimeOf(meeting.convene_time()), TimeOf(meeting.own_invitation().answer_time()));
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
  event.stamp = TimeOf(booking.create_time());  // no booking changes while it is shown
  event.summary = In(language, "预约：", "Booking: ") + booking.facility_display_name();
  if (!booking.plate().empty()) event.summary += " " + booking.plate();
  event.location = booking.facility_display_name();
  return event;
}

}  // namespace jinhuan::gateway
