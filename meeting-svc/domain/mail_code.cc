#include "meeting-svc/domain/mail_code.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kBetweenCodes = absl::Minutes(1);
constexpr absl::Duration kDay = absl::Hours(24);
constexpr int kCodesADay = 5;

}  // namespace

std::string MailCode(std::string_view secret, std::string_view user, std::string_view address,
                     std::string_view code_id) {
  const std::string message = fmt::format("{}\n{}\n{}", user, address, code_id);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(), nullptr);
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | mac[i];
  return fmt::format("{:06}", number % 1'000'000);
}

bool IsMailCode(std::string_view code, std::string_view typed) {
  return code.size() == typed.size() && CRYPTO_memcmp(code.data(), typed.data(), code.size()) == 0;
}

absl::Duration MailCodeWait(const MailCodes& codes, absl::Time now) {
  const absl::Time full = codes.count < kCodesADay ? absl::InfinitePast() : codes.since + kDay;
  return std::max(absl::ZeroDuration(), std::max(codes.last + kBetweenCodes, full) - now);
}

MailCodes WithAnother(MailCodes codes, absl::Time now) {
  if (now >= codes.since + kDay) codes = {.count = 0, .since = now, .last = now};
  ++codes.count;
  codes.last = now;
  return codes;
}

}  // namespace jinhuan::meeting
