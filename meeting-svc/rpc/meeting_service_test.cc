#include "meeting-svc/rpc/meeting_service.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/db/platform_migrations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <thread>

#include "absl/time/clock.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "meeting-svc/storage/alliance_store.h"
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
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = v1::MeetingService::NewStub(server_->InProcessChannel({}));
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
  MeetingService service_{
      {clock_, ids_, *verifier_, admission_, metrics_}, database_.pool(), meetings_};
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

}  // namespace
}  // namespace jinhuan::meeting
