#include "alliance-svc/storage/charter_store.h"

#include <limits>

#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define SELECT_CHARTER "SELECT alliance_id, version, body FROM charter WHERE alliance_id = ? "
const db::Query kInForce(SELECT_CHARTER "AND effective_at <= ? ORDER BY version DESC LIMIT 1",
                         "PRIMARY");
const db::Query kInForceVersion(
    "SELECT version FROM charter WHERE alliance_id = ? AND effective_at <= ? "
    "ORDER BY version DESC LIMIT 1",
    "PRIMARY");
const db::Query kComing(
    "SELECT alliance_id, version, body, effective_at FROM charter "
    "WHERE alliance_id = ? AND effective_at > ? ORDER BY version",
    "PRIMARY");
const db::Query kGet(SELECT_CHARTER "AND version = ?", "PRIMARY");
const db::Query kList(SELECT_CHARTER "AND version < ? ORDER BY version DESC LIMIT ?", "PRIMARY");
#undef SELECT_CHARTER
const db::Query kInsert(
    "INSERT INTO charter (alliance_id, version, effective_at, body) VALUES (?, ?, ?, ?)", "");
const db::Query kWithout(
    "SELECT a.alliance_id FROM alliance AS a FORCE INDEX (PRIMARY) "
    "LEFT JOIN charter AS c ON c.alliance_id = a.alliance_id AND c.version = 1 "
    "WHERE c.alliance_id IS NULL ORDER BY a.alliance_id LIMIT ?",
    "PRIMARY");

constexpr int kNoVersion = std::numeric_limits<int>::max();

std::string CharterName(std::string_view alliance_id, int64_t version) {
  return AllianceName(alliance_id) + "/charters/" + std::to_string(version);
}

std::string Body(v1::Charter charter) {
  charter.clear_name();
  charter.clear_version();
  charter.clear_in_force();
  return charter.SerializeAsString();
}

v1::Charter FromRow(const db::Row& row) {
  v1::Charter charter;
  row.Parse(2, charter);
  charter.set_name(CharterName(row.Text(0), row.Int(1)));
  charter.set_version(static_cast<int32_t>(row.Int(1)));
  return charter;
}

// 0 when the alliance has none.
absl::StatusOr<int64_t> InForceVersion(db::Connection& connection, const std::string& alliance_id,
                                       absl::Time now) {
  int64_t version = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kInForceVersion, {alliance_id, now},
                                 [&](const db::Row& row) { version = row.Int(0); })
                         .status());
  return version;
}

}  // namespace

absl::StatusOr<v1::Charter> CharterStore::InForce(db::Connection& connection,
                                                  const std::string& alliance,
                                                  absl::Time now) const {
  v1::Charter charter;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kInForce, {AllianceIdOf(alliance), now},
                                        [&](const db::Row& row) { charter = FromRow(row); }));
  if (found == 0) return NotFound(alliance);
  charter.set_in_force(true);
  return charter;
}

absl::StatusOr<std::vector<chair::ComingCharter>> CharterStore::Coming(db::Connection& connection,
                                                                       const std::string& alliance,
                                                                       absl::Time time) const {
  std::vector<chair::ComingCharter> coming;
  JH_RETURN_IF_ERROR(connection
                         .Select(kComing, {AllianceIdOf(alliance), time},
                                 [&](const db::Row& row) {
                                   coming.push_back({row.Time(3), FromRow(row)});
                                   coming.back().charter.set_in_force(true);
                                 })
                         .status());
  return coming;
}

absl::StatusOr<v1::Charter> CharterStore::Last(db::Connection& connection,
                                               const std::string& alliance, absl::Time now) const {
  const api::Page one{.size = 0, .after = {}};
  JH_ASSIGN_OR_RETURN(std::vector<v1::Charter> last, List(connection, alliance, one, now));
  if (last.empty()) return NotFound(alliance);
  return std::move(last.front());
}

absl::StatusOr<v1::Charter> CharterStore::Get(db::Connection& connection, const std::string& name,
                                              absl::Time now) const {
  const std::string alliance_id = AllianceIdOf(name);
  v1::Charter charter;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {alliance_id, LastSegment(name)},
                                        [&](const db::Row& row) { charter = FromRow(row); }));
  // The server takes "1x" for the number 1.
  if (found == 0 || charter.name() != name) return NotFound(name);
  JH_ASSIGN_OR_RETURN(const int64_t in_force, InForceVersion(connection, alliance_id, now));
  charter.set_in_force(charter.version() == in_force);
  return charter;
}

absl::StatusOr<std::vector<v1::Charter>> CharterStore::List(db::Connection& connection,
                                                            const std::string& alliance,
                                                            const api::Page& page,
                                                            absl::Time now) const {
  const std::string alliance_id = AllianceIdOf(alliance);
  int64_t before = kNoVersion;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(before, api::NumberOf(page.after[0]));
  }
  JH_ASSIGN_OR_RETURN(const int64_t in_force, InForceVersion(connection, alliance_id, now));
  std::vector<v1::Charter> charters;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList, {alliance_id, before, page.limit()},
                                 [&](const db::Row& row) {
                                   charters.push_back(FromRow(row));
                                   charters.back().set_in_force(charters.back().version() ==
                                                                in_force);
                                 })
                         .status());
  return charters;
}

absl::StatusOr<v1::Charter> CharterStore::Insert(db::Connection& connection, const api::Call& call,
                                                 v1::Charter charter, absl::Time effective) const {
  const std::string alliance_id = AllianceIdOf(charter.name());
  charter.clear_in_force();
  const absl::Status inserted =
      connection.Execute(kInsert, {alliance_id, charter.version(), effective, Body(charter)})
          .status();
  if (db::IsDuplicate(inserted)) {
    return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", charter.name()}});
  }
  JH_RETURN_IF_ERROR(inserted);
  // The first version is written by calls that belong to no alliance.
  api::Call inside = call;
  inside.alliance = AllianceName(alliance_id);
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, inside, {.resource = charter.name(), .after = &charter}));
  charter.set_in_force(effective <= call.now);
  return charter;
}

absl::StatusOr<std::vector<std::string>> CharterStore::AlliancesWithout(db::Connection& connection,
                                                                        int limit) const {
  std::vector<std::string> ids;
  JH_RETURN_IF_ERROR(
      connection.Select(kWithout, {limit}, [&](const db::Row& row) { ids.push_back(row.Text(0)); })
          .status());
  return ids;
}

}  // namespace jinhuan::alliance
