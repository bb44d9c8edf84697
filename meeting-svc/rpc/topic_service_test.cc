#include "meeting-svc/rpc/topic_service.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <thread>

#include "absl/time/clock.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using Stub = v1::TopicService::Stub;
using v1::Topic;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
constexpr int kTopicDays = 5;

auth::v1::Caller As(auth::v1::Role role, const std::string& unit) {
  auth::v1::Caller caller;
  caller.set_name("users/" + unit);
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance("alliances/a");
  if (!unit.empty()) grant.set_member("alliances/a/members/" + unit);
  return caller;
}

const auth::v1::Caller kStreet = As(auth::v1::ROLE_STREET_ADMIN, "");
const auth::v1::Caller kChair = As(auth::v1::ROLE_CHAIR, "m3");
const auth::v1::Caller kFirst = As(auth::v1::ROLE_LIAISON, "m1");
const auth::v1::Caller kSecond = As(auth::v1::ROLE_LIAISON, "m2");
const auth::v1::Caller kThird = As(auth::v1::ROLE_LIAISON, "m3");

// The service as it is called, in this process.
class TopicServiceTest : public ::testing::Test {
 protected:
  TopicServiceTest() {
    for (const char* id : {"m1", "m2", "m3"}) {
      alliance::v1::Member member;
      member.set_name(fmt::format("alliances/a/members/{}", id));
      member.set_display_name(id);
      member.set_state(alliance::v1::Member::STATE_ACTIVE);
      Hear(member);
    }
    alliance::v1::Charter charter;
    charter.set_name("alliances/a/charters/1");
    charter.set_version(1);
    charter.mutable_meeting()->set_topic_days(kTopicDays);
    Hear(charter);
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = v1::TopicService::NewStub(server_->InProcessChannel({}));
  }

