#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jinhuan {

// Makes and checks what people check in with; nothing of it is stored. Immutable, so
// thread-safe.
//
// A token is for the QR code of one thing (a booking): `{expiry in seconds}.{64 hex digits}`, the
// latter HMAC-SHA-512-256 over the thing's name and the expiry. A code is for a place (a
// facility, a meeting): six digits of the HMAC over its name and the number of the five minutes
// since 1970; that of the five
// minutes before is taken too. Comparing takes the same time whatever differs.
class CheckInKey {
 public:
  static constexpr absl::Duration kTokenLife = absl::Minutes(2);
  static constexpr absl::Duration kCodeLife = absl::Minutes(5);

  // From a secret of 64 hex digits; INVALID_ARGUMENT for another text.
  static absl::StatusOr<CheckInKey> FromHex(const std::string& hex);
  // One that no other process has: codes are good as long as this one lives.
  static CheckInKey Random();

  struct Timed {
    std::string text;
    absl::Time expire_time;
  };
  Timed MakeToken(std::string_view thing, absl::Time now) const;
  bool IsToken(std::string_view thing, std::string_view token, absl::Time now) const;

  Timed MakeCode(std::string_view place, absl::Time now) const;
  bool IsCode(std::string_view place, std::string_view code, absl::Time now) const;

 private:
  using Key = std::array<unsigned char, 32>;
  using Mac = std::array<unsigned char, 32>;

  Mac MacOf(std::string_view use, std::string_view name, int64_t number) const;
  std::string CodeOf(std::string_view place, int64_t step) const;

  Key key_{};
};

}  // namespace jinhuan
