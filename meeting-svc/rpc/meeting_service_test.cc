#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/db/platform_migrations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "meeting-svc/domain/topic_rules.h"
#include "meeting-svc/storage/alliance_store.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

auth::v1::Caller Person(const std::string& name) {
  auth::v1::Caller caller;
  caller.set_name("users/" + name);
  return caller;
}

auth::v1::Caller With(auth::v1::Caller caller, auth::v1::Role role, const std::string& unit,
                      const std::string& alliance = "alliances/a") {
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance(alliance);
  if (!unit.empty()) grant.set_member(alliance + "/members/" + unit);
  return caller;
}

const auth::v1::Caller kStreet = With(Person("street"), auth::v1::ROLE_STREET_ADMIN, "");
const auth::v1::Caller kLiaison = With(Person("liaison"), auth::v1::ROLE_LIAISON, "m1");
const auth::v1::Caller kStaff = With(Person("staff"), auth::v1::ROLE_STAFF, "m1");

// The service as it is called, in this process.
class MeetingServiceTest : public ::testing::Test {
 protected:
  MeetingServiceTest() {
    for (const char* id : {"m1", "m2", "m3"}) {
      alliance::v1::Member member;
      member.set_name(fmt::format("alliances/a/members/{}", id));
      member.set_display_name(id);
      member.set_state(alliance::v1::Member::STATE_ACTIVE);
      journal::v1::Entry entry;
      entry.mutable_after()->PackFrom(member);
      EXPECT_TRUE(
          db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                            [&](db::Connection& c) { return AllianceStore().Apply(c, entry); })
              .ok());
    }
    alliance::v1::Charter charter;
    charter.set_name("alliances/a/charters/1");
    charter.set_version(1);
    alliance::v1::ItemRule& rule = *charter.mutable_meeting()->add_item_rules();
    rule.set_kind(alliance::v1::ITEM_KIND_ORDINARY);
    rule.mutable_quorum()->set_numerator(2);
    rule.mutable_quorum()->set_denominator(3);
    rule.mutable_majority()->set_numerator(1);
    rule.mutable_majority()->set_denominator(2);
    rule.set_majority_base(alliance::v1::VOTE_BASE_PRESENT);
    Adopt(charter);
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = v1::MeetingService::NewStub(server_->InProcessChannel({}));
  }

  void Adopt(const alliance::v1::Charter& charter) {
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(charter);
    EXPECT_TRUE(
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                          [&](db::Connection& c) { return AllianceStore().Apply(c, entry); })
            .ok());
  }

  // Calls `method` of the stub as `caller`.
  template <class Request, class Response>
  absl::Status Call(grpc::Status (v1::MeetingService::Stub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                    const auth::v1::Caller& caller, const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    return rpc::FromGrpc((*stub_.*method)(&context, request, response));
  }

  v1::Meeting Create(absl::Duration from_now = absl::Hours(24)) {
    v1::CreateMeetingRequest request;
    request.set_parent("alliances/a");
    request.mutable_meeting()->set_title("联席会议");
    *request.mutable_meeting()->mutable_start_time() = api::ToProto(clock_.Now() + from_now);
    *request.mutable_meeting()->mutable_end_time() =
        api::ToProto(clock_.Now() + from_now + absl::Hours(2));
    v1::Meeting meeting;
    const auto status = Call(&v1::MeetingService::Stub::CreateMeeting, kStreet, request, &meeting);
    EXPECT_TRUE(status.ok()) << status;
    return meeting;
  }
  v1::Meeting Convened() {
    v1::ConveneMeetingRequest request;
    request.set_name(Create().name());
    v1::Meeting meeting;
    const auto status = Call(&v1::MeetingService::Stub::ConveneMeeting, kStreet, request, &meeting);
    EXPECT_TRUE(status.ok()) << status;
    return meeting;
  }
  absl::Status Get(const auth::v1::Caller& caller, const std::string& name, v1::Meeting* meeting) {
    v1::GetMeetingRequest request;
    request.set_name(name);
    return Call(&v1::MeetingService::Stub::GetMeeting, caller, request, meeting);
  }
  std::string AnswerReason(const auth::v1::Caller& caller, const std::string& meeting,
                           const std::string& member = "", v1::Answer answer = v1::ANSWER_ATTEND) {
    v1::AnswerNoticeRequest request;
    request.set_name(meeting);
    request.set_answer(answer);
    request.set_member(member);
    v1::Invitation invitation;
    const auto status = Call(&v1::MeetingService::Stub::AnswerNotice, caller, request, &invitation);
    return status.ok() ? invitation.member() : ReasonOf(status);
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  MeetingStore meetings_{journal_, ids_};
  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 8};
  rpc::Metrics metrics_;
  AllianceStore alliances_;
  BallotStore ballots_{journal_, ids_, meetings_, std::string(32, 'k')};
  TemplateStore templates_{journal_, ids_};
  TopicStore topics_{journal_, ids_};
  const CheckInKey key_ = CheckInKey::Random();
  ResolutionStore resolutions_{journal_, ids_};
  ProjectStore projects_{journal_, ids_, alliances_};
  const ResolutionDesk resolution_desk_{
      {database_.pool(), alliances_, meetings_, resolutions_, projects_, ballots_, topics_}};
  const MinutesStore minutes_{journal_};
  const MinutesDesk minutes_desk_{
      {database_.pool(), alliances_, meetings_, ballots_, resolutions_, minutes_}};
  MeetingService service_{{clock_, ids_, *verifier_, admission_, metrics_},
                          {database_.pool(), alliances_, meetings_, ballots_, projects_, templates_,
                           topics_, resolution_desk_, minutes_desk_, ids_, key_}};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::MeetingService::Stub> stub_;
};

