#include "meeting-svc/rpc/report_service.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include "absl/time/clock.h"
#include "alliance-svc/facts/date.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/migrations.h"
#include "meeting-svc/storage/need_store.h"
#include "meeting-svc/storage/progress_store.h"
#include "meeting-svc/storage/project_store.h"
#include "meeting-svc/storage/request_store.h"
#include "meeting-svc/storage/resolution_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using Stub = v1::ReportService::Stub;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

std::string Unit(std::string_view id) { return fmt::format("alliances/a/members/{}", id); }

auth::v1::Caller As(auth::v1::Role role, const std::vector<std::string>& units = {""}) {
  auth::v1::Caller caller;
  caller.set_name("users/u");
  for (const std::string& unit : units) {
    auth::v1::Grant& grant = *caller.add_grants();
    grant.set_role(role);
    grant.set_alliance("alliances/a");
    if (!unit.empty()) grant.set_member(Unit(unit));
  }
  return caller;
}

const auth::v1::Caller kStreet = As(auth::v1::ROLE_STREET_ADMIN);
const auth::v1::Caller kLiaison = As(auth::v1::ROLE_LIAISON, {"m1"});

// It is 10 June 2026, noon in Shanghai. Of everything that a measure counts there is one thing
// of m1 and one of m2, and a third that belongs to 2025.
class ReportServiceTest : public ::testing::Test {
 protected:
  ReportServiceTest() {
    for (const char* id : {"m1", "m2"}) {
      alliance::v1::Member member;
      member.set_name(Unit(id));
      member.set_display_name(fmt::format("单位 {}", id));
      member.set_state(alliance::v1::Member::STATE_ACTIVE);
      journal::v1::Entry entry;
      entry.mutable_after()->PackFrom(member);
      Do([&](db::Connection& c) { return alliances_.Apply(c, entry); });
    }
    At(absl::CivilDay(2025, 12, 31));
    Record("m1");
    At(absl::CivilDay(2026, 3, 2));
    Record("m1");
    Record("m2");
    HoldMeeting();
    At(absl::CivilDay(2026, 6, 10));
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = v1::ReportService::NewStub(server_->InProcessChannel({}));
  }

  // Moves the clock to noon of a day.
  void At(absl::CivilDay day) {
    const absl::Time noon = absl::FromCivil(day, zone_) + absl::Hours(12);
    clock_.Advance(noon - clock_.Now());
  }

  api::Call Call() const {
    api::Call call;
    call.caller.set_name("users/u");
    call.alliance = "alliances/a";
    call.now = clock_.Now();
    call.deadline = absl::Now() + absl::Seconds(30);
    return call;
  }

