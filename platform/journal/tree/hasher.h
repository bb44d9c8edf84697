#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jinhuan::journal::tree {

// 32 bytes, whatever the algorithm.
using Hash = std::string;
constexpr size_t kHashBytes = 32;
constexpr size_t kSaltBytes = 16;

enum class Algorithm { kSm3, kSha256 };  // GB/T 32905; FIPS 180-4

// "sm3" or "sha256", as checkpoints and flags name it.
std::string_view NameOf(Algorithm algorithm);
std::optional<Algorithm> AlgorithmNamed(std::string_view name);

// The hashes of an RFC 6962 / 9162 tree. Thread-safe.
class Hasher {
 public:
  explicit Hasher(Algorithm algorithm);

  Hash Of(std::string_view bytes) const;
  // The root of a tree without leaves.
  Hash Empty() const { return Of(""); }
  // H(0 ‖ salt ‖ record). With a salt of always kSaltBytes no other split of the
  // same bytes is a leaf.
  Hash Leaf(std::string_view salt, std::string_view record) const;
  // H(1 ‖ left ‖ right).
  Hash Node(std::string_view left, std::string_view right) const;

  Algorithm algorithm() const { return algorithm_; }

 private:
  Algorithm algorithm_;
  const EVP_MD* digest_;  // lives as long as the process
};

}  // namespace jinhuan::journal::tree
