// What a meeting decides, and how it is carried out, as it is called.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "alliance-svc/facts/date.h"
#include "meeting-svc/domain/topic_rules.h"
#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/rpc/project_keeper.h"
#include "meeting-svc/rpc/project_service.h"
#include "meeting-svc/storage/migrations.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

using absl::CivilDay;
using ::testing::SizeIs;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

auth::v1::Caller Person(const std::string& name, auth::v1::Role role, const std::string& unit) {
  auth::v1::Caller caller;
  caller.set_name("users/" + name);
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance("alliances/a");
  if (!unit.empty()) grant.set_member("alliances/a/members/" + unit);
  return caller;
}

const auth::v1::Caller kStreet = Person("street", auth::v1::ROLE_STREET_ADMIN, "");
const auth::v1::Caller kChair = Person("chair", auth::v1::ROLE_CHAIR, "m2");
const auth::v1::Caller kLead = Person("lead", auth::v1::ROLE_LIAISON, "m1");
const auth::v1::Caller kOther = Person("other", auth::v1::ROLE_LIAISON, "m2");

// It is Monday, 2 November 2026, nine o'clock in Shanghai.
class ProjectTest : public ::testing::Test {
 protected:
  ProjectTest() {
    alliance::v1::Charter charter;
    charter.set_name("alliances/a/charters/1");
    charter.set_version(1);
    charter.mutable_clocks()->set_supervision_answer_days(5);
    Follow(charter);
    for (const char* id : {"m1", "m2"}) {
      alliance::v1::Member member;
      member.set_name(fmt::format("alliances/a/members/{}", id));
      member.set_display_name(id);
      member.set_state(alliance::v1::Member::STATE_ACTIVE);
      Follow(member);
    }
    server_ = grpc::ServerBuilder()
                  .RegisterService(&meeting_service_)
                  .RegisterService(&project_service_)
                  .BuildAndStart();
    meetings_stub_ = v1::MeetingService::NewStub(server_->InProcessChannel({}));
    stub_ = v1::ProjectService::NewStub(server_->InProcessChannel({}));
  }