  void Do(absl::FunctionRef<absl::Status(db::Connection&)> body) {
    const absl::Status status =
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30), body);
    EXPECT_TRUE(status.ok()) << status;
  }

  // A request, a topic, a project with a supervision notice, and a need that was met, of a unit.
  void Record(const std::string& unit) {
    const google::protobuf::Timestamp now = api::ToProto(clock_.Now());
    Do([&](db::Connection& c) -> absl::Status {
      v1::Request request;
      request.set_name(requests_.NewName("alliances/a"));
      request.set_category(v1::REQUEST_CATEGORY_PARKING);
      request.set_type(v1::REQUEST_TYPE_SIMPLE);
      request.set_member(Unit(unit));
      request.set_state(v1::Request::STATE_RATED);
      request.set_rating(5);
      *request.mutable_create_time() = now;
      *request.mutable_resolve_time() = now;
      *request.mutable_due_time() = api::ToProto(clock_.Now() + absl::Hours(1));
      JH_RETURN_IF_ERROR(requests_.Create(c, Call(), request).status());

      v1::Topic topic;
      topic.set_title("议题");
      topic.set_member(Unit(unit));
      JH_RETURN_IF_ERROR(topics_.Create(c, Call(), "a", topic).status());

      v1::Project project;
      project.set_title("项目");
      project.set_lead_member(Unit(unit));
      *project.mutable_due_date() = alliance::ToDate(absl::ToCivilDay(clock_.Now(), zone_));
      JH_ASSIGN_OR_RETURN(const v1::Project kept, projects_.Create(c, Call(), project));

      v1::SupervisionNotice notice;
      notice.set_demand("请说明进展");
      *notice.mutable_issue_time() = now;
      *notice.mutable_answer_due_date() = project.due_date();
      JH_RETURN_IF_ERROR(progress_.Issue(c, Call(), kept.name(), notice).status());
      return RecordNeed(c, unit);
    });
  }

  absl::Status RecordNeed(db::Connection& connection, const std::string& unit) {
    resource::v1::Need need;
    need.set_name("alliances/a/needs/" + ids_.NewId());
    need.set_member(Unit(unit));
    *need.mutable_create_time() = api::ToProto(clock_.Now());
    resource::v1::Match match;
    match.set_need(need.name());
    match.set_state(resource::v1::Match::STATE_COMPLETED);
    *match.mutable_agree_time() = api::ToProto(clock_.Now() + absl::Hours(2));
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(need);
    JH_RETURN_IF_ERROR(needs_.Apply(connection, entry));
    entry.mutable_after()->PackFrom(match);
    JH_RETURN_IF_ERROR(needs_.Apply(connection, entry));
    // Only the first agreement counts, and a change of the need changes nothing of it.
    *match.mutable_agree_time() = api::ToProto(clock_.Now() + absl::Hours(9));
    entry.mutable_after()->PackFrom(match);
    JH_RETURN_IF_ERROR(needs_.Apply(connection, entry));
    entry.mutable_after()->PackFrom(need);
    return needs_.Apply(connection, entry);
  }

  // A meeting that both units are invited to; m1 answers, m2 comes; each leads a resolution.
  void HoldMeeting() {
    Do([&](db::Connection& c) -> absl::Status {
      v1::Meeting draft;
      draft.set_title("联席会议");
      *draft.mutable_start_time() = api::ToProto(clock_.Now() + absl::Hours(1));
      *draft.mutable_end_time() = api::ToProto(clock_.Now() + absl::Hours(2));
      const Viewer street{.sees_drafts = true, .member_id = ""};
      JH_ASSIGN_OR_RETURN(const v1::Meeting made, meetings_.Create(c, Call(), "a", draft));
      const MeetingKey key{"a", api::LastId(made.name())};
      JH_RETURN_IF_ERROR(meetings_.Convene(c, Call(), key, street, 1, {}).status());
      JH_RETURN_IF_ERROR(meetings_
                             .Answer(c, Call(), key, {.sees_drafts = false, .member_id = "m1"},
                                     v1::ANSWER_LEAVE, "")
                             .status());
      v1::Attendance came;
      came.set_name(made.name() + "/attendances/m2");
      came.set_member(Unit("m2"));
      JH_RETURN_IF_ERROR(attendances_.Put(c, key, came));
      v1::Attendance observer;
      observer.set_name(made.name() + "/attendances/m1");
      observer.set_observer(true);
      JH_RETURN_IF_ERROR(attendances_.Put(c, key, observer));
      for (const char* unit : {"m1", "m2"}) {
        v1::Resolution resolution;
        resolution.set_meeting(made.name());
        resolution.set_title("决议");
        resolution.set_to_carry_out(true);
        resolution.set_lead_member(Unit(unit));
        JH_RETURN_IF_ERROR(resolutions_.Record(c, Call(), resolution).status());
      }
      JH_ASSIGN_OR_RETURN(const v1::Meeting before, meetings_.Get(c, key, street));
      v1::Meeting closed = before;
      closed.set_state(v1::Meeting::STATE_CLOSED);
      return meetings_.Put(c, Call(), key, before, closed, false).status();
    });
  }

  static v1::GetEvaluationRequest Year(int year = 2026) {
    v1::GetEvaluationRequest request;
    request.set_parent("alliances/a");
    *request.mutable_start_date() = alliance::ToDate(absl::CivilDay(year, 1, 1));
    *request.mutable_end_date() = alliance::ToDate(absl::CivilDay(year, 12, 31));
    return request;
  }

  template <class Request, class Response>
  std::string Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const auth::v1::Caller& caller, const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    response->Clear();
    return ReasonOf(rpc::FromGrpc((*stub_.*method)(&context, request, response)));
  }
  std::string Get(const auth::v1::Caller& caller, const v1::GetEvaluationRequest& request) {
    return Ask(&Stub::GetEvaluation, caller, request, &answer_);
  }

  // The numerators and denominators, as "n/d".
  static std::vector<std::string> Counts(
      const google::protobuf::RepeatedPtrField<v1::Rate>& rates) {
    std::vector<std::string> counts;
    for (const v1::Rate& rate : rates) {
      counts.push_back(fmt::format("{}/{}", rate.numerator(), rate.denominator()));
    }
    return counts;
  }

  const absl::TimeZone zone_ = absl::FixedTimeZone(8 * 3600);
  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromUnixSeconds(1'750'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  AllianceStore alliances_;
  MeetingStore meetings_{journal_, ids_};
  AttendanceStore attendances_;
  ResolutionStore resolutions_{journal_, ids_};
  ProjectStore projects_{journal_, ids_, alliances_};
  ProgressStore progress_{journal_, ids_};
  TopicStore topics_{journal_, ids_};
  RequestStore requests_{journal_, ids_};
  NeedStore needs_;
  EvaluationStore evaluations_;

  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 4};
  rpc::Metrics metrics_;
  ReportService service_{
      {clock_, ids_, *verifier_, admission_, metrics_}, database_.pool(), alliances_, evaluations_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
  v1::GetEvaluationResponse answer_;
};

