#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/user_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Every statement on the table `service_account`. The client id is the account's
// id. Thread-safe.
class ServiceAccountStore {
 public:
  explicit ServiceAccountStore(journal::Journal& journal) : journal_(journal) {}

  // Creates `account` under its name, with the CredentialHash of its secret.
  absl::StatusOr<v1::ServiceAccount> Insert(db::Connection& connection, const api::Call& call,
                                            v1::ServiceAccount account,
                                            const std::string& secret_hash) const;

  // The CredentialHash of the account's secret; nothing when there is no such
  // account.
  absl::StatusOr<std::optional<std::string>> FindSecretHash(db::Connection& connection,
                                                            const std::string& client_id) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
