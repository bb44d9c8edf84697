#include "platform/check_in/check_in_key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "absl/strings/numbers.h"

namespace jinhuan {
namespace {

static_assert(crypto_auth_KEYBYTES == 32 && crypto_auth_BYTES == 32);

std::string Hex(const std::array<unsigned char, 32>& bytes) {
  std::array<char, 65> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}

// Two texts of public length.
bool Same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

int64_t StepAt(absl::Time now) {
  return absl::ToUnixSeconds(now) / absl::ToInt64Seconds(CheckInKey::kCodeLife);
}

}  // namespace

absl::StatusOr<CheckInKey> CheckInKey::FromHex(const std::string& hex) {
  CheckInKey key;
  size_t length = 0;
  if (hex.size() != 64 || sodium_hex2bin(key.key_.data(), key.key_.size(), hex.data(), hex.size(),
                                         nullptr, &length, nullptr) != 0) {
    return absl::InvalidArgumentError("the check-in key is not 64 hex digits");
  }
  return key;
}

CheckInKey CheckInKey::Random() {
  CheckInKey key;
  randombytes_buf(key.key_.data(), key.key_.size());
  return key;
}

// `use` keeps what is made for one thing from being good for another.
CheckInKey::Mac CheckInKey::MacOf(std::string_view use, std::string_view name,
                                  int64_t number) const {
  const std::string message = fmt::format("{}\n{}\n{}", use, name, number);
  Mac mac{};
  crypto_auth(mac.data(), reinterpret_cast<const unsigned char*>(message.data()), message.size(),
              key_.data());
  return mac;
}

CheckInKey::Timed CheckInKey::MakeToken(std::string_view thing, absl::Time now) const {
  const int64_t expiry = absl::ToUnixSeconds(now + kTokenLife);
  return {fmt::format("{}.{}", expiry, Hex(MacOf("token", thing, expiry))),
          absl::FromUnixSeconds(expiry)};
}

bool CheckInKey::IsToken(std::string_view thing, std::string_view token, absl::Time now) const {
  const size_t dot = token.find('.');
  int64_t expiry = 0;
  if (dot > 12 ||  // also where there is none
      !absl::SimpleAtoi(std::string(token.substr(0, dot)), &expiry)) {
    return false;
  }
  return Same(Hex(MacOf("token", thing, expiry)), token.substr(dot + 1)) &&
         now < absl::FromUnixSeconds(expiry);
}

std::string CheckInKey::CodeOf(std::string_view place, int64_t step) const {
  const Mac mac = MacOf("code", place, step);
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | mac[i];
  return fmt::format("{:06}", number % 1'000'000);
}

CheckInKey::Timed CheckInKey::MakeCode(std::string_view place, absl::Time now) const {
  const int64_t step = StepAt(now);
  return {CodeOf(place, step), absl::FromUnixSeconds((step + 1) * absl::ToInt64Seconds(kCodeLife))};
}

bool CheckInKey::IsCode(std::string_view place, std::string_view code, absl::Time now) const {
  const int64_t step = StepAt(now);
  const bool current = Same(CodeOf(place, step), code);
  const bool previous = Same(CodeOf(place, step - 1), code);
  return current || previous;
}

}  // namespace jinhuan