TEST_F(ReportServiceTest, CountsEachKindOfThePeriodOnce) {
  ASSERT_EQ(Get(kStreet, Year()), "");
  EXPECT_THAT(Counts(answer_.total()),
              ElementsAre("2/2", "2/2", "2/2", "2/2", "0/2", "0/2", "0/0", "0/2", "0/2", "0/2",
                          "1/2", "1/2", "2/2", "14400/2"));
  ASSERT_THAT(answer_.rows(), SizeIs(2));
  EXPECT_EQ(answer_.rows(0).member(), Unit("m1"));
  EXPECT_EQ(answer_.rows(0).member_display_name(), "单位 m1");
  EXPECT_THAT(Counts(answer_.rows(0).rates()),
              ElementsAre("1/1", "1/1", "1/1", "1/1", "0/1", "0/1", "0/1", "0/1", "0/1", "1/1",
                          "0/1", "1/1", "7200/1"));
  EXPECT_EQ(api::FromProto(answer_.count_time()), clock_.Now());

  ASSERT_EQ(Get(kStreet, Year(2025)), "");
  EXPECT_THAT(Counts(answer_.total()),
              ElementsAre("1/1", "1/1", "1/1", "1/1", "0/1", "0/1", "0/0", "0/1", "0/1", "0/0",
                          "0/0", "0/0", "1/1", "7200/1"));
}