  template <class Fact>
  void Follow(const Fact& fact) {
    journal::v1::Entry entry;
    entry.set_resource(fact.name());
    entry.mutable_after()->PackFrom(fact);
    EXPECT_TRUE(db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                  [&](db::Connection& c) { return alliances_.Apply(c, entry); })
                    .ok());
  }

  // Calls `method` and returns its answer; the reason of an error is kept in reason_.
  template <class Stub, class Request, class Response>
  Response Call(Stub& stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const auth::v1::Caller& caller, const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    Response response;
    const absl::Status status = rpc::FromGrpc((stub.*method)(&context, request, &response));
    reason_ = status.ok() ? "" : ReasonOf(status);
    return response;
  }

  // With one item, a major one, about a topic that m2 proposed and the street accepted.
  v1::Meeting OpenMeeting(const std::string& topic = "") {
    v1::CreateMeetingRequest create;
    create.set_parent("alliances/a");
    if (!topic.empty()) {
      v1::AgendaItem& item = *create.mutable_meeting()->add_agenda_items();
      item.set_title("夜间停车");
      item.set_topic(topic);
    }
    create.mutable_meeting()->set_title("联席会议");
    *create.mutable_meeting()->mutable_start_time() = api::ToProto(clock_.Now() + absl::Hours(1));
    *create.mutable_meeting()->mutable_end_time() = api::ToProto(clock_.Now() + absl::Hours(3));
    if (!topic.empty()) {
      v1::AgendaItem& item = *create.mutable_meeting()->add_agenda_items();
      item.set_id("i1");
      item.set_title("夜间共享停车");
      item.set_kind(alliance::v1::ITEM_KIND_MAJOR);
      item.set_topic(topic);
    }
    const v1::Meeting meeting =
        Call(*meetings_stub_, &v1::MeetingService::Stub::CreateMeeting, kChair, create);
    v1::ConveneMeetingRequest convene;
    convene.set_name(meeting.name());
    Call(*meetings_stub_, &v1::MeetingService::Stub::ConveneMeeting, kChair, convene);
    v1::OpenMeetingRequest open;
    open.set_name(meeting.name());
    return Call(*meetings_stub_, &v1::MeetingService::Stub::OpenMeeting, kChair, open);
  }
  std::string Close(const v1::Meeting& meeting) {
    v1::CloseMeetingRequest close;
    close.set_name(meeting.name());
    Call(*meetings_stub_, &v1::MeetingService::Stub::CloseMeeting, kChair, close);
    return reason_;
  }

  // Runs `change` in a transaction, as the street.
  template <class Change>
  absl::Status Do(const Change& change) {
    api::Call call;
    call.caller = kStreet;
    call.alliance = "alliances/a";
    call.now = clock_.Now();
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                             [&](db::Connection& c) -> absl::Status { return change(c, call); });
  }
  std::string AcceptedTopic() {
    v1::Topic topic;
    topic.set_title("夜间共享停车");
    topic.set_member("alliances/a/members/m2");
    const absl::Status status = Do([&](db::Connection& c, const api::Call& call) {
      const auto submitted = topics_.Create(c, call, "a", topic);
      if (!submitted.ok()) return submitted.status();
      topic = *submitted;
      return topics_.Put(c, call, topic, Moved(topic, v1::Topic::STATE_ACCEPTED, "", "", call.now));
    });
    EXPECT_TRUE(status.ok()) << status;
    return topic.name();
  }

  // A project of m1, due on a day of November.
  v1::Project Create(int due_day, int milestones = 0) {
    v1::CreateProjectRequest request;
    request.set_parent("alliances/a");
    v1::Project& project = *request.mutable_project();
    project.set_title("夜间共享停车");
    project.set_lead_member("alliances/a/members/m1");
    project.set_proposer_member("alliances/a/members/m2");
    *project.mutable_due_date() = alliance::ToDate(CivilDay(2026, 11, due_day));
    for (int i = 0; i < milestones; ++i) project.add_milestones()->set_title("节点");
    return Call(*stub_, &v1::ProjectService::Stub::CreateProject, kStreet, request);
  }
  v1::Project Get(const std::string& name) {
    v1::GetProjectRequest request;
    request.set_name(name);
    return Call(*stub_, &v1::ProjectService::Stub::GetProject, kOther, request);
  }
  std::string Report(const auth::v1::Caller& caller, const std::string& name, bool finished,
                     const std::string& file = "") {
    v1::ReportProgressRequest request;
    request.set_name(name);
    request.mutable_report()->set_text("已开放二十个车位");
    request.mutable_report()->set_finished(finished);
    if (!file.empty()) {
      v1::Evidence& evidence = *request.add_evidence();
      evidence.set_filename("现场.png");
      evidence.set_content(file);
    }
    report_ = Call(*stub_, &v1::ProjectService::Stub::ReportProgress, caller, request);
    return reason_;
  }
  std::string Judge(const std::string& name, bool send_back, const std::string& note) {
    v1::AcceptProjectRequest request;
    request.set_name(name);
    request.set_send_back(send_back);
    request.set_note(note);
    Call(*stub_, &v1::ProjectService::Stub::AcceptProject, kStreet, request);
    return reason_;
  }
  std::string Rate(const auth::v1::Caller& caller, const std::string& name, int rating) {
    v1::RateProjectRequest request;
    request.set_name(name);
    request.set_rating(rating);
    Call(*stub_, &v1::ProjectService::Stub::RateProject, caller, request);
    return reason_;
  }
  v1::ListSupervisionNoticesResponse Notices(bool unanswered = false) {
    v1::ListSupervisionNoticesRequest request;
    request.set_parent("alliances/a");
    request.set_unanswered(unanswered);
    return Call(*stub_, &v1::ProjectService::Stub::ListSupervisionNotices, kLead, request);
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromCivil(absl::CivilHour(2026, 11, 2, 9), absl::FixedTimeZone(8 * 3600))};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  AllianceStore alliances_;
  MeetingStore meetings_{journal_, ids_};
  BallotStore ballots_{journal_, ids_, meetings_, std::string(32, 'k')};
  TemplateStore templates_{journal_, ids_};
  TopicStore topics_{journal_, ids_};
  ResolutionStore resolutions_{journal_, ids_};
  ProjectStore projects_{journal_, ids_, alliances_};
  ProgressStore progress_{journal_, ids_};
  Supervision supervision_{alliances_, projects_, progress_};
  ResolutionDesk resolution_desk_{
      {database_.pool(), alliances_, meetings_, resolutions_, projects_, ballots_, topics_}};
  ProjectDesk project_desk_{
      {database_.pool(), alliances_, projects_, progress_, resolutions_, supervision_}};
  const ProjectKeeper::Deps keeper_{database_.pool(), projects_, supervision_, ids_, clock_};
  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 8};
  rpc::Metrics metrics_;
  const rpc::Runtime runtime_{clock_, ids_, *verifier_, admission_, metrics_};
  const MinutesStore minutes_{journal_};
  const MinutesDesk minutes_desk_{
      {database_.pool(), alliances_, meetings_, ballots_, resolutions_, minutes_}};
  MeetingService meeting_service_{
      runtime_,
      {database_.pool(), alliances_, meetings_, ballots_, projects_, templates_, topics_,
       resolution_desk_, minutes_desk_, ids_, CheckInKey::Random()}};
  ProjectService project_service_{runtime_, project_desk_, resolution_desk_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::MeetingService::Stub> meetings_stub_;
  std::unique_ptr<v1::ProjectService::Stub> stub_;
  std::string reason_;
  v1::ProgressReport report_;
};

