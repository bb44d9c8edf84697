#include "resource-svc/storage/window_store.h"

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/window_rules.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kQueue("UPDATE facility SET windows = windows + 1 WHERE alliance_id = ? AND id = ?",
                       "PRIMARY");
const db::Query kInsert(
    "INSERT INTO facility_window (alliance_id, facility_id, id, body) VALUES (?, ?, ?, ?)", "");
const db::Query kSupply(
    "SELECT f.body, w.body FROM facility_window AS w "
    "JOIN facility AS f ON f.alliance_id = w.alliance_id AND f.id = w.facility_id "
    "WHERE w.alliance_id = ? AND w.facility_id = ? AND w.id = ?",
    "PRIMARY");
const db::Query kList(
    "SELECT body FROM facility_window WHERE alliance_id = ? AND facility_id = ? AND id > ? "
    "ORDER BY id LIMIT ?",
    "PRIMARY");
const db::Query kListBetween(
    "SELECT body FROM facility_window FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND facility_id >= ? AND facility_id <= ? ORDER BY facility_id, id",
    "PRIMARY");

absl::Status NotFound(const std::string& name) {
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

}  // namespace

absl::Status WindowStore::Create(db::Connection& connection, const api::Call& call,
                                 const v1::Window& window) {
  const std::string facility = ParentOf(window.name());
  const std::string alliance_id = AllianceId(facility);
  JH_ASSIGN_OR_RETURN(const int64_t queued,
                      connection.Execute(kQueue, {alliance_id, LastId(facility)}));
  if (queued == 0) return NotFound(facility);
  JH_ASSIGN_OR_RETURN(const std::vector<v1::Window> others,
                      ListBetween(connection, facility, facility));
  for (const v1::Window& other : others) {
    if (Overlap(window, other)) {
      return Error(v1::ERROR_REASON_WINDOW_OVERLAPS, {{"window", other.name()}});
    }
  }
  JH_RETURN_IF_ERROR(connection
                         .Execute(kInsert, {alliance_id, LastId(facility), LastId(window.name()),
                                            window.SerializeAsString()})
                         .status());
  return journal_.Append(connection, call, {.resource = window.name(), .after = &window});
}

absl::StatusOr<Supply> WindowStore::GetSupply(db::Connection& connection, const std::string& name) {
  const std::string facility = ParentOf(name);
  Supply supply;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kSupply, {AllianceId(name), LastId(facility), LastId(name)},
                                        [&](const db::Row& row) {
                                          row.Parse(0, supply.facility);
                                          row.Parse(1, supply.window);
                                        }));
  if (rows == 0) return NotFound(name);
  const auto zone = FindTimeZone(supply.facility.time_zone());
  if (!zone.has_value()) return absl::InternalError("the time zone of a facility is gone");
  supply.zone = *zone;
  return supply;
}

absl::StatusOr<std::vector<v1::Window>> WindowStore::List(db::Connection& connection,
                                                          const std::string& facility,
                                                          const api::Page& page) {
  std::vector<v1::Window> windows;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList,
                                 {AllianceId(facility), LastId(facility),
                                  page.first() ? "" : page.after[0], page.limit()},
                                 [&](const db::Row& row) { row.Parse(0, windows.emplace_back()); })
                         .status());
  return windows;
}

absl::StatusOr<std::vector<v1::Window>> WindowStore::ListBetween(db::Connection& connection,
                                                                 const std::string& first_facility,
                                                                 const std::string& last_facility) {
  std::vector<v1::Window> windows;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kListBetween,
                  {AllianceId(first_facility), LastId(first_facility), LastId(last_facility)},
                  [&](const db::Row& row) { row.Parse(0, windows.emplace_back()); })
          .status());
  return windows;
}

}  // namespace jinhuan::resource
