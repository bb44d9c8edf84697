#include "alliance-svc/domain/sign_on_ticket.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "absl/strings/numbers.h"
#include "alliance-svc/domain/credential_hash.h"

namespace jinhuan::alliance {
namespace {

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string ToBase64(const std::string& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), Bytes(bytes), bytes.size(), kBase64);
  text.pop_back();  // the end of a C string
  return text;
}

absl::Status Wrong() { return absl::UnauthenticatedError("not a ticket of ours"); }

}  // namespace

std::string SignOnTicket::Seal(const std::string& key, const std::string& random) const {
  const std::string plain = fmt::format("{} {}", absl::ToUnixSeconds(expire_), verifier_);
  std::string boxed(crypto_secretbox_MACBYTES + plain.size(), '\0');
  crypto_secretbox_easy(Bytes(boxed), Bytes(plain), plain.size(), Bytes(random), Bytes(key));
  return ToBase64(random + boxed);
}

absl::StatusOr<SignOnTicket> SignOnTicket::Open(const std::string& sealed, const std::string& key,
                                                absl::Time now) {
  std::string bytes(sealed.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(Bytes(bytes), bytes.size(), sealed.data(), sealed.size(), nullptr, &size,
                        nullptr, kBase64) != 0 ||
      size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) {
    return Wrong();
  }
  const std::string random = bytes.substr(0, crypto_secretbox_NONCEBYTES);
  const std::string boxed = bytes.substr(random.size(), size - random.size());
  std::string plain(boxed.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(Bytes(plain), Bytes(boxed), boxed.size(), Bytes(random),
                                 Bytes(key)) != 0) {
    return Wrong();
  }
  const size_t space = plain.find(' ');
  int64_t expire = 0;
  if (space == std::string::npos || !absl::SimpleAtoi(plain.substr(0, space), &expire)) {
    return Wrong();
  }
  if (now >= absl::FromUnixSeconds(expire)) return absl::UnauthenticatedError("too old a ticket");
  return SignOnTicket(plain.substr(space + 1), absl::FromUnixSeconds(expire));
}

std::string SignOnTicket::Challenge() const {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(Bytes(hash), Bytes(verifier_), verifier_.size());
  return ToBase64(hash);
}

std::string SignOnTicket::Nonce() const { return CredentialHash("nonce of " + verifier_); }

}  // namespace jinhuan::alliance
