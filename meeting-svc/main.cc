#include "absl/flags/flag.h"
#include "jinhuan/meeting/v1/journal_service.grpc.pb.h"
#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/rpc/request_keeper.h"
#include "meeting-svc/rpc/request_service.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/dispatch_table_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/migrations.h"
#include "meeting-svc/storage/request_store.h"
#include "platform/config.h"
#include "platform/rpc/caller_key.h"
#include "platform/rpc/follower.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"

ABSL_FLAG(std::string, alliance_target, "", "Where alliance-svc serves: unix:/path or host:port");

namespace jinhuan {
namespace {

int Main(int argc, char** argv) {
  config::InitProcess("meeting-svc", argc, argv);
  const rpc::CallerTokenSigner signer = rpc::SignerFromFlag();
  rpc::ServiceProcess process(
      {.package = "jinhuan.meeting.v1", .migrations = meeting::kMigrations});

  meeting::AllianceStore alliances;
  rpc::Follower follower({.source = "jinhuan.alliance.v1",
                          .target = absl::GetFlag(FLAGS_alliance_target),
                          .self = "services/meeting-svc"},
                         process.pool(), signer, process.clock(),
                         [&](db::Connection& connection, const journal::v1::Entry& entry) {
                           return alliances.Apply(connection, entry);
                         });
  meeting::MeetingStore meetings(process.journal(), process.ids());
  meeting::MeetingService meeting_service(process.runtime(), process.pool(), meetings);
  meeting::RequestStore requests(process.journal(), process.ids());
  meeting::DispatchTableStore tables(process.journal());
  meeting::RequestService request_service(
      process.runtime(),
      {.pool = process.pool(), .alliances = alliances, .requests = requests, .tables = tables});
  rpc::JournalServiceOf<meeting::v1::JournalService> journal_service(process.runtime(),
                                                                     process.journal());
  follower.Start();
  const meeting::RequestKeeper keeper({.pool = process.pool(),
                                       .requests = requests,
                                       .ids = process.ids(),
                                       .clock = process.clock()});
  return process.Serve({&meeting_service, &request_service, &journal_service});
}

}  // namespace
}  // namespace jinhuan

int main(int argc, char** argv) { return jinhuan::Main(argc, argv); }