TEST_F(MeetingServiceTest, FromDraftToAnswer) {
  const std::string name = Create().name();
  v1::Meeting meeting;
  EXPECT_TRUE(Get(kStreet, name, &meeting).ok());
  EXPECT_EQ(ReasonOf(Get(kLiaison, name, &meeting)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(AnswerReason(kLiaison, name), "RESOURCE_NOT_FOUND");

  v1::ConveneMeetingRequest convene;
  convene.set_name(name);
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ConveneMeeting, kStreet, convene, &meeting).ok());
  EXPECT_EQ(meeting.invited_count(), 3);
  EXPECT_EQ(AnswerReason(kLiaison, name), "alliances/a/members/m1");
  ASSERT_TRUE(Get(kStaff, name, &meeting).ok());
  EXPECT_EQ(meeting.answered_count(), 1);
  EXPECT_EQ(meeting.own_invitation().answer(), v1::ANSWER_ATTEND);
  EXPECT_EQ(meeting.own_invitation().member_display_name(), "m1");
}

TEST_F(MeetingServiceTest, SaysEverythingThatIsWrongAtOnce) {
  v1::CreateMeetingRequest request;
  request.set_parent("alliances/a/meetings/m");
  v1::Meeting meeting;
  const auto status = Call(&v1::MeetingService::Stub::CreateMeeting, kStreet, request, &meeting);
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  ASSERT_TRUE(payload.has_value()) << status;
  google::rpc::BadRequest bad;
  ASSERT_TRUE(bad.ParseFromString(std::string(*payload)));
  EXPECT_THAT(bad.field_violations(), SizeIs(4));  // parent, title, start, end
}

