#include "meeting-svc/domain/paper.h"

#include <openssl/sha.h>

#include "meeting-svc/domain/blind_signature.h"

namespace jinhuan::meeting {
namespace {

constexpr size_t kBytes = SHA256_DIGEST_LENGTH;
constexpr int kSeals = 3;

std::string Sha256(std::string_view text) {
  std::string digest(kBytes, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace

bool IsValidPaper(const v1::Paper& paper, std::string_view public_key) {
  if (paper.seals_size() != kSeals || paper.prefix().size() != kBytes ||
      paper.key().size() != kBytes) {
    return false;
  }
  std::string seals;
  for (const std::string& seal : paper.seals()) {
    if (seal.size() != kBytes) return false;
    seals += seal;
  }
  if (paper.choice() < v1::CHOICE_FOR || paper.choice() > v1::CHOICE_ABSTAIN) return false;
  return paper.token() == Sha256(seals) &&
         paper.seals(paper.choice() - v1::CHOICE_FOR) == Sha256(paper.key()) &&
         IsSignedBy(public_key, paper.prefix() + paper.token(), paper.signature());
}

std::string DigestOf(const std::vector<v1::Paper>& papers) {
  std::string all;
  for (const v1::Paper& paper : papers) {
    all += paper.token();
    all += static_cast<char>(paper.choice());
  }
  return Sha256(all);
}

}  // namespace jinhuan::meeting
