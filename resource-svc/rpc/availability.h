#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Answers SearchAvailability from windows and slot counts; it never looks at
// bookings, so it costs the same however many there are. Thread-safe.
class Availability {
 public:
  Availability(db::Pool& pool, FacilityStore& facilities, WindowStore& windows, SlotStore& slots,
               ClosureStore& closures)
      : pool_(pool),
        facilities_(facilities),
        windows_(windows),
        slots_(slots),
        closures_(closures) {}

  absl::StatusOr<v1::SearchAvailabilityResponse> Find(const api::Call& call,
                                                      const v1::SearchAvailabilityRequest& request);

 private:
  // What is asked, and what is true of all facilities alike.
  struct Search {
    const api::Call& call;
    const v1::SearchAvailabilityRequest& request;
    absl::Time from;
    absl::Time to;
    std::vector<v1::Closure> closures = {};
    std::shared_ptr<const AllianceRules> rules = {};
  };

  // The facilities of a page, with one more than it holds if there is one.
  absl::StatusOr<std::vector<v1::Facility>> FindFacilities(
      const v1::SearchAvailabilityRequest& request, const api::Page& page,
      db::Connection& connection);
  // Those near the place that is asked for, the nearest first, from where the page begins.
  absl::StatusOr<std::vector<v1::Facility>> FindNear(const v1::SearchAvailabilityRequest& request,
                                                     const api::Page& page,
                                                     db::Connection& connection);
  absl::Status AddFacility(const Search& search, const v1::Facility& facility,
                           const std::vector<v1::Window>& windows, db::Connection& connection,
                           v1::SearchAvailabilityResponse& response);
  absl::Status AddSlots(const Search& search, const Supply& supply, db::Connection& connection,
                        v1::FacilityAvailability& availability);

  db::Pool& pool_;
  FacilityStore& facilities_;
  WindowStore& windows_;
  SlotStore& slots_;
  ClosureStore& closures_;
};

}  // namespace jinhuan::resource