TEST_F(MeetingServiceTest, OnlyTheLiaisonAnswersForTheUnit) {
  const std::string name = Convened().name();
  EXPECT_EQ(AnswerReason(kStaff, name), "ROLE_REQUIRED");
  EXPECT_EQ(AnswerReason(kStreet, name), "ROLE_REQUIRED");
  EXPECT_EQ(AnswerReason(With(Person("b"), auth::v1::ROLE_LIAISON, "m1", "alliances/b"), name),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(AnswerReason(kLiaison, name, "alliances/a/members/m2"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(AnswerReason(With(Person("x"), auth::v1::ROLE_LIAISON, "m9"), name), "NOT_INVITED");

  // Of one unit the liaison, of another only staff.
  const auto both = With(kLiaison, auth::v1::ROLE_STAFF, "m2");
  EXPECT_EQ(AnswerReason(both, name), "alliances/a/members/m1");
  EXPECT_EQ(AnswerReason(both, name, "alliances/a/members/m1"), "alliances/a/members/m1");
  EXPECT_EQ(AnswerReason(both, name, "alliances/a/members/m2"), "RESOURCE_NOT_FOUND");

  // Of two units the liaison: must say for which.
  EXPECT_EQ(AnswerReason(With(kLiaison, auth::v1::ROLE_LIAISON, "m2"), name), "FIELD_REQUIRED");

  // The street's rights do not reach what a liaison may do for one unit.
  const auto street_too = With(kLiaison, auth::v1::ROLE_STREET_ADMIN, "");
  EXPECT_EQ(AnswerReason(street_too, name, "alliances/a/members/m2"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(AnswerReason(street_too, Create().name()), "STATE_WRONG");
  EXPECT_EQ(AnswerReason(kLiaison, name, "", v1::ANSWER_SUBSTITUTE), "FIELD_REQUIRED");

  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(AnswerReason(kLiaison, name), "MEETING_BEGUN");
}

TEST_F(MeetingServiceTest, TwinsOfOneRequestConveneOnce) {
  v1::ConveneMeetingRequest request;
  request.set_name(Create().name());
  request.set_request_id("r-1");
  std::vector<v1::Meeting> answers(5);
  std::vector<absl::Status> statuses(5);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < answers.size(); ++i) {
    threads.emplace_back([&, i] {
      statuses[i] = Call(&v1::MeetingService::Stub::ConveneMeeting, kStreet, request, &answers[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < answers.size(); ++i) {
    EXPECT_TRUE(statuses[i].ok()) << statuses[i];
    EXPECT_EQ(answers[i].SerializeAsString(), answers[0].SerializeAsString());
  }
  EXPECT_EQ(answers[0].invited_count(), 3);
}

TEST_F(MeetingServiceTest, ListsPageByPage) {
  for (int i = 0; i < 5; ++i) Create(absl::Hours(24 + i % 2));
  const std::string convened = Convened().name();
  v1::ListMeetingsRequest request;
  request.set_parent("alliances/a");
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    v1::ListMeetingsResponse page;
    const auto status = Call(&v1::MeetingService::Stub::ListMeetings, kStreet, request, &page);
    ASSERT_TRUE(status.ok()) << status;
    for (const v1::Meeting& meeting : page.meetings()) names.push_back(meeting.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, SizeIs(6));
  EXPECT_THAT(std::set<std::string>(names.begin(), names.end()), SizeIs(6));

  v1::ListMeetingsResponse page;
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ListMeetings, kLiaison, request, &page).ok());
  ASSERT_THAT(page.meetings(), SizeIs(1));
  EXPECT_EQ(page.meetings(0).name(), convened);
  EXPECT_EQ(page.meetings(0).own_invitation().member(), "alliances/a/members/m1");

  request.set_page_token("bm9uc2Vuc2U");
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::ListMeetings, kStreet, request, &page)),
            "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  request.set_state(static_cast<v1::Meeting::State>(9));
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::ListMeetings, kStreet, request, &page)),
            "FIELD_INVALID");
}

TEST_F(MeetingServiceTest, ListsInvitationsOfWhatTheCallerSees) {
  v1::ListInvitationsRequest request;
  request.set_parent(Convened().name());
  request.set_page_size(2);
  v1::ListInvitationsResponse page;
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ListInvitations, kLiaison, request, &page).ok());
  ASSERT_THAT(page.invitations(), SizeIs(2));
  request.set_page_token(page.next_page_token());
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ListInvitations, kLiaison, request, &page).ok());
  ASSERT_THAT(page.invitations(), SizeIs(1));
  EXPECT_EQ(page.invitations(0).member(), "alliances/a/members/m3");
  EXPECT_EQ(page.next_page_token(), "");

  request.Clear();
  request.set_parent(Create().name());
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::ListInvitations, kLiaison, request, &page)),
            "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(Call(&v1::MeetingService::Stub::ListInvitations, kStreet, request, &page).ok());
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::ListInvitations, kStaff, request, &page)),
            "ROLE_REQUIRED");
}

