#include "resource-svc/rpc/report_service.h"

#include <optional>

#include "platform/api/page.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/ledger_rules.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/rpc/ledger_filter.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kEntry[] = "alliances/*/ledgerEntries/*";
constexpr int64_t kMostEntered = 100'000'000;

// The months that balances are asked of, if any.
std::optional<LedgerStore::Months> MonthsOf(const v1::GetLedgerRequest& request,
                                            Violations& violations) {
  if (!request.has_first_month() && !request.has_last_month()) return std::nullopt;
  const auto number = [&](const google::type::Date& month, std::string_view field) {
    violations.Check(field,
                     month.day() == 0 && month.month() >= 1 && month.month() <= 12 &&
                         month.year() >= 2000 && month.year() <= 9999,
                     "a month from 2000 on, without a day", "2000 年以后的有效月份");
    return month.year() * 100 + month.month();
  };
  const LedgerStore::Months months{number(request.first_month(), "first_month"),
                                   number(request.last_month(), "last_month")};
  violations.Check("last_month", months.first <= months.last, "not before first_month",
                   "不早于起始月份");
  return months;
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
  const auto months = MonthsOf(request, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(
      auto units,
      db::Read<std::vector<v1::UnitLedger>>(pool_, call.deadline, [&](db::Connection& connection) {
        return ledger_.Balances(connection, call.alliance, request.member(), page, months);
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
  JH_ASSIGN_OR_RETURN(const LedgerStore::Filter filter, LedgerFilterOf(call, request));
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

grpc::Status ReportService::CorrectLedgerEntry(grpc::ServerContext* context,
                                               const v1::CorrectLedgerEntryRequest* request,
                                               v1::LedgerEntry* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Correct(call, *request); });
}

absl::StatusOr<v1::LedgerEntry> ReportService::Correct(
    const api::Call& call, const v1::CorrectLedgerEntryRequest& request) {
  Violations violations;
  api::MatchName(kEntry, request.name(), "name", violations);
  violations.Check("quantity", request.quantity() >= 0 && request.quantity() <= kMostEntered,
                   "0 to 100000000", "0 至 100000000");
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::LedgerEntry>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::LedgerEntry> {
        JH_ASSIGN_OR_RETURN(const v1::LedgerEntry entry, ledger_.Get(connection, request.name()));
        JH_ASSIGN_OR_RETURN(const LedgerStore::Line line, ledger_.LineOf(connection, entry));
        Violations wrong;
        wrong.Check("quantity", line.total != request.quantity(), "other than what is entered",
                    "与现有数量不同");
        JH_RETURN_IF_ERROR(wrong.ToStatus());
        JH_ASSIGN_OR_RETURN(const bool first,
                            ledger_.Record(connection, call,
                                           CorrectionOf(line.last, request.quantity() - line.total,
                                                        request.reason())));
        // Somebody else has corrected it meanwhile: from there on, then.
        if (!first) return db::RetryTransaction();
        JH_ASSIGN_OR_RETURN(const auto made, ledger_.BySource(connection, line.last.name(),
                                                              entry.kind(), entry.direction()));
        if (!made.has_value()) return absl::InternalError("what was entered is not there");
        return *made;
      });
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

grpc::Status ReportService::ExportLedger(grpc::ServerContext* context,
                                         const v1::ExportLedgerRequest* request,
                                         v1::ExportLedgerResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return LedgerFile(call, *request); });
}

grpc::Status ReportService::ExportList(grpc::ServerContext* context,
                                       const v1::ExportListRequest* request,
                                       v1::ExportListResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListFile(call, *request); });
}

}  // namespace jinhuan::resource
