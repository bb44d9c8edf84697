#include "platform/journal/tree/hasher.h"

#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>

namespace jinhuan::journal::tree {
namespace {

// Fetched once: a fetch costs more than a hash.
const EVP_MD* DigestOf(Algorithm algorithm) {
  static const EVP_MD* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  const EVP_MD* const digest = algorithm == Algorithm::kSm3 ? sm3 : sha256;
  if (digest == nullptr) {
    std::fprintf(stderr, "this OpenSSL has no %s\n", NameOf(algorithm).data());
    std::exit(1);
  }
  return digest;
}

Hash Digest(const EVP_MD* digest, std::initializer_list<std::string_view> parts) {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  Hash hash(kHashBytes, '\0');
  EVP_DigestInit_ex2(context.get(), digest, nullptr);
  for (const std::string_view part : parts) {
    EVP_DigestUpdate(context.get(), part.data(), part.size());
  }
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(hash.data()), nullptr);
  return hash;
}

constexpr std::string_view kLeaf("\0", 1);
constexpr std::string_view kNode("\1", 1);

}  // namespace

std::string_view NameOf(Algorithm algorithm) {
  return algorithm == Algorithm::kSm3 ? "sm3" : "sha256";
}

std::optional<Algorithm> AlgorithmNamed(std::string_view name) {
  for (const Algorithm algorithm : {Algorithm::kSm3, Algorithm::kSha256}) {
    if (name == NameOf(algorithm)) return algorithm;
  }
  return std::nullopt;
}

Hasher::Hasher(Algorithm algorithm) : algorithm_(algorithm), digest_(DigestOf(algorithm)) {}

Hash Hasher::Of(std::string_view bytes) const { return Digest(digest_, {bytes}); }

Hash Hasher::Leaf(std::string_view salt, std::string_view record) const {
  return Digest(digest_, {kLeaf, salt, record});
}

Hash Hasher::Node(std::string_view left, std::string_view right) const {
  return Digest(digest_, {kNode, left, right});
}

}  // namespace jinhuan::journal::tree
