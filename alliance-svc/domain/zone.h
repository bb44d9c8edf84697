#pragma once

#include "absl/time/time.h"
#include "jinhuan/alliance/v1/alliance.pb.h"

namespace jinhuan::alliance {

// The zone in which the alliance's days are meant; UTC when this machine's zone
// files do not know it (any more).
inline absl::TimeZone ZoneOf(const v1::Alliance& alliance) {
  absl::TimeZone zone = absl::UTCTimeZone();
  absl::LoadTimeZone(alliance.time_zone(), &zone);
  return zone;
}

}  // namespace jinhuan::alliance
