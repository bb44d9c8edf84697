#include "alliance-svc/storage/alliance_store.h"

#include <algorithm>
#include <limits>

#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

// For each alliance a row for each sector that has active members (state 2), or one
// without a sector.
#define OF_ALLIANCES(alliances)                                                     \
  "SELECT a.alliance_id, a.version, a.body, m.sector, COUNT(m.alliance_id), "       \
  "COALESCE(SUM(m.party_member_count), 0) FROM (SELECT alliance_id, version, body " \
  "FROM alliance FORCE INDEX (PRIMARY) WHERE " alliances                            \
  ") AS a "                                                                         \
  "LEFT JOIN member AS m FORCE INDEX (member_by_sector) "                           \
  "ON m.alliance_id = a.alliance_id AND m.state = 2 "                               \
  "GROUP BY a.alliance_id, m.sector ORDER BY a.alliance_id, m.sector"
const db::Query kGet(OF_ALLIANCES("alliance_id = ?"), "member_by_sector");
const db::Query kList(OF_ALLIANCES("alliance_id > ? ORDER BY alliance_id LIMIT ?"),
                      "member_by_sector");
#undef OF_ALLIANCES
const db::Query kExists("SELECT 1 FROM alliance WHERE alliance_id = ?", "PRIMARY");
const db::Query kInsert("INSERT INTO alliance (alliance_id, version, body) VALUES (?, 1, ?)", "");
const db::Query kTakeTurn("UPDATE alliance SET turns = turns + 1 WHERE alliance_id = ?", "PRIMARY");
const db::Query kUpdate(
    "UPDATE alliance SET version = version + 1, body = ? WHERE alliance_id = ? AND version = ?",
    "PRIMARY");

static_assert(v1::Member::STATE_ACTIVE == 2);

std::string Body(v1::Alliance alliance) {
  alliance.clear_name();
  alliance.clear_etag();
  alliance.clear_active_member_count();
  alliance.clear_party_member_count();
  alliance.clear_sector_counts();
  return alliance.SerializeAsString();
}

// Adds a row to the alliances: a new one, or a sector of the last one.
void AddRow(const db::Row& row, std::vector<v1::Alliance>& alliances) {
  const std::string name = AllianceName(row.Text(0));
  if (alliances.empty() || alliances.back().name() != name) {
    row.Parse(2, alliances.emplace_back());
    alliances.back().set_name(name);
    alliances.back().set_etag(row.Text(1));
  }
  if (row.IsNull(3)) return;
  v1::Alliance& alliance = alliances.back();
  const auto count = static_cast<int32_t>(row.Int(4));
  v1::SectorCount& sector = *alliance.add_sector_counts();
  sector.set_sector(static_cast<v1::Sector>(row.Int(3)));
  sector.set_count(count);
  alliance.set_active_member_count(alliance.active_member_count() + count);
  alliance.set_party_member_count(alliance.party_member_count() + static_cast<int32_t>(row.Int(5)));
}

}  // namespace

absl::StatusOr<v1::Alliance> AllianceStore::Get(db::Connection& connection,
                                                const std::string& name) const {
  std::vector<v1::Alliance> found;
  JH_RETURN_IF_ERROR(
      connection.Select(kGet, {AllianceIdOf(name)}, [&](const db::Row& row) { AddRow(row, found); })
          .status());
  if (found.empty()) return NotFound(name);
  return std::move(found.front());
}

absl::Status AllianceStore::Require(db::Connection& connection, const std::string& name) const {
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kExists, {AllianceIdOf(name)}, [](const db::Row&) {}));
  return found == 0 ? NotFound(name) : absl::OkStatus();
}

absl::Status AllianceStore::TakeTurn(db::Connection& connection, const std::string& name) const {
  JH_ASSIGN_OR_RETURN(const int64_t changed, connection.Execute(kTakeTurn, {AllianceIdOf(name)}));
  return changed == 0 ? NotFound(name) : absl::OkStatus();
}

absl::StatusOr<std::vector<v1::Alliance>> AllianceStore::List(db::Connection& connection,
                                                              const api::Page& page) const {
  std::vector<v1::Alliance> alliances;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList, {page.first() ? "" : page.after[0], page.limit()},
                                 [&](const db::Row& row) { AddRow(row, alliances); })
                         .status());
  return alliances;
}

absl::StatusOr<v1::Alliance> AllianceStore::Insert(db::Connection& connection,
                                                   const api::Call& call,
                                                   v1::Alliance alliance) const {
  alliance.set_etag("1");
  const absl::Status inserted =
      connection.Execute(kInsert, {AllianceIdOf(alliance.name()), Body(alliance)}).status();
  if (db::IsDuplicate(inserted)) {
    return Error(error::v1::COMMON_REASON_ALREADY_EXISTS, {{"name", alliance.name()}});
  }
  JH_RETURN_IF_ERROR(inserted);
  // The call belongs to no alliance, but its entry is for those who follow this
  // one.
  api::Call inside = call;
  inside.alliance = alliance.name();
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, inside, {.resource = alliance.name(), .after = &alliance}));
  return alliance;
}

absl::StatusOr<v1::Alliance> AllianceStore::Update(db::Connection& connection,
                                                   const api::Call& call,
                                                   const v1::Alliance& before,
                                                   v1::Alliance after) const {
  const int64_t version = std::stoll(before.etag());
  after.set_etag(std::to_string(version + 1));
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kUpdate, {Body(after), AllianceIdOf(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &before, .after = &after}));
  return after;
}

}  // namespace jinhuan::alliance
