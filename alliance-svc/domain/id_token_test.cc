#include "alliance-svc/domain/id_token.h"

#include <cjose/cjose.h>
#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>

namespace jinhuan::alliance {
namespace {

struct Release {
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
using Key = std::unique_ptr<cjose_jwk_t, Release>;

Key RsaKey(const std::string& kid) {
  Key key(cjose_jwk_create_RSA_random(2048, nullptr, 0, nullptr));
  cjose_jwk_set_kid(key.get(), kid.data(), kid.size(), nullptr);
  return key;
}

google::protobuf::Struct KeySet(const std::vector<const Key*>& keys) {
  std::string all;
  for (const Key* key : keys) {
    char* const json = cjose_jwk_to_json(key->get(), false, nullptr);
    all += (all.empty() ? "" : ",") + std::string(json);
    std::free(json);
  }
  google::protobuf::Struct set;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage("{\"keys\":[" + all + "]}", &set).ok());
  return set;
}

std::string Sign(const Key& key, const std::string& algorithm, const std::string& kid,
                 const std::string& claims) {
  const std::unique_ptr<cjose_header_t, Release> header(cjose_header_new(nullptr));
  cjose_header_set(header.get(), "alg", algorithm.c_str(), nullptr);
  if (!kid.empty()) cjose_header_set(header.get(), "kid", kid.c_str(), nullptr);
  const std::unique_ptr<cjose_jws_t, Release> jws(
      cjose_jws_sign(key.get(), header.get(), reinterpret_cast<const uint8_t*>(claims.data()),
                     claims.size(), nullptr));
  const char* token = nullptr;
  EXPECT_TRUE(cjose_jws_export(jws.get(), &token, nullptr));
  return token;
}

class IdTokenTest : public testing::Test {
 protected:
  static constexpr int64_t kNow = 1'800'000'000;

  std::string Claims(const std::string& issuer = "https://id.example",
                     const std::string& audience = "\"jinhuan\"", const std::string& nonce = "n1",
                     int64_t expire = kNow + 300) {
    return fmt::format(R"({{"iss":"{}","aud":{},"nonce":"{}","exp":{},"sub":"s1"}})", issuer,
                       audience, nonce, expire);
  }
  // The subject, or what is wrong.
  std::string Told(const std::string& token, const std::vector<const Key*>& keys) {
    const auto subject = SubjectOf(token, KeySet(keys),
                                   {.issuer = "https://id.example",
                                    .client_id = "jinhuan",
                                    .nonce = "n1",
                                    .now = absl::FromUnixSeconds(kNow)});
    return subject.ok() ? *subject : std::string(subject.status().message());
  }
  std::string ToldOf(const std::string& claims) {
    return Told(Sign(first_, "RS256", "k1", claims), {&first_});
  }

  const Key first_ = RsaKey("k1");
  const Key second_ = RsaKey("k2");
};

TEST_F(IdTokenTest, TellsWhoCame) {
  EXPECT_EQ(ToldOf(Claims()), "s1");
  EXPECT_EQ(Told(Sign(second_, "PS256", "k2", Claims()), {&first_, &second_}), "s1");
  EXPECT_EQ(Told(Sign(second_, "RS256", "", Claims()), {&first_, &second_}), "s1");
  const Key curve(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, nullptr));
  EXPECT_EQ(Told(Sign(curve, "ES256", "", Claims()), {&first_, &curve}), "s1");
  EXPECT_EQ(ToldOf(Claims("https://id.example", R"(["jinhuan"])")), "s1");
}

TEST_F(IdTokenTest, BelievesNoOtherSignature) {
  EXPECT_EQ(Told(Sign(second_, "RS256", "k2", Claims()), {&first_}), "signed by none of the keys");
  EXPECT_EQ(Told(Sign(second_, "RS256", "k1", Claims()), {&first_}), "signed by none of the keys");
  EXPECT_EQ(Told(Sign(first_, "RS384", "k1", Claims()), {&first_}), "signed in another way");
  std::string token = Sign(first_, "RS256", "k1", Claims());
  token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_NE(Told(token, {&first_}), "s1");
  EXPECT_EQ(Told("", {&first_}), "not a signed token");
  EXPECT_EQ(Told("a.b.c", {&first_}), "not a signed token");
  // {"alg":"none"}, and no signature.
  EXPECT_NE(Told("eyJhbGciOiJub25lIn0.eyJzdWIiOiJzMSJ9.", {&first_}), "s1");
}

TEST_F(IdTokenTest, BelievesNoTokenOfAnotherSignIn) {
  EXPECT_EQ(ToldOf(Claims("https://other.example")), "another issuer");
  EXPECT_EQ(ToldOf(Claims("https://id.example", "\"other\"")), "for another client");
  EXPECT_EQ(ToldOf(Claims("https://id.example", R"(["jinhuan", "other"])")), "for another client");
  EXPECT_EQ(ToldOf(Claims("https://id.example", "\"jinhuan\"", "n2")), "another nonce");
  EXPECT_EQ(ToldOf(Claims("https://id.example", "\"jinhuan\"", "n1", kNow - 59)), "s1");
  EXPECT_EQ(ToldOf(Claims("https://id.example", "\"jinhuan\"", "n1", kNow - 60)), "expired");
  EXPECT_EQ(ToldOf("[]"), "no claims");
  const auto party = [](const char* azp) {
    return fmt::format(
        R"({{"iss":"https://id.example","aud":["jinhuan","other"],"azp":"{}","nonce":"n1",)"
        R"("exp":{},"sub":"s1"}})",
        azp, kNow);
  };
  EXPECT_EQ(ToldOf(party("jinhuan")), "s1");
  EXPECT_EQ(ToldOf(party("other")), "for another client");
}

}  // namespace
}  // namespace jinhuan::alliance
