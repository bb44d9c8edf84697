#pragma once

#include "jinhuan/resource/v1/facility_service.grpc.pb.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"
#include "resource-svc/rpc/closures.h"
#include "resource-svc/rpc/menus.h"
#include "resource-svc/rpc/window_changes.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Serves jinhuan.resource.v1.FacilityService, as facility_service.proto states
// it. Thread-safe.
class FacilityService final : public v1::FacilityService::Service {
 public:
  FacilityService(const rpc::Runtime& runtime, db::Pool& pool, FacilityStore& facilities,
                  WindowStore& windows, ClosureStore& closures, SupplyStore& supplies,
                  MemberStore& members, Alternatives& alternatives, MenuStore& menus)
      : handler_(runtime, v1::FacilityService::service_full_name()),
        ids_(runtime.ids),
        pool_(pool),
        facilities_(facilities),
        windows_(windows),
        members_(members),
        window_changes_(pool, windows, supplies, alternatives),
        closures_(pool, runtime.ids, facilities, windows, closures, supplies, alternatives),
        menus_(pool, windows, menus) {}

  grpc::Status CreateFacility(grpc::ServerContext* context,
                              const v1::CreateFacilityRequest* request,
                              v1::Facility* response) override;
  grpc::Status GetFacility(grpc::ServerContext* context, const v1::GetFacilityRequest* request,
                           v1::Facility* response) override;
  grpc::Status ListFacilities(grpc::ServerContext* context,
                              const v1::ListFacilitiesRequest* request,
                              v1::ListFacilitiesResponse* response) override;
  grpc::Status UpdateFacility(grpc::ServerContext* context,
                              const v1::UpdateFacilityRequest* request,
                              v1::Facility* response) override;
  grpc::Status RetireFacility(grpc::ServerContext* context,
                              const v1::RetireFacilityRequest* request,
                              v1::Facility* response) override;
  grpc::Status CreateClosure(grpc::ServerContext* context, const v1::CreateClosureRequest* request,
                             v1::Closure* response) override;
  grpc::Status ListClosures(grpc::ServerContext* context, const v1::ListClosuresRequest* request,
                            v1::ListClosuresResponse* response) override;
  grpc::Status CancelClosure(grpc::ServerContext* context, const v1::CancelClosureRequest* request,
                             v1::Closure* response) override;
  grpc::Status CreateWindow(grpc::ServerContext* context, const v1::CreateWindowRequest* request,
                            v1::Window* response) override;
  grpc::Status UpdateWindow(grpc::ServerContext* context, const v1::UpdateWindowRequest* request,
                            v1::Window* response) override;
  grpc::Status EndWindow(grpc::ServerContext* context, const v1::EndWindowRequest* request,
                         v1::Window* response) override;
  grpc::Status ListWindows(grpc::ServerContext* context, const v1::ListWindowsRequest* request,
                           v1::ListWindowsResponse* response) override;
  grpc::Status SetMenu(grpc::ServerContext* context, const v1::SetMenuRequest* request,
                       v1::Menu* response) override;
  grpc::Status ListMenus(grpc::ServerContext* context, const v1::ListMenusRequest* request,
                         v1::ListMenusResponse* response) override;

 private:
  absl::StatusOr<v1::Facility> Create(const api::Call& call,
                                      const v1::CreateFacilityRequest& request);
  absl::StatusOr<v1::ListFacilitiesResponse> List(const api::Call& call,
                                                  const v1::ListFacilitiesRequest& request);
  absl::StatusOr<v1::Facility> Update(const api::Call& call,
                                      const v1::UpdateFacilityRequest& request);
  absl::StatusOr<v1::Window> Open(const api::Call& call, const v1::CreateWindowRequest& request);
  absl::StatusOr<v1::ListWindowsResponse> ListOf(const api::Call& call,
                                                 const v1::ListWindowsRequest& request);

  rpc::Handler handler_;
  IdSource& ids_;
  db::Pool& pool_;
  FacilityStore& facilities_;
  WindowStore& windows_;
  MemberStore& members_;
  WindowChanges window_changes_;
  Closures closures_;
  Menus menus_;
};

}  // namespace jinhuan::resource
