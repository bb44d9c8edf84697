#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "platform/api/page.h"
#include "platform/status/status_macros.h"

namespace jinhuan::api {

// Where a page of a list begins whose newest rows come first: behind this time and id.
struct TimePosition {
  absl::Time time = absl::FromUnixSeconds(253'402'300'799);  // the end of 9999
  std::string id = "~";                                      // behind every id
};

// The sort key of a row of such a list, and the position behind it; the beginning on the first
// page. INVALID_ARGUMENT / PAGE_TOKEN_INVALID where the token holds no time.
inline std::vector<std::string> TimeKey(absl::Time time, std::string id) {
  return {std::to_string(absl::ToUnixMicros(time)), std::move(id)};
}
inline absl::StatusOr<TimePosition> TimePositionOf(const Page& page) {
  TimePosition position;
  if (page.first()) return position;
  JH_ASSIGN_OR_RETURN(const int64_t micros, NumberOf(page.after[0]));
  position.time = std::min(position.time, absl::FromUnixMicros(micros));
  position.id = page.after[1];
  return position;
}

}  // namespace jinhuan::api
