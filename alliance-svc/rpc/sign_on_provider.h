#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "alliance-svc/domain/sign_on_ticket.h"
#include "google/protobuf/struct.pb.h"
#include "platform/clock.h"

namespace jinhuan::alliance {

// An OpenID Connect provider, and what we are to it.
struct SignOnOptions {
  std::string issuer;  // https://…; http on the loopback alone
  std::string client_id;
  std::string client_secret;
  std::string display_name;  // on the button
  std::string return_url;    // https://site/sign-on, as the provider has it registered
};

// What --oidc_issuer, --oidc_client_id, --oidc_client_secret_file, --oidc_display_name and
// --oidc_return_url say; nullptr without an issuer. INVALID_ARGUMENT when one is missing or
// no address that may be asked; the errors of config::ReadSecret.
absl::StatusOr<std::unique_ptr<SignOnOptions>> SignOnOptionsFromFlags();

// UNAUTHENTICATED / SIGN_ON_FAILED, which is logged: what came back proves nothing.
absl::Status SignOnFailed(absl::string_view why);

// Talks to the provider: discovery (OpenID Connect Discovery 1.0), the authorization code
// flow with PKCE (RFC 7636), keys. What it says of itself is kept for ten minutes.
// Thread-safe.
class SignOnProvider {
 public:
  SignOnProvider(SignOnOptions options, const Clock& clock);

  const SignOnOptions& options() const { return options_; }
  // What tickets are sealed with: the same in all replicas.
  const std::string& ticket_key() const { return ticket_key_; }

  // Where the browser goes. UNAVAILABLE / SIGN_ON_UNREACHABLE.
  absl::StatusOr<std::string> AuthorizationUrl(const SignOnTicket& ticket, const std::string& state,
                                               absl::Time deadline);

  // Who came back with `code`: the subject of the ID token that the provider gives for it.
  // UNAUTHENTICATED / SIGN_ON_FAILED, UNAVAILABLE / SIGN_ON_UNREACHABLE.
  absl::StatusOr<std::string> SubjectFor(const std::string& code, const SignOnTicket& ticket,
                                         absl::Time deadline);

 private:
  struct Known {
    google::protobuf::Struct about;  // its discovery document
    google::protobuf::Struct keys;
    absl::Time as_of = absl::InfinitePast();
  };

  // What is known of the provider, asked anew when that is older than `at_most`.
  absl::StatusOr<Known> Learn(absl::Duration at_most, absl::Time deadline);
  absl::StatusOr<std::string> IdTokenFor(const std::string& code, const SignOnTicket& ticket,
                                         const Known& known, absl::Time deadline);

  const SignOnOptions options_;
  const std::string ticket_key_;
  const Clock& clock_;
  absl::Mutex mutex_;
  Known known_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::alliance