const auth::v1::Caller kChair = With(Person("chair"), auth::v1::ROLE_CHAIR, "m2");

TEST_F(MeetingServiceTest, TheChairRunsAMeetingFromDraftToClose) {
  v1::CreateMeetingRequest request;
  request.set_parent("alliances/a");
  request.mutable_meeting()->set_title("联席会议");
  *request.mutable_meeting()->mutable_start_time() = api::ToProto(clock_.Now() + absl::Hours(24));
  *request.mutable_meeting()->mutable_end_time() = api::ToProto(clock_.Now() + absl::Hours(26));
  v1::AgendaItem& item = *request.mutable_meeting()->add_agenda_items();
  item.set_title("共享停车");
  item.set_kind(alliance::v1::ITEM_KIND_MAJOR);
  v1::Meeting meeting;
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::CreateMeeting, kChair, request, &meeting).ok());
  EXPECT_EQ(meeting.agenda_items(0).id(), "i1");
  const std::string name = meeting.name();

  v1::UpdateMeetingRequest update;
  update.mutable_meeting()->set_name(name);
  update.mutable_meeting()->set_location("三楼会议室");
  update.mutable_meeting()->set_etag(meeting.etag());
  update.mutable_update_mask()->add_paths("location");
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::UpdateMeeting, kChair, update, &meeting).ok());
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::UpdateMeeting, kStreet, update, &meeting)),
            "ETAG_STALE");

  v1::ConveneMeetingRequest convene;
  convene.set_name(name);
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ConveneMeeting, kChair, convene, &meeting).ok());
  EXPECT_EQ(meeting.charter_version(), 1);
  EXPECT_EQ(meeting.location(), "三楼会议室");
  // Units know the appointment: the agenda may still grow, the time not move.
  update.mutable_meeting()->set_etag("");
  update.mutable_meeting()->set_title("另一个会");
  update.mutable_update_mask()->add_paths("title");
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::UpdateMeeting, kChair, update, &meeting)),
            "STATE_WRONG");

  v1::OpenMeetingRequest open;
  open.set_name(name);
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::OpenMeeting, kChair, open, &meeting)),
            "CHECK_IN_EARLY");
  EXPECT_EQ(
      AnswerReason(With(Person("l3"), auth::v1::ROLE_LIAISON, "m3"), name, "", v1::ANSWER_LEAVE),
      "alliances/a/members/m3");
  clock_.Advance(absl::Hours(23));
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::OpenMeeting, kChair, open, &meeting).ok());
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_OPEN);
  EXPECT_EQ(meeting.leave_count(), 1);

  v1::SetCurrentItemRequest current;
  current.set_name(name);
  current.set_item("i9");
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::SetCurrentItem, kChair, current, &meeting)),
            "FIELD_INVALID");
  current.set_item("i1");
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::SetCurrentItem, kChair, current, &meeting).ok());
  EXPECT_EQ(meeting.current_item(), "i1");

  v1::CloseMeetingRequest close;
  close.set_name(name);
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::CloseMeeting, kLiaison, close, &meeting)),
            "ROLE_REQUIRED");
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::CloseMeeting, kChair, close, &meeting).ok());
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_CLOSED);
  EXPECT_EQ(meeting.current_item(), "");
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::CloseMeeting, kChair, close, &meeting)),
            "STATE_WRONG");
}

