#include "platform/rpc/caller_token.h"

#include <sodium.h>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::rpc {
namespace {

constexpr size_t kRemember = 4096;

template <size_t N>
bool FromHex(const std::string& hex, std::array<unsigned char, N>& bytes) {
  size_t length = 0;
  return hex.size() == 2 * N &&
         sodium_hex2bin(bytes.data(), N, hex.data(), hex.size(), nullptr, &length, nullptr) == 0 &&
         length == N;
}

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

absl::StatusOr<CallerTokenSigner> CallerTokenSigner::FromSeed(const std::string& seed_hex) {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  if (!FromHex(seed_hex, seed)) {
    return absl::InvalidArgumentError("the caller key is not 64 hex digits");
  }
  CallerTokenSigner signer;
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
  crypto_sign_seed_keypair(public_key.data(), signer.secret_key_.data(), seed.data());
  return signer;
}

std::string CallerTokenSigner::Sign(const auth::v1::Caller& caller, const std::string& audience,
                                    absl::Time now, absl::Time not_after) const {
  auth::v1::CallerToken token;
  *token.mutable_caller() = caller;
  token.set_audience(audience);
  *token.mutable_expire_time() = api::ToProto(std::min(now + kCallerTokenLife, not_after));
  auth::v1::SignedCallerToken result;
  result.set_token(token.SerializeAsString());
  result.mutable_signature()->resize(crypto_sign_BYTES);
  crypto_sign_detached(reinterpret_cast<unsigned char*>(result.mutable_signature()->data()),
                       nullptr, Bytes(result.token()), result.token().size(), secret_key_.data());
  return result.SerializeAsString();
}

std::string CallerTokenSigner::public_key_hex() const {
  std::array<char, 65> hex{};
  sodium_bin2hex(hex.data(), hex.size(), secret_key_.data() + 32, 32);  // seed, then public key
  return hex.data();
}

absl::StatusOr<std::unique_ptr<CallerTokenVerifier>> CallerTokenVerifier::Create(
    const std::string& public_key_hex, std::string audience) {
  std::array<unsigned char, 32> key{};
  if (!FromHex(public_key_hex, key)) {
    return absl::InvalidArgumentError("the caller public key is not 64 hex digits");
  }
  return std::unique_ptr<CallerTokenVerifier>(new CallerTokenVerifier(key, std::move(audience)));
}

absl::StatusOr<auth::v1::Caller> CallerTokenVerifier::Verify(const std::string& token,
                                                             absl::Time now) {
  const auto refuse = [] { return Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED); };
  {
    absl::MutexLock lock(&mutex_);
    const auto known = verified_.find(token);
    if (known != verified_.end()) {
      if (api::FromProto(known->second.expire_time()) > now) return known->second.caller();
      verified_.erase(known);
      return refuse();
    }
  }
  auth::v1::SignedCallerToken envelope;
  auth::v1::CallerToken content;
  if (!envelope.ParseFromString(token) || envelope.signature().size() != crypto_sign_BYTES ||
      crypto_sign_verify_detached(Bytes(envelope.signature()), Bytes(envelope.token()),
                                  envelope.token().size(), public_key_.data()) != 0 ||
      !content.ParseFromString(envelope.token()) || content.audience() != audience_ ||
      api::FromProto(content.expire_time()) <= now) {
    return refuse();
  }
  absl::MutexLock lock(&mutex_);
  if (verified_.size() >= kRemember) verified_.clear();
  verified_.emplace(token, content);
  return content.caller();
}

}  // namespace jinhuan::rpc
