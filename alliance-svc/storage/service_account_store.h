#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "jinhuan/alliance/v1/user_service.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// A service account as it was read, with the version that a change of it compares.
struct StoredServiceAccount {
  v1::ServiceAccount account;
  int64_t version = 0;
};

// The CredentialHashes of an account's secrets.
struct SecretHashes {
  std::vector<std::string> good;
  std::string waiting;  // the one that is to be confirmed; "" for none
};

// Every statement on the table `service_account`. The client id is the account's
// id. Changes compare the version of what was read, and retry the transaction when
// someone else changed it meanwhile. Thread-safe.
class ServiceAccountStore {
 public:
  explicit ServiceAccountStore(journal::Journal& journal) : journal_(journal) {}

  // As things are at `now`. NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<StoredServiceAccount> Get(db::Connection& connection, const std::string& name,
                                           absl::Time now) const;

  // Up to page.limit() accounts by id, which is by their beginning.
  absl::StatusOr<std::vector<v1::ServiceAccount>> List(db::Connection& connection,
                                                       const api::Page& page, absl::Time now) const;

  // Creates `account` under its name, WAITING, with the CredentialHash of its secret.
  // ALREADY_EXISTS / CERTIFICATE_TAKEN.
  absl::StatusOr<v1::ServiceAccount> Insert(db::Connection& connection, const api::Call& call,
                                            v1::ServiceAccount account,
                                            const std::string& secret_hash) const;

  // Replaces the secret and sets the state to WAITING; the one in force stays good until
  // `old_until`, if that is set, and an older one ends.
  absl::StatusOr<v1::ServiceAccount> Rotate(db::Connection& connection, const api::Call& call,
                                            const StoredServiceAccount& before,
                                            const std::string& secret_hash,
                                            std::optional<absl::Time> old_until) const;

  // Replaces the scopes; an account that was WAITING is ACTIVE.
  absl::StatusOr<v1::ServiceAccount> SetScopes(
      db::Connection& connection, const api::Call& call, const StoredServiceAccount& before,
      const google::protobuf::RepeatedPtrField<std::string>& scopes) const;

  // Replaces the name of the certificate that the account is bound to. ALREADY_EXISTS /
  // CERTIFICATE_TAKEN.
  absl::StatusOr<v1::ServiceAccount> SetCertificate(db::Connection& connection,
                                                    const api::Call& call,
                                                    const StoredServiceAccount& before,
                                                    const std::string& certificate_name) const;

  // Sets the state to DISABLED, and frees the name of its certificate.
  absl::StatusOr<v1::ServiceAccount> Disable(db::Connection& connection, const api::Call& call,
                                             const StoredServiceAccount& before,
                                             const std::string& reason) const;

  // The secrets as they are at `now`; none when there is no such account or it is DISABLED.
  absl::StatusOr<SecretHashes> FindSecretHashes(db::Connection& connection,
                                                const std::string& client_id, absl::Time now) const;

  // Takes a token's place in the order of changes of the account: true when the secret that
  // was verified is still good.
  absl::StatusOr<bool> CountToken(db::Connection& connection, const std::string& client_id,
                                  const std::string& secret_hash, absl::Time now) const;

 private:
  absl::StatusOr<v1::ServiceAccount> ReadChanged(db::Connection& connection, const api::Call& call,
                                                 const StoredServiceAccount& before,
                                                 const std::string& reason) const;

  journal::Journal& journal_;
};

// Scopes as their column has them, into the field of a message.
void ReadScopes(std::string_view column, google::protobuf::RepeatedPtrField<std::string>& scopes);

}  // namespace jinhuan::alliance
