#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "alliance-svc/facts/working_calendar.h"
#include "google/type/date.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "resource-svc/domain/day_text.h"

namespace jinhuan::resource {

using alliance::WorkingCalendar;

// A slot of a window: half-open, never empty.
struct Slot {
  absl::Time start;
  absl::Time end;

  friend bool operator==(const Slot&, const Slot&) = default;
};

// Whether a slot shares an instant with one of `closed`.
bool OverlapsOneOf(const Slot& slot, const std::vector<Slot>& closed);

// A day as a civil day; the day must exist.
absl::CivilDay ToCivilDay(const google::type::Date& date);

// Whether a day lies in a season: both its days do, whatever the year.
bool InSeason(const v1::Season& season, absl::CivilDay day);

// Whether an opening of the window can begin on that day of the facility's zone, by its
// dates, weekdays and season; and whether one does, by its kind of day too. Without `days`
// only weekends are days of rest.
bool MayOpenOn(const v1::Window& window, absl::CivilDay day);
bool OpensOn(const v1::Window& window, absl::CivilDay day, const WorkingCalendar* days = nullptr);

// When a window is open, as instants. Its hours are read off the clock on the
// wall of the facility: where the clocks are put forward, what falls into the gap
// does not happen; where they are put back, the hour that comes twice belongs to
// the slot that began in it first. Slots of one window never overlap.
//
// The window must be valid (CheckWindow); it and the working days must outlive this.
class WindowCalendar {
 public:
  WindowCalendar(const v1::Window& window, absl::TimeZone zone,
                 const WorkingCalendar* days = nullptr)
      : window_(window), zone_(zone), days_(days) {}

  // All slots of the opening that `time` lies in, in order; none when the window
  // is closed then.
  std::vector<Slot> OpeningAt(absl::Time time) const;

  // All slots of the opening that begins on `day`, in order; none when none does.
  std::vector<Slot> OpeningOf(absl::CivilDay day) const;

  // The slots that overlap [from, to), in order: one under way at `from` is among
  // them.
  std::vector<Slot> SlotsOverlapping(absl::Time from, absl::Time to) const;

 private:
  const v1::Window& window_;
  const absl::TimeZone zone_;
  const WorkingCalendar* const days_;
};

}  // namespace jinhuan::resource
