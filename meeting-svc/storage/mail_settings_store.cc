#include "meeting-svc/storage/mail_settings_store.h"

#include <optional>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/mail_address.h"
#include "meeting-svc/domain/mail_code.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

// One row a person, which every change UPDATEs first.
const db::Query kClaimOrAdd(
    "INSERT INTO mail_address (user_id, version, address, pending, pending_refused, code_id, "
    "tries, "
    "codes, choice, language_code) VALUES (?, 1, '', '', 0, '', 0, 0, 1, 'zh-CN') "
    "ON DUPLICATE KEY UPDATE version = version + 1",
    "");
const db::Query kClaim("UPDATE mail_address SET version = version + 1 WHERE user_id = ?",
                       "PRIMARY");
const db::Query kCountTry(
    "UPDATE mail_address SET version = version + 1, tries = tries + 1 "
    "WHERE user_id = ? AND pending <> '' AND tries < ? AND code_expire_time > ?",
    "PRIMARY");
const db::Query kTries("SELECT tries FROM mail_address WHERE user_id = ?", "PRIMARY");
const db::Query kGet(
    "SELECT address, pending, pending_refused, code_id, code_expire_time, codes, codes_since, "
    "code_time, choice, language_code, refuse_time FROM mail_address WHERE user_id = ?",
    "PRIMARY");
const db::Query kPut(
    "UPDATE mail_address SET address = ?, pending = ?, pending_refused = ?, code_id = ?, "
    "code_expire_time = ?, tries = tries * ?, codes = ?, codes_since = ?, "
    "code_time = ?, choice = ?, language_code = ?, refuse_time = ? WHERE user_id = ?",
    "PRIMARY");
const db::Query kForget("DELETE FROM mail_address WHERE user_id = ?", "PRIMARY");

std::optional<absl::Time> TimeOrNull(absl::Time time) {
  return time == absl::InfinitePast() ? std::nullopt : std::optional(time);
}

v1::MailSettings Masked(v1::MailSettings settings) {
  settings.set_address(MaskMail(settings.address()));
  settings.set_pending_address(MaskMail(settings.pending_address()));
  return settings;
}

void ClearPending(v1::MailSettings& settings) {
  settings.clear_pending_address();
  settings.clear_pending_refused();
  settings.clear_code_expire_time();
}

absl::Status NotFound(const std::string& user) {
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", user + "/mailSettings"}});
}

}  // namespace

struct MailSettingsStore::Stored {
  v1::MailSettings settings;
  std::string code_id;
  MailCodes codes;
};

absl::StatusOr<MailSettingsStore::Stored> MailSettingsStore::Read(db::Connection& connection,
                                                                  const std::string& user) const {
  Stored stored;
  v1::MailSettings& settings = stored.settings;
  settings.set_name(user + "/mailSettings");
  settings.set_user(user);
  settings.set_choice(v1::MAIL_CHOICE_ALL);
  settings.set_language_code("zh-CN");
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {api::LastId(user)},
                                 [&](const db::Row& row) {
                                   settings.set_address(row.Text(0));
                                   settings.set_pending_address(row.Text(1));
                                   settings.set_pending_refused(row.Int(2) != 0);
                                   stored.code_id = row.Text(3);
                                   if (!row.IsNull(4)) {
                                     *settings.mutable_code_expire_time() =
                                         api::ToProto(row.Time(4));
                                   }
                                   stored.codes.count = static_cast<int>(row.Int(5));
                                   if (!row.IsNull(6)) stored.codes.since = row.Time(6);
                                   if (!row.IsNull(7)) stored.codes.last = row.Time(7);
                                   settings.set_choice(static_cast<v1::MailChoice>(row.Int(8)));
                                   settings.set_language_code(row.Text(9));
                                   if (!row.IsNull(10)) {
                                     *settings.mutable_refuse_time() = api::ToProto(row.Time(10));
                                   }
                                 })
                         .status());
  return stored;
}

