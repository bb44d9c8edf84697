#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "jinhuan/meeting/v1/journal_service.grpc.pb.h"
#include "meeting-svc/rpc/ballot_service.h"
#include "meeting-svc/rpc/handover_keeper.h"
#include "meeting-svc/rpc/handover_service.h"
#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/rpc/notice_service.h"
#include "meeting-svc/rpc/procedure_service.h"
#include "meeting-svc/rpc/project_keeper.h"
#include "meeting-svc/rpc/project_service.h"
#include "meeting-svc/rpc/report_service.h"
#include "meeting-svc/rpc/request_keeper.h"
#include "meeting-svc/rpc/request_service.h"
#include "meeting-svc/rpc/topic_service.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/dispatch_table_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/migrations.h"
#include "meeting-svc/storage/need_store.h"
#include "meeting-svc/storage/request_store.h"
#include "platform/check_in/check_in_flag.h"
#include "platform/config.h"
#include "platform/rpc/caller_key.h"
#include "platform/rpc/follower.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"
#include "platform/status/status_macros.h"

ABSL_FLAG(std::string, alliance_target, "", "Where alliance-svc serves: unix:/path or host:port");
ABSL_FLAG(std::string, resource_target, "", "Where resource-svc serves: unix:/path or host:port");
ABSL_DECLARE_FLAG(std::string, listen);

namespace jinhuan {
namespace {

int Main(int argc, char** argv) {
  config::InitProcess("meeting-svc", argc, argv);
  const rpc::CallerTokenSigner signer = rpc::SignerFromFlag();
  rpc::ServiceProcess process(
      {.package = "jinhuan.meeting.v1", .migrations = meeting::kMigrations});

  meeting::AllianceStore alliances;
  const meeting::NoticeStore notices(alliances, process.clock());
  const auto tell = [&](db::Connection& connection, const journal::v1::Entry& entry) {
    return notices.Apply(connection, entry);
  };
  const auto follow = [&](const char* source, const std::string& target, auto apply,
                          const char* cursor = "") {
    return rpc::Follower(
        {.source = source, .target = target, .self = "services/meeting-svc", .cursor = cursor},
        process.pool(), signer, process.clock(), apply);
  };
  rpc::Follower alliance_follower =
      follow("jinhuan.alliance.v1", absl::GetFlag(FLAGS_alliance_target),
             [&](db::Connection& connection, const journal::v1::Entry& entry) -> absl::Status {
               JH_RETURN_IF_ERROR(alliances.Apply(connection, entry));
               return tell(connection, entry);
             });
  rpc::Follower resource_follower =
      follow("jinhuan.resource.v1", absl::GetFlag(FLAGS_resource_target), tell);
  const meeting::NeedStore needs;
  rpc::Follower need_follower = follow(
      "jinhuan.resource.v1", absl::GetFlag(FLAGS_resource_target),
      [&](db::Connection& connection, const journal::v1::Entry& entry) {
        return needs.Apply(connection, entry);
      },
      "jinhuan.resource.v1 needs");
  // What happens here is told as what happens elsewhere is: in the journal's order, once.
  rpc::Follower own_follower = follow("jinhuan.meeting.v1", absl::GetFlag(FLAGS_listen), tell);
  meeting::MeetingStore meetings(process.journal(), process.ids());
  meeting::BallotStore ballots(process.journal(), process.ids(), meetings,
                               rpc::SecretFromFlag("jinhuan ballot keys"));
  meeting::ProxyStore proxies(process.journal(), meetings);
  meeting::BallotService ballot_service(process.runtime(), process.pool(), ballots, proxies);
  meeting::ProcedureStore procedures(process.journal(), process.ids(), meetings, ballots);
  meeting::ProcedureService procedure_service(process.runtime(), process.pool(), procedures);
  const meeting::TemplateStore templates(process.journal(), process.ids());
  const meeting::ResolutionStore resolutions(process.journal(), process.ids());
  const meeting::ProjectStore projects(process.journal(), process.ids(), alliances);
  const meeting::ProgressStore progress(process.journal(), process.ids());
  const meeting::Supervision supervision(alliances, projects, progress);
  const meeting::ResolutionDesk resolution_desk(
      {process.pool(), alliances, meetings, resolutions, projects});
  const meeting::ProjectDesk project_desk(
      {process.pool(), alliances, projects, progress, resolutions, supervision});
  meeting::ProjectService project_service(process.runtime(), project_desk, resolution_desk);
  const meeting::ProjectKeeper project_keeper(
      {process.pool(), projects, supervision, process.ids(), process.clock()});
  const meeting::MinutesStore minutes(process.journal());
  const meeting::MinutesDesk minutes_desk(
      {process.pool(), alliances, meetings, ballots, resolutions, minutes});
  meeting::TopicStore topics(process.journal(), process.ids());
  meeting::MeetingService meeting_service(
      process.runtime(), {process.pool(), alliances, meetings, ballots, projects, templates, topics,
                          resolution_desk, minutes_desk, process.ids(), CheckInKeyFromFlag()});
  meeting::TopicService topic_service(process.runtime(), process.pool(), topics, meetings,
                                      alliances);
  rpc::JournalServiceOf<meeting::v1::JournalService> journal_service(process.runtime(),
                                                                     process.journal());
  meeting::RequestStore requests(process.journal(), process.ids());
  meeting::DispatchTableStore tables(process.journal());
  meeting::RequestService request_service(process.runtime(), {.pool = process.pool(),
                                                              .alliances = alliances,
                                                              .requests = requests,
                                                              .tables = tables,
                                                              .topics = topics});
  const meeting::RequestKeeper request_keeper({.pool = process.pool(),
                                               .requests = requests,
                                               .ids = process.ids(),
                                               .clock = process.clock()});
  meeting::NoticeService notice_service(process.runtime(), process.pool(), notices);
  const meeting::HandoverStore handovers(process.journal());
  const meeting::HandoverChecklist checklist(alliances, meetings, resolutions, projects, requests);
  meeting::HandoverService handover_service(process.runtime(), process.pool(), handovers,
                                            checklist);
  const meeting::HandoverKeeper handover_keeper(
      {process.pool(), handovers, process.ids(), process.clock()});

  const meeting::EvaluationStore evaluations;
  meeting::ReportService report_service(process.runtime(), process.pool(), alliances, evaluations);

  alliance_follower.Start();
  resource_follower.Start();
  need_follower.Start();
  own_follower.Start();
  return process.Serve({&meeting_service, &topic_service, &ballot_service, &procedure_service,
                        &project_service, &request_service, &notice_service, &handover_service,
                        &report_service, &journal_service});
}

}  // namespace
}  // namespace jinhuan

int main(int argc, char** argv) { return jinhuan::Main(argc, argv); }
