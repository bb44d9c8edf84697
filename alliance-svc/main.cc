// alliance-svc: alliances, members, accounts and who may do what.
#include "absl/flags/flag.h"
#include "alliance-svc/rpc/alliance_service.h"
#include "alliance-svc/rpc/auth_service.h"
#include "alliance-svc/rpc/calendar_service.h"
#include "alliance-svc/rpc/charter_service.h"
#include "alliance-svc/rpc/credential_service.h"
#include "alliance-svc/rpc/housekeeper.h"
#include "alliance-svc/rpc/member_service.h"
#include "alliance-svc/rpc/rotation_keeper.h"
#include "alliance-svc/rpc/rotation_service.h"
#include "alliance-svc/rpc/sign_on_service.h"
#include "alliance-svc/rpc/start.h"
#include "alliance-svc/rpc/user_service.h"
#include "alliance-svc/storage/migrations.h"
#include "jinhuan/alliance/v1/journal_service.grpc.pb.h"
#include "platform/config.h"
#include "platform/rpc/journal_service.h"

ABSL_FLAG(int, password_hashes_at_once, 2, "How many passwords may be hashed at once, 19 MiB each");
ABSL_FLAG(int, open_applications_per_alliance, 200,
          "How many applications that nobody signed in filed may wait in an alliance");

namespace jinhuan::alliance {
namespace {

int Main(int argc, char** argv) {
  config::InitProcess("alliance-svc", argc, argv);
  rpc::ServiceProcess process({.package = "jinhuan.alliance.v1", .migrations = kMigrations});
  const rpc::Runtime runtime = process.runtime();
  db::Pool& pool = process.pool();

  const AccountOptions options = AccountOptionsOrExit();
  const auto provider = SignOnProviderOrExit(process.clock());
  const Stores stores(process.journal(), options.passwords);
  PasswordHasher hasher(absl::GetFlag(FLAGS_password_hashes_at_once));
  PrepareOrExit(process, stores, hasher, options);
  const Housekeeper housekeeper(pool, stores, process.ids(), process.clock());
  const RotationKeeper keeper(pool, stores, process.ids(), process.clock());

  AllianceService alliances(runtime, pool, stores);
  CharterService charters(runtime, pool, stores);
  MemberService members(runtime, pool, stores, absl::GetFlag(FLAGS_open_applications_per_alliance));
  UserService users(runtime, pool, stores, hasher, options);
  AuthService auth(runtime, pool, stores, hasher, options);
  CalendarService calendars(runtime, pool, stores);
  SignOnService sign_ons(runtime, pool, stores, options, provider.get());
  CredentialService credentials(runtime, pool, stores.credentials);
  RotationService rotations(runtime, pool, stores);
  rpc::JournalServiceOf<v1::JournalService> journal(runtime, process.journal());
  return process.Serve({&alliances, &charters, &members, &users, &auth, &sign_ons, &calendars,
                        &credentials, &rotations, &journal});
}

}  // namespace
}  // namespace jinhuan::alliance

int main(int argc, char** argv) { return jinhuan::alliance::Main(argc, argv); }
