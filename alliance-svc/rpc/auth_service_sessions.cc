#include "alliance-svc/rpc/auth_service.h"
#include "alliance-svc/rpc/own_account.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "users/*/sessions/*";
constexpr char kAll[] = "-";

std::vector<std::string> SortKey(const v1::SessionInfo& session) {
  return {std::to_string(absl::ToUnixMicros(api::FromProto(session.create_time()))),
          LastSegment(session.name())};
}

}  // namespace

grpc::Status AuthService::ListSessions(grpc::ServerContext* context,
                                       const v1::ListSessionsRequest* request,
                                       v1::ListSessionsResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListSessionsResponse> {
        const std::string user = request->parent().empty() ? call.caller.name() : request->parent();
        if (!api::MatchName("users/*", call.caller.name()).has_value()) return NotFound(user);
        JH_RETURN_IF_ERROR(api::RequireName("users/*", user, "parent").status());
        JH_RETURN_IF_ERROR(RequireOwnAccount(call, user));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 2));
        std::vector<v1::SessionInfo> rows;
        JH_RETURN_IF_ERROR(
            db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
              JH_RETURN_IF_ERROR(stores_.users.Get(connection, user, call.now).status());
              JH_ASSIGN_OR_RETURN(rows,
                                  stores_.credentials.ListSessions(connection, call, user, page));
              return absl::OkStatus();
            }));
        v1::ListSessionsResponse answer;
        answer.set_next_page_token(
            api::FillPage(*request, page, rows, *answer.mutable_sessions(), SortKey));
        return answer;
      });
}

grpc::Status AuthService::RevokeSession(grpc::ServerContext* context,
                                        const v1::RevokeSessionRequest* request,
                                        v1::RevokeSessionResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::RevokeSessionResponse> {
        const std::string& name = request->name();
        JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName(kPattern, name));
        const std::string user = UserName(ids[0]);
        JH_RETURN_IF_ERROR(RequireOwnAccount(call, user));
        return api::Write<v1::RevokeSessionResponse>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::RevokeSessionResponse> {
              v1::RevokeSessionResponse answer;
              if (ids[1] == kAll) {
                JH_RETURN_IF_ERROR(stores_.users.Get(connection, user, call.now).status());
                JH_ASSIGN_OR_RETURN(const int64_t count,
                                    stores_.credentials.RevokeOthers(connection, call, user));
                answer.set_revoked_count(static_cast<int32_t>(count));
                return answer;
              }
              JH_ASSIGN_OR_RETURN(const bool ended, stores_.credentials.RevokeSession(
                                                        connection, call, user, ids[1]));
              if (!ended) return NotFound(name);
              answer.set_revoked_count(1);
              return answer;
            });
      });
}

}  // namespace jinhuan::alliance
