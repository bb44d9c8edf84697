#pragma once

#include <string>

#include "gateway/calendar/icalendar.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/resource/v1/booking.pb.h"

namespace jinhuan::gateway {

// The language of the texts of a calendar.
enum class CalendarLanguage { kChinese, kEnglish };

// What a person's calendar shows of each resource. An event's UID is the resource's
// name, so it stays the same whatever changes in it.

// A term: whole days that do not take anyone's time. `own`: the person's unit chairs.
CalendarEvent EventOf(const alliance::v1::ChairTerm& term, bool own, CalendarLanguage language);

// A convened meeting: tentative until the person's unit has answered; not busy when it
// asked for leave.
CalendarEvent EventOf(const meeting::v1::Meeting& meeting, CalendarLanguage language);

// A booking that holds its place.
CalendarEvent EventOf(const resource::v1::Booking& booking, CalendarLanguage language);

}  // namespace jinhuan::gateway
