#include "alliance-svc/domain/id_token.h"

#include <cjose/cjose.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

// Never "none", and none where the client's secret would be the key.
constexpr std::array<std::string_view, 3> kAlgorithms = {"RS256", "PS256", "ES256"};
constexpr double kLeewaySeconds = 60;
constexpr size_t kMaxSubject = 255;  // OpenID Connect Core 1.0, section 2

struct Release {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Jws = std::unique_ptr<cjose_jws_t, Release>;
using Jwk = std::unique_ptr<cjose_jwk_t, Release>;

absl::Status Wrong(const char* what) { return absl::UnauthenticatedError(what); }

const Value* Field(const Struct& object, const char* name) {
  const auto found = object.fields().find(name);
  return found == object.fields().end() ? nullptr : &found->second;
}
std::string Text(const Struct& object, const char* name) {
  const Value* const value = Field(object, name);
  return value == nullptr ? "" : value->string_value();
}

std::string HeaderOf(cjose_jws_t* jws, const char* name) {
  const char* const value = cjose_header_get(cjose_jws_get_protected(jws), name, nullptr);
  return value == nullptr ? "" : value;
}

bool Verifies(cjose_jws_t* jws, const Struct& key) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(key, &json).ok()) return false;
  const Jwk jwk(cjose_jwk_import(json.data(), json.size(), nullptr));
  return jwk != nullptr && cjose_jws_verify(jws, jwk.get(), nullptr);
}

// What is signed, by one of the keys: the one that the token names, if it names one.
absl::StatusOr<Struct> ClaimsOf(const std::string& token, const Struct& keys) {
  const auto parse = [&] { return Jws(cjose_jws_import(token.data(), token.size(), nullptr)); };
  const Jws jws = parse();
  if (jws == nullptr) return Wrong("not a signed token");
  const std::string algorithm = HeaderOf(jws.get(), "alg");
  if (std::find(kAlgorithms.begin(), kAlgorithms.end(), algorithm) == kAlgorithms.end()) {
    return Wrong("signed in another way");
  }
  const std::string kid = HeaderOf(jws.get(), "kid");
  const Value* const set = Field(keys, "keys");
  if (set == nullptr) return Wrong("no keys");
  for (const Value& key : set->list_value().values()) {
    const Struct& fields = key.struct_value();
    if (!kid.empty() && Text(fields, "kid") != kid) continue;
    const Jws tried = parse();  // a failed verification leaves it unusable
    if (!Verifies(tried.get(), fields)) continue;
    uint8_t* bytes = nullptr;
    size_t size = 0;
    Struct claims;
    if (!cjose_jws_get_plaintext(tried.get(), &bytes, &size, nullptr) ||
        !google::protobuf::util::JsonStringToMessage(
             std::string(reinterpret_cast<const char*>(bytes), size), &claims)
             .ok()) {
      return Wrong("no claims");
    }
    return claims;
  }
  return Wrong("signed by none of the keys");
}

bool IsFor(const Struct& claims, const std::string& client_id) {
  const Value* const audience = Field(claims, "aud");
  if (audience == nullptr) return false;
  if (Field(claims, "azp") != nullptr && Text(claims, "azp") != client_id) return false;
  if (audience->string_value() == client_id) return true;
  const auto& all = audience->list_value().values();
  const bool named = std::any_of(all.begin(), all.end(),
                                 [&](const Value& one) { return one.string_value() == client_id; });
  return named && (all.size() == 1 || Field(claims, "azp") != nullptr);
}

}  // namespace

absl::StatusOr<std::string> SubjectOf(const std::string& id_token, const Struct& keys,
                                      const IdTokenNeeds& needs) {
  JH_ASSIGN_OR_RETURN(const Struct claims, ClaimsOf(id_token, keys));
  if (Text(claims, "iss") != needs.issuer) return Wrong("another issuer");
  if (!IsFor(claims, needs.client_id)) return Wrong("for another client");
  if (needs.nonce.empty() || Text(claims, "nonce") != needs.nonce) return Wrong("another nonce");
  const Value* const expiry = Field(claims, "exp");
  if (expiry == nullptr || absl::ToDoubleSeconds(needs.now - absl::UnixEpoch()) >=
                               expiry->number_value() + kLeewaySeconds) {
    return Wrong("expired");
  }
  std::string subject = Text(claims, "sub");
  if (subject.empty() || subject.size() > kMaxSubject) return Wrong("no subject");
  return subject;
}

}  // namespace jinhuan::alliance
