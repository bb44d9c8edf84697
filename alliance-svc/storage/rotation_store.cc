#include "alliance-svc/storage/rotation_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/db/errors.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kClaim("UPDATE rotation SET version = version + 1 WHERE alliance_id = ?",
                       "PRIMARY");
const db::Query kInsert(
    "INSERT INTO rotation (alliance_id, version, settled_at, wake_at, seed, body) "
    "VALUES (?, 1, ?, NULL, ?, '')",
    "");
const db::Query kRead(
    "SELECT version, settled_at, wake_at, seed, body FROM rotation WHERE alliance_id = ?",
    "PRIMARY");
const db::Query kWrite(
    "UPDATE rotation SET settled_at = ?, wake_at = ?, seed = ?, body = ? WHERE alliance_id = ? "
    "AND version = ?",
    "PRIMARY");
const db::Query kDue(
    "SELECT alliance_id FROM rotation FORCE INDEX (rotation_by_wake) WHERE wake_at <= ? "
    "ORDER BY wake_at LIMIT ?",
    "rotation_by_wake");

}  // namespace

absl::StatusOr<RotationRow> RotationStore::Claim(db::Connection& connection,
                                                 const std::string& alliance, absl::Time now,
                                                 const std::string& seed) const {
  const std::string id = AllianceIdOf(alliance);
  JH_ASSIGN_OR_RETURN(const int64_t claimed, connection.Execute(kClaim, {id}));
  if (claimed == 0) {
    const absl::Status inserted = connection.Execute(kInsert, {id, now, seed}).status();
    if (db::IsDuplicate(inserted)) return db::RetryTransaction();
    JH_RETURN_IF_ERROR(inserted);
  }
  JH_ASSIGN_OR_RETURN(std::optional<RotationRow> row, Read(connection, alliance));
  if (!row.has_value()) return db::RetryTransaction();
  return *std::move(row);
}

absl::StatusOr<std::optional<RotationRow>> RotationStore::Read(db::Connection& connection,
                                                               const std::string& alliance) const {
  std::optional<RotationRow> read;
  JH_RETURN_IF_ERROR(connection
                         .Select(kRead, {AllianceIdOf(alliance)},
                                 [&](const db::Row& row) {
                                   read.emplace();
                                   read->version = row.Int(0);
                                   read->settled = row.Time(1);
                                   if (!row.IsNull(2)) read->wake = row.Time(2);
                                   read->seed = row.Text(3);
                                   row.Parse(4, read->body);
                                 })
                         .status());
  return read;
}

absl::Status RotationStore::Write(db::Connection& connection, const std::string& alliance,
                                  const RotationRow& row) const {
  // Changed rows are not counted: what is written may be what was there.
  return connection
      .Execute(kWrite, {row.settled, row.wake, row.seed, row.body.SerializeAsString(),
                        AllianceIdOf(alliance), row.version})
      .status();
}

absl::StatusOr<std::vector<std::string>> RotationStore::Due(db::Connection& connection,
                                                            absl::Time now, int limit) const {
  std::vector<std::string> alliances;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kDue, {now, limit},
                  [&](const db::Row& row) { alliances.push_back(AllianceName(row.Text(0))); })
          .status());
  return alliances;
}

}  // namespace jinhuan::alliance
