#include "gateway/session.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/testing/test_backend.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr char kAudience[] = "jinhuan.resource.v1";
constexpr char kCredential[] = "credential-of-someone";

class SessionTest : public testing::Test {
 protected:
  SessionTest()
      : verifier_(*rpc::CallerTokenVerifier::Create(signer_.public_key_hex(), kAudience)),
        sessions_(
            [this](const auth::v1::ResolveCredentialRequest& request,
                   std::function<void(Sessions::Answer)> done) {
              asked_.push_back(request.ShortDebugString());
              if (hold_) {
                held_.push_back(std::move(done));
              } else {
                done(answer_);
              }
            },
            signer_, clock_, {.max_entries = 3}) {
    SetName("users/u1");
  }

  void SetName(const std::string& name) {
    auth::v1::ResolveCredentialResponse response;
    response.mutable_caller()->set_name(name);
    answer_ = response;
  }

  absl::StatusOr<std::string> Token(const std::string& credential = kCredential) {
    absl::StatusOr<std::string> result = absl::UnknownError("not called");
    sessions_.TokenFor(credential, certificate_names_, kAudience,
                       [&](absl::StatusOr<std::string> token) { result = token; });
    return result;
  }

  // Who the token of a call is for; the reason when there is none.
  std::string Who(const std::string& credential = kCredential) {
    const auto token = Token(credential);
    if (!token.ok()) return ReasonOf(token.status());
    const auto caller = verifier_->Verify(*token, clock_.Now());
    return caller.ok() ? caller->name() : "bad token";
  }

  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  const rpc::CallerTokenSigner signer_ = *rpc::CallerTokenSigner::FromSeed(kTestSeed);
  const std::unique_ptr<rpc::CallerTokenVerifier> verifier_;
  Sessions::Answer answer_;
  std::vector<std::string> certificate_names_;  // what the client shows
  bool hold_ = false;
  std::vector<std::string> asked_;
  std::vector<std::function<void(Sessions::Answer)>> held_;
  Sessions sessions_;
};

TEST_F(SessionTest, AsksOnceInThreeAndAHalfSeconds) {
  EXPECT_EQ(Who(), "users/u1");
  clock_.Advance(absl::Milliseconds(3499));
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(asked_.size(), 1u);
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(SessionTest, ABoundCredentialNeedsItsCertificate) {
  answer_->set_certificate_name("city.example.org");
  EXPECT_EQ(Who(), "CLIENT_CERTIFICATE_REQUIRED");
  certificate_names_ = {"other.example.org"};
  EXPECT_EQ(Who(), "CLIENT_CERTIFICATE_REQUIRED");
  certificate_names_ = {"other.example.org", "city.example.org"};
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(asked_.size(), 1u);
}

TEST_F(SessionTest, ACertificateAloneTellsWhoItIs) {
  answer_->set_certificate_name("city.example.org");
  certificate_names_ = {"second.example.org", "city.example.org"};
  EXPECT_EQ(Who(""), "users/u1");
  EXPECT_EQ(Who(""), "users/u1");
  EXPECT_EQ(asked_, std::vector<std::string>{"certificate_names: \"second.example.org\" "
                                             "certificate_names: \"city.example.org\""});
  answer_ = Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  certificate_names_ = {"other.example.org"};
  EXPECT_EQ(Who(""), "SIGN_IN_REQUIRED");
  certificate_names_ = {};
  EXPECT_EQ(Who(""), "SIGN_IN_REQUIRED");
  EXPECT_EQ(asked_.size(), 2u);
}

// The session is asked about by itself, whatever the connection shows.
TEST_F(SessionTest, ACredentialCountsBeforeACertificate) {
  certificate_names_ = {"city.example.org"};
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(asked_, std::vector<std::string>{"credential: \"credential-of-someone\""});
}

TEST_F(SessionTest, ARevokedCredentialStopsWithinFiveSeconds) {
  EXPECT_EQ(Who(), "users/u1");
  answer_ = Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  clock_.Advance(absl::Seconds(4));
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
}

TEST_F(SessionTest, RemembersRefusalsToo) {
  answer_ = Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
  EXPECT_EQ(asked_.size(), 1u);
}

TEST_F(SessionTest, CallsShareOneQuestion) {
  hold_ = true;
  int answered = 0;
  for (int i = 0; i < 10; ++i) {
    sessions_.TokenFor(kCredential, {}, kAudience,
                       [&](const auto& token) { answered += token.ok() ? 1 : 0; });
  }
  EXPECT_EQ(asked_.size(), 1u);
  EXPECT_EQ(answered, 0);
  held_[0](answer_);
  EXPECT_EQ(answered, 10);
}

TEST_F(SessionTest, ReusesATokenUntilItsLastTwentySeconds) {
  const std::string first = *Token();
  clock_.Advance(absl::Seconds(39));
  EXPECT_EQ(*Token(), first);
  clock_.Advance(absl::Seconds(2));
  EXPECT_NE(*Token(), first);
  EXPECT_EQ(Who(), "users/u1");
}

TEST_F(SessionTest, AChangedCallerGetsANewToken) {
  EXPECT_EQ(Who(), "users/u1");
  SetName("users/u2");
  clock_.Advance(absl::Seconds(4));
  EXPECT_EQ(Who(), "users/u2");
}

TEST_F(SessionTest, ATokenIsForOneAudience) {
  std::string token;
  sessions_.TokenFor(kCredential, {}, "jinhuan.meeting.v1",
                     [&](const auto& result) { token = *result; });
  EXPECT_FALSE(verifier_->Verify(token, clock_.Now()).ok());
  EXPECT_EQ(Who(), "users/u1");
}

TEST_F(SessionTest, NothingOutlivesTheCredential) {
  *answer_->mutable_expire_time() = api::ToProto(clock_.Now() + absl::Seconds(2));
  const std::string token = *Token();
  EXPECT_EQ(*Token(), token);
  clock_.Advance(absl::Seconds(2));
  EXPECT_FALSE(verifier_->Verify(token, clock_.Now()).ok());
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
}

TEST_F(SessionTest, GoesOnForAMinuteWithoutAnswers) {
  EXPECT_EQ(Who(), "users/u1");
  answer_ = absl::UnavailableError("down");
  clock_.Advance(absl::Seconds(10));
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(asked_.size(), 2u);  // not for each call
  clock_.Advance(absl::Seconds(49));
  EXPECT_EQ(Who(), "users/u1");
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Who(), "UNAVAILABLE");
  SetName("users/u1");
  EXPECT_EQ(Who(), "users/u1");
}

