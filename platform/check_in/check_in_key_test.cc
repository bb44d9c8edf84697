#include "platform/check_in/check_in_key.h"

#include <gtest/gtest.h>

namespace jinhuan {
namespace {

constexpr char kBooking[] = "alliances/a/bookings/b";
constexpr char kFacility[] = "alliances/a/facilities/f";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);  // a multiple of five minutes

CheckInKey Key(char digit = '1') { return *CheckInKey::FromHex(std::string(64, digit)); }

TEST(CheckInKeyTest, ATokenIsGoodForItsBookingForTwoMinutes) {
  const auto token = Key().MakeToken(kBooking, kNow);
  EXPECT_EQ(token.expire_time, kNow + absl::Minutes(2));
  EXPECT_TRUE(Key().IsToken(kBooking, token.text, kNow));
  EXPECT_TRUE(Key().IsToken(kBooking, token.text, kNow + absl::Seconds(119)));
  EXPECT_FALSE(Key().IsToken(kBooking, token.text, kNow + absl::Minutes(2)));
  EXPECT_FALSE(Key().IsToken("alliances/a/bookings/c", token.text, kNow));
  EXPECT_FALSE(Key('2').IsToken(kBooking, token.text, kNow));
}

TEST(CheckInKeyTest, NoByteOfATokenCanBeChanged) {
  const std::string token = Key().MakeToken(kBooking, kNow).text;
  for (size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] = other[i] == '1' ? '2' : '1';
    EXPECT_FALSE(Key().IsToken(kBooking, other, kNow)) << other;
    EXPECT_FALSE(Key().IsToken(kBooking, token.substr(0, i), kNow));
  }
  // A later expiry needs another signature.
  const std::string later = Key().MakeToken(kBooking, kNow + absl::Hours(1)).text;
  EXPECT_FALSE(Key().IsToken(kBooking, later.substr(0, 10) + token.substr(10), kNow));
  for (const char* bad : {"", ".", "x.y", "99999999999999999999.00", "-1."}) {
    EXPECT_FALSE(Key().IsToken(kBooking, bad, kNow)) << bad;
  }
}

TEST(CheckInKeyTest, ACodeChangesEveryFiveMinutesAndTheLastIsStillTaken) {
  const auto code = Key().MakeCode(kFacility, kNow + absl::Seconds(7));
  EXPECT_EQ(code.text.size(), 6u);
  EXPECT_EQ(code.expire_time, kNow + absl::Minutes(5));
  EXPECT_TRUE(Key().IsCode(kFacility, code.text, kNow + absl::Seconds(599)));
  EXPECT_FALSE(Key().IsCode(kFacility, code.text, kNow + absl::Minutes(10)));
  EXPECT_FALSE(Key().IsCode(kFacility, code.text, kNow - absl::Seconds(1)));
  EXPECT_FALSE(Key().IsCode("alliances/a/facilities/g", code.text, kNow));
  EXPECT_FALSE(Key('2').IsCode(kFacility, code.text, kNow));
  EXPECT_FALSE(Key().IsCode(kFacility, "", kNow));
}

TEST(CheckInKeyTest, AKeyIsSixtyFourHexDigits) {
  EXPECT_FALSE(CheckInKey::FromHex("12").ok());
  EXPECT_FALSE(CheckInKey::FromHex(std::string(64, 'g')).ok());
  const auto token = CheckInKey::Random().MakeToken(kBooking, kNow);
  EXPECT_FALSE(CheckInKey::Random().IsToken(kBooking, token.text, kNow));
}

}  // namespace
}  // namespace jinhuan
