#include "meeting-svc/storage/minutes_store.h"

#include <fmt/format.h>

#include "platform/api/resource_name.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kGet(
    "SELECT version, state, body FROM minutes WHERE alliance_id = ? AND meeting_id = ?", "PRIMARY");
const db::Query kInsert(
    "INSERT INTO minutes (alliance_id, meeting_id, version, state, create_time, body) "
    "VALUES (?, ?, 1, ?, ?, ?)",
    "");
const db::Query kTakeNumber(
    "UPDATE minutes_number SET last = last + 1 WHERE alliance_id = ? AND year = ?", "PRIMARY");
const db::Query kBeginNumbers(
    "INSERT IGNORE INTO minutes_number (alliance_id, year, last) SELECT ?, ?, COUNT(*) "
    "FROM minutes FORCE INDEX (minutes_by_time) WHERE alliance_id = ? AND create_time >= ?",
    "minutes_by_time");
const db::Query kNumber("SELECT last FROM minutes_number WHERE alliance_id = ? AND year = ?",
                        "PRIMARY");
const db::Query kUpdate(
    "UPDATE minutes SET version = version + 1, state = ?, body = ? "
    "WHERE alliance_id = ? AND meeting_id = ? AND version = ?",
    "PRIMARY");

std::string NameOf(const MeetingKey& key) { return key.name() + "/minutes"; }

}  // namespace

absl::StatusOr<std::optional<v1::Minutes>> MinutesStore::Find(db::Connection& connection,
                                                              const MeetingKey& key) const {
  std::optional<v1::Minutes> minutes;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   row.Parse(2, minutes.emplace());
                                   minutes->set_etag(fmt::to_string(row.Int(0)));
                                   minutes->set_state(static_cast<v1::Minutes::State>(row.Int(1)));
                                 })
                         .status());
  return minutes;
}

absl::StatusOr<v1::Minutes> MinutesStore::Get(db::Connection& connection,
                                              const MeetingKey& key) const {
  JH_ASSIGN_OR_RETURN(std::optional<v1::Minutes> minutes, Find(connection, key));
  if (minutes.has_value()) return *std::move(minutes);
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", NameOf(key)}});
}

absl::StatusOr<v1::Minutes> MinutesStore::Insert(db::Connection& connection, const api::Call& call,
                                                 const MeetingKey& key, v1::Minutes minutes) const {
  minutes.set_name(NameOf(key));
  minutes.set_etag("1");
  const absl::Status inserted =
      connection
          .Execute(kInsert, {key.alliance_id, key.id, int{minutes.state()}, call.now,
                             minutes.SerializeAsString()})
          .status();
  // The transaction runs again and finds the other's.
  if (db::IsDuplicate(inserted)) return db::RetryTransaction();
  JH_RETURN_IF_ERROR(inserted);
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = minutes.name(), .after = &minutes}));
  return minutes;
}

absl::StatusOr<int> MinutesStore::TakeNumber(db::Connection& connection,
                                             const std::string& alliance, int year,
                                             absl::Time begin) const {
  const std::string id = api::LastId(alliance);
  JH_ASSIGN_OR_RETURN(const int64_t taken, connection.Execute(kTakeNumber, {id, year}));
  if (taken == 0) {
    JH_RETURN_IF_ERROR(connection.Execute(kBeginNumbers, {id, year, id, begin}).status());
    JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kTakeNumber, {id, year}));
  }
  int number = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kNumber, {id, year},
                                 [&](const db::Row& row) { number = static_cast<int>(row.Int(0)); })
                         .status());
  return number;
}

absl::StatusOr<v1::Minutes> MinutesStore::Update(db::Connection& connection, const api::Call& call,
                                                 const MeetingKey& key, const v1::Minutes& before,
                                                 v1::Minutes after) const {
  const int64_t version = std::stoll(before.etag());
  after.set_etag(fmt::to_string(version + 1));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {int{after.state()}, after.SerializeAsString(), key.alliance_id, key.id, version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &before, .after = &after}));
  return after;
}

}  // namespace jinhuan::meeting