// Each answer that does not come costs seconds: one call waits for it, and then none.
TEST_F(SessionTest, NobodyWaitsWhileAnswersDoNotCome) {
  EXPECT_EQ(Who(), "users/u1");
  hold_ = true;
  clock_.Advance(absl::Seconds(4));
  int first = 0;
  sessions_.TokenFor(kCredential, {}, kAudience, [&](const auto& token) { first += token.ok(); });
  EXPECT_EQ(first, 0);
  held_[0](absl::DeadlineExceededError("hangs"));
  EXPECT_EQ(first, 1);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(Who(), "users/u1");
  EXPECT_EQ(asked_.size(), 3u);  // beside them, once
  clock_.Advance(absl::Seconds(2));
  held_[1](absl::DeadlineExceededError("hangs"));
  clock_.Advance(absl::Seconds(4));
  EXPECT_EQ(Who(), "users/u1");
  held_[2](Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED));
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
}

// It may be that alliance-svc was asked by others since, and has revoked the credential.
TEST_F(SessionTest, AnAnswerThatDidNotComeIsForgottenInFiveSeconds) {
  EXPECT_EQ(Who(), "users/u1");
  answer_ = absl::UnavailableError("down");
  clock_.Advance(absl::Seconds(4));
  EXPECT_EQ(Who(), "users/u1");
  answer_ = Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
}

TEST_F(SessionTest, WithoutAnswersAnUnknownCredentialIsNoLongerRemembered) {
  answer_ = absl::UnavailableError("down");
  EXPECT_EQ(Who(), "UNAVAILABLE");
  SetName("users/u1");
  EXPECT_EQ(Who(), "users/u1");
}

TEST_F(SessionTest, EvictForgetsAtOnce) {
  EXPECT_EQ(Who(), "users/u1");
  answer_ = Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  sessions_.Evict(Sessions::KeyOf(kCredential));
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
}

TEST_F(SessionTest, AnAnswerFromBeforeTheEvictionIsNotKept) {
  hold_ = true;
  sessions_.TokenFor(kCredential, {}, kAudience, [](const auto&) {});
  sessions_.Evict(Sessions::KeyOf(kCredential));
  held_[0](answer_);
  hold_ = false;
  answer_ = Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED);
  EXPECT_EQ(Who(), "SIGN_IN_REQUIRED");
}

TEST_F(SessionTest, HoldsABoundedNumber) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Who(fmt::format("credential-number-{}", i)), "users/u1");
  EXPECT_EQ(asked_.size(), 4u);
  Who("credential-number-3");
  EXPECT_EQ(asked_.size(), 4u);
  Who("credential-number-0");  // the longest unused, so forgotten
  EXPECT_EQ(asked_.size(), 5u);
}

TEST_F(SessionTest, AsksNothingAboutWhatCannotBeACredential) {
  for (const std::string& nonsense :
       {std::string(""), std::string("short"), std::string(600, 'x'),
        std::string("has a space in the middle"), std::string("控制字符控制字符控制字符")}) {
    EXPECT_EQ(Who(nonsense), "SIGN_IN_REQUIRED");
  }
  EXPECT_TRUE(asked_.empty());
}

}  // namespace
}  // namespace jinhuan::gateway
