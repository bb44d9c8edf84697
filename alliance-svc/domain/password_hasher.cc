#include "alliance-svc/domain/password_hasher.h"

#include <sodium.h>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/id.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr size_t kMemory = 19 * 1024 * 1024;

absl::Status OutOfMemory() { return Error(error::v1::COMMON_REASON_OVERLOADED); }

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

// Gives the turn back when it goes out of scope.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {}
  ~Turn() {
    absl::MutexLock lock(&hasher_.mutex_);
    ++hasher_.free_;
  }

 private:
  PasswordHasher& hasher_;
};

PasswordHasher::PasswordHasher(int at_once) : free_(at_once) {
  nobodys_ = Hash(RandomToken(32), absl::InfiniteFuture()).value_or("");
}

absl::Status PasswordHasher::AwaitTurn(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  if (free_ == 0 && waiting_ >= kMaxWaiting) return Error(error::v1::COMMON_REASON_OVERLOADED);
  ++waiting_;
  const auto mine = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return free_ > 0; };
  const bool got = mutex_.AwaitWithDeadline(absl::Condition(&mine), deadline);
  --waiting_;
  if (!got) return Error(error::v1::COMMON_REASON_OVERLOADED);
  --free_;
  return absl::OkStatus();
}

absl::StatusOr<std::string> PasswordHasher::Hash(std::string_view password, absl::Time deadline) {
  JH_RETURN_IF_ERROR(AwaitTurn(deadline));
  const Turn turn(*this);
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(hash, password.data(), password.size(), kPasses, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return OutOfMemory();
  }
  return hash;
}

absl::StatusOr<bool> PasswordHasher::Verify(const std::string& hash, std::string_view password,
                                            absl::Time deadline) {
  JH_RETURN_IF_ERROR(AwaitTurn(deadline));
  const Turn turn(*this);
  const std::string& stored = hash.empty() ? nobodys_ : hash;
  const bool right =
      crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
  return right && !hash.empty();
}

absl::StatusOr<std::string> PasswordHasher::Digest(std::string_view password,
                                                   std::string_view context, absl::Time deadline) {
  JH_RETURN_IF_ERROR(AwaitTurn(deadline));
  const Turn turn(*this);
  unsigned char salt[crypto_pwhash_SALTBYTES];
  crypto_generichash(salt, sizeof salt, Bytes(context), context.size(), nullptr, 0);
  unsigned char digest[32];
  if (crypto_pwhash(digest, sizeof digest, password.data(), password.size(), salt, kPasses, kMemory,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return OutOfMemory();
  }
  char hex[2 * sizeof digest + 1];
  return sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
}

}  // namespace jinhuan::alliance
