#include "meeting-svc/rpc/notice_service.h"

#include "meeting-svc/domain/notice_audience.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kMaxNames = 1000;

NoticeStore::Reader ReaderOf(const api::Call& call) {
  return {.user = call.caller.name(), .audiences = AudiencesOf(call.caller)};
}

std::vector<std::string> SortKey(const v1::Notice& notice) {
  return api::TimeKey(api::FromProto(notice.create_time()), api::LastId(notice.name()));
}

}  // namespace

grpc::Status NoticeService::ListNotices(grpc::ServerContext* context,
                                        const v1::ListNoticesRequest* request,
                                        v1::ListNoticesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListNoticesResponse> NoticeService::List(const api::Call& call,
                                                            const v1::ListNoticesRequest& request) {
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 2));
  JH_ASSIGN_OR_RETURN(const NoticeStore::Position after, api::TimePositionOf(page));
  const NoticeStore::Reader reader = ReaderOf(call);
  v1::ListNoticesResponse response;
  std::vector<v1::Notice> notices;
  JH_RETURN_IF_ERROR(
      db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(
            notices, notices_.List(connection, reader, request.unread_only(), after, page.limit()));
        JH_ASSIGN_OR_RETURN(const int unread, notices_.UnreadCount(connection, reader));
        response.set_unread_count(unread);
        return absl::OkStatus();
      }));
  response.set_next_page_token(
      api::FillPage(request, page, notices, *response.mutable_notices(), SortKey));
  return response;
}

grpc::Status NoticeService::MarkNoticesRead(grpc::ServerContext* context,
                                            const v1::MarkNoticesReadRequest* request,
                                            v1::MarkNoticesReadResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return MarkRead(call, *request); });
}

absl::StatusOr<v1::MarkNoticesReadResponse> NoticeService::MarkRead(
    const api::Call& call, const v1::MarkNoticesReadRequest& request) {
  Violations violations;
  violations.Require("names", request.names_size() > 0 || request.has_up_to_time());
  violations.Check("names", request.names_size() <= kMaxNames, "at most 1000", "最多 1000 条");
  const absl::Time up_to =
      request.has_up_to_time() ? api::FromProto(request.up_to_time()) : absl::UnixEpoch();
  violations.Check("up_to_time", up_to >= absl::UnixEpoch() && up_to <= call.now,
                   "not in the future", "不晚于当前时间");
  std::vector<std::string> ids;
  for (const std::string& name : request.names()) {
    const auto parts = api::MatchName("users/*/notices/*", name);
    if (parts.has_value() && "users/" + parts->at(0) == call.caller.name()) {
      ids.push_back(parts->at(1));
    } else {
      violations.Add("names", error::v1::COMMON_REASON_NAME_INVALID,
                     {{"expected", call.caller.name() + "/notices/*"}});
    }
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  // Whoever merely knows the password leaves what is unread to its person.
  if (!HearsOfAnything(call.caller)) return v1::MarkNoticesReadResponse();
  const NoticeStore::Reader reader = ReaderOf(call);
  return api::Write<v1::MarkNoticesReadResponse>(
      pool_, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::MarkNoticesReadResponse> {
        JH_RETURN_IF_ERROR(notices_.MarkRead(connection, reader, ids, up_to));
        v1::MarkNoticesReadResponse response;
        JH_ASSIGN_OR_RETURN(const int unread, notices_.UnreadCount(connection, reader));
        response.set_unread_count(unread);
        return response;
      });
}

}  // namespace jinhuan::meeting
