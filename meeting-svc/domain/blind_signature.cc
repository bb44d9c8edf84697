#include "meeting-svc/domain/blind_signature.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>

namespace jinhuan::meeting {
namespace {

constexpr int kBits = 2048;
constexpr int kSaltBytes = 48;  // as long as SHA-384's digest

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
Context ContextOf(EVP_PKEY* key) { return {EVP_PKEY_CTX_new(key, nullptr), EVP_PKEY_CTX_free}; }

std::shared_ptr<EVP_PKEY> Owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

// What an i2d function writes of the key.
template <class Encode>
std::string DerOf(const EVP_PKEY* key, Encode encode) {
  unsigned char* bytes = nullptr;
  const int length = encode(key, &bytes);
  std::string der(reinterpret_cast<char*>(bytes), static_cast<size_t>(std::max(length, 0)));
  OPENSSL_clear_free(bytes, der.size());
  return der;
}

// The bare operation on a number, forth or back.
template <class Start, class Run>
std::string Raw(EVP_PKEY* key, std::string_view input, Start start, Run run) {
  const Context context = ContextOf(key);
  std::string output(static_cast<size_t>(EVP_PKEY_get_size(key)), '\0');
  size_t length = output.size();
  const bool done = start(context.get()) > 0 &&
                    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) > 0 &&
                    run(context.get(), Bytes(output), &length, Bytes(input), input.size()) > 0;
  output.resize(done ? length : 0);
  return output;
}

}  // namespace

absl::StatusOr<BallotKey> BallotKey::Generate() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t{kBits});
  if (key == nullptr) return absl::InternalError("no key could be made");
  return BallotKey(Owned(key));
}

absl::StatusOr<BallotKey> BallotKey::FromDer(std::string_view der) {
  const unsigned char* bytes = Bytes(der);
  EVP_PKEY* key = d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &bytes, static_cast<int64_t>(der.size()));
  if (key == nullptr) return absl::InternalError("this is no private key");
  return BallotKey(Owned(key));
}

std::string BallotKey::PrivateDer() const { return DerOf(key_.get(), i2d_PrivateKey); }

std::string BallotKey::PublicDer() const { return DerOf(key_.get(), i2d_PUBKEY); }

absl::StatusOr<std::string> BallotKey::BlindSign(std::string_view blinded_message) const {
  std::string signature;
  if (blinded_message.size() == static_cast<size_t>(EVP_PKEY_get_size(key_.get()))) {
    signature = Raw(key_.get(), blinded_message, EVP_PKEY_sign_init, EVP_PKEY_sign);
  }
  // A signature gone wrong would tell of the key: it is checked before it leaves.
  if (signature.empty() || Raw(key_.get(), signature, EVP_PKEY_verify_recover_init,
                               EVP_PKEY_verify_recover) != blinded_message) {
    return absl::InvalidArgumentError("this is no blinded message for the key");
  }
  return signature;
}

bool IsSignedBy(std::string_view public_der, std::string_view message, std::string_view signature) {
  const unsigned char* bytes = Bytes(public_der);
  const auto key = Owned(d2i_PUBKEY(nullptr, &bytes, static_cast<int64_t>(public_der.size())));
  if (key == nullptr) return false;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free);
  EVP_PKEY_CTX* context = nullptr;  // belongs to digest
  return EVP_DigestVerifyInit(digest.get(), &context, EVP_sha384(), nullptr, key.get()) > 0 &&
         EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, kSaltBytes) > 0 &&
         EVP_DigestVerify(digest.get(), Bytes(signature), signature.size(), Bytes(message),
                          message.size()) > 0;
}

}  // namespace jinhuan::meeting
