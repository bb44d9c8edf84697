#include "resource-svc/storage/facility_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kInsert(
    "INSERT INTO facility (alliance_id, id, kind, owner_id, version, body) "
    "VALUES (?, ?, ?, ?, 1, ?)",
    "");
const db::Query kGet("SELECT version, body FROM facility WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kUpdate(
    "UPDATE facility SET version = version + 1, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kList(
    "SELECT version, body FROM facility FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND id > ? ORDER BY id LIMIT ?",
    "PRIMARY");
const db::Query kListKind(
    "SELECT version, body FROM facility FORCE INDEX (facility_by_kind) "
    "WHERE alliance_id = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?",
    "facility_by_kind");
const db::Query kListOwned(
    "SELECT version, body FROM facility FORCE INDEX (facility_by_owner) "
    "WHERE alliance_id = ? AND owner_id = ? AND ? IN (0, kind) ORDER BY id LIMIT ?",
    "facility_by_owner");

void ReadRow(const db::Row& row, v1::Facility& facility) {
  row.Parse(1, facility);
  facility.set_etag(fmt::to_string(row.Int(0)));
  // As those are that were lent before facilities had states.
  if (facility.state() == v1::Facility::STATE_UNSPECIFIED) {
    facility.set_state(v1::Facility::STATE_ACTIVE);
  }
}

}  // namespace

absl::StatusOr<v1::Facility> FacilityStore::Create(db::Connection& connection,
                                                   const api::Call& call, v1::Facility facility) {
  facility.set_etag("1");
  facility.set_state(v1::Facility::STATE_ACTIVE);
  facility.clear_touched();
  JH_RETURN_IF_ERROR(connection
                         .Execute(kInsert, {AllianceId(facility.name()), LastId(facility.name()),
                                            static_cast<int>(facility.kind()),
                                            LastId(facility.owner()), facility.SerializeAsString()})
                         .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = facility.name(), .after = &facility}));
  return facility;
}

absl::StatusOr<v1::Facility> FacilityStore::Get(db::Connection& connection,
                                                const std::string& name) {
  v1::Facility facility;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {AllianceId(name), LastId(name)},
                                        [&](const db::Row& row) { ReadRow(row, facility); }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return facility;
}

absl::StatusOr<v1::Facility> FacilityStore::Update(db::Connection& connection,
                                                   const api::Call& call,
                                                   const v1::Facility& before, v1::Facility after,
                                                   const std::string& reason) {
  const int64_t version = std::stoll(before.etag());
  after.clear_touched();
  after.set_etag(fmt::to_string(version + 1));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {after.SerializeAsString(), AllianceId(after.name()), LastId(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before, .after = &after, .reason = reason}));
  return after;
}

absl::StatusOr<std::vector<v1::Facility>> FacilityStore::List(db::Connection& connection,
                                                              const std::string& alliance,
                                                              v1::FacilityKind kind,
                                                              const api::Page& page) {
  std::vector<v1::Facility> facilities;
  const auto add = [&](const db::Row& row) { ReadRow(row, facilities.emplace_back()); };
  const std::string after = page.first() ? "" : page.after[0];
  const auto rows =
      kind == v1::FACILITY_KIND_UNSPECIFIED
          ? connection.Select(kList, {AllianceId(alliance), after, page.limit()}, add)
          : connection.Select(kListKind,
                              {AllianceId(alliance), static_cast<int>(kind), after, page.limit()},
                              add);
  JH_RETURN_IF_ERROR(rows.status());
  return facilities;
}

absl::StatusOr<std::vector<v1::Facility>> FacilityStore::ListOwned(
    db::Connection& connection, const std::string& alliance, const std::vector<std::string>& owners,
    v1::FacilityKind kind, int limit) {
  std::vector<v1::Facility> facilities;
  for (const std::string& owner : owners) {
    JH_RETURN_IF_ERROR(
        connection
            .Select(kListOwned,
                    {AllianceId(alliance), LastId(owner), static_cast<int>(kind), limit},
                    [&](const db::Row& row) { ReadRow(row, facilities.emplace_back()); })
            .status());
  }
  std::sort(facilities.begin(), facilities.end(),
            [](const v1::Facility& a, const v1::Facility& b) { return a.name() < b.name(); });
  if (facilities.size() > static_cast<size_t>(limit)) facilities.resize(limit);
  return facilities;
}

}  // namespace jinhuan::resource
