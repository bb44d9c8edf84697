#include "platform/rpc/caller_token.h"

#include <gtest/gtest.h>

#include "platform/status/error.h"

namespace jinhuan::rpc {
namespace {

constexpr char kSeed[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr char kAudience[] = "jinhuan.resource.v1";

class CallerTokenTest : public ::testing::Test {
 protected:
  CallerTokenTest() {
    caller_.set_name("users/u1");
    caller_.add_grants()->set_role(auth::v1::ROLE_LIAISON);
  }

  std::string Sign(absl::Time not_after = absl::InfiniteFuture()) const {
    return signer_->Sign(caller_, kAudience, now_, not_after);
  }
  std::string Reason(const std::string& token, absl::Time now) {
    return ReasonOf(verifier_->Verify(token, now).status());
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  auth::v1::Caller caller_;
  const absl::StatusOr<CallerTokenSigner> signer_ = CallerTokenSigner::FromSeed(kSeed);
  const std::unique_ptr<CallerTokenVerifier> verifier_ =
      *CallerTokenVerifier::Create(signer_->public_key_hex(), kAudience);
};

TEST_F(CallerTokenTest, UsesTheKeyPairOfRfc8032) {  // section 7.1, test 1
  EXPECT_EQ(signer_->public_key_hex(),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST_F(CallerTokenTest, NamesTheCallerForAMinute) {
  const std::string token = Sign();
  const auto caller = verifier_->Verify(token, now_);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->SerializeAsString(), caller_.SerializeAsString());
  EXPECT_TRUE(verifier_->Verify(token, now_ + absl::Seconds(60) - absl::Nanoseconds(1)).ok());
}

TEST_F(CallerTokenTest, ExpiresFreshAndRemembered) {
  EXPECT_EQ(Reason(Sign(), now_ + absl::Seconds(60)), "SIGN_IN_REQUIRED");
  const std::string token = Sign();
  ASSERT_TRUE(verifier_->Verify(token, now_).ok());  // from here on it is remembered
  ASSERT_TRUE(verifier_->Verify(token, now_ + absl::Seconds(59)).ok());
  EXPECT_EQ(Reason(token, now_ + absl::Seconds(60)), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Reason(token, now_ + absl::Seconds(61)), "SIGN_IN_REQUIRED");
}

TEST_F(CallerTokenTest, EndsWithWhatItStandsFor) {
  const std::string token = Sign(now_ + absl::Seconds(5));
  EXPECT_TRUE(verifier_->Verify(token, now_ + absl::Seconds(4)).ok());
  EXPECT_EQ(Reason(token, now_ + absl::Seconds(5)), "SIGN_IN_REQUIRED");
}

TEST_F(CallerTokenTest, IsForOneAudienceAndFromOneSigner) {
  EXPECT_EQ(Reason(signer_->Sign(caller_, "jinhuan.meeting.v1", now_), now_), "SIGN_IN_REQUIRED");
  const auto stranger = CallerTokenSigner::FromSeed(std::string(64, '0'));
  EXPECT_EQ(Reason(stranger->Sign(caller_, kAudience, now_), now_), "SIGN_IN_REQUIRED");
}

TEST_F(CallerTokenTest, RefusesAByteChangedAnywhere) {
  const std::string token = Sign();
  ASSERT_TRUE(verifier_->Verify(token, now_).ok());
  for (size_t i = 0; i < token.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string changed = token;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      EXPECT_EQ(Reason(changed, now_), "SIGN_IN_REQUIRED") << i << " ^ " << flip;
    }
  }
  EXPECT_EQ(Reason("", now_), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Reason(token.substr(0, token.size() - 1), now_), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Reason("nonsense", now_), "SIGN_IN_REQUIRED");
}

TEST_F(CallerTokenTest, GoesOnWhenItRemembersMany) {
  for (int i = 0; i < 5000; ++i) {
    caller_.set_display_name(std::to_string(i));
    ASSERT_TRUE(verifier_->Verify(Sign(), now_).ok());
  }
}

TEST(CallerKeyTest, RefusesWhatIsNotAKey) {
  for (const char* key :
       {"", "d75a", "nine9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae",
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f6",
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f600",
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f \n"}) {
    EXPECT_FALSE(CallerTokenSigner::FromSeed(key).ok()) << key;
    EXPECT_FALSE(CallerTokenVerifier::Create(key, kAudience).ok()) << key;
  }
}

}  // namespace
}  // namespace jinhuan::rpc