TEST_F(ProjectTest, AMeetingClosesOnlyOverResolutionsThatSomebodyCarriesOutByADate) {
  const v1::Meeting meeting = OpenMeeting();
  ASSERT_EQ(meeting.state(), v1::Meeting::STATE_OPEN) << reason_;
  v1::RecordResolutionRequest record;
  record.set_parent("alliances/a");
  record.mutable_resolution()->set_meeting(meeting.name());
  record.mutable_resolution()->set_title("夜间共享停车");
  record.mutable_resolution()->set_to_carry_out(true);
  // More than a project's goal holds, which takes the beginning.
  for (int i = 0; i < 3000; ++i) record.mutable_resolution()->mutable_text()->append("停");
  v1::Resolution resolution =
      Call(*stub_, &v1::ProjectService::Stub::RecordResolution, kChair, record);
  ASSERT_EQ(reason_, "");
  EXPECT_EQ(Close(meeting), "RESOLUTION_INCOMPLETE");

  v1::UpdateResolutionRequest update;
  update.mutable_resolution()->set_name(resolution.name());
  update.mutable_resolution()->set_lead_member("alliances/a/members/m1");
  Call(*stub_, &v1::ProjectService::Stub::UpdateResolution, kChair, update);
  EXPECT_EQ(Close(meeting), "RESOLUTION_INCOMPLETE");
  *update.mutable_resolution()->mutable_due_date() = alliance::ToDate(CivilDay(2026, 12, 31));
  resolution = Call(*stub_, &v1::ProjectService::Stub::UpdateResolution, kChair, update);
  EXPECT_EQ(resolution.lead_member_display_name(), "m1");
  EXPECT_EQ(Close(meeting), "");
  EXPECT_EQ(Close(meeting), "STATE_WRONG");

  v1::GetResolutionRequest get;
  get.set_name(resolution.name());
  resolution = Call(*stub_, &v1::ProjectService::Stub::GetResolution, kOther, get);
  const v1::Project project = Get(resolution.project());
  EXPECT_EQ(project.title(), "夜间共享停车");
  EXPECT_EQ(CodePoints(project.goal()), 2000);
  EXPECT_EQ(project.resolution(), resolution.name());
  EXPECT_EQ(project.lead_member(), "alliances/a/members/m1");
  Call(*stub_, &v1::ProjectService::Stub::UpdateResolution, kChair, update);
  EXPECT_EQ(reason_, "STATE_WRONG");  // the meeting is over

  // Carried out when the project is accepted.
  EXPECT_EQ(Report(kLead, project.name(), true), "");
  EXPECT_EQ(Judge(project.name(), false, ""), "");
  resolution = Call(*stub_, &v1::ProjectService::Stub::GetResolution, kOther, get);
  EXPECT_EQ(resolution.state(), v1::Resolution::STATE_CARRIED_OUT);
}