TEST_F(ReportServiceTest, AnswersTheStreetOfAllAndALiaisonOfTheOwnUnit) {
  ASSERT_EQ(Get(kLiaison, Year()), "");
  ASSERT_THAT(answer_.rows(), SizeIs(1));
  EXPECT_EQ(answer_.rows(0).member(), Unit("m1"));
  EXPECT_EQ(answer_.total(10).measure(), v1::MEASURE_MEETING_RESPONSE);
  EXPECT_EQ(answer_.total(10).denominator(), 1);
  // Second of two who could come.
  const v1::Rate& came = answer_.rows(0).rates(10);
  EXPECT_EQ(came.measure(), v1::MEASURE_MEETING_ATTENDANCE);
  EXPECT_EQ(came.rank(), 2);

  v1::GetEvaluationRequest other = Year();
  other.set_member(Unit("m2"));
  EXPECT_EQ(Get(kLiaison, other), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Get(kStreet, other), "");
  EXPECT_THAT(answer_.rows(), SizeIs(1));
  EXPECT_EQ(Get(As(auth::v1::ROLE_SYSTEM), Year()), "");
  EXPECT_THAT(answer_.rows(), SizeIs(2));
  EXPECT_EQ(Get(As(auth::v1::ROLE_STAFF, {"m1"}), Year()), "ROLE_REQUIRED");
  // Who acts for two says for which.
  EXPECT_EQ(Get(As(auth::v1::ROLE_LIAISON, {"m1", "m2"}), Year()), "FIELD_REQUIRED");
  EXPECT_EQ(Get(As(auth::v1::ROLE_LIAISON, {"m1", "m2"}), other), "");

  // The months of a liaison are those of its unit.
  v1::GetEvaluationRequest months = Year();
  months.set_group(v1::EVALUATION_GROUP_MONTH);
  ASSERT_EQ(Get(kLiaison, months), "");
  ASSERT_THAT(answer_.rows(), SizeIs(1));
  EXPECT_EQ(answer_.rows(0).first_day().month(), 3);
  EXPECT_EQ(answer_.rows(0).rates(0).denominator(), 1);
}

TEST_F(ReportServiceTest, SaysWhatIsWrong) {
  v1::GetEvaluationRequest request = Year();
  request.clear_start_date();
  EXPECT_EQ(Get(kStreet, request), "FIELD_REQUIRED");
  request = Year();
  *request.mutable_start_date() = alliance::ToDate(absl::CivilDay(2025, 12, 30));
  EXPECT_EQ(Get(kStreet, request), "FIELD_INVALID");
  *request.mutable_start_date() = alliance::ToDate(absl::CivilDay(2025, 12, 31));
  EXPECT_EQ(Get(kStreet, request), "");
  request.mutable_end_date()->set_day(32);
  EXPECT_EQ(Get(kStreet, request), "FIELD_INVALID");
  request = Year();
  request.set_group(static_cast<v1::EvaluationGroup>(99));
  EXPECT_EQ(Get(kStreet, request), "FIELD_INVALID");
  request = Year();
  request.set_member("alliances/b/members/m1");
  EXPECT_EQ(Get(kStreet, request), "FIELD_INVALID");
  request.set_member("units/1");
  EXPECT_EQ(Get(kStreet, request), "NAME_INVALID");
}

TEST_F(ReportServiceTest, GivesNoPartOfWhatIsTooMuch) {
  const auto count = [&](int most) {
    EvaluationQuestion question;
    question.alliance = "alliances/a";
    question.first = absl::CivilDay(2026, 1, 1);
    question.last = absl::CivilDay(2026, 12, 31);
    Evaluation evaluation(question);
    return ReasonOf(
        db::Read(database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
          return EvaluationStore(most).CountAll(c, question, {clock_.Now(), zone_}, evaluation);
        }));
  };
  EXPECT_EQ(count(1), "EVALUATION_TOO_LARGE");
  EXPECT_EQ(count(2), "");
}

TEST_F(ReportServiceTest, TheWorkbookHasALineForEachMeasure) {
  v1::ExportEvaluationRequest request;
  request.set_parent("alliances/a");
  *request.mutable_start_date() = Year().start_date();
  *request.mutable_end_date() = Year().end_date();
  v1::ExportEvaluationResponse file;
  ASSERT_EQ(Ask(&Stub::ExportEvaluation, kStreet, request, &file), "");
  EXPECT_EQ(file.filename(), "考核评价 2026-01-01 至 2026-12-31.xlsx");
  EXPECT_EQ(file.row_count(), 14 + 2 * 13);
  EXPECT_EQ(file.content().substr(0, 2), "PK");
  EXPECT_FALSE(file.truncated());
  EXPECT_EQ(Ask(&Stub::ExportEvaluation, As(auth::v1::ROLE_STAFF, {"m1"}), request, &file),
            "ROLE_REQUIRED");
}

}  // namespace
}  // namespace jinhuan::meeting