  void Hear(const google::protobuf::Message& resource) {
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(resource);
    const auto status =
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                          [&](db::Connection& c) { return alliances_.Apply(c, entry); });
    EXPECT_TRUE(status.ok()) << status;
  }

  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const auth::v1::Caller& caller, const Request& request) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    Response response;
    const absl::Status status = rpc::FromGrpc((*stub_.*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  // The name of a meeting that begins so much later.
  std::string Meeting(absl::Duration from_now) {
    api::Call call;
    call.method = "test";
    call.alliance = "alliances/a";
    call.now = clock_.Now();
    v1::Meeting meeting;
    meeting.set_title("联席会议");
    *meeting.mutable_start_time() = api::ToProto(clock_.Now() + from_now);
    *meeting.mutable_end_time() = api::ToProto(clock_.Now() + from_now + absl::Hours(2));
    const absl::Status status = db::InTransaction(
        database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
          auto made = meetings_.Create(c, call, "a", meeting);
          if (made.ok()) meeting = *std::move(made);
          return made.status();
        });
    EXPECT_TRUE(status.ok()) << status;
    return meeting.name();
  }

  absl::StatusOr<Topic> Submit(const auth::v1::Caller& caller, const std::string& meeting = "") {
    v1::SubmitTopicRequest request;
    request.set_parent("alliances/a");
    request.mutable_topic()->set_title("共享停车");
    request.mutable_topic()->set_body("夜间车位不足");
    request.mutable_topic()->set_meeting(meeting);
    v1::TopicAttachment& file = *request.add_attachments();
    file.set_display_name("方案.pdf");
    file.set_content("%PDF-1.7");
    return Call(&Stub::SubmitTopic, caller, request);
  }
  absl::StatusOr<Topic> Get(const auth::v1::Caller& caller, const std::string& name) {
    v1::GetTopicRequest request;
    request.set_name(name);
    return Call(&Stub::GetTopic, caller, request);
  }
  absl::StatusOr<Topic> Endorse(const auth::v1::Caller& caller, const std::string& name) {
    v1::EndorseTopicRequest request;
    request.set_name(name);
    return Call(&Stub::EndorseTopic, caller, request);
  }
  static v1::ReviewTopicRequest Decision(const std::string& name, Topic::State decision) {
    v1::ReviewTopicRequest request;
    request.set_name(name);
    request.set_decision(decision);
    if (decision != Topic::STATE_ACCEPTED) request.set_reason("因此");
    return request;
  }
  absl::StatusOr<Topic> Review(const auth::v1::Caller& caller,
                               const v1::ReviewTopicRequest& request) {
    return Call(&Stub::ReviewTopic, caller, request);
  }
  static std::string ReasonOf(const absl::StatusOr<Topic>& result) {
    return jinhuan::ReasonOf(result.status());
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  AllianceStore alliances_;
  MeetingStore meetings_{journal_, ids_};
  TopicStore topics_{journal_, ids_};
  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 8};
  rpc::Metrics metrics_;
  TopicService service_{{clock_, ids_, *verifier_, admission_, metrics_},
                        database_.pool(),
                        topics_,
                        meetings_,
                        alliances_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(TopicServiceTest, AUnitAndTheStreetSubmit) {
  const auto topic = Submit(kFirst);
  ASSERT_TRUE(topic.ok()) << topic.status();
  EXPECT_EQ(topic->member(), "alliances/a/members/m1");
  EXPECT_EQ(topic->member_display_name(), "m1");
  EXPECT_EQ(Submit(kStreet)->member(), "");
  EXPECT_EQ(ReasonOf(Submit(As(auth::v1::ROLE_STAFF, "m1"))), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Submit(As(auth::v1::ROLE_LIAISON, "gone"))), "RESOURCE_NOT_FOUND");
  auto both = kFirst;
  both.add_grants()->CopyFrom(kSecond.grants(0));
  EXPECT_EQ(ReasonOf(Submit(both)), "FIELD_REQUIRED");

  v1::GetTopicAttachmentRequest file;
  file.set_name(topic->name() + "/attachments/1");
  EXPECT_EQ(Call(&Stub::GetTopicAttachment, kSecond, file)->content(), "%PDF-1.7");
  file.set_name(topic->name() + "/attachments/x");
  EXPECT_EQ(jinhuan::ReasonOf(Call(&Stub::GetTopicAttachment, kSecond, file).status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(TopicServiceTest, TopicsForAMeetingAreCollectedUntilTheChartersDay) {
  const std::string meeting = Meeting(absl::Hours(24) * kTopicDays + absl::Seconds(1));
  EXPECT_TRUE(Submit(kStreet, meeting).ok());
  EXPECT_EQ(ReasonOf(Submit(kFirst, meeting)), "RESOURCE_NOT_FOUND");  // a draft
  const auto early = Submit(kFirst);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonOf(Submit(kStreet, meeting)), "TOPIC_LATE");
  const auto late = Submit(kFirst);
  ASSERT_TRUE(early.ok() && late.ok());

  // What came in time may be accepted for it afterwards; what came late may not.
  v1::ReviewTopicRequest accept = Decision(early->name(), Topic::STATE_ACCEPTED);
  accept.set_meeting(meeting);
  const auto accepted = Review(kStreet, accept);
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(accepted->meeting(), meeting);
  accept.set_name(late->name());
  EXPECT_EQ(ReasonOf(Review(kStreet, accept)), "TOPIC_LATE");
  EXPECT_TRUE(Review(kStreet, Decision(late->name(), Topic::STATE_DEFERRED)).ok());
}

TEST_F(TopicServiceTest, OtherUnitsEndorseOnce) {
  const std::string name = Submit(kFirst)->name();
  EXPECT_EQ(ReasonOf(Endorse(kFirst, name)), "OWN_TOPIC");
  EXPECT_EQ(ReasonOf(Endorse(kStreet, name)), "ROLE_REQUIRED");
  EXPECT_EQ(Endorse(kSecond, name)->endorsement_count(), 1);
  const auto again = Endorse(kSecond, name);
  EXPECT_EQ(again->endorsement_count(), 1);
  EXPECT_TRUE(again->own_endorsed());
  EXPECT_FALSE(Get(kThird, name)->own_endorsed());
  v1::WithdrawEndorsementRequest back;
  back.set_name(name);
  EXPECT_EQ(Call(&Stub::WithdrawEndorsement, kSecond, back)->endorsement_count(), 0);
}

TEST_F(TopicServiceTest, TheChairAndTheStreetReviewAndTheProposerSeesEachStep) {
  const std::string name = Submit(kFirst)->name();
  EXPECT_EQ(ReasonOf(Review(kSecond, Decision(name, Topic::STATE_ACCEPTED))), "ROLE_REQUIRED");
  EXPECT_TRUE(Review(kStreet, Decision(name, Topic::STATE_DEFERRED)).ok());
  EXPECT_TRUE(Review(kChair, Decision(name, Topic::STATE_REJECTED)).ok());
  EXPECT_EQ(ReasonOf(Review(kChair, Decision(name, Topic::STATE_ACCEPTED))), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Endorse(kSecond, name)), "STATE_WRONG");
  const auto seen = Get(kFirst, name);
  ASSERT_THAT(seen->steps(), SizeIs(3));
  EXPECT_EQ(seen->steps(1).state(), Topic::STATE_DEFERRED);
  EXPECT_EQ(seen->steps(2).reason(), "因此");
}

TEST_F(TopicServiceTest, AMergedTopicsSupportGoesOn) {
  const std::string into = Submit(kFirst)->name();
  const std::string name = Submit(kSecond)->name();
  EXPECT_TRUE(Endorse(kFirst, name).ok());
  EXPECT_TRUE(Endorse(kThird, name).ok());
  v1::ReviewTopicRequest merge = Decision(name, Topic::STATE_MERGED);
  merge.set_merge_into(into);
  const auto merged = Review(kChair, merge);
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->merged_into(), into);
  const auto target = Get(kFirst, into);
  EXPECT_EQ(target->endorsement_count(), 2);  // its own proposer is none
  EXPECT_EQ(target->state(), Topic::STATE_SUBMITTED);
  // What is merged takes nothing over.
  merge.set_name(Submit(kFirst)->name());
  merge.set_merge_into(name);
  EXPECT_EQ(ReasonOf(Review(kChair, merge)), "STATE_WRONG");
}

TEST_F(TopicServiceTest, OfTwoThatMergeIntoEachOtherOneStays) {
  const std::string a = Submit(kFirst)->name();
  const std::string b = Submit(kSecond)->name();
  std::vector<absl::StatusOr<Topic>> results(2, absl::UnknownError(""));
  std::vector<std::thread> threads;
  for (size_t i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] {
      v1::ReviewTopicRequest merge = Decision(i == 0 ? a : b, Topic::STATE_MERGED);
      merge.set_merge_into(i == 0 ? b : a);
      results[i] = Review(kChair, merge);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_NE(results[0].ok(), results[1].ok());
  EXPECT_EQ(ReasonOf(results[results[0].ok() ? 1 : 0]), "STATE_WRONG");
}

TEST_F(TopicServiceTest, OnlyItsProposerTakesATopicBack) {
  v1::WithdrawTopicRequest request;
  request.set_name(Submit(kFirst)->name());
  EXPECT_EQ(ReasonOf(Call(&Stub::WithdrawTopic, kSecond, request)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Call(&Stub::WithdrawTopic, kFirst, request)->state(), Topic::STATE_WITHDRAWN);
  EXPECT_EQ(ReasonOf(Call(&Stub::WithdrawTopic, kFirst, request)), "STATE_WRONG");
}

TEST_F(TopicServiceTest, ListsPageByPage) {
  std::vector<std::string> expected;
  for (int i = 0; i < 3; ++i) expected.insert(expected.begin(), Submit(kFirst)->name());
  v1::ListTopicsRequest request;
  request.set_parent("alliances/a");
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = Call(&Stub::ListTopics, kSecond, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const Topic& topic : page->topics()) names.push_back(topic.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names, expected);
  v1::ReviewTopicRequest elsewhere = Decision(expected[0], Topic::STATE_MERGED);
  elsewhere.set_merge_into("alliances/b/topics/t");
  EXPECT_EQ(ReasonOf(Review(kChair, elsewhere)), "FIELD_INVALID");
  request.set_meeting("x");
  EXPECT_EQ(jinhuan::ReasonOf(Call(&Stub::ListTopics, kSecond, request).status()), "NAME_INVALID");
}

}  // namespace
}  // namespace jinhuan::meeting
