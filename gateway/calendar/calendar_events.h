#pragma once

#include <set>
#include <string>
#include <vector>

#include "gateway/calendar/icalendar.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/resource/v1/booking.pb.h"

namespace jinhuan::gateway {

// The language of the texts of a calendar.
enum class CalendarLanguage { kChinese, kEnglish };

// What a person's calendar shows of each resource. An event's UID is the resource's
// name, so it stays the same whatever changes in it.

// A term, and each time of it in which another unit stood in: whole days that do not
// take anyone's time. `units`: the person's, whose terms are told as its own. A
// calendar's only dates of a term are those of its alliance's `zone`.
std::vector<CalendarEvent> EventsOf(const alliance::v1::ChairTerm& term,
                                    const std::set<std::string>& units, absl::TimeZone zone,
                                    CalendarLanguage language);

// Whether people of a unit have a meeting in their calendar: all but one of a part of the
// units that theirs is not among.
bool Concerns(const meeting::v1::Meeting& meeting);

// A convened meeting: tentative until the person's unit has answered; not busy when it
// asked for leave.
CalendarEvent EventOf(const meeting::v1::Meeting& meeting, CalendarLanguage language);

// A booking that holds its place.
CalendarEvent EventOf(const resource::v1::Booking& booking, CalendarLanguage language);

}  // namespace jinhuan::gateway
