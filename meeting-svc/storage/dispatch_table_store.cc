#include "meeting-svc/storage/dispatch_table_store.h"

#include "absl/strings/numbers.h"
#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kMake(
    "INSERT IGNORE INTO dispatch_table (alliance_id, version, body) VALUES (?, 0, '')", "");
const db::Query kClaim(
    "UPDATE dispatch_table SET version = version + 1 WHERE alliance_id = ? AND version = ?",
    "PRIMARY");
const db::Query kGet("SELECT body, version FROM dispatch_table WHERE alliance_id = ?", "PRIMARY");
const db::Query kPut("UPDATE dispatch_table SET body = ? WHERE alliance_id = ?", "PRIMARY");

}  // namespace

absl::StatusOr<v1::DispatchTable> DispatchTableStore::Get(db::Connection& connection,
                                                          const std::string& alliance) {
  v1::DispatchTable table;
  int64_t version = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {api::LastId(alliance)},
                                 [&](const db::Row& row) {
                                   row.Parse(0, table);
                                   version = row.Int(1);
                                 })
                         .status());
  table.set_name(alliance + "/dispatchTable");
  table.set_etag(std::to_string(version));
  return table;
}

absl::StatusOr<v1::DispatchTable> DispatchTableStore::Put(db::Connection& connection,
                                                          const api::Call& call,
                                                          const std::string& alliance,
                                                          const v1::DispatchTable& sent) {
  const std::string id = api::LastId(alliance);
  int64_t version = -1;
  const bool number = absl::SimpleAtoi(sent.etag(), &version);
  JH_RETURN_IF_ERROR(connection.Execute(kMake, {id}).status());
  JH_ASSIGN_OR_RETURN(const int64_t claimed, connection.Execute(kClaim, {id, version}));
  if (!number || claimed == 0) {
    return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", alliance + "/dispatchTable"}});
  }
  JH_ASSIGN_OR_RETURN(const v1::DispatchTable before, Get(connection, alliance));
  v1::DispatchTable after = before;
  *after.mutable_rules() = sent.rules();
  v1::DispatchTable body;
  *body.mutable_rules() = sent.rules();
  JH_RETURN_IF_ERROR(connection.Execute(kPut, {body.SerializeAsString(), id}).status());
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &before, .after = &after}));
  return after;
}

}  // namespace jinhuan::meeting