TEST_F(ProjectTest, AResolutionCitesWhatIsThereAndItsProjectIsProposedByTheTopicsUnit) {
  const v1::Meeting meeting = OpenMeeting(AcceptedTopic());
  ASSERT_EQ(meeting.state(), v1::Meeting::STATE_OPEN) << reason_;

  v1::RecordResolutionRequest record;
  record.set_parent("alliances/a");
  v1::Resolution& resolution = *record.mutable_resolution();
  resolution.set_meeting(meeting.name());
  resolution.set_title("夜间共享停车");
  resolution.set_to_carry_out(true);
  resolution.set_lead_member("alliances/a/members/m1");
  *resolution.mutable_due_date() = alliance::ToDate(CivilDay(2026, 12, 31));
  const auto refused = [&] {
    Call(*stub_, &v1::ProjectService::Stub::RecordResolution, kChair, record);
    return reason_;
  };
  resolution.set_agenda_item("i9");
  EXPECT_EQ(refused(), "FIELD_INVALID");
  resolution.set_agenda_item("i1");
  resolution.set_ballot(meeting.name() + "/ballots/none");
  EXPECT_EQ(refused(), "FIELD_INVALID");
  resolution.clear_ballot();
  resolution.set_lead_member("alliances/b/members/m1");
  EXPECT_EQ(refused(), "FIELD_INVALID");
  resolution.set_lead_member("alliances/a/members/m1");
  const v1::Resolution recorded =
      Call(*stub_, &v1::ProjectService::Stub::RecordResolution, kChair, record);
  ASSERT_EQ(reason_, "");
  ASSERT_EQ(Close(meeting), "");

  v1::GetResolutionRequest get;
  get.set_name(recorded.name());
  const std::string project =
      Call(*stub_, &v1::ProjectService::Stub::GetResolution, kOther, get).project();
  EXPECT_EQ(Get(project).proposer_member(), "alliances/a/members/m2");
}

TEST_F(ProjectTest, MilestonesAreReachedOnceByWhoCarriesItOut) {
  const std::string name = Create(30, 2).name();
  v1::CompleteMilestoneRequest complete;
  complete.set_name(name);
  complete.set_milestone("m1");
  Call(*stub_, &v1::ProjectService::Stub::CompleteMilestone, kOther, complete);
  EXPECT_EQ(reason_, "RESOURCE_NOT_FOUND");
  const auto reach = [&] {
    return Call(*stub_, &v1::ProjectService::Stub::CompleteMilestone, kLead, complete);
  };
  EXPECT_EQ(reach().progress_percent(), 50);
  const auto first = reach().milestones(0).complete_time().seconds();
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(reach().milestones(0).complete_time().seconds(), first);
  complete.set_milestone("m9");
  reach();
  EXPECT_EQ(reason_, "RESOURCE_NOT_FOUND");
}

