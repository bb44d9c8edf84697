#include "alliance-svc/domain/credential_hash.h"

#include <sodium.h>

namespace jinhuan::alliance {

std::string CredentialHash(std::string_view credential) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(credential.data()),
                     credential.size());
  std::string hex(2 * sizeof hash + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash, sizeof hash);
  hex.pop_back();  // the terminator that sodium counts
  return hex;
}

}  // namespace jinhuan::alliance
