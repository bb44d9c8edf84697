#include "alliance-svc/domain/uscc.h"

#include <algorithm>

namespace jinhuan::alliance {
namespace {

// GB 32100-2015, table 1: a character's value is its place here.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr size_t kLength = 18;
constexpr size_t kModulus = 31;

static_assert(kAlphabet.size() == kModulus);

// The check character's value: (31 - sum of value * weight mod 31) mod 31, with
// the weight 3^(i-1) mod 31 at place i. kModulus for a character that is none.
size_t CheckValue(std::string_view body) {
  size_t sum = 0;
  size_t weight = 1;
  for (const char c : body) {
    const size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return kModulus;
    sum += value * weight;
    weight = weight * 3 % kModulus;
  }
  return (kModulus - sum % kModulus) % kModulus;
}

}  // namespace

std::string NormaliseUscc(std::string_view text) {
  std::string code(text);
  std::transform(code.begin(), code.end(), code.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return code;
}

bool IsUscc(std::string_view code) {
  if (code.size() != kLength) return false;
  return kAlphabet.find(code.back()) == CheckValue(code.substr(0, kLength - 1));
}

}  // namespace jinhuan::alliance
