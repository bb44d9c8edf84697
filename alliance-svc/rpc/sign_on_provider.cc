#include "alliance-svc/rpc/sign_on_provider.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <sodium.h>

#include "absl/flags/flag.h"
#include "alliance-svc/domain/id_token.h"
#include "alliance-svc/rpc/https_client.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/config.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

ABSL_FLAG(std::string, oidc_issuer, "",
          "The OpenID Connect provider that people may sign in with, https://…; empty: none");
ABSL_FLAG(std::string, oidc_client_id, "", "What this installation is called there");
ABSL_FLAG(std::string, oidc_client_secret_file, "", "File with its secret there");
ABSL_FLAG(std::string, oidc_display_name, "统一身份认证",
          "What the provider is called on the button");
ABSL_FLAG(std::string, oidc_return_url, "",
          "The portal's address that the provider sends browsers back to, https://site/sign-on");

namespace jinhuan::alliance {
namespace {

using google::protobuf::Struct;

constexpr absl::Duration kKept = absl::Minutes(10);
// A key that is not known may be new; but nobody makes us ask all the time.
constexpr absl::Duration kAskAgain = absl::Seconds(10);

absl::Status Unreachable(absl::string_view what, absl::string_view why) {
  log::Warning("sign-on provider", {{"what", std::string(what)}, {"why", std::string(why)}});
  return Error(v1::ERROR_REASON_SIGN_ON_UNREACHABLE);
}

absl::StatusOr<Struct> Json(const std::string& text) {
  Struct object;
  if (!google::protobuf::util::JsonStringToMessage(text, &object).ok()) {
    return absl::UnavailableError("not a JSON object");
  }
  return object;
}

std::string Text(const Struct& object, const char* name) {
  const auto found = object.fields().find(name);
  return found == object.fields().end() ? "" : found->second.string_value();
}

absl::StatusOr<Struct> AskForJson(const std::string& url, absl::Time deadline) {
  JH_ASSIGN_OR_RETURN(const HttpsAnswer answer, Ask({.url = url}, deadline));
  if (answer.status != 200) {
    return absl::UnavailableError(fmt::format("{} answers {}", url, answer.status));
  }
  return Json(answer.body);
}

std::string KeyFrom(const std::string& secret) {
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  const std::string purpose = "sign-on tickets " + secret;
  crypto_generichash(reinterpret_cast<unsigned char*>(key.data()), key.size(),
                     reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     nullptr, 0);
  return key;
}

}  // namespace

absl::Status SignOnFailed(absl::string_view why) {
  log::Warning("sign-on failed", {{"why", std::string(why)}});
  return Error(v1::ERROR_REASON_SIGN_ON_FAILED, {{"why", std::string(why)}});
}

absl::StatusOr<std::unique_ptr<SignOnOptions>> SignOnOptionsFromFlags() {
  auto options = std::make_unique<SignOnOptions>();
  options->issuer = absl::GetFlag(FLAGS_oidc_issuer);
  if (options->issuer.empty()) return nullptr;
  options->client_id = absl::GetFlag(FLAGS_oidc_client_id);
  options->display_name = absl::GetFlag(FLAGS_oidc_display_name);
  options->return_url = absl::GetFlag(FLAGS_oidc_return_url);
  JH_ASSIGN_OR_RETURN(options->client_secret,
                      config::ReadSecret(absl::GetFlag(FLAGS_oidc_client_secret_file)));
  if (!IsSafeUrl(options->issuer) || !IsSafeUrl(options->return_url) ||
      options->client_id.empty() || options->display_name.empty()) {
    return absl::InvalidArgumentError(
        "--oidc_issuer and --oidc_return_url want https, --oidc_client_id and "
        "--oidc_display_name a text");
  }
  return options;
}

SignOnProvider::SignOnProvider(SignOnOptions options, const Clock& clock)
    : options_(std::move(options)), ticket_key_(KeyFrom(options_.client_secret)), clock_(clock) {}

absl::StatusOr<SignOnProvider::Known> SignOnProvider::Learn(absl::Duration at_most,
                                                            absl::Time deadline) {
  const absl::Time now = clock_.Now();
  {
    absl::MutexLock lock(&mutex_);
    if (now - known_.as_of < at_most) return known_;
  }
  Known known;
  known.as_of = now;
  auto about = AskForJson(options_.issuer + "/.well-known/openid-configuration", deadline);
  if (!about.ok()) return Unreachable("discovery", about.status().message());
  known.about = *std::move(about);
  if (Text(known.about, "issuer") != options_.issuer) return Unreachable("discovery", "the issuer");
  auto keys = AskForJson(Text(known.about, "jwks_uri"), deadline);
  if (!keys.ok()) return Unreachable("keys", keys.status().message());
  known.keys = *std::move(keys);
  absl::MutexLock lock(&mutex_);
  known_ = known;
  return known;
}

absl::StatusOr<std::string> SignOnProvider::AuthorizationUrl(const SignOnTicket& ticket,
                                                             const std::string& state,
                                                             absl::Time deadline) {
  JH_ASSIGN_OR_RETURN(const Known known, Learn(kKept, deadline));
  const std::string endpoint = Text(known.about, "authorization_endpoint");
  if (!IsSafeUrl(endpoint)) return Unreachable("discovery", "authorization_endpoint");
  return fmt::format(
      "{}{}response_type=code&scope=openid&client_id={}&redirect_uri={}&state={}&nonce={}"
      "&code_challenge={}&code_challenge_method=S256",
      endpoint, endpoint.find('?') == std::string::npos ? '?' : '&', UrlEncoded(options_.client_id),
      UrlEncoded(options_.return_url), state, ticket.Nonce(), ticket.Challenge());
}

absl::StatusOr<std::string> SignOnProvider::IdTokenFor(const std::string& code,
                                                       const SignOnTicket& ticket,
                                                       const Known& known, absl::Time deadline) {
  const auto answer = Ask(
      {.url = Text(known.about, "token_endpoint"),
       .form = fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&code_verifier={}",
                           UrlEncoded(code), UrlEncoded(options_.return_url), ticket.verifier()),
       .user = UrlEncoded(options_.client_id),
       .password = UrlEncoded(options_.client_secret)},
      deadline);
  if (!answer.ok()) return Unreachable("token", answer.status().message());
  if (answer->status >= 500) return Unreachable("token", fmt::to_string(answer->status));
  if (answer->status != 200) return SignOnFailed(fmt::format("the code gets {}", answer->status));
  const auto tokens = Json(answer->body);
  if (!tokens.ok()) return Unreachable("token", tokens.status().message());
  return Text(*tokens, "id_token");
}

absl::StatusOr<std::string> SignOnProvider::SubjectFor(const std::string& code,
                                                       const SignOnTicket& ticket,
                                                       absl::Time deadline) {
  JH_ASSIGN_OR_RETURN(Known known, Learn(kKept, deadline));
  JH_ASSIGN_OR_RETURN(const std::string token, IdTokenFor(code, ticket, known, deadline));
  const IdTokenNeeds needs = {.issuer = options_.issuer,
                              .client_id = options_.client_id,
                              .nonce = ticket.Nonce(),
                              .now = clock_.Now()};
  auto subject = SubjectOf(token, known.keys, needs);
  if (!subject.ok()) {
    JH_ASSIGN_OR_RETURN(known, Learn(kAskAgain, deadline));
    subject = SubjectOf(token, known.keys, needs);
  }
  if (!subject.ok()) return SignOnFailed(subject.status().message());
  return subject;
}

}  // namespace jinhuan::alliance