absl::Status MailSettingsStore::Put(db::Connection& connection, const api::Call& call,
                                    const Stored& before, const Stored& after) const {
  const v1::MailSettings& settings = after.settings;
  const auto time = [](bool has, const google::protobuf::Timestamp& at) {
    return has ? std::optional(api::FromProto(at)) : std::nullopt;
  };
  // Affected rows count changes, and nothing may have changed; the row was claimed.
  JH_RETURN_IF_ERROR(
      connection
          .Execute(
              kPut,
              {settings.address(), settings.pending_address(), settings.pending_refused(),
               after.code_id, time(settings.has_code_expire_time(), settings.code_expire_time()),
               after.code_id == before.code_id, after.codes.count, TimeOrNull(after.codes.since),
               TimeOrNull(after.codes.last), settings.choice(), settings.language_code(),
               time(settings.has_refuse_time(), settings.refuse_time()),
               api::LastId(settings.user())})
          .status());
  const v1::MailSettings was = Masked(before.settings);
  const v1::MailSettings is = Masked(settings);
  return journal_.Append(connection, call,
                         {.resource = settings.name(), .before = &was, .after = &is});
}

absl::StatusOr<v1::MailSettings> MailSettingsStore::Get(db::Connection& connection,
                                                        const std::string& user) const {
  JH_ASSIGN_OR_RETURN(Stored stored, Read(connection, user));
  return std::move(stored.settings);
}

absl::Status MailSettingsStore::Name(db::Connection& connection, const api::Call& call,
                                     const std::string& address,
                                     const std::string& language_code) const {
  const std::string& user = call.caller.name();
  JH_RETURN_IF_ERROR(connection.Execute(kClaimOrAdd, {api::LastId(user)}).status());
  JH_ASSIGN_OR_RETURN(const Stored before, Read(connection, user));
  Stored after = before;
  after.settings.set_language_code(language_code);
  ClearPending(after.settings);
  after.code_id.clear();
  if (address != before.settings.address() || before.settings.has_refuse_time()) {
    if (const absl::Duration wait = MailCodeWait(before.codes, call.now);
        wait > absl::ZeroDuration()) {
      return Error(error::v1::COMMON_REASON_RATE_LIMITED,
                   {{"retry_seconds",
                     std::to_string(absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1))))}});
    }
    after.settings.set_pending_address(address);
    *after.settings.mutable_code_expire_time() = api::ToProto(call.now + kMailCodeLife);
    after.code_id = ids_.NewId();
    after.codes = WithAnother(before.codes, call.now);
    JH_RETURN_IF_ERROR(outbox_.AddCode(connection, api::LastId(user), after.code_id, call.now));
  }
  return Put(connection, call, before, after);
}

absl::StatusOr<int> MailSettingsStore::CountTry(db::Connection& connection,
                                                const api::Call& call) const {
  const std::string user_id = api::LastId(call.caller.name());
  JH_ASSIGN_OR_RETURN(const int64_t counted,
                      connection.Execute(kCountTry, {user_id, kMailCodeTries, call.now}));
  if (counted == 0) return -1;
  int64_t tries = 0;
  JH_RETURN_IF_ERROR(
      connection.Select(kTries, {user_id}, [&](const db::Row& row) { tries = row.Int(0); })
          .status());
  return kMailCodeTries - static_cast<int>(tries);
}

absl::Status MailSettingsStore::Confirm(db::Connection& connection, const api::Call& call,
                                        const std::string& code, int tries_left) const {
  const std::string& user = call.caller.name();
  JH_RETURN_IF_ERROR(connection.Execute(kClaim, {api::LastId(user)}).status());
  JH_ASSIGN_OR_RETURN(const Stored before, Read(connection, user));
  // Another call may have confirmed it, or named another, since the try was counted.
  if (tries_left < 0 || before.code_id.empty()) return Error(v1::ERROR_REASON_MAIL_CODE_EXPIRED);
  const std::string& address = before.settings.pending_address();
  if (!IsMailCode(MailCode(secret_, user, address, before.code_id), code)) {
    return Error(v1::ERROR_REASON_MAIL_CODE_WRONG, {{"tries_left", std::to_string(tries_left)}});
  }
  Stored after = before;
  after.settings.set_address(address);
  after.settings.clear_refuse_time();
  ClearPending(after.settings);
  after.code_id.clear();
  return Put(connection, call, before, after);
}

