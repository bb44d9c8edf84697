// What ReportService gives as files.
#include <fmt/format.h>

#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/list_sheet.h"
#include "resource-svc/domain/report_sheet.h"
#include "resource-svc/rpc/ledger_filter.h"
#include "resource-svc/rpc/report_service.h"
#include "resource-svc/rpc/unit_names.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr absl::Duration kLongestPeriod = absl::Hours(24 * 366);
constexpr int kMaxListed = 20'000;  // of a list, whose rows are long

absl::StatusOr<ReportFrame> FrameOf(const api::Call& call, const MemberStore::Names& names) {
  const auto zone = FindTimeZone(kDefaultTimeZone);
  if (!zone.has_value()) return absl::InternalError("the default time zone is gone");
  return ReportFrame{call.now, *zone,
                     [&](const std::string& member) { return UnitName(call, names, member); }};
}

// The rows of a file, with what its units are called.
template <class Row>
struct Table {
  std::vector<Row> rows;  // may be one more than the file holds
  MemberStore::Names names;
};

// Fills the fields of a file.
template <class Response, class Row, class MakeSheet>
absl::StatusOr<Response> FileOf(const api::Call& call, const char* title, Table<Row> table,
                                MakeSheet&& make, size_t most = ReportService::kMaxRows) {
  JH_ASSIGN_OR_RETURN(const ReportFrame frame, FrameOf(call, table.names));
  std::vector<Row>& rows = table.rows;
  Response response;
  response.set_truncated(rows.size() > most);
  if (response.truncated()) rows.resize(most);
  JH_ASSIGN_OR_RETURN(*response.mutable_content(), table::WriteXlsx(make(rows, frame)));
  response.set_content_type(table::kXlsxMediaType);
  response.set_filename(
      fmt::format("{} {}.xlsx", title, absl::FormatTime("%Y-%m-%d", call.now, frame.zone)));
  response.set_row_count(static_cast<int32_t>(rows.size()));
  return response;
}

// The table of what `list` reads.
template <class Row, class List>
absl::StatusOr<Table<Row>> ReadTable(db::Pool& pool, MemberStore& members, const api::Call& call,
                                     List&& list) {
  return db::Read<Table<Row>>(
      pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Table<Row>> {
        Table<Row> table;
        JH_ASSIGN_OR_RETURN(table.rows, list(connection));
        JH_ASSIGN_OR_RETURN(table.names, members.NamesOf(connection, call.alliance));
        return table;
      });
}

}  // namespace

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
  std::vector<ReportStore::Range> ranges;
  for (const std::string& unit : units) ranges.push_back({call.alliance, start, end, unit});
  std::vector<v1::Booking::State> states;
  for (int state = 1; state < v1::Booking::State_ARRAYSIZE; ++state) {
    const bool wanted = request.state() == 0 || request.state() == state;
    if (wanted) states.push_back(static_cast<v1::Booking::State>(state));
  }
  // Of one moment: a booking that changes its state meanwhile is there once.
  JH_ASSIGN_OR_RETURN(
      Table<v1::Booking> table,
      db::ReadSnapshot<Table<v1::Booking>>(
          pool_, call.deadline,
          [&](db::Connection& connection) -> absl::StatusOr<Table<v1::Booking>> {
            Table<v1::Booking> found;
            JH_ASSIGN_OR_RETURN(found.rows,
                                stores_.reports.Earliest(connection, ranges, states, kMaxRows + 1));
            JH_ASSIGN_OR_RETURN(found.names, stores_.members.NamesOf(connection, call.alliance));
            return found;
          }));
  return FileOf<v1::ExportBookingsResponse>(call, "预约", std::move(table), BookingSheet);
}

absl::StatusOr<v1::ExportLedgerResponse> ReportService::LedgerFile(
    const api::Call& call, const v1::ExportLedgerRequest& request) {
  JH_ASSIGN_OR_RETURN(const LedgerStore::Filter filter, LedgerFilterOf(call, request));
  const api::Page page{.size = kMaxRows, .after = {}};
  const auto list = [&](db::Connection& connection) {
    return ledger_.List(connection, call.alliance, filter, page);
  };
  JH_ASSIGN_OR_RETURN(auto table, ReadTable<v1::LedgerEntry>(pool_, stores_.members, call, list));
  return FileOf<v1::ExportLedgerResponse>(call, "贡献台账", std::move(table), LedgerSheet);
}

absl::StatusOr<v1::ExportListResponse> ReportService::ListFile(
    const api::Call& call, const v1::ExportListRequest& request) {
  using Response = v1::ExportListResponse;
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  if (violations.Require("list", request.list() != v1::EXPORTED_LIST_UNSPECIFIED)) {
    violations.Check("list", v1::ExportedList_IsValid(request.list()), "a known list",
                     "有效的清单");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const std::string& alliance = call.alliance;
  const api::Page page{.size = kMaxListed, .after = {}};
  if (request.list() == v1::EXPORTED_LIST_NEEDS) {
    const auto list = [&](db::Connection& c) { return stores_.needs.List(c, alliance, {}, page); };
    JH_ASSIGN_OR_RETURN(auto table, ReadTable<v1::Need>(pool_, stores_.members, call, list));
    return FileOf<Response>(call, "需求清单", std::move(table), NeedSheet, kMaxListed);
  }
  if (request.list() == v1::EXPORTED_LIST_OFFERS) {
    const auto list = [&](db::Connection& c) { return stores_.offers.List(c, alliance, {}, page); };
    JH_ASSIGN_OR_RETURN(auto table, ReadTable<v1::Offer>(pool_, stores_.members, call, list));
    return FileOf<Response>(call, "资源清单", std::move(table), OfferSheet, kMaxListed);
  }
  if (request.list() == v1::EXPORTED_LIST_MATCHES) {
    const bool everyone = call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE;
    const MatchStore::Filter filter{.everyone = everyone, .units = call.scope.units};
    const auto list = [&](db::Connection& c) {
      return stores_.matches.List(c, alliance, filter, page);
    };
    JH_ASSIGN_OR_RETURN(auto table, ReadTable<v1::Match>(pool_, stores_.members, call, list));
    return FileOf<Response>(call, "对接清单", std::move(table), MatchSheet, kMaxListed);
  }
  const auto list = [&](db::Connection& c) {
    return stores_.facilities.List(c, alliance, v1::FACILITY_KIND_UNSPECIFIED, page);
  };
  JH_ASSIGN_OR_RETURN(auto table, ReadTable<v1::Facility>(pool_, stores_.members, call, list));
  return FileOf<Response>(call, "共享资源", std::move(table), FacilitySheet, kMaxListed);
}

}  // namespace jinhuan::resource
