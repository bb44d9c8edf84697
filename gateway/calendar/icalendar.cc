#include "gateway/calendar/icalendar.h"

#include <fmt/format.h>

#include <algorithm>

namespace jinhuan::gateway {
namespace {

constexpr size_t kLineOctets = 75;  // RFC 5545, section 3.1

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Appends one content line, folded.
void AppendLine(std::string_view line, std::string& out) {
  size_t room = kLineOctets;
  while (line.size() > room) {
    size_t cut = room;
    while (cut > 0 && IsContinuation(line[cut])) --cut;
    if (cut == 0) cut = room;  // no text of ours: not UTF-8
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kLineOctets - 1;  // the blank counts
  }
  out.append(line).append("\r\n");
}

// A value of type TEXT (section 3.3.11); other control characters may not stand in it.
std::string Text(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out;
}

std::string Utc(absl::Time time) {
  return absl::FormatTime("%Y%m%dT%H%M%SZ", time, absl::UTCTimeZone());
}

// The one offset of `zone` from the first event to the last, in seconds; false when it
// changes in between.
bool FixedOffset(absl::TimeZone zone, const std::vector<CalendarEvent>& events, int& offset) {
  if (events.empty()) return false;
  absl::Time first = events.front().start;
  absl::Time last = events.front().end;
  for (const CalendarEvent& event : events) {
    first = std::min(first, event.start);
    last = std::max(last, event.end);
  }
  offset = zone.At(first).offset;
  absl::TimeZone::CivilTransition next;
  return !zone.NextTransition(first, &next) ||
         absl::FromCivil(next.from, absl::FixedTimeZone(offset)) > last;
}

std::string Offset(int seconds) {
  const int minutes = std::abs(seconds) / 60;
  return fmt::format("{}{:02}{:02}", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void AppendTimeZone(const std::string& name, int offset, std::string& out) {
  AppendLine("BEGIN:VTIMEZONE", out);
  AppendLine("TZID:" + name, out);
  AppendLine("BEGIN:STANDARD", out);
  AppendLine("DTSTART:19700101T000000", out);
  AppendLine("TZOFFSETFROM:" + Offset(offset), out);
  AppendLine("TZOFFSETTO:" + Offset(offset), out);
  AppendLine("END:STANDARD", out);
  AppendLine("END:VTIMEZONE", out);
}

}  // namespace

std::string ICalendar(std::string_view name, absl::TimeZone zone,
                      const std::vector<CalendarEvent>& events) {
  int offset = 0;
  const bool local = FixedOffset(zone, events, offset);
  const std::string zone_name = zone.name();
  const auto day = [](std::string_view property, absl::CivilDay date) {
    return fmt::format("{};VALUE=DATE:{:04}{:02}{:02}", property, date.year(), date.month(),
                       date.day());
  };
  const auto moment = [&](std::string_view property, absl::Time time) {
    if (!local) return fmt::format("{}:{}", property, Utc(time));
    return fmt::format("{};TZID={}:{}", property, zone_name,
                       absl::FormatTime("%Y%m%dT%H%M%S", time, zone));
  };

  std::string out;
  AppendLine("BEGIN:VCALENDAR", out);
  AppendLine("VERSION:2.0", out);
  AppendLine("PRODID:-//Jinhuan//Jinhuan//ZH", out);
  AppendLine("CALSCALE:GREGORIAN", out);
  // NAME and REFRESH-INTERVAL are RFC 7986; the others are what clients before it read.
  AppendLine("NAME:" + Text(name), out);
  AppendLine("X-WR-CALNAME:" + Text(name), out);
  AppendLine("X-WR-TIMEZONE:" + zone_name, out);
  AppendLine("REFRESH-INTERVAL;VALUE=DURATION:PT1H", out);
  AppendLine("X-PUBLISHED-TTL:PT1H", out);
  if (local) AppendTimeZone(zone_name, offset, out);
  for (const CalendarEvent& event : events) {
    AppendLine("BEGIN:VEVENT", out);
    AppendLine("UID:" + Text(event.uid), out);
    AppendLine("DTSTAMP:" + Utc(event.stamp), out);
    AppendLine(fmt::format("SEQUENCE:{}", event.sequence), out);
    AppendLine(event.all_day ? day("DTSTART", event.first_day) : moment("DTSTART", event.start),
               out);
    AppendLine(event.all_day ? day("DTEND", event.last_day + 1) : moment("DTEND", event.end), out);
    AppendLine("SUMMARY:" + Text(event.summary), out);
    if (!event.location.empty()) AppendLine("LOCATION:" + Text(event.location), out);
    if (!event.description.empty()) AppendLine("DESCRIPTION:" + Text(event.description), out);
    const bool tentative = event.status == CalendarEvent::Status::kTentative;
    AppendLine(tentative ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED", out);
    AppendLine(event.busy ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT", out);
    AppendLine("END:VEVENT", out);
  }
  AppendLine("END:VCALENDAR", out);
  return out;
}

}  // namespace jinhuan::gateway