TEST_F(ProjectTest, OnlyTheResponsibleUnitReportsAndNobodyRatesItself) {
  const std::string name = Create(30, 1).name();
  EXPECT_EQ(Report(kOther, name, false), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Report(kLead, name, false, "no picture"), "FIELD_INVALID");
  EXPECT_EQ(Report(kLead, name, false, "\x89PNG\r\n\x1A\n...."), "");
  EXPECT_EQ(report_.evidence(0).content_type(), "image/png");
  v1::GetProgressEvidenceRequest file;
  file.set_name(report_.name());
  EXPECT_EQ(Call(*stub_, &v1::ProjectService::Stub::GetProgressEvidence, kOther, file)
                .content()
                .substr(1, 3),
            "PNG");
  file.set_index(1);
  Call(*stub_, &v1::ProjectService::Stub::GetProgressEvidence, kOther, file);
  EXPECT_EQ(reason_, "RESOURCE_NOT_FOUND");

  EXPECT_EQ(Judge(name, false, ""), "STATE_WRONG");
  EXPECT_EQ(Report(kLead, name, true), "");
  EXPECT_EQ(Get(name).progress_percent(), 100);
  EXPECT_EQ(Judge(name, true, ""), "FIELD_REQUIRED");
  EXPECT_EQ(Judge(name, true, "标识不清"), "");
  EXPECT_EQ(Get(name).state(), v1::Project::STATE_RUNNING);
  EXPECT_EQ(Report(kLead, name, true), "");
  EXPECT_EQ(Rate(kOther, name, 5), "STATE_WRONG");
  EXPECT_EQ(Judge(name, false, ""), "");
  EXPECT_EQ(Rate(kLead, name, 5), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kStreet, name, 5), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kOther, name, 6), "FIELD_INVALID");
  EXPECT_EQ(Rate(kOther, name, 4), "");
  EXPECT_EQ(Rate(kOther, name, 5), "PROJECT_RATED");
  EXPECT_EQ(Get(name).rating(), 4);
}

TEST_F(ProjectTest, TheClockRemindsThenSupervisesThenTheNextAgendaHasIt) {
  const std::string name = Create(6).name();  // Friday
  EXPECT_EQ(*ProjectKeeper::Keep(keeper_, clock_.Now()), 0);
  clock_.Advance(absl::Hours(24));  // Tuesday, three working days before
  std::atomic<int> steps = 0;
  std::vector<std::thread> keepers;
  for (int i = 0; i < 4; ++i) {
    keepers.emplace_back(
        [&] { steps += ProjectKeeper::Keep(keeper_, clock_.Now()).value_or(100); });
  }
  for (std::thread& keeper : keepers) keeper.join();
  EXPECT_EQ(steps, 1);
  EXPECT_TRUE(Get(name).has_remind_time());
  EXPECT_THAT(Notices().supervision_notices(), SizeIs(0));

  clock_.Advance(4 * absl::Hours(24));  // Saturday: the due date is over
  EXPECT_TRUE(Get(name).overdue());
  EXPECT_EQ(*ProjectKeeper::Keep(keeper_, clock_.Now()), 1);
  EXPECT_EQ(*ProjectKeeper::Keep(keeper_, clock_.Now()), 0);
  ASSERT_THAT(Notices(true).supervision_notices(), SizeIs(1));
  v1::SupervisionNotice notice = Notices().supervision_notices(0);
  EXPECT_TRUE(notice.automatic());
  EXPECT_EQ(notice.answer_due_date().day(), 13);  // five working days after Saturday the 7th
  v1::ListProjectsRequest overdue;
  overdue.set_parent("alliances/a");
  overdue.set_overdue(true);
  EXPECT_THAT(Call(*stub_, &v1::ProjectService::Stub::ListProjects, kChair, overdue).projects(),
              SizeIs(1));

  v1::AnswerSupervisionNoticeRequest answer;
  answer.set_name(notice.name());
  answer.set_answer("下周办结");
  Call(*stub_, &v1::ProjectService::Stub::AnswerSupervisionNotice, kOther, answer);
  EXPECT_EQ(reason_, "RESOURCE_NOT_FOUND");
  clock_.Advance(7 * absl::Hours(24));
  notice = Call(*stub_, &v1::ProjectService::Stub::AnswerSupervisionNotice, kLead, answer);
  EXPECT_TRUE(notice.late());
  EXPECT_THAT(Notices(true).supervision_notices(), SizeIs(0));
}

