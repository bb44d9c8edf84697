#include "alliance-svc/storage/calendar_link_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kFind("SELECT created_at, read_at FROM calendar_link WHERE user_id = ?", "PRIMARY");
const db::Query kInsert(
    "INSERT INTO calendar_link (user_id, token_hash, created_at) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE token_hash = VALUES(token_hash), created_at = VALUES(created_at), "
    "read_at = NULL",
    "");
const db::Query kDelete("DELETE FROM calendar_link WHERE user_id = ?", "PRIMARY");
const db::Query kFindByToken("SELECT user_id, read_at FROM calendar_link WHERE token_hash = ?",
                             "calendar_link_by_token");
const db::Query kNoteRead(
    "UPDATE calendar_link SET read_at = ? "
    "WHERE token_hash = ? AND (read_at IS NULL OR read_at < ?)",
    "calendar_link_by_token");

std::string LinkName(const std::string& user) { return user + "/calendarLink"; }

absl::Time HourOf(absl::Time now) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(now) / 3600 * 3600);
}

}  // namespace

absl::StatusOr<std::optional<v1::CalendarLink>> CalendarLinkStore::Find(
    db::Connection& connection, const std::string& user) const {
  std::optional<v1::CalendarLink> link;
  JH_RETURN_IF_ERROR(connection
                         .Select(kFind, {LastSegment(user)},
                                 [&](const db::Row& row) {
                                   link.emplace().set_name(LinkName(user));
                                   *link->mutable_create_time() = api::ToProto(row.Time(0));
                                   if (row.IsNull(1)) return;
                                   *link->mutable_read_time() = api::ToProto(row.Time(1));
                                 })
                         .status());
  return link;
}

absl::StatusOr<v1::CalendarLink> CalendarLinkStore::Replace(db::Connection& connection,
                                                            const api::Call& call,
                                                            const std::string& token_hash) const {
  const std::string& user = call.caller.name();
  JH_RETURN_IF_ERROR(
      connection.Execute(kInsert, {LastSegment(user), token_hash, call.now}).status());
  v1::CalendarLink link;
  link.set_name(LinkName(user));
  *link.mutable_create_time() = api::ToProto(call.now);
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = link.name(), .after = &link}));
  return link;
}

absl::Status CalendarLinkStore::Revoke(db::Connection& connection, const api::Call& call) const {
  const std::string& user = call.caller.name();
  JH_ASSIGN_OR_RETURN(const int64_t ended, connection.Execute(kDelete, {LastSegment(user)}));
  if (ended == 0) return absl::OkStatus();
  return journal_.Append(connection, call, {.resource = LinkName(user)});
}

absl::Status CalendarLinkStore::Delete(db::Connection& connection, const std::string& user) const {
  return connection.Execute(kDelete, {LastSegment(user)}).status();
}

absl::StatusOr<std::optional<FoundLink>> CalendarLinkStore::FindByToken(
    db::Connection& connection, const std::string& token_hash, absl::Time now) const {
  std::optional<FoundLink> link;
  JH_RETURN_IF_ERROR(connection
                         .Select(kFindByToken, {token_hash},
                                 [&](const db::Row& row) {
                                   link = {
                                       .user = UserName(row.Text(0)),
                                       .read_before = !row.IsNull(1) && row.Time(1) >= HourOf(now)};
                                 })
                         .status());
  return link;
}

absl::Status CalendarLinkStore::NoteRead(db::Connection& connection, const std::string& token_hash,
                                         absl::Time now) const {
  const absl::Time hour = HourOf(now);
  return connection.Execute(kNoteRead, {hour, token_hash, hour}).status();
}

}  // namespace jinhuan::alliance
