// meeting-svc: what the alliance confers on and decides, and what becomes of it.
#include "absl/flags/flag.h"
#include "jinhuan/meeting/v1/journal_service.grpc.pb.h"
#include "meeting-svc/rpc/ballot_service.h"
#include "meeting-svc/rpc/desks.h"
#include "meeting-svc/rpc/followers.h"
#include "meeting-svc/rpc/handover_service.h"
#include "meeting-svc/rpc/keepers.h"
#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/rpc/notice_service.h"
#include "meeting-svc/rpc/procedure_service.h"
#include "meeting-svc/rpc/project_service.h"
#include "meeting-svc/rpc/report_service.h"
#include "meeting-svc/rpc/request_service.h"
#include "meeting-svc/rpc/topic_service.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/check_in/check_in_flag.h"
#include "platform/config.h"
#include "platform/rpc/caller_key.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"

ABSL_FLAG(std::string, alliance_target, "", "Where alliance-svc serves: unix:/path or host:port");
ABSL_FLAG(std::string, resource_target, "", "Where resource-svc serves: unix:/path or host:port");

namespace jinhuan::meeting {
namespace {

int Main(int argc, char** argv) {
  config::InitProcess("meeting-svc", argc, argv);
  const rpc::CallerTokenSigner signer = rpc::SignerFromFlag();
  rpc::ServiceProcess process({.package = "jinhuan.meeting.v1", .migrations = kMigrations});
  const rpc::Runtime runtime = process.runtime();
  db::Pool& pool = process.pool();

  Stores stores(process.journal(), process.ids(), process.clock(),
                {.ballots = rpc::SecretFromFlag("jinhuan ballot keys"),
                 .mail_codes = rpc::SecretFromFlag("jinhuan mail codes")});
  const Desks desks(pool, stores);
  const std::optional<MailOptions> mail = MailOptionsFromFlags();
  const Keepers keepers(pool, stores, desks.supervision, process.ids(), process.clock(),
                        {mail, *runtime.metrics.registry()});
  Followers followers({.alliance = absl::GetFlag(FLAGS_alliance_target),
                       .resource = absl::GetFlag(FLAGS_resource_target)},
                      pool, signer, runtime, stores);

  MeetingService meetings(
      runtime,
      {pool, stores.alliances, stores.meetings, stores.ballots, stores.projects, stores.templates,
       stores.topics, desks.resolutions, desks.minutes, process.ids(), CheckInKeyFromFlag()});
  TopicService topics(runtime, pool, stores.topics, stores.meetings, stores.alliances);
  BallotService ballots(runtime, pool, stores.ballots, stores.proxies);
  ProcedureService procedures(runtime, pool, stores.procedures);
  ProjectService projects(runtime, desks.projects, desks.resolutions);
  RequestService requests(runtime,
                          {pool, stores.alliances, stores.requests, stores.tables, stores.topics});
  NoticeService notices(runtime, pool, stores.notices, stores.mail, mail.has_value());
  HandoverService handovers(runtime, pool, stores.handovers, desks.checklist);
  ReportService reports(runtime, pool, stores.alliances, stores.evaluations);
  rpc::JournalServiceOf<v1::JournalService> journal(runtime, process.journal());

  return process.Serve({&meetings, &topics, &ballots, &procedures, &projects, &requests, &notices,
                        &handovers, &reports, &journal},
                       [&](grpc::Server& server) { followers.Start(server); });
}

}  // namespace
}  // namespace jinhuan::meeting

int main(int argc, char** argv) { return jinhuan::meeting::Main(argc, argv); }
