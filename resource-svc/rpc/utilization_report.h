#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/report_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/domain/utilization.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/report_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Answers GetUtilization: what was open from windows and their calendars, what was taken
// from slots, who took it from bookings. Thread-safe.
class UtilizationReport {
 public:
  static constexpr size_t kFacilities = 200;
  static constexpr int kBookings = 50'000;

  UtilizationReport(db::Pool& pool, FacilityStore& facilities, WindowStore& windows,
                    SlotStore& slots, ReportStore& reports)
      : pool_(pool), facilities_(facilities), windows_(windows), slots_(slots), reports_(reports) {}

  absl::StatusOr<v1::GetUtilizationResponse> Get(const api::Call& call,
                                                 const v1::GetUtilizationRequest& request);

 private:
  // The facilities that the caller sees, and one more than kFacilities if there is one.
  absl::StatusOr<std::vector<v1::Facility>> ListFacilities(db::Connection& connection,
                                                           const api::Call& call,
                                                           v1::FacilityKind kind);
  absl::Status AddFacility(db::Connection& connection, const v1::GetUtilizationRequest& request,
                           const v1::Facility& facility, Utilization& sums);
  // True when there are more bookings than are looked at.
  absl::StatusOr<bool> AddBookings(db::Connection& connection, const api::Call& call,
                                   const v1::GetUtilizationRequest& request,
                                   const std::vector<v1::Facility>& facilities, Utilization& sums);

  db::Pool& pool_;
  FacilityStore& facilities_;
  WindowStore& windows_;
  SlotStore& slots_;
  ReportStore& reports_;
};

}  // namespace jinhuan::resource
