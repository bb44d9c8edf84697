#include "resource-svc/rpc/facility_service.h"

#include <fmt/format.h>

#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/pass_rules.h"
#include "resource-svc/domain/window_rules.h"
#include "resource-svc/rpc/facility_checks.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kFacility[] = "alliances/*/facilities/*";

template <class Resource>
std::vector<std::string> IdKey(const Resource& resource) {
  return {LastId(resource.name())};
}

}  // namespace

grpc::Status FacilityService::CreateFacility(grpc::ServerContext* context,
                                             const v1::CreateFacilityRequest* request,
                                             v1::Facility* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Create(call, *request); });
}

absl::StatusOr<v1::Facility> FacilityService::Create(const api::Call& call,
                                                     const v1::CreateFacilityRequest& request) {
  v1::Facility facility = request.facility();
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  if (!facility.owner().empty()) JH_RETURN_IF_ERROR(CheckOwner(call, facility));
  CheckMember("facility.owner", facility.owner(), call.alliance, violations);
  CheckFacility(facility, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  if (facility.time_zone().empty()) facility.set_time_zone(kDefaultTimeZone);
  facility.set_name(fmt::format("{}/facilities/{}", request.parent(), ids_.NewId()));
  *facility.mutable_create_time() = api::ToProto(call.now);
  return api::Write<v1::Facility>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Facility> {
        JH_RETURN_IF_ERROR(members_.CheckActive(connection, facility.owner()));
        return facilities_.Create(connection, call, facility);
      });
}

grpc::Status FacilityService::GetFacility(grpc::ServerContext* context,
                                          const v1::GetFacilityRequest* request,
                                          v1::Facility* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Facility> {
                          JH_RETURN_IF_ERROR(api::RequireName(kFacility, request->name()).status());
                          return db::Read<v1::Facility>(
                              pool_, call.deadline, [&](db::Connection& connection) {
                                return facilities_.Get(connection, request->name());
                              });
                        });
}

grpc::Status FacilityService::ListFacilities(grpc::ServerContext* context,
                                             const v1::ListFacilitiesRequest* request,
                                             v1::ListFacilitiesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListFacilitiesResponse> FacilityService::List(
    const api::Call& call, const v1::ListFacilitiesRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kAlliance, request.parent(), "parent").status());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(
      auto facilities,
      db::Read<std::vector<v1::Facility>>(pool_, call.deadline, [&](db::Connection& connection) {
        return facilities_.List(connection, call.alliance, request.kind(), page);
      }));
  v1::ListFacilitiesResponse response;
  response.set_next_page_token(api::FillPage(request, page, facilities,
                                             *response.mutable_facilities(), IdKey<v1::Facility>));
  return response;
}

grpc::Status FacilityService::UpdateFacility(grpc::ServerContext* context,
                                             const v1::UpdateFacilityRequest* request,
                                             v1::Facility* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Update(call, *request); });
}

absl::StatusOr<v1::Facility> FacilityService::Update(const api::Call& call,
                                                     const v1::UpdateFacilityRequest& request) {
  const std::string& name = request.facility().name();
  JH_RETURN_IF_ERROR(api::RequireName(kFacility, name, "facility.name").status());
  return api::Write<v1::Facility>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Facility> {
        JH_ASSIGN_OR_RETURN(const v1::Facility before, facilities_.Get(connection, name));
        JH_RETURN_IF_ERROR(CheckOwner(call, before));
        v1::Facility after = before;
        JH_RETURN_IF_ERROR(api::ApplyMask(
            request.update_mask(), {"display_name", "address", "description", "grid", "location"},
            request.facility(), after));
        Violations violations;
        CheckFacility(after, violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_RETURN_IF_ERROR(api::CheckEtag(request.facility().etag(), before.etag(), name));
        return facilities_.Update(connection, call, before, after);
      });
}

grpc::Status FacilityService::RetireFacility(grpc::ServerContext* context,
                                             const v1::RetireFacilityRequest* request,
                                             v1::Facility* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return closures_.Retire(call, *request); });
}

grpc::Status FacilityService::CreateClosure(grpc::ServerContext* context,
                                            const v1::CreateClosureRequest* request,
                                            v1::Closure* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return closures_.Create(call, *request); });
}

