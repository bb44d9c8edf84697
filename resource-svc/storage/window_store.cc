#include "resource-svc/storage/window_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/window_rules.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kQueue("UPDATE facility SET changes = changes + 1 WHERE alliance_id = ? AND id = ?",
                       "PRIMARY");
const db::Query kInsert(
    "INSERT INTO facility_window (alliance_id, facility_id, id, lottery_time, body) "
    "VALUES (?, ?, ?, ?, ?)",
    "");
const db::Query kSupply(
    "SELECT f.version, f.body, w.version, w.body FROM facility_window AS w "
    "JOIN facility AS f ON f.alliance_id = w.alliance_id AND f.id = w.facility_id "
    "WHERE w.alliance_id = ? AND w.facility_id = ? AND w.id = ?",
    "PRIMARY");
const db::Query kReplace(
    "UPDATE facility_window SET version = version + 1, body = ? "
    "WHERE alliance_id = ? AND facility_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kFence(
    "UPDATE facility_window SET version = version + 1 "
    "WHERE alliance_id = ? AND facility_id = ? AND id = ?",
    "PRIMARY");
const db::Query kList(
    "SELECT version, body FROM facility_window WHERE alliance_id = ? AND facility_id = ? AND id > "
    "? "
    "ORDER BY id LIMIT ?",
    "PRIMARY");
const db::Query kListAll(
    "SELECT version, body FROM facility_window FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND facility_id >= ? AND (facility_id > ? OR id > ?) "
    "ORDER BY facility_id, id LIMIT ?",
    "PRIMARY");
const db::Query kListBetween(
    "SELECT version, body FROM facility_window FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND facility_id >= ? AND facility_id <= ? ORDER BY facility_id, id",
    "PRIMARY");

// Reads a version and the body beside it.
void ReadRow(const db::Row& row, int column, v1::Window& window) {
  row.Parse(column + 1, window);
  window.set_etag(fmt::to_string(row.Int(column)));
  // As those are that were opened before windows had states.
  if (window.state() == v1::Window::STATE_UNSPECIFIED) window.set_state(v1::Window::STATE_OPEN);
}

absl::StatusOr<absl::TimeZone> ZoneOf(const v1::Facility& facility) {
  const auto zone = FindTimeZone(facility.time_zone());
  if (!zone.has_value()) return absl::InternalError("the time zone of a facility is gone");
  return *zone;
}

}  // namespace

absl::Status WindowStore::Queue(db::Connection& connection, const std::string& facility) {
  JH_ASSIGN_OR_RETURN(const int64_t queued,
                      connection.Execute(kQueue, {AllianceId(facility), LastId(facility)}));
  return queued == 0 ? NotFound(facility) : absl::OkStatus();
}

absl::Status WindowStore::CheckOverlap(db::Connection& connection, const v1::Window& window) {
  const std::string facility = ParentOf(window.name());
  JH_ASSIGN_OR_RETURN(const std::vector<v1::Window> others,
                      ListBetween(connection, facility, facility));
  for (const v1::Window& other : others) {
    if (other.name() != window.name() && Overlap(window, other)) {
      return Error(v1::ERROR_REASON_WINDOW_OVERLAPS, {{"window", other.name()}});
    }
  }
  return absl::OkStatus();
}

absl::Status WindowStore::CheckRoom(db::Connection& connection, const v1::Facility& facility,
                                    absl::Time now) {
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, ZoneOf(facility));
  const absl::CivilDay today = absl::ToCivilDay(now, zone);
  JH_ASSIGN_OR_RETURN(const std::vector<v1::Window> windows,
                      ListBetween(connection, facility.name(), facility.name()));
  const auto ahead = std::count_if(windows.begin(), windows.end(), [&](const v1::Window& window) {
    return !IsOver(window, today);
  });
  if (ahead < kMostAhead) return absl::OkStatus();
  return Error(v1::ERROR_REASON_WINDOWS_FULL,
               {{"name", facility.name()}, {"limit", fmt::to_string(kMostAhead)}});
}

