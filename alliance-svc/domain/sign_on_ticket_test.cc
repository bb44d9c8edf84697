#include "alliance-svc/domain/sign_on_ticket.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

const std::string kKey(32, 'k');
const std::string kRandom(24, 'r');
const absl::Time kExpire = absl::FromUnixSeconds(1'800'000'000);

TEST(SignOnTicketTest, IsOpenedUntilItExpires) {
  const std::string sealed = SignOnTicket("verifier", kExpire).Seal(kKey, kRandom);
  EXPECT_EQ(sealed.find("verifier"), std::string::npos);
  const auto opened = SignOnTicket::Open(sealed, kKey, kExpire - absl::Seconds(1));
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->verifier(), "verifier");
  EXPECT_FALSE(SignOnTicket::Open(sealed, kKey, kExpire).ok());
}

TEST(SignOnTicketTest, IsOpenedByItsKeyAndWholeOnly) {
  std::string sealed = SignOnTicket("verifier", kExpire).Seal(kKey, kRandom);
  EXPECT_FALSE(SignOnTicket::Open(sealed, std::string(32, 'x'), absl::UnixEpoch()).ok());
  EXPECT_FALSE(SignOnTicket::Open(sealed.substr(0, 20), kKey, absl::UnixEpoch()).ok());
  EXPECT_FALSE(SignOnTicket::Open("", kKey, absl::UnixEpoch()).ok());
  EXPECT_FALSE(SignOnTicket::Open("not base64!", kKey, absl::UnixEpoch()).ok());
  sealed[sealed.size() - 3] = sealed[sealed.size() - 3] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(SignOnTicket::Open(sealed, kKey, absl::UnixEpoch()).ok());
}

// The example of RFC 7636, appendix B.
TEST(SignOnTicketTest, ChallengesAsPkceDoes) {
  const SignOnTicket ticket("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", kExpire);
  EXPECT_EQ(ticket.Challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

}  // namespace
}  // namespace jinhuan::alliance