grpc::Status FacilityService::ListClosures(grpc::ServerContext* context,
                                           const v1::ListClosuresRequest* request,
                                           v1::ListClosuresResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return closures_.List(call, *request); });
}

grpc::Status FacilityService::CancelClosure(grpc::ServerContext* context,
                                            const v1::CancelClosureRequest* request,
                                            v1::Closure* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return closures_.Cancel(call, *request); });
}

grpc::Status FacilityService::CreateWindow(grpc::ServerContext* context,
                                           const v1::CreateWindowRequest* request,
                                           v1::Window* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Open(call, *request); });
}

absl::StatusOr<v1::Window> FacilityService::Open(const api::Call& call,
                                                 const v1::CreateWindowRequest& request) {
  Violations violations;
  api::MatchName(kFacility, request.parent(), "parent", violations);
  CheckWindow(request.window(), violations);
  CheckAudience(request.window(), call.alliance, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  v1::Window window = request.window();
  window.set_name(fmt::format("{}/windows/{}", request.parent(), ids_.NewId()));
  *window.mutable_create_time() = api::ToProto(call.now);
  window.set_state(v1::Window::STATE_OPEN);
  window.set_etag("1");
  window.clear_touched();
  return api::Write<v1::Window>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Window> {
        JH_RETURN_IF_ERROR(windows_.Queue(connection, request.parent()));
        JH_ASSIGN_OR_RETURN(const v1::Facility facility,
                            facilities_.Get(connection, request.parent()));
        JH_RETURN_IF_ERROR(CheckOwner(call, facility));
        JH_RETURN_IF_ERROR(CheckLent(facility));
        Violations wrong;
        CheckPassTerms(window, facility.kind(), wrong);
        JH_RETURN_IF_ERROR(wrong.ToStatus());
        JH_RETURN_IF_ERROR(windows_.CheckRoom(connection, facility, call.now));
        JH_RETURN_IF_ERROR(windows_.Create(connection, call, window));
        return window;
      });
}

grpc::Status FacilityService::UpdateWindow(grpc::ServerContext* context,
                                           const v1::UpdateWindowRequest* request,
                                           v1::Window* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return window_changes_.Update(call, *request);
  });
}

grpc::Status FacilityService::EndWindow(grpc::ServerContext* context,
                                        const v1::EndWindowRequest* request, v1::Window* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return window_changes_.End(call, *request); });
}

grpc::Status FacilityService::ListWindows(grpc::ServerContext* context,
                                          const v1::ListWindowsRequest* request,
                                          v1::ListWindowsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListOf(call, *request); });
}

absl::StatusOr<v1::ListWindowsResponse> FacilityService::ListOf(
    const api::Call& call, const v1::ListWindowsRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kFacility, request.parent(), "parent").status());
  const bool all = LastId(request.parent()) == "-";
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, all ? 2 : 1));
  using Windows = std::vector<v1::Window>;
  JH_ASSIGN_OR_RETURN(
      auto windows,
      db::Read<Windows>(
          pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Windows> {
            if (all) return windows_.ListAll(connection, call.alliance, page);
            JH_RETURN_IF_ERROR(facilities_.Get(connection, request.parent()).status());
            return windows_.List(connection, request.parent(), page);
          }));
  v1::ListWindowsResponse response;
  const auto key = [&](const v1::Window& window) {
    std::vector<std::string> columns = IdKey(window);
    if (all) columns.insert(columns.begin(), LastId(ParentOf(window.name())));
    return columns;
  };
  response.set_next_page_token(
      api::FillPage(request, page, windows, *response.mutable_windows(), key));
  return response;
}

grpc::Status FacilityService::SetMenu(grpc::ServerContext* context,
                                      const v1::SetMenuRequest* request, v1::Menu* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return menus_.Set(call, *request); });
}

grpc::Status FacilityService::ListMenus(grpc::ServerContext* context,
                                        const v1::ListMenusRequest* request,
                                        v1::ListMenusResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return menus_.List(call, *request); });
}

}  // namespace jinhuan::resource
