#include "alliance-svc/domain/rotation_credit.h"

#include <sodium.h>

#include <algorithm>

#include "alliance-svc/domain/credential_hash.h"

namespace jinhuan::alliance::rotation {

Credit CreditOf(absl::Time begin, absl::Time end, absl::Time term_begin, absl::Time term_end) {
  const int64_t first = absl::ToUnixSeconds(term_begin);
  const int64_t last = absl::ToUnixSeconds(term_end);
  if (first >= last || begin >= end) return 0;
  const auto earned_by = [&](absl::Time time) {
    const int64_t second = std::clamp(absl::ToUnixSeconds(time), first, last);
    return kFullTerm * (second - first) / (last - first);
  };
  return earned_by(end) - earned_by(begin);
}

std::string LotteryCommitment(std::string_view seed) { return CredentialHash(seed); }

uint64_t LotteryNumber(std::string_view seed, std::string_view member) {
  std::string text(seed);
  text += '\0';
  text += member;
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | hash[i];
  return number;
}

}  // namespace jinhuan::alliance::rotation