TEST_F(MeetingServiceTest, AnAgendaNamesTopicsThatTheAllianceHasAccepted) {
  api::Call call;
  call.caller = kStreet;
  call.alliance = "alliances/a";
  call.now = clock_.Now();
  const auto make = [&](v1::Topic::State state) {
    v1::Topic sent;
    sent.set_title("共享停车");
    const auto made = db::InTransaction(
        database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) -> absl::Status {
          const auto submitted = topics_.Create(c, call, "a", sent);
          if (!submitted.ok()) return submitted.status();
          sent = *submitted;
          if (state == v1::Topic::STATE_SUBMITTED) return absl::OkStatus();
          return topics_.Put(c, call, sent, Moved(sent, state, "因此", "", call.now));
        });
    EXPECT_TRUE(made.ok()) << made;
    return sent.name();
  };
  const std::string topic = make(v1::Topic::STATE_ACCEPTED);
  v1::CreateMeetingRequest request;
  request.set_parent("alliances/a");
  request.mutable_meeting()->set_title("联席会议");
  *request.mutable_meeting()->mutable_start_time() = api::ToProto(clock_.Now() + absl::Hours(24));
  *request.mutable_meeting()->mutable_end_time() = api::ToProto(clock_.Now() + absl::Hours(26));
  request.mutable_meeting()->add_agenda_items()->set_title("通报");
  v1::AgendaItem& item = *request.mutable_meeting()->add_agenda_items();
  item.set_title("共享停车");
  v1::Meeting meeting;
  const auto field = [&] {
    const auto status = Call(&v1::MeetingService::Stub::CreateMeeting, kStreet, request, &meeting);
    const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
    google::rpc::BadRequest bad;
    if (payload.has_value()) bad.ParseFromString(std::string(*payload));
    return bad.field_violations_size() == 1 ? bad.field_violations(0).field() : status.ToString();
  };
  item.set_topic("alliances/a/topics/none");
  EXPECT_EQ(field(), "meeting.agenda_items[1].topic");
  item.set_topic("alliances/b/topics/" + api::LastId(topic));  // another alliance's
  EXPECT_EQ(field(), "meeting.agenda_items[1].topic");
  for (const auto state : {v1::Topic::STATE_SUBMITTED, v1::Topic::STATE_DEFERRED,
                           v1::Topic::STATE_REJECTED, v1::Topic::STATE_WITHDRAWN}) {
    item.set_topic(make(state));
    EXPECT_EQ(field(), "meeting.agenda_items[1].topic") << v1::Topic::State_Name(state);
  }
  item.set_topic(topic);
  EXPECT_EQ(field(), "OK");

  v1::UpdateMeetingRequest update;
  *update.mutable_meeting() = meeting;
  update.mutable_meeting()->mutable_agenda_items(0)->set_topic("alliances/a/topics/none");
  update.mutable_update_mask()->add_paths("agenda_items");
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::UpdateMeeting, kStreet, update, &meeting)),
            "FIELD_INVALID");
}

TEST_F(MeetingServiceTest, NoticeGoesOutInTimeOrNotAtAll) {
  alliance::v1::Charter charter;
  charter.set_name("alliances/a/charters/1");
  charter.set_version(1);
  charter.mutable_meeting()->set_notice_days(7);
  Adopt(charter);
  v1::ConveneMeetingRequest convene;
  v1::Meeting meeting;
  convene.set_name(Create(7 * absl::Hours(24) - absl::Seconds(1)).name());
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::ConveneMeeting, kStreet, convene, &meeting)),
            "NOTICE_TOO_LATE");
  convene.set_name(Create(7 * absl::Hours(24)).name());
  EXPECT_TRUE(Call(&v1::MeetingService::Stub::ConveneMeeting, kStreet, convene, &meeting).ok());
}

