#pragma once

#include <array>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "jinhuan/auth/v1/caller.pb.h"

namespace jinhuan::rpc {

// The metadata under which a caller token travels, and those that tell a service
// which call of whose session it is part of.
inline constexpr char kCallerMetadata[] = "jinhuan-caller-bin";
inline constexpr char kRequestMetadata[] = "jinhuan-request";  // id in logs and journal
inline constexpr char kCredentialMetadata[] =
    "jinhuan-credential";  // hash of session or token, hex
inline constexpr char kAddressMetadata[] = "jinhuan-client-address";  // the client's IP address
inline constexpr char kUserAgentMetadata[] =
    "jinhuan-client-agent";  // how its program calls itself

// How long a caller token lasts.
inline constexpr absl::Duration kCallerTokenLife = absl::Seconds(60);

// Signs caller tokens with an Ed25519 key (RFC 8032). Thread-safe.
class CallerTokenSigner {
 public:
  // `seed_hex`: the 32-byte seed as 64 hex digits. INVALID_ARGUMENT otherwise.
  static absl::StatusOr<CallerTokenSigner> FromSeed(const std::string& seed_hex);

  // A serialised SignedCallerToken for `audience` (a proto package), good from
  // `now` for kCallerTokenLife or until `not_after` if that is sooner.
  std::string Sign(const auth::v1::Caller& caller, const std::string& audience, absl::Time now,
                   absl::Time not_after = absl::InfiniteFuture()) const;

  // The key that verifies, as 64 hex digits.
  std::string public_key_hex() const;

 private:
  std::array<unsigned char, 64> secret_key_{};
};

// Verifies caller tokens for one audience. Remembers tokens it has verified until
// they expire, at most some thousands: a session's calls share one. Thread-safe.
class CallerTokenVerifier {
 public:
  // `public_key_hex`: 64 hex digits. INVALID_ARGUMENT otherwise.
  static absl::StatusOr<std::unique_ptr<CallerTokenVerifier>> Create(
      const std::string& public_key_hex, std::string audience);

  // Who the token names. UNAUTHENTICATED / SIGN_IN_REQUIRED for a token that is
  // malformed, of another signer or audience, or expired at `now`.
  absl::StatusOr<auth::v1::Caller> Verify(const std::string& token, absl::Time now);

 private:
  CallerTokenVerifier(std::array<unsigned char, 32> key, std::string audience)
      : public_key_(key), audience_(std::move(audience)) {}

  const std::array<unsigned char, 32> public_key_;
  const std::string audience_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, auth::v1::CallerToken> verified_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::rpc
