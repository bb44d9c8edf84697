#include "alliance-svc/rpc/alliance_service.h"

#include <set>

#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/domain/member_rules.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kDefaultTimeZone[] = "Asia/Shanghai";

absl::StatusOr<v1::Alliance> NewAlliance(const api::Call& call,
                                         const v1::CreateAllianceRequest& request, IdSource& ids) {
  v1::Alliance alliance;
  const std::string id = request.alliance_id().empty() ? ids.NewId() : request.alliance_id();
  alliance.set_name(AllianceName(id));
  alliance.set_display_name(request.alliance().display_name());
  alliance.set_street_display_name(request.alliance().street_display_name());
  if (request.alliance().has_list_labels()) {
    *alliance.mutable_list_labels() = request.alliance().list_labels();
  }
  alliance.set_time_zone(request.alliance().time_zone().empty() ? kDefaultTimeZone
                                                                : request.alliance().time_zone());
  *alliance.mutable_create_time() = api::ToProto(call.now);
  Violations violations;
  violations.Check("alliance_id", request.alliance_id().empty() || IsAllianceId(id),
                   "2 to 36 of a-z, 0-9 and '-', beginning with a letter",
                   "2 至 36 个小写字母、数字或“-”，以字母开头");
  CheckAlliance(alliance, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return alliance;
}

bool SeesAll(const auth::v1::Caller& caller) {
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (grant.role() == auth::v1::ROLE_SYSTEM_ADMIN) return true;
  }
  return false;
}

std::vector<std::string> SortKey(const v1::Alliance& alliance) {
  return {AllianceIdOf(alliance.name())};
}

// Up to page.limit() of the alliances in which the caller is somebody. These are
// few, so each is read by itself.
absl::StatusOr<std::vector<v1::Alliance>> ListOwn(db::Connection& connection,
                                                  const AllianceStore& store,
                                                  const auth::v1::Caller& caller,
                                                  const api::Page& page) {
  std::set<std::string> names;
  for (const auth::v1::Grant& grant : caller.grants()) {
    const bool later = page.first() || AllianceIdOf(grant.alliance()) > page.after[0];
    if (!grant.alliance().empty() && later) names.insert(grant.alliance());
  }
  std::vector<v1::Alliance> alliances;
  for (const std::string& name : names) {
    if (alliances.size() == static_cast<size_t>(page.limit())) break;
    JH_ASSIGN_OR_RETURN(v1::Alliance alliance, store.Get(connection, name));
    alliances.push_back(std::move(alliance));
  }
  return alliances;
}

}  // namespace

AllianceService::AllianceService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores)
    : handler_(runtime, v1::AllianceService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores) {}

grpc::Status AllianceService::CreateAlliance(grpc::ServerContext* context,
                                             const v1::CreateAllianceRequest* request,
                                             v1::Alliance* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Alliance> {
        JH_ASSIGN_OR_RETURN(const v1::Alliance alliance, NewAlliance(call, *request, ids_));
        return api::Write<v1::Alliance>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::Alliance> {
              JH_ASSIGN_OR_RETURN(v1::Alliance created,
                                  stores_.alliances.Insert(connection, call, alliance));
              JH_RETURN_IF_ERROR(
                  stores_.charters
                      .Insert(connection, call, FirstCharter(alliance), absl::UnixEpoch())
                      .status());
              JH_RETURN_IF_ERROR(stores_.rotations.Ensure(connection, alliance.name(), call.now));
              return created;
            });
      });
}

grpc::Status AllianceService::GetAlliance(grpc::ServerContext* context,
                                          const v1::GetAllianceRequest* request,
                                          v1::Alliance* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Alliance> {
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request->name()).status());
        return db::Read<v1::Alliance>(pool_, call.deadline, [&](db::Connection& connection) {
          return stores_.alliances.Get(connection, request->name());
        });
      });
}

grpc::Status AllianceService::ListAlliances(grpc::ServerContext* context,
                                            const v1::ListAlliancesRequest* request,
                                            v1::ListAlliancesResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListAlliancesResponse> {
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(auto rows, db::Read<std::vector<v1::Alliance>>(
                                           pool_, call.deadline, [&](db::Connection& connection) {
                                             return SeesAll(call.caller)
                                                        ? stores_.alliances.List(connection, page)
                                                        : ListOwn(connection, stores_.alliances,
                                                                  call.caller, page);
                                           }));
        v1::ListAlliancesResponse answer;
        answer.set_next_page_token(
            api::FillPage(*request, page, rows, *answer.mutable_alliances(), SortKey));
        return answer;
      });
}

grpc::Status AllianceService::UpdateAlliance(grpc::ServerContext* context,
                                             const v1::UpdateAllianceRequest* request,
                                             v1::Alliance* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Alliance> {
        const v1::Alliance& wanted = request->alliance();
        JH_RETURN_IF_ERROR(
            api::RequireName("alliances/*", wanted.name(), "alliance.name").status());
        return api::Write<v1::Alliance>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::Alliance> {
              JH_ASSIGN_OR_RETURN(const v1::Alliance before,
                                  stores_.alliances.Get(connection, wanted.name()));
              JH_RETURN_IF_ERROR(api::CheckEtag(wanted.etag(), before.etag(), wanted.name()));
              v1::Alliance after = before;
              JH_RETURN_IF_ERROR(api::ApplyMask(
                  request->update_mask(), {"display_name", "street_display_name", "list_labels"},
                  wanted, after));
              Violations violations;
              CheckAlliance(after, violations);
              JH_RETURN_IF_ERROR(violations.ToStatus());
              return stores_.alliances.Update(connection, call, before, std::move(after));
            });
      });
}

}  // namespace jinhuan::alliance
