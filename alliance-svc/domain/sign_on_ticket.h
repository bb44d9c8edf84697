#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jinhuan::alliance {

// What a sign-on is remembered by between its beginning and its end. The browser keeps
// it, sealed, so that nothing is stored here and any replica can finish.
class SignOnTicket {
 public:
  // A new one, good until `expire`. `verifier`: 32 random bytes or more, as text (PKCE's
  // code verifier, RFC 7636).
  SignOnTicket(std::string verifier, absl::Time expire)
      : verifier_(std::move(verifier)), expire_(expire) {}

  // Sealed with a key of 32 bytes and 24 random bytes, as URL-safe text; and opened
  // again. UNAUTHENTICATED for what was not sealed with the key, and when it has expired.
  std::string Seal(const std::string& key, const std::string& random) const;
  static absl::StatusOr<SignOnTicket> Open(const std::string& sealed, const std::string& key,
                                           absl::Time now);

  const std::string& verifier() const { return verifier_; }
  absl::Time expire_time() const { return expire_; }
  // PKCE's S256 challenge of the verifier.
  std::string Challenge() const;
  // What the ID token must repeat.
  std::string Nonce() const;

 private:
  std::string verifier_;
  absl::Time expire_;
};

}  // namespace jinhuan::alliance
