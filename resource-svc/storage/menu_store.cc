#include "resource-svc/storage/menu_store.h"

#include <fmt/format.h>

#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kGet(
    "SELECT version, body FROM menu "
    "WHERE alliance_id = ? AND day = ? AND facility_id = ? AND window_id = ?",
    "PRIMARY");
// One that came to be meanwhile stays, and counts as not added.
const db::Query kAdd(
    "INSERT IGNORE INTO menu (alliance_id, day, facility_id, window_id, version, body) "
    "VALUES (?, ?, ?, ?, 1, ?)",
    "");
const db::Query kReplace(
    "UPDATE menu SET version = version + 1, body = ? "
    "WHERE alliance_id = ? AND day = ? AND facility_id = ? AND window_id = ? AND version = ?",
    "PRIMARY");
const db::Query kList(
    "SELECT version, body FROM menu FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND day BETWEEN ? AND ? AND (day, facility_id, window_id) > (?, ?, ?) "
    "ORDER BY day, facility_id, window_id LIMIT ?",
    "PRIMARY");
const db::Query kListOf(
    "SELECT version, body FROM menu FORCE INDEX (menu_by_facility) "
    "WHERE alliance_id = ? AND facility_id = ? AND day BETWEEN ? AND ? "
    "AND (day, window_id) > (?, ?) ORDER BY day, window_id LIMIT ?",
    "menu_by_facility");

void ReadRow(const db::Row& row, v1::Menu& menu) {
  row.Parse(1, menu);
  menu.set_etag(fmt::to_string(row.Int(0)));
}

std::string WindowOf(const std::string& menu) { return ParentOf(menu); }
std::string FacilityOf(const std::string& menu) { return ParentOf(WindowOf(menu)); }

}  // namespace

absl::StatusOr<v1::Menu> MenuStore::Get(db::Connection& connection, const std::string& name) {
  v1::Menu menu;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet,
                                 {AllianceId(name), LastId(name), LastId(FacilityOf(name)),
                                  LastId(WindowOf(name))},
                                 [&](const db::Row& row) { ReadRow(row, menu); })
                         .status());
  return menu;
}

absl::StatusOr<v1::Menu> MenuStore::Set(db::Connection& connection, const api::Call& call,
                                        const v1::Menu& before, v1::Menu after) {
  const bool fresh = before.etag().empty();
  const int64_t version = fresh ? 0 : std::stoll(before.etag());
  const std::string& name = after.name();
  const std::string alliance = AllianceId(name);
  const std::string day = LastId(name);
  const std::string facility = LastId(FacilityOf(name));
  const std::string window = LastId(WindowOf(name));
  after.set_etag(fmt::to_string(version + 1));
  const std::string body = after.SerializeAsString();
  JH_RETURN_IF_ERROR(
      fresh ? connection.ExecuteExactly(1, kAdd, {alliance, day, facility, window, body})
            : connection.ExecuteExactly(1, kReplace,
                                        {body, alliance, day, facility, window, version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = name, .before = fresh ? nullptr : &before, .after = &after}));
  return after;
}

absl::StatusOr<std::vector<v1::Menu>> MenuStore::List(
    db::Connection& connection, const std::string& alliance, const std::string& facility,
    const std::string& first, const std::string& last, const api::Page& page) {
  std::vector<v1::Menu> menus;
  const auto add = [&](const db::Row& row) { ReadRow(row, menus.emplace_back()); };
  // Nothing sorts before an empty day.
  const std::vector<std::string> from =
      page.first() ? std::vector<std::string>(kPageColumns) : page.after;
  const auto rows =
      facility.empty()
          ? connection.Select(
                kList, {AllianceId(alliance), first, last, from[0], from[1], from[2], page.limit()},
                add)
          : connection.Select(kListOf,
                              {AllianceId(alliance), LastId(facility), first, last, from[0],
                               from[2], page.limit()},
                              add);
  JH_RETURN_IF_ERROR(rows.status());
  return menus;
}

std::vector<std::string> MenuStore::PageKey(const v1::Menu& menu) {
  const std::string& name = menu.name();
  return {LastId(name), LastId(FacilityOf(name)), LastId(WindowOf(name))};
}

}  // namespace jinhuan::resource
