#pragma once

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/facility_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "resource-svc/rpc/alternatives.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/supply_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// The closures of FacilityService, and the one that is for good: RetireFacility. Thread-safe.
class Closures {
 public:
  Closures(db::Pool& pool, IdSource& ids, FacilityStore& facilities, WindowStore& windows,
           ClosureStore& closures, SupplyStore& supplies, Alternatives& alternatives)
      : pool_(pool),
        ids_(ids),
        facilities_(facilities),
        windows_(windows),
        closures_(closures),
        supplies_(supplies),
        alternatives_(alternatives) {}

  absl::StatusOr<v1::Closure> Create(const api::Call& call,
                                     const v1::CreateClosureRequest& request);
  absl::StatusOr<v1::ListClosuresResponse> List(const api::Call& call,
                                                const v1::ListClosuresRequest& request);
  absl::StatusOr<v1::Closure> Cancel(const api::Call& call,
                                     const v1::CancelClosureRequest& request);
  absl::StatusOr<v1::Facility> Retire(const api::Call& call,
                                      const v1::RetireFacilityRequest& request);

 private:
  using Recall = SupplyStore::Recall;
  // Carries a closure that comes (`closes`) or goes over to the windows that it closes;
  // without a recall it only looks. Returns the bookings that are touched.
  absl::StatusOr<std::vector<v1::Booking>> Reshape(db::Connection& connection,
                                                   const api::Call& call,
                                                   const v1::Facility& facility,
                                                   const v1::Closure& closure, bool closes,
                                                   const Recall* recall);
  absl::StatusOr<std::vector<v1::Booking>> EndWindows(db::Connection& connection,
                                                      const api::Call& call,
                                                      const v1::Facility& facility,
                                                      const Recall* recall);

  db::Pool& pool_;
  IdSource& ids_;
  FacilityStore& facilities_;
  WindowStore& windows_;
  ClosureStore& closures_;
  SupplyStore& supplies_;
  Alternatives& alternatives_;
};

}  // namespace jinhuan::resource
