#pragma once

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/facility_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/rpc/alternatives.h"
#include "resource-svc/storage/supply_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// UpdateWindow and EndWindow of FacilityService. Thread-safe.
class WindowChanges {
 public:
  WindowChanges(db::Pool& pool, WindowStore& windows, SupplyStore& supplies,
                Alternatives& alternatives)
      : pool_(pool), windows_(windows), supplies_(supplies), alternatives_(alternatives) {}

  absl::StatusOr<v1::Window> Update(const api::Call& call, const v1::UpdateWindowRequest& request);
  absl::StatusOr<v1::Window> End(const api::Call& call, const v1::EndWindowRequest& request);

 private:
  // Changes the window `name` to what `edit` makes of it; with validate_only answers what
  // it would be.
  template <class Request, class Edit>
  absl::StatusOr<v1::Window> Change(const api::Call& call, const Request& request,
                                    const std::string& name, const Edit& edit);
  absl::StatusOr<v1::Window> Preview(db::Connection& connection, const api::Call& call,
                                     const Supply& before, const Supply& after);
  absl::StatusOr<v1::Window> Apply(db::Connection& connection, const api::Call& call,
                                   const Supply& before, Supply after,
                                   const SupplyStore::Recall& recall);

  db::Pool& pool_;
  WindowStore& windows_;
  SupplyStore& supplies_;
  Alternatives& alternatives_;
};

}  // namespace jinhuan::resource