// Neither a notice that somebody issues early nor one of an earlier date stands for those.
TEST_F(ProjectTest, EachDueDateHasItsReminderAndItsAutomaticNotice) {
  const std::string name = Create(6).name();
  v1::IssueSupervisionNoticeRequest issue;
  issue.set_name(name);
  issue.set_demand("请说明进度");
  Call(*stub_, &v1::ProjectService::Stub::IssueSupervisionNotice, kStreet, issue);
  ASSERT_EQ(reason_, "");
  const auto steps = [&](int day) {
    const absl::Time nine =
        absl::FromCivil(absl::CivilHour(2026, 11, day, 9), absl::FixedTimeZone(8 * 3600));
    clock_.Advance(nine - clock_.Now());
    return *ProjectKeeper::Keep(keeper_, clock_.Now());
  };
  EXPECT_EQ(steps(3), 1);
  EXPECT_TRUE(Get(name).has_remind_time());
  EXPECT_EQ(steps(7), 1);
  EXPECT_THAT(Notices().supervision_notices(), SizeIs(2));
  v1::UpdateProjectRequest extend;
  extend.mutable_project()->set_name(name);
  *extend.mutable_project()->mutable_due_date() = alliance::ToDate(CivilDay(2026, 11, 20));
  extend.mutable_update_mask()->add_paths("due_date");
  Call(*stub_, &v1::ProjectService::Stub::UpdateProject, kStreet, extend);
  ASSERT_EQ(reason_, "");
  EXPECT_EQ(steps(16), 0);
  EXPECT_EQ(steps(17), 1);
  EXPECT_TRUE(Get(name).has_remind_time());
  EXPECT_EQ(steps(20), 0);
  EXPECT_EQ(steps(21), 1);
  EXPECT_EQ(steps(22), 0);
  EXPECT_THAT(Notices().supervision_notices(), SizeIs(3));
}

TEST_F(ProjectTest, WhatIsOverdueIsOnTheAgendaOnceWhateverTheChairWrites) {
  const std::string early = Create(4).name();
  const std::string late = Create(6).name();
  clock_.Advance(3 * absl::Hours(24));  // the 5th: one of them is overdue
  v1::CreateMeetingRequest create;
  create.set_parent("alliances/a");
  create.mutable_meeting()->set_title("联席会议");
  *create.mutable_meeting()->mutable_start_time() = api::ToProto(clock_.Now() + absl::Hours(73));
  *create.mutable_meeting()->mutable_end_time() = api::ToProto(clock_.Now() + absl::Hours(75));
  v1::Meeting meeting =
      Call(*meetings_stub_, &v1::MeetingService::Stub::CreateMeeting, kChair, create);
  ASSERT_THAT(meeting.agenda_items(), SizeIs(1));
  EXPECT_EQ(meeting.agenda_items(0).title(), "夜间共享停车");
  EXPECT_EQ(meeting.agenda_items(0).kind(), alliance::v1::ITEM_KIND_REPORT);
  EXPECT_EQ(meeting.agenda_items(0).project(), early);
  EXPECT_EQ(meeting.agenda_items(0).presenter_member(), "alliances/a/members/m1");
  EXPECT_NE(meeting.agenda_items(0).id(), "");

  // Left out by the chair, it comes back; of another one the chair says more.
  v1::UpdateMeetingRequest update;
  update.mutable_meeting()->set_name(meeting.name());
  update.mutable_update_mask()->add_paths("agenda_items");
  v1::AgendaItem& own = *update.mutable_meeting()->add_agenda_items();
  own.set_title("为何逾期");
  own.set_project(late);
  const auto projects = [](const v1::Meeting& one) {
    std::vector<std::string> names;
    for (const v1::AgendaItem& item : one.agenda_items()) names.push_back(item.project());
    return names;
  };
  meeting = Call(*meetings_stub_, &v1::MeetingService::Stub::UpdateMeeting, kChair, update);
  EXPECT_THAT(projects(meeting), ::testing::ElementsAre(late, early));

  const std::string next = Create(7).name();
  clock_.Advance(3 * absl::Hours(24) - absl::Hours(12));
  const std::string etag = meeting.etag();
  v1::ConveneMeetingRequest convene;
  convene.set_name(meeting.name());
  meeting = Call(*meetings_stub_, &v1::MeetingService::Stub::ConveneMeeting, kChair, convene);
  EXPECT_THAT(projects(meeting), ::testing::ElementsAre(late, early));
  EXPECT_EQ(meeting.etag(), etag);
  clock_.Advance(absl::Hours(12));  // the 8th
  v1::OpenMeetingRequest open;
  open.set_name(meeting.name());
  meeting = Call(*meetings_stub_, &v1::MeetingService::Stub::OpenMeeting, kChair, open);
  EXPECT_THAT(projects(meeting), ::testing::ElementsAre(late, early, next));
}

