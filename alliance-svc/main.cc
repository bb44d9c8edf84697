// alliance-svc: alliances, members, accounts and who may do what.
#include "absl/flags/flag.h"
#include "alliance-svc/rpc/alliance_service.h"
#include "alliance-svc/rpc/auth_service.h"
#include "alliance-svc/rpc/bootstrap.h"
#include "alliance-svc/rpc/calendar_service.h"
#include "alliance-svc/rpc/charter_service.h"
#include "alliance-svc/rpc/credential_service.h"
#include "alliance-svc/rpc/housekeeper.h"
#include "alliance-svc/rpc/member_service.h"
#include "alliance-svc/rpc/rotation_keeper.h"
#include "alliance-svc/rpc/rotation_service.h"
#include "alliance-svc/rpc/sign_on_service.h"
#include "alliance-svc/rpc/upkeep.h"
#include "alliance-svc/rpc/user_service.h"
#include "alliance-svc/storage/migrations.h"
#include "jinhuan/alliance/v1/journal_service.grpc.pb.h"
#include "platform/config.h"
#include "platform/log.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"

ABSL_FLAG(int, password_hashes_at_once, 2, "How many passwords may be hashed at once, 19 MiB each");
ABSL_FLAG(int, open_applications_per_alliance, 200,
          "How many applications that nobody signed in filed may wait in an alliance");
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

absl::StatusOr<AccountOptions> AccountOptionsFromFlags() {
  const auto passwords = PasswordPolicy::Named(absl::GetFlag(FLAGS_password_policy));
  if (!passwords.has_value()) return absl::InvalidArgumentError("it is neither mlps nor asvs");
  return AccountOptions{.passwords = *passwords,
                        .change_first_password = absl::GetFlag(FLAGS_force_first_password_change),
                        .session_life = absl::GetFlag(FLAGS_session_life)};
}

absl::Status BootstrapFromFlag(rpc::ServiceProcess& process, const Stores& stores,
                               PasswordHasher& hasher, const AccountOptions& options) {
  const std::string path = absl::GetFlag(FLAGS_bootstrap_file);
  if (path.empty()) return absl::OkStatus();
  return BootstrapFromFile(process.pool(), stores.users, hasher, process.ids(), process.clock(),
                           options, path);
}

int Main(int argc, char** argv) {
  config::InitProcess("alliance-svc", argc, argv);
  rpc::ServiceProcess process(
      {.package = "jinhuan.alliance.v1", .migrations = alliance::kMigrations});
  const absl::StatusOr<AccountOptions> options = AccountOptionsFromFlags();
  if (!options.ok()) {
    log::Error("can't start",
               {{"what", "--password_policy"}, {"status", options.status().ToString()}});
    return 1;
  }
  const auto sign_on = SignOnOptionsFromFlags();
  if (!sign_on.ok()) {
    log::Error("can't start", {{"what", "--oidc_issuer"}, {"status", sign_on.status().ToString()}});
    return 1;
  }
  const Stores stores(process.journal(), options->passwords);
  PasswordHasher hasher(absl::GetFlag(FLAGS_password_hashes_at_once));
  if (const absl::Status status = BootstrapFromFlag(process, stores, hasher, *options);
      !status.ok()) {
    log::Error("can't start", {{"what", "--bootstrap_file"}, {"status", status.ToString()}});
    return 1;
  }
  if (const absl::Status status =
          WriteFirstCharters(process.pool(), stores, process.ids(), process.clock());
      !status.ok()) {
    log::Error("can't start", {{"what", "first charters"}, {"status", status.ToString()}});
    return 1;
  }
  if (const absl::Status status = ResortMembers(process.pool(), stores); !status.ok()) {
    log::Error("can't start", {{"what", "order of members"}, {"status", status.ToString()}});
    return 1;
  }
  const Housekeeper housekeeper(process.pool(), stores, process.clock());
  const RotationKeeper keeper(process.pool(), stores, process.ids(), process.clock());
  AllianceService alliances(process.runtime(), process.pool(), stores);
  CharterService charters(process.runtime(), process.pool(), stores);
  MemberService members(process.runtime(), process.pool(), stores,
                        absl::GetFlag(FLAGS_open_applications_per_alliance));
  UserService users(process.runtime(), process.pool(), stores, hasher, *options);
  AuthService auth(process.runtime(), process.pool(), stores, hasher, *options);
  CalendarService calendars(process.runtime(), process.pool(), stores);
  const auto provider =
      *sign_on == nullptr ? nullptr : std::make_unique<SignOnProvider>(**sign_on, process.clock());
  SignOnService sign_ons(process.runtime(), process.pool(), stores, *options, provider.get());
  CredentialService credentials(process.runtime(), process.pool(), stores.credentials);
  RotationService rotations(process.runtime(), process.pool(), stores);
  rpc::JournalServiceOf<v1::JournalService> journal(process.runtime(), process.journal());
  return process.Serve({&alliances, &charters, &members, &users, &auth, &sign_ons, &calendars,
                        &credentials, &rotations, &journal});
}

}  // namespace
}  // namespace jinhuan::alliance

int main(int argc, char** argv) { return jinhuan::alliance::Main(argc, argv); }