TEST_F(MeetingServiceTest, ADelegateChecksInByTheCodeThatIsShown) {
  const std::string name = Convened().name();
  v1::CheckInDelegateRequest request;
  request.set_name(name);
  v1::Attendance attendance;
  const auto check_in = [&](const auth::v1::Caller& caller) {
    const auto status =
        Call(&v1::MeetingService::Stub::CheckInDelegate, caller, request, &attendance);
    return status.ok() ? attendance.member() : ReasonOf(status);
  };
  request.set_code("000000x");
  EXPECT_EQ(check_in(kStaff), "CHECK_IN_CODE_WRONG");
  request.set_code(key_.MakeCode(name, clock_.Now()).text);
  EXPECT_EQ(check_in(kStaff), "CHECK_IN_EARLY");
  clock_.Advance(absl::Hours(22));
  EXPECT_EQ(check_in(kStaff), "CHECK_IN_CODE_WRONG");  // that of yesterday
  request.set_code(key_.MakeCode(name, clock_.Now()).text);
  EXPECT_EQ(check_in(kStaff), "alliances/a/members/m1");
  EXPECT_EQ(check_in(kLiaison), "alliances/a/members/m1");  // is there already
  request.set_code(key_.MakeCode(name, clock_.Now()).text);
  EXPECT_EQ(check_in(With(Person("x"), auth::v1::ROLE_LIAISON, "m9")), "RESOURCE_NOT_FOUND");

  v1::GetCheckInCodeRequest ask;
  ask.set_name(name);
  v1::CheckInCode code;
  EXPECT_EQ(ReasonOf(Call(&v1::MeetingService::Stub::GetCheckInCode, kLiaison, ask, &code)),
            "ROLE_REQUIRED");
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::GetCheckInCode, kStreet, ask, &code).ok());
  EXPECT_EQ(code.code(), request.code());

  // The street lets in who has no phone, and observers.
  v1::CheckInDelegateRequest observer;
  observer.set_name(name);
  observer.set_observer_display_name("区纪工委");
  ASSERT_TRUE(
      Call(&v1::MeetingService::Stub::CheckInDelegate, kStreet, observer, &attendance).ok());
  EXPECT_TRUE(attendance.observer());
  v1::Meeting meeting;
  ASSERT_TRUE(Get(kStaff, name, &meeting).ok());
  EXPECT_EQ(meeting.present_count(), 1);
  EXPECT_EQ(meeting.observer_count(), 1);
}

TEST_F(MeetingServiceTest, CodesCannotBeGuessed) {
  const std::string name = Convened().name();
  clock_.Advance(absl::Hours(23));
  v1::CheckInDelegateRequest request;
  request.set_name(name);
  request.set_code("1");
  v1::Attendance attendance;
  std::string reason;
  for (int i = 0; i < 6; ++i) {
    reason =
        ReasonOf(Call(&v1::MeetingService::Stub::CheckInDelegate, kStaff, request, &attendance));
  }
  EXPECT_EQ(reason, "RATE_LIMITED");
}

