#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/report.pb.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {

// Adds up how much of what was open was booked, slot by slot and booking by booking.
// Not thread-safe.
class Utilization {
 public:
  // A slot of `capacity` places of which `used` are taken, in a facility of this zone.
  // Its minutes count for the hours of the day that they fall in.
  void AddSlot(const std::string& facility, absl::TimeZone zone, const Slot& slot, int capacity,
               int used);

  // A booking that was a use.
  void AddBooking(const v1::Booking& booking);

  // The use of a facility; nothing offered when it was not open.
  v1::Use Of(const std::string& facility) const;

  // 24 hours.
  std::vector<v1::HourUse> Hours() const;

  // Whoever used most first; of equals by name.
  std::vector<v1::UnitUse> Units() const;

 private:
  struct Sum {
    int64_t offered = 0;
    int64_t used = 0;
  };
  static v1::Use ToUse(const Sum& sum);

  std::map<std::string, Sum> facilities_;
  std::array<Sum, 24> hours_;
  std::map<std::string, v1::UnitUse> units_;
};

// Whether a booking in this state holds or held its places: it is a use.
bool IsUse(v1::Booking::State state);

}  // namespace jinhuan::resource
