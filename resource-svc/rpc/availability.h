#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Answers SearchAvailability from windows and slot counts; it never looks at
// bookings, so it costs the same however many there are. Thread-safe.
class Availability {
 public:
  Availability(db::Pool& pool, FacilityStore& facilities, WindowStore& windows, SlotStore& slots)
      : pool_(pool), facilities_(facilities), windows_(windows), slots_(slots) {}

  absl::StatusOr<v1::SearchAvailabilityResponse> Search(
      const api::Call& call, const v1::SearchAvailabilityRequest& request);

 private:
  struct Interval {
    absl::Time from;
    absl::Time to;
  };

  // The facilities of a page, with one more than it holds if there is one.
  absl::StatusOr<std::vector<v1::Facility>> FindFacilities(
      const v1::SearchAvailabilityRequest& request, const api::Page& page,
      db::Connection& connection);
  absl::Status AddFacility(const api::Call& call, const Interval& interval,
                           const v1::Facility& facility, const std::vector<v1::Window>& windows,
                           db::Connection& connection, v1::SearchAvailabilityResponse& response);

  db::Pool& pool_;
  FacilityStore& facilities_;
  WindowStore& windows_;
  SlotStore& slots_;
};

}  // namespace jinhuan::resource
