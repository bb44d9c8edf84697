#include "alliance-svc/rpc/member_roster.h"

#include <fmt/format.h>

#include "alliance-svc/domain/roster.h"
#include "alliance-svc/domain/zone.h"
#include "alliance-svc/rpc/member_filters.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/write_or_preview.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kReason[] = "导入";
constexpr int kMaxExported = 5'000;

absl::Status CheckImport(const v1::ImportMembersRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("existing", v1::ImportExisting_IsValid(request.existing()),
                   "one of the listed values", "所列选项之一");
  return violations.ToStatus();
}

absl::StatusOr<RosterDay> DayIn(db::Pool& pool, const Stores& stores, const api::Call& call,
                                const std::string& alliance) {
  JH_ASSIGN_OR_RETURN(const v1::Alliance found,
                      db::Read<v1::Alliance>(pool, call.deadline, [&](db::Connection& connection) {
                        return stores.alliances.Get(connection, alliance);
                      }));
  return RosterDay{.zone = ZoneOf(found), .now = call.now};
}

struct Found {
  std::vector<v1::Member> members;
  int64_t total = 0;
};

}  // namespace

absl::StatusOr<v1::ImportMembersResponse> ImportRoster(db::Pool& pool, const Stores& stores,
                                                       IdSource& ids, const api::Call& call,
                                                       const v1::ImportMembersRequest& request) {
  JH_RETURN_IF_ERROR(CheckImport(request));
  JH_ASSIGN_OR_RETURN(const RosterDay day, DayIn(pool, stores, call, request.parent()));
  JH_ASSIGN_OR_RETURN(const table::Table table,
                      table::ReadTable(request.content(), RosterLimits()));
  const RosterOptions options{
      .existing = request.existing(),
      .day = day,
      .cause = {.reason = kReason, .actor = call.caller.display_name(), .time = call.now}};
  const auto import = [&](db::Connection& connection) -> absl::StatusOr<v1::ImportMembersResponse> {
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(stores.alliances.TakeTurn(connection, request.parent()));
    }
    JH_ASSIGN_OR_RETURN(const auto living, stores.members.Living(connection, request.parent()));
    JH_ASSIGN_OR_RETURN(RosterPlan plan, PlanRoster(table, living, options));
    if (request.validate_only() || plan.answer.wrong_count() > 0) return std::move(plan.answer);
    for (RosterChange& change : plan.changes) {
      if (change.before != nullptr) continue;
      change.after.set_name(request.parent() + "/members/" + ids.NewId());
    }
    JH_RETURN_IF_ERROR(stores.members.Import(connection, call, plan.changes, kReason));
    plan.answer.set_imported(true);
    return std::move(plan.answer);
  };
  return api::WriteOrPreview<v1::ImportMembersResponse>(pool, call, request, import);
}

absl::StatusOr<v1::ExportMembersResponse> ExportRoster(db::Pool& pool, const Stores& stores,
                                                       const api::Call& call,
                                                       const v1::ExportMembersRequest& request) {
  const v1::ListMembersRequest filters = AsList(request);
  JH_RETURN_IF_ERROR(CheckMemberFilters(filters));
  JH_ASSIGN_OR_RETURN(const RosterDay day, DayIn(pool, stores, call, request.parent()));
  JH_ASSIGN_OR_RETURN(
      const Found found,
      db::Read<Found>(
          pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Found> {
            const api::Page page{.size = kMaxExported - 1, .after = {}};
            Found all;
            JH_ASSIGN_OR_RETURN(all.members, stores.directory.List(connection, filters, page));
            JH_ASSIGN_OR_RETURN(all.total, stores.directory.Count(connection, filters));
            return all;
          }));
  v1::ExportMembersResponse answer;
  JH_ASSIGN_OR_RETURN(*answer.mutable_content(), table::WriteXlsx(RosterSheet(found.members, day)));
  answer.set_content_type(table::kXlsxMediaType);
  answer.set_filename(
      fmt::format("成员单位 {}.xlsx", absl::FormatCivilTime(absl::ToCivilDay(day.now, day.zone))));
  answer.set_row_count(static_cast<int32_t>(found.members.size()));
  answer.set_total_size(static_cast<int32_t>(found.total));
  return answer;
}

}  // namespace jinhuan::alliance