absl::StatusOr<v1::Window> WindowStore::Replace(db::Connection& connection, const api::Call& call,
                                                const v1::Window& before, v1::Window after,
                                                const std::string& reason) {
  const int64_t version = std::stoll(before.etag());
  after.set_etag(fmt::to_string(version + 1));
  after.clear_touched();
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kReplace,
                                {after.SerializeAsString(), AllianceId(after.name()),
                                 LastId(ParentOf(after.name())), LastId(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before, .after = &after, .reason = reason}));
  connection.OnCommit([this] { ++changes_; });
  return after;
}

absl::Status WindowStore::Fence(db::Connection& connection, const v1::Window& window) {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kFence,
      {AllianceId(window.name()), LastId(ParentOf(window.name())), LastId(window.name())}));
  connection.OnCommit([this] { ++changes_; });
  return absl::OkStatus();
}

absl::Status WindowStore::Create(db::Connection& connection, const api::Call& call,
                                 const v1::Window& window) {
  const std::string facility = ParentOf(window.name());
  JH_RETURN_IF_ERROR(CheckOverlap(connection, window));
  std::optional<absl::Time> lottery_time;  // its first draws are opened at once
  if (window.has_lottery()) lottery_time = api::FromProto(window.create_time());
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kInsert, {AllianceId(facility), LastId(facility), LastId(window.name()),
                             lottery_time, window.SerializeAsString()})
          .status());
  return journal_.Append(connection, call, {.resource = window.name(), .after = &window});
}

absl::StatusOr<Supply> WindowStore::GetSupply(db::Connection& connection, const std::string& name) {
  const std::string facility = ParentOf(name);
  Supply supply;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kSupply, {AllianceId(name), LastId(facility), LastId(name)},
                                        [&](const db::Row& row) {
                                          row.Parse(1, supply.facility);
                                          supply.facility.set_etag(fmt::to_string(row.Int(0)));
                                          ReadRow(row, 2, supply.window);
                                          supply.version = row.Int(2);
                                        }));
  if (rows == 0) return NotFound(name);
  JH_ASSIGN_OR_RETURN(supply.zone, ZoneOf(supply.facility));
  JH_ASSIGN_OR_RETURN(supply.rules, MemberStore::Rules(connection, facility));
  return supply;
}

absl::StatusOr<std::vector<Supply>> WindowStore::Supplies(db::Connection& connection,
                                                          const v1::Facility& facility) {
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, ZoneOf(facility));
  JH_ASSIGN_OR_RETURN(const auto rules, MemberStore::Rules(connection, facility.name()));
  JH_ASSIGN_OR_RETURN(std::vector<v1::Window> windows,
                      ListBetween(connection, facility.name(), facility.name()));
  std::vector<Supply> supplies;
  for (v1::Window& window : windows) {
    const int64_t version = std::stoll(window.etag());
    supplies.push_back({facility, std::move(window), zone, version, rules});
  }
  return supplies;
}

absl::StatusOr<std::vector<v1::Window>> WindowStore::List(db::Connection& connection,
                                                          const std::string& facility,
                                                          const api::Page& page) {
  std::vector<v1::Window> windows;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList,
                  {AllianceId(facility), LastId(facility), page.first() ? "" : page.after[0],
                   page.limit()},
                  [&](const db::Row& row) { ReadRow(row, 0, windows.emplace_back()); })
          .status());
  return windows;
}

absl::StatusOr<std::vector<v1::Window>> WindowStore::ListAll(db::Connection& connection,
                                                             const std::string& alliance,
                                                             const api::Page& page) {
  const std::string facility = page.first() ? "" : page.after[0];
  const std::string id = page.first() ? "" : page.after[1];
  std::vector<v1::Window> windows;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kListAll, {LastId(alliance), facility, facility, id, page.limit()},
                  [&](const db::Row& row) { ReadRow(row, 0, windows.emplace_back()); })
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
                  [&](const db::Row& row) { ReadRow(row, 0, windows.emplace_back()); })
          .status());
  return windows;
}

}  // namespace jinhuan::resource
