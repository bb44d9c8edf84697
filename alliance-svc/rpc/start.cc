#include "alliance-svc/rpc/start.h"

#include <cstdlib>
#include <string>

#include "absl/flags/flag.h"
#include "alliance-svc/rpc/bootstrap.h"
#include "alliance-svc/rpc/upkeep.h"
#include "platform/log.h"
#include "platform/status/error.h"

ABSL_FLAG(absl::Duration, session_life, absl::Hours(12), "How long a session lasts from sign-in");
ABSL_FLAG(
    std::string, password_policy, "mlps",
    "What passwords must be: mlps (GB/T 22239: classes, changed every 90 days) or asvs (OWASP "
    "ASVS: length, nothing common)");
ABSL_FLAG(bool, force_first_password_change, true,
          "Whether a password that someone else chose must be changed at the first sign-in");
ABSL_FLAG(
    std::string, bootstrap_file, "",
    "File with the first accounts, `login password ROLE_NAME display name` a line; read while "
    "there is no user; empty: none");

namespace jinhuan::alliance {
namespace {

void CheckOrExit(const absl::Status& status, const char* what) {
  if (status.ok()) return;
  log::Error("can't start", {{"what", what}, {"status", Describe(status)}});
  std::exit(1);
}

absl::Status BootstrapFromFlag(rpc::ServiceProcess& process, const Stores& stores,
                               PasswordHasher& hasher, const AccountOptions& options) {
  const std::string path = absl::GetFlag(FLAGS_bootstrap_file);
  if (path.empty()) return absl::OkStatus();
  return BootstrapFromFile(process.pool(), stores.users, hasher, process.ids(), process.clock(),
                           options, path);
}

}  // namespace

AccountOptions AccountOptionsOrExit() {
  const auto passwords = PasswordPolicy::Named(absl::GetFlag(FLAGS_password_policy));
  if (!passwords.has_value()) {
    CheckOrExit(absl::InvalidArgumentError("it is neither mlps nor asvs"), "--password_policy");
  }
  return {.passwords = *passwords,
          .change_first_password = absl::GetFlag(FLAGS_force_first_password_change),
          .session_life = absl::GetFlag(FLAGS_session_life)};
}

std::unique_ptr<SignOnProvider> SignOnProviderOrExit(const Clock& clock) {
  const auto options = SignOnOptionsFromFlags();
  CheckOrExit(options.status(), "--oidc_issuer");
  return *options == nullptr ? nullptr : std::make_unique<SignOnProvider>(**options, clock);
}

void PrepareOrExit(rpc::ServiceProcess& process, const Stores& stores, PasswordHasher& hasher,
                   const AccountOptions& options) {
  CheckOrExit(BootstrapFromFlag(process, stores, hasher, options), "--bootstrap_file");
  CheckOrExit(WriteFirstCharters(process.pool(), stores, process.ids(), process.clock()),
              "first charters");
  CheckOrExit(ResortMembers(process.pool(), stores), "order of members");
}

}  // namespace jinhuan::alliance
