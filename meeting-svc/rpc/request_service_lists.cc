// Requests as lists and as files.
#include <fmt/format.h>

#include "meeting-svc/domain/request_rules.h"
#include "meeting-svc/domain/request_sheet.h"
#include "meeting-svc/rpc/request_service.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kSoon = absl::Hours(24);
constexpr int kMaxRows = 5'000;

std::vector<std::string> SortKey(const v1::Request& request) {
  return api::TimeKey(api::FromProto(request.create_time()), api::LastId(request.name()));
}

// Which requests a list, or a file of one, shows to the caller.
template <class Message>
absl::StatusOr<RequestStore::Filter> FilterOf(const api::Call& call, const Message& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("view", v1::RequestView_IsValid(request.view()), "a known view", "已有的视图");
  violations.Check("state", v1::Request::State_IsValid(request.state()), "a known state",
                   "已有的诉求状态");
  violations.Check("type", v1::RequestType_IsValid(request.type()), "a known type",
                   "已有的诉求类型");
  violations.Check("urgency", v1::RequestUrgency_IsValid(request.urgency()), "a known urgency",
                   "已有的时限条件");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  RequestStore::Filter filter{
      .alliance = request.parent(), .state = request.state(), .type = request.type()};
  if (request.urgency() == v1::REQUEST_URGENCY_OVERDUE) filter.due_by = call.now;
  if (request.urgency() == v1::REQUEST_URGENCY_SOON) filter.due_by = call.now + kSoon;
  if (request.view() == v1::REQUEST_VIEW_ALLIANCE) {
    if (call.scope.relation < auth::v1::RELATION_OWN_ALLIANCE) return NotFound(request.parent());
  } else if (request.view() == v1::REQUEST_VIEW_UNIT) {
    filter.member = call.ActingUnit(request.member());
    if (filter.member.empty() || !call.Covers("", filter.member)) return NotFound(request.parent());
  } else {
    filter.reporter = call.caller.name();
  }
  return filter;
}

}  // namespace

absl::StatusOr<std::vector<v1::Request>> RequestService::Listed(
    db::Connection& connection, const api::Call& call,
    const std::vector<RequestStore::Stored>& found) {
  std::vector<v1::Request> requests;
  for (const RequestStore::Stored& each : found) {
    JH_ASSIGN_OR_RETURN(v1::Request shown, Shown(connection, call, each.request, each.reporter));
    shown.clear_steps();
    shown.mutable_progress()->clear_steps();
    if (shown.merged_into().empty()) shown.clear_progress();
    requests.push_back(std::move(shown));
  }
  return requests;
}

absl::StatusOr<v1::ListRequestsResponse> RequestService::List(
    const api::Call& call, const v1::ListRequestsRequest& request) {
  JH_ASSIGN_OR_RETURN(const RequestStore::Filter filter, FilterOf(call, request));
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 2));
  JH_ASSIGN_OR_RETURN(const RequestStore::Position after, api::TimePositionOf(page));
  using Shown = std::vector<v1::Request>;
  JH_ASSIGN_OR_RETURN(
      Shown requests,
      db::Read<Shown>(
          deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Shown> {
            JH_ASSIGN_OR_RETURN(const auto found,
                                deps_.requests.List(connection, filter, after, page.limit()));
            return Listed(connection, call, found);
          }));
  v1::ListRequestsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, requests, *response.mutable_requests(), SortKey));
  return response;
}

absl::StatusOr<v1::ListMergedRequestsResponse> RequestService::ListMerged(
    const api::Call& call, const v1::ListMergedRequestsRequest& request) {
  JH_RETURN_IF_ERROR(
      api::RequireName("alliances/*/requests/*", request.parent(), "parent").status());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 2));
  JH_ASSIGN_OR_RETURN(const RequestStore::Position after, api::TimePositionOf(page));
  using Shown = std::vector<v1::Request>;
  JH_ASSIGN_OR_RETURN(
      Shown requests,
      db::Read<Shown>(
          deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Shown> {
            JH_ASSIGN_OR_RETURN(const auto into, Seen(connection, call, request.parent()));
            // Whoever reported it may see it, but not what others reported.
            if (!call.Covers("", into.request.member())) return NotFound(request.parent());
            const RequestStore::Filter filter{.alliance = call.alliance,
                                              .merged_into = request.parent()};
            JH_ASSIGN_OR_RETURN(const auto found,
                                deps_.requests.List(connection, filter, after, page.limit()));
            return Listed(connection, call, found);
          }));
  v1::ListMergedRequestsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, requests, *response.mutable_requests(), SortKey));
  return response;
}

absl::StatusOr<v1::ExportRequestsResponse> RequestService::Export(
    const api::Call& call, const v1::ExportRequestsRequest& request) {
  JH_ASSIGN_OR_RETURN(const RequestStore::Filter filter, FilterOf(call, request));
  absl::TimeZone zone;
  using Found = std::vector<RequestStore::Stored>;
  JH_ASSIGN_OR_RETURN(
      const Found found,
      db::Read<Found>(
          deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Found> {
            JH_ASSIGN_OR_RETURN(zone, deps_.alliances.Zone(connection, request.parent()));
            return deps_.requests.List(connection, filter, {}, kMaxRows + 1);
          }));
  v1::ExportRequestsResponse response;
  response.set_truncated(found.size() > kMaxRows);
  std::vector<v1::Request> rows;
  for (size_t i = 0; i < std::min<size_t>(found.size(), kMaxRows); ++i) {
    rows.push_back(SeenBy(found[i].request, found[i].reporter, call.caller, call.now));
  }
  JH_ASSIGN_OR_RETURN(*response.mutable_content(),
                      table::WriteXlsx(RequestSheet(rows, call.now, zone)));
  response.set_content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  response.set_filename(fmt::format("诉求 {}.xlsx", absl::FormatTime("%Y-%m-%d", call.now, zone)));
  response.set_row_count(static_cast<int32_t>(rows.size()));
  return response;
}

grpc::Status RequestService::ListRequests(grpc::ServerContext* context,
                                          const v1::ListRequestsRequest* request,
                                          v1::ListRequestsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

grpc::Status RequestService::ListMergedRequests(grpc::ServerContext* context,
                                                const v1::ListMergedRequestsRequest* request,
                                                v1::ListMergedRequestsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListMerged(call, *request); });
}

grpc::Status RequestService::ExportRequests(grpc::ServerContext* context,
                                            const v1::ExportRequestsRequest* request,
                                            v1::ExportRequestsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Export(call, *request); });
}

}  // namespace jinhuan::meeting
