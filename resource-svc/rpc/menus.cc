#include "resource-svc/rpc/menus.h"

#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/day_text.h"
#include "resource-svc/domain/menu_rules.h"
#include "resource-svc/rpc/facility_checks.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kMenu[] = "alliances/*/facilities/*/windows/*/menus/*";
constexpr int kMostDays = 31;

// Whether the window serves meals on that day.
absl::Status CheckDay(const Supply& supply, absl::CivilDay day) {
  Violations violations;
  violations.Check("menu.name",
                   supply.facility.kind() == v1::FACILITY_KIND_CANTEEN &&
                       OpensOn(supply.window, day, supply.rules ? &supply.rules->days : nullptr),
                   "of a canteen, on a day on which the window opens", "食堂在该日开放的餐次");
  return violations.ToStatus();
}

}  // namespace

absl::StatusOr<v1::Menu> Menus::Set(const api::Call& call, const v1::SetMenuRequest& request) {
  const v1::Menu& wanted = request.menu();
  Violations violations;
  const auto day = DayOfText(LastId(wanted.name()));
  if (api::MatchName(kMenu, wanted.name(), "menu.name", violations)) {
    violations.Check("menu.name", day.has_value(), "of a day", "以有效日期结尾");
  }
  CheckMenu(wanted, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Menu>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Menu> {
        JH_ASSIGN_OR_RETURN(const Supply supply,
                            windows_.GetSupply(connection, ParentOf(wanted.name())));
        JH_RETURN_IF_ERROR(CheckOwner(call, supply.facility));
        JH_RETURN_IF_ERROR(CheckDay(supply, *day));
        JH_ASSIGN_OR_RETURN(const v1::Menu before, menus_.Get(connection, wanted.name()));
        JH_RETURN_IF_ERROR(api::CheckEtag(wanted.etag(), before.etag(), wanted.name()));
        v1::Menu after = wanted;
        *after.mutable_date() = ToDate(*day);
        *after.mutable_update_time() = api::ToProto(call.now);
        return menus_.Set(connection, call, before, std::move(after));
      });
}

absl::StatusOr<v1::ListMenusResponse> Menus::List(const api::Call& call,
                                                  const v1::ListMenusRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  const bool complete = violations.Require("start_date", request.has_start_date()) &
                        violations.Require("end_date", request.has_end_date());
  const absl::CivilDay first = ToCivilDay(request.start_date());
  const absl::CivilDay last = ToCivilDay(request.end_date());
  violations.Check("end_date",
                   !complete || (IsDay(request.start_date()) && IsDay(request.end_date()) &&
                                 first <= last && last - first < kMostDays),
                   "a day not before start_date, at most 30 later",
                   "不早于开始日期，且不超过 31 天");
  if (!request.facility().empty() &&
      api::MatchName("alliances/*/facilities/*", request.facility(), "facility", violations)) {
    violations.Check("facility", api::AllianceOf(request.facility()) == call.alliance,
                     "a facility of the parent", "本联盟的共享资源");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, MenuStore::kPageColumns));
  JH_ASSIGN_OR_RETURN(
      auto menus,
      db::Read<std::vector<v1::Menu>>(pool_, call.deadline, [&](db::Connection& connection) {
        return menus_.List(connection, call.alliance, request.facility(), DayText(first),
                           DayText(last), page);
      }));
  v1::ListMenusResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, menus, *response.mutable_menus(), MenuStore::PageKey));
  return response;
}

}  // namespace jinhuan::resource