absl::Status MailSettingsStore::Update(
    db::Connection& connection, const api::Call& call,
    absl::FunctionRef<absl::Status(v1::MailSettings&)> edit) const {
  const std::string& user = call.caller.name();
  JH_RETURN_IF_ERROR(connection.Execute(kClaim, {api::LastId(user)}).status());
  JH_ASSIGN_OR_RETURN(const Stored before, Read(connection, user));
  v1::MailSettings settings = before.settings;
  JH_RETURN_IF_ERROR(edit(settings));
  if (before.settings.address().empty()) return NotFound(user);
  Stored after = before;
  after.settings.set_choice(settings.choice());
  after.settings.set_language_code(settings.language_code());
  return Put(connection, call, before, after);
}

absl::Status MailSettingsStore::Remove(db::Connection& connection, const api::Call& call) const {
  const std::string& user = call.caller.name();
  JH_RETURN_IF_ERROR(connection.Execute(kClaim, {api::LastId(user)}).status());
  JH_ASSIGN_OR_RETURN(const Stored before, Read(connection, user));
  if (before.settings.address().empty() && before.settings.pending_address().empty()) {
    return absl::OkStatus();
  }
  Stored after = before;
  after.settings.clear_address();
  after.settings.clear_refuse_time();
  ClearPending(after.settings);
  after.code_id.clear();
  return Put(connection, call, before, after);
}

absl::Status MailSettingsStore::Forget(db::Connection& connection, const std::string& user) const {
  const std::string user_id = api::LastId(user);
  JH_RETURN_IF_ERROR(connection.Execute(kForget, {user_id}).status());
  return outbox_.Forget(connection, user_id);
}

absl::StatusOr<MailSettingsStore::Destination> MailSettingsStore::DestinationOf(
    db::Connection& connection, const MailOutbox::Letter& letter, absl::Time now) const {
  const std::string user = "users/" + letter.user_id;
  JH_ASSIGN_OR_RETURN(const Stored stored, Read(connection, user));
  const v1::MailSettings& settings = stored.settings;
  Destination to{.address = "", .language_code = settings.language_code(), .code = ""};
  if (letter.kind == MailOutbox::Kind::kCode) {
    if (letter.id != stored.code_id || now >= api::FromProto(settings.code_expire_time()))
      return to;
    to.address = settings.pending_address();
    to.code = MailCode(secret_, user, to.address, stored.code_id);
  } else if (!settings.has_refuse_time() && settings.choice() != v1::MAIL_CHOICE_NONE) {
    to.address = settings.address();
  }
  return to;
}

absl::Status MailSettingsStore::Refuse(db::Connection& connection, const api::Call& call,
                                       const MailOutbox::Letter& letter,
                                       const std::string& address) const {
  JH_RETURN_IF_ERROR(connection.Execute(kClaim, {letter.user_id}).status());
  JH_ASSIGN_OR_RETURN(const Stored before, Read(connection, "users/" + letter.user_id));
  Stored after = before;
  if (letter.kind == MailOutbox::Kind::kCode) {
    if (letter.id != before.code_id) return absl::OkStatus();
    after.settings.set_pending_refused(true);
  } else {
    if (address != before.settings.address() || before.settings.has_refuse_time()) {
      return absl::OkStatus();
    }
    *after.settings.mutable_refuse_time() = api::ToProto(call.now);
  }
  return Put(connection, call, before, after);
}

}  // namespace jinhuan::meeting
