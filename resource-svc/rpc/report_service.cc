#include "resource-svc/rpc/report_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "platform/api/page.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/report_sheet.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/rpc/unit_names.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kXlsx[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr absl::Duration kLongestPeriod = absl::Hours(24 * 366);

// What ListLedgerEntries and ExportLedger ask for alike.
template <class Request>
absl::StatusOr<LedgerStore::Filter> FilterOf(const api::Call& call, const Request& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  violations.Check("kind", v1::LedgerKind_IsValid(request.kind()), "a known kind", "有效的项目");
  violations.Check("start_time", IsTime(request.start_time()), "a time from 1970 to 9999",
                   "有效的时间");
  violations.Check("end_time", IsTime(request.end_time()), "a time from 1970 to 9999",
                   "有效的时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  LedgerStore::Filter filter{.member = request.member(), .kind = request.kind()};
  if (request.has_start_time()) filter.start = api::FromProto(request.start_time());
  if (request.has_end_time()) filter.end = api::FromProto(request.end_time());
  return filter;
}

absl::StatusOr<ReportFrame> FrameOf(const api::Call& call) {
  const auto zone = FindTimeZone(kDefaultTimeZone);
  if (!zone.has_value()) return absl::InternalError("the default time zone is gone");
  return ReportFrame{call.now, *zone,
                     [&call](const std::string& member) { return UnitName(call, member); }};
}

// Fills the fields of a file; `rows` may be one more than it holds.
template <class Response, class Rows, class MakeSheet>
absl::StatusOr<Response> FileOf(const api::Call& call, const char* title, Rows rows,
                                MakeSheet&& make) {
  JH_ASSIGN_OR_RETURN(const ReportFrame frame, FrameOf(call));
  Response response;
  response.set_truncated(rows.size() > ReportService::kMaxRows);
  if (response.truncated()) rows.resize(ReportService::kMaxRows);
  JH_ASSIGN_OR_RETURN(*response.mutable_content(), table::WriteXlsx(make(rows, frame)));
  response.set_content_type(kXlsx);
  response.set_filename(
      fmt::format("{} {}.xlsx", title, absl::FormatTime("%Y-%m-%d", call.now, frame.zone)));
  response.set_row_count(static_cast<int32_t>(rows.size()));
  return response;
}

}  // namespace

grpc::Status ReportService::GetLedger(grpc::ServerContext* context,
                                      const v1::GetLedgerRequest* request,
                                      v1::GetLedgerResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Balances(call, *request); });
}

absl::StatusOr<v1::GetLedgerResponse> ReportService::Balances(const api::Call& call,
                                                              const v1::GetLedgerRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(
      auto units,
      db::Read<std::vector<v1::UnitLedger>>(pool_, call.deadline, [&](db::Connection& connection) {
        return ledger_.Balances(connection, call.alliance, request.member(), page);
      }));
  v1::GetLedgerResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, units, *response.mutable_units(),
      [](const v1::UnitLedger& unit) { return std::vector<std::string>{LastId(unit.member())}; }));
  return response;
}

grpc::Status ReportService::ListLedgerEntries(grpc::ServerContext* context,
                                              const v1::ListLedgerEntriesRequest* request,
                                              v1::ListLedgerEntriesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Entries(call, *request); });
}

absl::StatusOr<v1::ListLedgerEntriesResponse> ReportService::Entries(
    const api::Call& call, const v1::ListLedgerEntriesRequest& request) {
  JH_ASSIGN_OR_RETURN(const LedgerStore::Filter filter, FilterOf(call, request));
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, LedgerStore::kPageColumns));
  JH_ASSIGN_OR_RETURN(
      auto entries,
      db::Read<std::vector<v1::LedgerEntry>>(pool_, call.deadline, [&](db::Connection& connection) {
        return ledger_.List(connection, call.alliance, filter, page);
      }));
  v1::ListLedgerEntriesResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, entries, *response.mutable_entries(), LedgerStore::PageKey));
  return response;
}

grpc::Status ReportService::GetUtilization(grpc::ServerContext* context,
                                           const v1::GetUtilizationRequest* request,
                                           v1::GetUtilizationResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return utilization_.Get(call, *request); });
}

grpc::Status ReportService::ExportBookings(grpc::ServerContext* context,
                                           const v1::ExportBookingsRequest* request,
                                           v1::ExportBookingsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return BookingFile(call, *request); });
}

absl::StatusOr<v1::ExportBookingsResponse> ReportService::BookingFile(
    const api::Call& call, const v1::ExportBookingsRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  violations.Check("state", v1::Booking::State_IsValid(request.state()), "a known state",
                   "有效的状态");
  const absl::Time start = api::FromProto(request.start_time());
  const absl::Time end = api::FromProto(request.end_time());
  if (violations.Require("start_time", request.has_start_time())) {
    violations.Check("start_time", IsTime(request.start_time()), "a time from 1970 to 9999",
                     "有效的时间");
  }
  if (violations.Require("end_time", request.has_end_time())) {
    violations.Check(
        "end_time", IsTime(request.end_time()) && end > start && end - start <= kLongestPeriod,
        "after start_time, at most 366 days later", "晚于开始时间，且相隔不超过 366 天");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  // The street's all, or those of the caller's units.
  std::vector<std::string> units = call.scope.units;
  if (call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE) units = {""};
  using Bookings = std::vector<v1::Booking>;
  JH_ASSIGN_OR_RETURN(
      Bookings bookings,
      db::Read<Bookings>(
          pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Bookings> {
            Bookings found;
            const auto add = [&](v1::Booking booking) { found.push_back(std::move(booking)); };
            for (const std::string& unit : units) {
              for (int state = 1; state < v1::Booking::State_ARRAYSIZE; ++state) {
                if (request.state() != 0 && request.state() != state) continue;
                JH_RETURN_IF_ERROR(reports_
                                       .EachBooking(connection, {call.alliance, start, end, unit},
                                                    static_cast<v1::Booking::State>(state),
                                                    kMaxRows + 1, add)
                                       .status());
              }
            }
            return found;
          }));
  std::sort(bookings.begin(), bookings.end(), [](const v1::Booking& a, const v1::Booking& b) {
    return std::make_tuple(a.start_time().seconds(), std::string_view(a.name())) <
           std::make_tuple(b.start_time().seconds(), std::string_view(b.name()));
  });
  return FileOf<v1::ExportBookingsResponse>(call, "预约", std::move(bookings), BookingSheet);
}

grpc::Status ReportService::ExportLedger(grpc::ServerContext* context,
                                         const v1::ExportLedgerRequest* request,
                                         v1::ExportLedgerResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return LedgerFile(call, *request); });
}

absl::StatusOr<v1::ExportLedgerResponse> ReportService::LedgerFile(
    const api::Call& call, const v1::ExportLedgerRequest& request) {
  JH_ASSIGN_OR_RETURN(const LedgerStore::Filter filter, FilterOf(call, request));
  const api::Page page{.size = kMaxRows, .after = {}};
  JH_ASSIGN_OR_RETURN(
      auto entries,
      db::Read<std::vector<v1::LedgerEntry>>(pool_, call.deadline, [&](db::Connection& connection) {
        return ledger_.List(connection, call.alliance, filter, page);
      }));
  return FileOf<v1::ExportLedgerResponse>(call, "贡献台账", std::move(entries), LedgerSheet);
}

}  // namespace jinhuan::resource
