#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace jinhuan::gateway {

// One entry of a calendar.
struct CalendarEvent {
  enum class Status { kConfirmed, kTentative };

  std::string uid;       // the same for as long as the entry is the same thing
  int64_t sequence = 0;  // grows with every change of it
  absl::Time stamp;      // when it was made or changed last
  absl::Time start;
  absl::Time end;        // exclusive
  bool all_day = false;  // then these days are shown, whatever the calendar's zone
  absl::CivilDay first_day;
  absl::CivilDay last_day;
  std::string summary;
  std::string location;
  std::string description;
  Status status = Status::kConfirmed;
  bool busy = true;  // whether it takes the person's time
};

// A calendar as iCalendar text (RFC 5545): lines end in CRLF and are folded after 75
// octets at most, never inside a character; texts are escaped. Times are local with a
// VTIMEZONE where the zone keeps one offset over the span of the events, as Asia/Shanghai
// does, and UTC otherwise. The same input gives the same bytes.
std::string ICalendar(std::string_view name, absl::TimeZone zone,
                      const std::vector<CalendarEvent>& events);

}  // namespace jinhuan::gateway
