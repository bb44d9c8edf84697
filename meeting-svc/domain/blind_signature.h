#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::meeting {

// The key pair of one secret ballot: RSA, for blind signatures after RFC 9474
// (RSABSSA-SHA384-PSS-Randomized). Who signs does not see what, and can't tell later
// which of its signatures it gave to whom. Thread-safe.
class BallotKey {
 public:
  // A new one of 2048 bits; takes some 0.1 s.
  static absl::StatusOr<BallotKey> Generate();

  // From what PrivateDer() gave. INTERNAL when it is none.
  static absl::StatusOr<BallotKey> FromDer(std::string_view der);

  // The private key (PKCS #1).
  std::string PrivateDer() const;

  // The public key, as SubjectPublicKeyInfo.
  std::string PublicDer() const;

  // BlindSign of RFC 9474, section 4.3. INVALID_ARGUMENT unless `blinded_message` is a
  // number below the modulus, in as many bytes as that has.
  absl::StatusOr<std::string> BlindSign(std::string_view blinded_message) const;

 private:
  explicit BallotKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}

  std::shared_ptr<EVP_PKEY> key_;
};

// Whether `signature` is one of the key on `message` (RFC 9474, section 4.5).
bool IsSignedBy(std::string_view public_der, std::string_view message, std::string_view signature);

}  // namespace jinhuan::meeting
