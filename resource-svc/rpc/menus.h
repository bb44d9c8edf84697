#pragma once

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/facility_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/menu_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// SetMenu and ListMenus of FacilityService. Thread-safe.
class Menus {
 public:
  Menus(db::Pool& pool, WindowStore& windows, MenuStore& menus)
      : pool_(pool), windows_(windows), menus_(menus) {}

  absl::StatusOr<v1::Menu> Set(const api::Call& call, const v1::SetMenuRequest& request);
  absl::StatusOr<v1::ListMenusResponse> List(const api::Call& call,
                                             const v1::ListMenusRequest& request);

 private:
  db::Pool& pool_;
  WindowStore& windows_;
  MenuStore& menus_;
};

}  // namespace jinhuan::resource
