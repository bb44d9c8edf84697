#include "alliance-svc/storage/service_account_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kInsert(
    "INSERT INTO service_account (account_id, alliance_id, display_name, secret_hash, created_at) "
    "VALUES (?, ?, ?, ?, ?)",
    "");
const db::Query kFindSecretHash("SELECT secret_hash FROM service_account WHERE account_id = ?",
                                "PRIMARY");

}  // namespace

absl::StatusOr<v1::ServiceAccount> ServiceAccountStore::Insert(
    db::Connection& connection, const api::Call& call, v1::ServiceAccount account,
    const std::string& secret_hash) const {
  account.set_client_id(LastSegment(account.name()));
  *account.mutable_create_time() = api::ToProto(call.now);
  JH_RETURN_IF_ERROR(connection
                         .Execute(kInsert, {account.client_id(), AllianceIdOf(account.alliance()),
                                            account.display_name(), secret_hash, call.now})
                         .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = account.name(), .after = &account}));
  return account;
}

absl::StatusOr<std::optional<std::string>> ServiceAccountStore::FindSecretHash(
    db::Connection& connection, const std::string& client_id) const {
  std::optional<std::string> hash;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kFindSecretHash, {client_id}, [&](const db::Row& row) { hash = row.Text(0); })
          .status());
  return hash;
}

}  // namespace jinhuan::alliance