TEST_F(ProjectTest, ListsPageByDueDate) {
  for (const int day : {9, 7, 7, 8, 30}) Create(day);
  v1::ListProjectsRequest request;
  request.set_parent("alliances/a");
  request.set_page_size(2);
  std::vector<int> days;
  do {
    const auto page = Call(*stub_, &v1::ProjectService::Stub::ListProjects, kChair, request);
    ASSERT_EQ(reason_, "");
    for (const auto& one : page.projects()) days.push_back(one.due_date().day());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(days, ::testing::ElementsAre(7, 7, 8, 9, 30));
  request.set_lead_member("alliances/a/members/m2");
  EXPECT_THAT(Call(*stub_, &v1::ProjectService::Stub::ListProjects, kChair, request).projects(),
              SizeIs(0));
}

TEST_F(ProjectTest, TheResponsibleUnitCannotMoveItsOwnDueDate) {
  const v1::Project project = Create(10, 1);
  v1::UpdateProjectRequest update;
  update.mutable_project()->set_name(project.name());
  *update.mutable_project()->mutable_due_date() = alliance::ToDate(CivilDay(2026, 12, 31));
  update.mutable_update_mask()->add_paths("due_date");
  Call(*stub_, &v1::ProjectService::Stub::UpdateProject, kLead, update);
  EXPECT_EQ(reason_, "MASK_PATH_INVALID");
  const v1::Project moved = Call(*stub_, &v1::ProjectService::Stub::UpdateProject, kStreet, update);
  EXPECT_EQ(moved.due_date().month(), 12);
  update.mutable_project()->set_etag(project.etag());
  Call(*stub_, &v1::ProjectService::Stub::UpdateProject, kStreet, update);
  EXPECT_EQ(reason_, "ETAG_STALE");
}

TEST_F(ProjectTest, MinutesAreDraftedFromTheRecordEditedPublishedAndExported) {
  const v1::Meeting meeting = OpenMeeting();
  v1::DraftMinutesRequest draft;
  draft.set_name(meeting.name());
  Call(*meetings_stub_, &v1::MeetingService::Stub::DraftMinutes, kChair, draft);
  EXPECT_EQ(reason_, "MEETING_NOT_CLOSED");
  v1::CheckInDelegateRequest come;
  come.set_name(meeting.name());
  come.set_member("alliances/a/members/m1");
  come.set_delegate_title("副总经理");
  Call(*meetings_stub_, &v1::MeetingService::Stub::CheckInDelegate, kChair, come);
  v1::RecordResolutionRequest record;
  record.set_parent("alliances/a");
  v1::Resolution& resolution = *record.mutable_resolution();
  resolution.set_meeting(meeting.name());
  resolution.set_title("开放夜间车位");
  resolution.set_to_carry_out(true);
  resolution.set_lead_member("alliances/a/members/m1");
  *resolution.mutable_due_date() = alliance::ToDate(CivilDay(2026, 12, 31));
  Call(*stub_, &v1::ProjectService::Stub::RecordResolution, kChair, record);
  ASSERT_EQ(Close(meeting), "");

  v1::Minutes minutes =
      Call(*meetings_stub_, &v1::MeetingService::Stub::DraftMinutes, kChair, draft);
  ASSERT_EQ(reason_, "");
  EXPECT_EQ(minutes.number(), "〔2026〕1号");
  ASSERT_THAT(minutes.tasks(), SizeIs(1));
  EXPECT_EQ(minutes.tasks(0).responsible_unit(), "m1");
  ASSERT_THAT(minutes.present(), SizeIs(1));
  EXPECT_EQ(minutes.present(0).note(), "副总经理");
  EXPECT_THAT(minutes.sections(0).body(), ::testing::HasSubstr("会议决定：开放夜间车位"));
  // Where a draft stands, it is answered as it is.
  EXPECT_EQ(Call(*meetings_stub_, &v1::MeetingService::Stub::DraftMinutes, kStreet, draft).etag(),
            "1");

  v1::GetMinutesRequest get;
  get.set_name(minutes.name());
  Call(*meetings_stub_, &v1::MeetingService::Stub::GetMinutes, kLead, get);
  EXPECT_EQ(reason_, "RESOURCE_NOT_FOUND");
  v1::UpdateMinutesRequest update;
  update.mutable_minutes()->set_name(minutes.name());
  update.mutable_minutes()->set_opening("会议按时召开。");
  update.mutable_minutes()->set_etag("1");
  minutes = Call(*meetings_stub_, &v1::MeetingService::Stub::UpdateMinutes, kChair, update);
  EXPECT_EQ(minutes.opening(), "会议按时召开。");
  Call(*meetings_stub_, &v1::MeetingService::Stub::UpdateMinutes, kChair, update);
  EXPECT_EQ(reason_, "ETAG_STALE");

  v1::PublishMinutesRequest publish;
  publish.set_name(minutes.name());
  Call(*meetings_stub_, &v1::MeetingService::Stub::PublishMinutes, kLead, publish);
  EXPECT_EQ(reason_, "ROLE_REQUIRED");
  Call(*meetings_stub_, &v1::MeetingService::Stub::PublishMinutes, kChair, publish);
  EXPECT_EQ(reason_, "");
  Call(*meetings_stub_, &v1::MeetingService::Stub::PublishMinutes, kChair, publish);
  EXPECT_EQ(reason_, "MINUTES_PUBLISHED");
  EXPECT_EQ(Call(*meetings_stub_, &v1::MeetingService::Stub::GetMinutes, kLead, get).state(),
            v1::Minutes::STATE_PUBLISHED);

  v1::ExportMinutesRequest file;
  file.set_name(minutes.name());
  Call(*meetings_stub_, &v1::MeetingService::Stub::ExportMinutes, kLead, file);
  EXPECT_EQ(reason_, "FIELD_REQUIRED");
  for (const auto& [format, begin] :
       {std::pair(v1::MINUTES_FORMAT_PDF, "%PDF"), std::pair(v1::MINUTES_FORMAT_ODT, "PK"),
        std::pair(v1::MINUTES_FORMAT_XLSX, "PK")}) {
    file.set_format(format);
    const auto made = Call(*meetings_stub_, &v1::MeetingService::Stub::ExportMinutes, kLead, file);
    EXPECT_THAT(made.content(), ::testing::StartsWith(begin));
    EXPECT_THAT(made.filename(), ::testing::StartsWith("联席会议纪要."));
  }
}

}  // namespace
}  // namespace jinhuan::meeting
