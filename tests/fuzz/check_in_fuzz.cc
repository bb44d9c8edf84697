// What people check in with.
#include "platform/check_in/check_in_key.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  static const CheckInKey key = *CheckInKey::FromHex(std::string(64, '7'));
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  Require(!key.IsToken("bookings/b", input, now) ||
          key.MakeToken("bookings/b", now).expire_time >= now);
  // Nobody guesses a code of six digits that is not the place's.
  Require(!key.IsCode("facilities/f", input, now) || input.size() == 6);
  (void)CheckInKey::FromHex(std::string(input));
}

}  // namespace jinhuan::fuzz