// Sixty units come and leave at once, many times: the counts are those of the rows, and who
// watches sees them without asking.
TEST_F(MeetingServiceTest, CountsEqualTheRowsHoweverManyComeAndLeaveAtOnce) {
  for (int i = 10; i < 70; ++i) {
    alliance::v1::Member member;
    member.set_name(fmt::format("alliances/a/members/m{}", i));
    member.set_display_name(fmt::format("m{}", i));
    member.set_state(alliance::v1::Member::STATE_ACTIVE);
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(member);
    EXPECT_TRUE(
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                          [&](db::Connection& c) { return AllianceStore().Apply(c, entry); })
            .ok());
  }
  const std::string name = Convened().name();
  clock_.Advance(absl::Hours(23));
  grpc::ClientContext watching;
  watching.AddMetadata(rpc::kCallerMetadata,
                       signer_->Sign(kChair, "jinhuan.meeting.v1", clock_.Now()));
  v1::WatchMeetingRequest watch;
  watch.set_name(name);
  const auto stream = stub_->WatchMeeting(&watching, watch);
  std::atomic<int> seen = -1;
  std::atomic<int64_t> revision = 0;
  std::thread watcher([&] {
    for (v1::WatchMeetingResponse now; stream->Read(&now);) {
      EXPECT_GE(now.revision(), revision);
      revision = now.revision();
      seen = now.meeting().present_count();
    }
  });
  std::vector<std::thread> doors;
  for (int door = 0; door < 12; ++door) {
    doors.emplace_back([&, door] {
      for (int i = 10 + door; i < 70; i += 12) {
        v1::CheckInDelegateRequest come;
        come.set_name(name);
        come.set_member(fmt::format("alliances/a/members/m{}", i));
        v1::LeaveMeetingRequest leave;
        leave.set_name(name);
        leave.set_member(come.member());
        v1::Attendance attendance;
        const auto in =
            Call(&v1::MeetingService::Stub::CheckInDelegate, kStreet, come, &attendance);
        EXPECT_TRUE(in.ok()) << in;
        if (i % 3 != 0) continue;
        const auto out = Call(&v1::MeetingService::Stub::LeaveMeeting, kStreet, leave, &attendance);
        EXPECT_TRUE(out.ok()) << out;
      }
    });
  }
  for (std::thread& door : doors) door.join();
  v1::ListAttendancesRequest list;
  list.set_parent(name);
  list.set_page_size(1000);
  v1::ListAttendancesResponse rows;
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ListAttendances, kStreet, list, &rows).ok());
  EXPECT_THAT(rows.attendances(), SizeIs(60));
  const auto there = std::count_if(rows.attendances().begin(), rows.attendances().end(),
                                   [](const auto& one) { return one.present(); });
  EXPECT_EQ(there, 40);
  v1::Meeting meeting;
  ASSERT_TRUE(Get(kStreet, name, &meeting).ok());
  EXPECT_EQ(meeting.present_count(), there);
  const absl::Time patience = absl::Now() + absl::Seconds(10);
  while (seen != there && absl::Now() < patience) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_EQ(seen, there);
  watching.TryCancel();
  watcher.join();
}

TEST_F(MeetingServiceTest, TemplatesAreKeptAndRemoved) {
  v1::CreateMeetingTemplateRequest request;
  request.set_parent("alliances/a");
  request.mutable_meeting_template()->set_display_name("季度联席会议");
  v1::MeetingTemplate made;
  EXPECT_EQ(
      ReasonOf(Call(&v1::MeetingService::Stub::CreateMeetingTemplate, kChair, request, &made)),
      "FIELD_INVALID");
  request.mutable_meeting_template()->set_minutes(120);
  request.mutable_meeting_template()->add_agenda_items()->set_title("通报工作");
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::CreateMeetingTemplate, kChair, request, &made).ok());
  v1::ListMeetingTemplatesRequest list;
  list.set_parent("alliances/a");
  v1::ListMeetingTemplatesResponse all;
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::ListMeetingTemplates, kStreet, list, &all).ok());
  ASSERT_THAT(all.meeting_templates(), SizeIs(1));
  v1::DeleteMeetingTemplateRequest remove;
  remove.set_name(made.name());
  v1::DeleteMeetingTemplateResponse gone;
  ASSERT_TRUE(Call(&v1::MeetingService::Stub::DeleteMeetingTemplate, kStreet, remove, &gone).ok());
  EXPECT_EQ(
      ReasonOf(Call(&v1::MeetingService::Stub::DeleteMeetingTemplate, kStreet, remove, &gone)),
      "RESOURCE_NOT_FOUND");
}

}  // namespace
}  // namespace jinhuan::meeting
