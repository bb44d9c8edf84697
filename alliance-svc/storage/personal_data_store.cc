#include "alliance-svc/storage/personal_data_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kPhoneOfUser("SELECT phone, version FROM user WHERE user_id = ?", "PRIMARY");
const db::Query kPhoneOfMember(
    "SELECT IF(?, deputy_liaison_phone, liaison_phone), version FROM member "
    "WHERE alliance_id = ? AND member_id = ?",
    "PRIMARY");

}  // namespace

absl::StatusOr<KeptPhone> PersonalDataStore::Phone(db::Connection& connection,
                                                   const std::string& name, bool deputy) const {
  KeptPhone phone;
  const auto read = [&](const db::Row& row) {
    phone = {.number = row.Text(0), .version = row.Text(1)};
  };
  const std::string id = LastSegment(name);
  if (name.starts_with("users/")) {
    JH_RETURN_IF_ERROR(connection.Select(kPhoneOfUser, {id}, read).status());
  } else {
    JH_RETURN_IF_ERROR(
        connection.Select(kPhoneOfMember, {deputy, AllianceIdOf(name), id}, read).status());
  }
  return phone;
}

absl::Status PersonalDataStore::JournalLook(db::Connection& connection, const api::Call& call,
                                            const std::string& name,
                                            const std::string& reason) const {
  return journal_.Append(connection, call, {.resource = name, .reason = reason});
}

}  // namespace jinhuan::alliance
