#include "meeting-svc/rpc/request_service.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>

#include <thread>

#include "absl/time/clock.h"
#include "meeting-svc/rpc/request_keeper.h"
#include "meeting-svc/storage/migrations.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/table/table.h"
#include "platform/testing/test_database.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;
using Stub = v1::RequestService::Stub;

constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

auth::v1::Caller As(const std::string& name, auth::v1::Role role, const std::string& unit = "") {
  auth::v1::Caller caller;
  caller.set_name(name);
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance("alliances/a");
  if (!unit.empty()) grant.set_member("alliances/a/members/" + unit);
  return caller;
}

const auth::v1::Caller kStreet = As("users/street", auth::v1::ROLE_STREET_ADMIN);
const auth::v1::Caller kStaff = As("users/staff", auth::v1::ROLE_STAFF, "m1");
const auth::v1::Caller kOther = As("users/other", auth::v1::ROLE_STAFF, "m1");
const auth::v1::Caller kUnit = As("users/unit", auth::v1::ROLE_LIAISON, "m2");
const auth::v1::Caller kUnit3 = As("users/unit3", auth::v1::ROLE_LIAISON, "m3");
const auth::v1::Caller kSystem = As("serviceAccounts/city", auth::v1::ROLE_SYSTEM);
const std::string kPng = std::string("\x89PNG\r\n\x1a\n", 8) + std::string("\0\0\0\x0dIHDR", 8) +
                         "1234567890123crc!" + std::string("\0\0\0\3tEXtGPScrc!", 15) +
                         std::string("\0\0\0\1IDATxcrc!", 13) + std::string("\0\0\0\0IENDcrc!", 12);

class RequestServiceTest : public ::testing::Test {
 protected:
  RequestServiceTest() {
    for (const char* id : {"m1", "m2", "m3"}) {
      alliance::v1::Member member;
      member.set_name(std::string("alliances/a/members/").append(id));
      member.set_display_name(id);
      member.set_state(alliance::v1::Member::STATE_ACTIVE);
      Apply(member);
    }
    alliance::v1::Charter charter;
    charter.set_name("alliances/a/charters/7");
    charter.set_version(7);
    charter.mutable_clocks()->set_simple_request_days(1);
    charter.mutable_clocks()->set_ordinary_request_days(5);
    charter.mutable_clocks()->set_difficult_request_days(15);
    Apply(charter);
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = v1::RequestService::NewStub(server_->InProcessChannel({}));
  }

  void Apply(const google::protobuf::Message& fact) {
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(fact);
    EXPECT_TRUE(db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                  [&](db::Connection& c) { return alliances_.Apply(c, entry); })
                    .ok());
  }

  template <class Request, class Response>
  absl::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const auth::v1::Caller& caller, const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now()));
    return rpc::FromGrpc((*stub_.*method)(&context, request, response));
  }

  static v1::CreateRequestRequest Report() {
    v1::CreateRequestRequest request;
    request.set_parent("alliances/a");
    request.mutable_request()->set_title("路灯不亮");
    request.mutable_request()->set_place("金穗路 12 号");
    request.mutable_request()->set_category(v1::REQUEST_CATEGORY_REPAIR);
    return request;
  }
  v1::Request CreateAs(const auth::v1::Caller& caller,
                       const v1::CreateRequestRequest& request = Report()) {
    v1::Request made;
    const auto status = Call(&Stub::CreateRequest, caller, request, &made);
    EXPECT_TRUE(status.ok()) << status;
    return made;
  }
  v1::Request Create(const v1::CreateRequestRequest& request = Report()) {
    return CreateAs(kStaff, request);
  }
  std::string Merge(const auth::v1::Caller& caller, const std::string& into,
                    const std::vector<std::string>& names, v1::Request* after = nullptr) {
    v1::MergeRequestsRequest request;
    request.set_name(into);
    request.mutable_merged_names()->Assign(names.begin(), names.end());
    request.set_reason("同一处");
    v1::Request response;
    return ReasonOf(
        Call(&Stub::MergeRequests, caller, request, after == nullptr ? &response : after));
  }
  std::string Split(const std::string& name, v1::Request* after = nullptr) {
    v1::SplitRequestRequest request;
    request.set_name(name);
    request.set_reason("不是一回事");
    v1::Request response;
    return ReasonOf(
        Call(&Stub::SplitRequest, kStreet, request, after == nullptr ? &response : after));
  }
  absl::Status Get(const auth::v1::Caller& caller, const std::string& name, v1::Request* found) {
    v1::GetRequestRequest request;
    request.set_name(name);
    return Call(&Stub::GetRequest, caller, request, found);
  }
  std::string Dispatch(const std::string& name, const std::string& unit,
                       const std::string& reason = "", v1::Request* after = nullptr) {
    v1::DispatchRequestRequest request;
    request.set_name(name);
    request.set_member("alliances/a/members/" + unit);
    request.set_reason(reason);
    v1::Request response;
    return ReasonOf(
        Call(&Stub::DispatchRequest, kStreet, request, after == nullptr ? &response : after));
  }
  std::string Start(const auth::v1::Caller& caller, const std::string& name) {
    v1::StartRequestRequest request;
    request.set_name(name);
    v1::Request after;
    return ReasonOf(Call(&Stub::StartRequest, caller, request, &after));
  }
  std::string Resolve(const auth::v1::Caller& caller, const std::string& name) {
    v1::ResolveRequestRequest request;
    request.set_name(name);
    request.set_result("已更换灯泡");
    request.add_photos(kPng);
    v1::Request after;
    return ReasonOf(Call(&Stub::ResolveRequest, caller, request, &after));
  }
  std::string Rate(const auth::v1::Caller& caller, const std::string& name, int rating = 5) {
    v1::RateRequestRequest request;
    request.set_name(name);
    request.set_rating(rating);
    v1::Request after;
    return ReasonOf(Call(&Stub::RateRequest, caller, request, &after));
  }
  absl::Status List(const auth::v1::Caller& caller, v1::RequestView view,
                    v1::ListRequestsResponse* page, v1::Request::State state = {}) {
    v1::ListRequestsRequest request;
    request.set_parent("alliances/a");
    request.set_view(view);
    request.set_state(state);
    return Call(&Stub::ListRequests, caller, request, page);
  }
  // Everything of one category to one unit.
  std::string SetTable(const std::string& etag, const std::string& unit) {
    v1::UpdateDispatchTableRequest request;
    request.set_parent("alliances/a");
    request.mutable_dispatch_table()->set_etag(etag);
    v1::DispatchRule& rule = *request.mutable_dispatch_table()->add_rules();
    rule.set_category(v1::REQUEST_CATEGORY_REPAIR);
    rule.set_member("alliances/a/members/" + unit);
    v1::DispatchTable table;
    return ReasonOf(Call(&Stub::UpdateDispatchTable, kStreet, request, &table));
  }

  journal::v1::Entry LastEntryOf(const std::string& name) {
    while (journal_.SealOnce().value_or(0) > 0) {
    }
    return journal_.ReadFrom(1, 1000, {"", name}, absl::Now() + absl::Seconds(10))->back();
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  AllianceStore alliances_;
  RequestStore requests_{journal_, ids_};
  DispatchTableStore tables_{journal_};
  TopicStore topics_{journal_, ids_};
  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  rpc::Admission admission_{64, 8};
  rpc::Metrics metrics_;
  RequestService service_{{clock_, ids_, *verifier_, admission_, metrics_},
                          {database_.pool(), alliances_, requests_, tables_, topics_}};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(RequestServiceTest, FromAReportToTheArchive) {
  v1::CreateRequestRequest report = Report();
  report.add_photos(kPng);
  const v1::Request made = Create(report);
  const std::string name = made.name();
  EXPECT_EQ(made.state(), v1::Request::STATE_CLASSIFIED);
  EXPECT_EQ(made.charter_version(), 7);
  EXPECT_TRUE(made.own());

  EXPECT_EQ(Start(kUnit, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Dispatch(name, "m2"), "");
  EXPECT_EQ(Start(kUnit3, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kStaff, name), "STATE_WRONG");
  EXPECT_EQ(Start(kUnit, name), "");
  EXPECT_EQ(Resolve(kUnit, name), "");
  EXPECT_EQ(Dispatch(name, "m3", "改派"), "STATE_WRONG");
  EXPECT_EQ(Rate(kOther, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kStreet, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kStaff, name, 6), "FIELD_INVALID");
  EXPECT_EQ(Rate(kStaff, name), "");
  EXPECT_EQ(Rate(kStaff, name, 1), "STATE_WRONG");

  const RequestKeeper::Deps keeper{database_.pool(), requests_, ids_, clock_};
  EXPECT_EQ(*RequestKeeper::Keep(keeper, clock_.Now() + absl::Hours(24 * 7 - 1)), 0);
  EXPECT_EQ(*RequestKeeper::Keep(keeper, clock_.Now() + absl::Hours(24 * 7)), 1);
  EXPECT_EQ(*RequestKeeper::Keep(keeper, clock_.Now() + absl::Hours(24 * 8)), 0);
  v1::Request end;
  ASSERT_TRUE(Get(kStaff, name, &end).ok());
  EXPECT_EQ(end.state(), v1::Request::STATE_ARCHIVED);
  EXPECT_EQ(end.rating(), 5);
  EXPECT_THAT(end.steps(), SizeIs(7));
  EXPECT_THAT(end.result_photos(), SizeIs(1));
}

TEST_F(RequestServiceTest, WhoSeesWhat) {
  v1::CreateRequestRequest report = Report();
  report.add_photos(kPng);
  const v1::Request made = Create(report);
  v1::Request seen;
  EXPECT_EQ(ReasonOf(Get(kOther, made.name(), &seen)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get(kUnit, made.name(), &seen)), "RESOURCE_NOT_FOUND");
  ASSERT_EQ(Dispatch(made.name(), "m2"), "");
  ASSERT_TRUE(Get(kUnit, made.name(), &seen).ok());
  EXPECT_EQ(seen.reporter(), "");
  EXPECT_FALSE(seen.own());
  ASSERT_TRUE(Get(kSystem, made.name(), &seen).ok());
  EXPECT_EQ(seen.reporter(), "");
  ASSERT_TRUE(Get(kStreet, made.name(), &seen).ok());
  EXPECT_EQ(seen.reporter(), "users/staff");

  v1::GetRequestPhotoRequest ask;
  ask.set_name(made.photos(0));
  v1::RequestPhoto photo;
  EXPECT_EQ(ReasonOf(Call(&Stub::GetRequestPhoto, kOther, ask, &photo)), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Call(&Stub::GetRequestPhoto, kUnit, ask, &photo).ok());
  EXPECT_EQ(photo.media_type(), "image/png");
  EXPECT_EQ(photo.content().find("GPS"), std::string::npos);

  v1::ListRequestsResponse page;
  ASSERT_TRUE(List(kStaff, v1::REQUEST_VIEW_OWN, &page).ok());
  EXPECT_THAT(page.requests(), SizeIs(1));
  ASSERT_TRUE(List(kOther, v1::REQUEST_VIEW_OWN, &page).ok());
  EXPECT_THAT(page.requests(), SizeIs(0));
  ASSERT_TRUE(List(kUnit, v1::REQUEST_VIEW_UNIT, &page).ok());
  EXPECT_THAT(page.requests(), SizeIs(1));
  ASSERT_TRUE(List(kStreet, v1::REQUEST_VIEW_ALLIANCE, &page, v1::Request::STATE_DISPATCHED).ok());
  EXPECT_THAT(page.requests(), SizeIs(1));
  ASSERT_TRUE(List(kStreet, v1::REQUEST_VIEW_ALLIANCE, &page, v1::Request::STATE_RATED).ok());
  EXPECT_THAT(page.requests(), SizeIs(0));
  EXPECT_EQ(ReasonOf(List(kStaff, v1::REQUEST_VIEW_UNIT, &page)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(List(kUnit, v1::REQUEST_VIEW_ALLIANCE, &page)), "RESOURCE_NOT_FOUND");
}

TEST_F(RequestServiceTest, TheTableDispatchesByItself) {
  EXPECT_EQ(SetTable("0", "m9"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(SetTable("0", "m2"), "");
  EXPECT_EQ(SetTable("0", "m3"), "ETAG_STALE");
  const v1::Request made = Create();
  EXPECT_EQ(made.state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(made.member(), "alliances/a/members/m2");
  EXPECT_EQ(Dispatch(made.name(), "m3"), "REQUEST_HAS_UNIT");
  v1::Request moved;
  EXPECT_EQ(Dispatch(made.name(), "m3", "不在该单位辖区", &moved), "");
  EXPECT_EQ(moved.member(), "alliances/a/members/m3");
  EXPECT_EQ(ReasonOf(Get(kUnit, made.name(), &moved)), "RESOURCE_NOT_FOUND");

  alliance::v1::Member gone;
  gone.set_name("alliances/a/members/m2");
  gone.set_state(alliance::v1::Member::STATE_WITHDRAWN);
  Apply(gone);
  EXPECT_EQ(Create().state(), v1::Request::STATE_CLASSIFIED);
}

TEST_F(RequestServiceTest, WhatIsNotClassifiedIsClassifiedByTheStreet) {
  v1::CreateRequestRequest report = Report();
  report.mutable_request()->clear_category();
  const v1::Request made = Create(report);
  EXPECT_EQ(made.state(), v1::Request::STATE_RECEIVED);
  EXPECT_FALSE(made.has_due_time());
  EXPECT_EQ(Dispatch(made.name(), "m2"), "FIELD_REQUIRED");
  v1::DispatchRequestRequest request;
  request.set_name(made.name());
  request.set_member("alliances/a/members/m2");
  request.set_category(v1::REQUEST_CATEGORY_NOISE);
  request.set_type(v1::REQUEST_TYPE_SIMPLE);
  v1::Request after;
  ASSERT_TRUE(Call(&Stub::DispatchRequest, kStreet, request, &after).ok());
  EXPECT_EQ(after.state(), v1::Request::STATE_DISPATCHED);
  EXPECT_TRUE(after.has_due_time());
  clock_.Advance(absl::Hours(24 * 5));
  ASSERT_TRUE(Get(kStaff, made.name(), &after).ok());
  EXPECT_TRUE(after.overdue());
}

TEST_F(RequestServiceTest, OfTwoWhoDispatchAtOnceOneDoes) {
  for (int round = 0; round < 10; ++round) {
    const std::string name = Create().name();
    std::string reasons[2];
    std::thread one([&] { reasons[0] = Dispatch(name, "m2"); });
    std::thread two([&] { reasons[1] = Dispatch(name, "m3"); });
    one.join();
    two.join();
    std::sort(std::begin(reasons), std::end(reasons));
    EXPECT_EQ(reasons[0], "");
    EXPECT_EQ(reasons[1], "REQUEST_HAS_UNIT");
    v1::Request after;
    ASSERT_TRUE(Get(kStreet, name, &after).ok());
    EXPECT_THAT(after.steps(), SizeIs(3));
  }
}

TEST_F(RequestServiceTest, AnAlertSentFiveTimesAtOnceIsOne) {
  ASSERT_EQ(SetTable("0", "m2"), "");
  v1::IngestAlertRequest request;
  request.set_parent("alliances/a");
  request.set_source("city-alarm");
  request.set_external_id("A-1");
  *request.mutable_request() = Report().request();
  std::vector<v1::IngestAlertResponse> answers(5);
  std::vector<std::thread> threads;
  for (v1::IngestAlertResponse& answer : answers) {
    threads.emplace_back([&] {
      const auto status = Call(&Stub::IngestAlert, kSystem, request, &answer);
      EXPECT_TRUE(status.ok()) << status;
    });
  }
  for (std::thread& thread : threads) thread.join();
  int created = 0;
  for (const v1::IngestAlertResponse& answer : answers) {
    created += answer.created() ? 1 : 0;
    EXPECT_FALSE(answer.differs());
    EXPECT_EQ(answer.request().SerializeAsString(), answers[0].request().SerializeAsString());
  }
  EXPECT_EQ(created, 1);
  EXPECT_EQ(answers[0].request().state(), v1::Request::STATE_DISPATCHED);

  request.mutable_request()->set_title("别的");
  v1::IngestAlertResponse again;
  ASSERT_TRUE(Call(&Stub::IngestAlert, kSystem, request, &again).ok());
  EXPECT_FALSE(again.created());
  EXPECT_TRUE(again.differs());
  EXPECT_EQ(again.request().title(), "路灯不亮");
  request.set_external_id("");
  EXPECT_EQ(ReasonOf(Call(&Stub::IngestAlert, kSystem, request, &again)), "FIELD_INVALID");
  v1::ListRequestsResponse page;
  ASSERT_TRUE(List(kStreet, v1::REQUEST_VIEW_ALLIANCE, &page).ok());
  EXPECT_THAT(page.requests(), SizeIs(1));
}

TEST_F(RequestServiceTest, SaysWhatIsWrongAndKeepsNothing) {
  v1::CreateRequestRequest report = Report();
  report.add_photos("<svg>");
  v1::Request made;
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateRequest, kStaff, report, &made)), "PHOTO_INVALID");
  report.clear_photos();
  for (int i = 0; i < 7; ++i) report.add_photos(kPng);
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateRequest, kStaff, report, &made)), "PHOTO_INVALID");
  report = Report();
  report.mutable_request()->clear_place();
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateRequest, kStaff, report, &made)), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateRequest, kSystem, report, &made)), "ROLE_REQUIRED");
}

TEST_F(RequestServiceTest, ListsPageByPage) {
  for (int i = 0; i < 5; ++i) Create();
  v1::ListRequestsRequest request;
  request.set_parent("alliances/a");
  request.set_page_size(2);
  std::set<std::string> names;
  int pages = 0;
  do {
    v1::ListRequestsResponse page;
    ASSERT_TRUE(Call(&Stub::ListRequests, kStaff, request, &page).ok());
    for (const v1::Request& each : page.requests()) names.insert(each.name());
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_THAT(names, SizeIs(5));
  EXPECT_EQ(pages, 3);
}

TEST_F(RequestServiceTest, ListsAndFilesByTypeAndByClock) {
  v1::CreateRequestRequest simple = Report();
  simple.mutable_request()->set_type(v1::REQUEST_TYPE_SIMPLE);
  simple.mutable_request()->set_title("=1+1");
  const std::string late = Create(simple).name();  // one working day
  const std::string resolved = Create(simple).name();
  const std::string ordinary = Create().name();  // five
  for (const std::string& name : {late, resolved, ordinary}) EXPECT_EQ(Dispatch(name, "m2"), "");
  v1::ListRequestsRequest request;
  request.set_parent("alliances/a");
  const auto list = [&](const auth::v1::Caller& caller, v1::RequestView view) {
    request.set_view(view);
    v1::ListRequestsResponse page;
    EXPECT_TRUE(Call(&Stub::ListRequests, caller, request, &page).ok());
    std::vector<std::string> names;
    for (const v1::Request& each : page.requests()) names.push_back(each.name());
    return names;
  };
  using ::testing::ElementsAre;
  request.set_type(v1::REQUEST_TYPE_ORDINARY);
  EXPECT_THAT(list(kStreet, v1::REQUEST_VIEW_ALLIANCE), ElementsAre(ordinary));
  request.clear_type();
  request.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
  EXPECT_THAT(list(kStreet, v1::REQUEST_VIEW_ALLIANCE), SizeIs(0));

  v1::Request found;
  ASSERT_TRUE(Get(kStreet, late, &found).ok());
  clock_.Advance(api::FromProto(found.due_time()) - absl::Hours(1) - clock_.Now());
  EXPECT_EQ(Resolve(kUnit, resolved), "");
  EXPECT_THAT(list(kStreet, v1::REQUEST_VIEW_ALLIANCE), SizeIs(0));
  request.set_urgency(v1::REQUEST_URGENCY_SOON);
  EXPECT_THAT(list(kStreet, v1::REQUEST_VIEW_ALLIANCE), ElementsAre(late));
  clock_.Advance(absl::Hours(1));
  request.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
  EXPECT_THAT(list(kStreet, v1::REQUEST_VIEW_ALLIANCE), ElementsAre(late));
  EXPECT_THAT(list(kUnit, v1::REQUEST_VIEW_UNIT), ElementsAre(late));
  EXPECT_THAT(list(kUnit3, v1::REQUEST_VIEW_UNIT), SizeIs(0));
  EXPECT_THAT(list(kStaff, v1::REQUEST_VIEW_OWN), ElementsAre(late));
  request.set_state(v1::Request::STATE_IN_PROGRESS);
  EXPECT_THAT(list(kStreet, v1::REQUEST_VIEW_ALLIANCE), SizeIs(0));

  v1::ExportRequestsRequest file;
  file.set_parent("alliances/a");
  file.set_view(v1::REQUEST_VIEW_ALLIANCE);
  file.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
  v1::ExportRequestsResponse made;
  EXPECT_EQ(ReasonOf(Call(&Stub::ExportRequests, kUnit, file, &made)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Call(&Stub::ExportRequests, kStaff, file, &made)), "ROLE_REQUIRED");
  ASSERT_TRUE(Call(&Stub::ExportRequests, kStreet, file, &made).ok());
  EXPECT_EQ(made.row_count(), 1);
  EXPECT_FALSE(made.truncated());
  EXPECT_THAT(made.filename(), ::testing::StartsWith("诉求 "));
  const auto table = table::ReadTable(made.content());
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_THAT(table->rows, SizeIs(2));
  EXPECT_EQ(table->rows[1].cells[1], "=1+1");
  EXPECT_EQ(table->rows[1].cells[10], "是");
}

TEST_F(RequestServiceTest, WhatManyRaiseBecomesATopic) {
  const std::string first = Create().name();
  const std::string second = Create().name();
  v1::EscalateRequestRequest escalate;
  escalate.set_name(first);
  escalate.add_more_names(second);
  v1::Topic topic;
  EXPECT_EQ(ReasonOf(Call(&Stub::EscalateRequest, kStaff, escalate, &topic)), "ROLE_REQUIRED");
  ASSERT_TRUE(Call(&Stub::EscalateRequest, kStreet, escalate, &topic).ok());
  EXPECT_EQ(topic.title(), "路灯不亮");
  EXPECT_EQ(topic.body(), "路灯不亮");  // a topic is never without
  EXPECT_EQ(topic.request(), first);
  for (const std::string& name : {first, second}) {
    v1::Request found;
    ASSERT_TRUE(Get(kStaff, name, &found).ok());
    EXPECT_EQ(found.topic(), topic.name());
  }
  v1::EscalateRequestRequest longer;
  longer.set_name(Create().name());
  for (int i = 0; i < 61; ++i) longer.mutable_title()->append("灯");
  EXPECT_EQ(ReasonOf(Call(&Stub::EscalateRequest, kStreet, longer, &topic)), "FIELD_INVALID");
  longer.mutable_title()->resize(60 * 3);
  ASSERT_TRUE(Call(&Stub::EscalateRequest, kStreet, longer, &topic).ok());
  EXPECT_EQ(topic.title(), longer.title());
  // None becomes two topics, and of what is refused nothing stays.
  escalate.set_name(Create().name());
  EXPECT_EQ(ReasonOf(Call(&Stub::EscalateRequest, kStreet, escalate, &topic)), "REQUEST_HAS_TOPIC");
  v1::Request found;
  ASSERT_TRUE(Get(kStaff, escalate.name(), &found).ok());
  EXPECT_EQ(found.topic(), "");
  escalate.add_more_names(second);
  EXPECT_EQ(ReasonOf(Call(&Stub::EscalateRequest, kStreet, escalate, &topic)), "FIELD_INVALID");
}

TEST_F(RequestServiceTest, WhatIsMergedGoesOnInAnother) {
  const std::string main = Create().name();
  v1::CreateRequestRequest report = Report();
  report.mutable_request()->set_title("别人的话");
  v1::Request other = CreateAs(kOther, report);
  ASSERT_EQ(Dispatch(other.name(), "m3"), "");
  v1::Request merged;
  EXPECT_EQ(Merge(kStaff, main, {other.name()}), "ROLE_REQUIRED");
  EXPECT_EQ(Merge(kStreet, main, {other.name()}, &merged), "");
  EXPECT_EQ(merged.reporter_count(), 2);
  EXPECT_EQ(merged.merged_count(), 1);
  EXPECT_EQ(Merge(kStreet, main, {other.name()}), "REQUEST_MERGED");
  EXPECT_EQ(Merge(kStreet, other.name(), {main}), "REQUEST_MERGED");
  EXPECT_EQ(Dispatch(other.name(), "m2", "改派"), "REQUEST_MERGED");
  EXPECT_EQ(Start(kUnit3, other.name()), "RESOURCE_NOT_FOUND");

  // Neither in its unit's list nor late any more.
  clock_.Advance(absl::Hours(24 * 30));
  v1::ListRequestsRequest late;
  late.set_parent("alliances/a");
  late.set_view(v1::REQUEST_VIEW_ALLIANCE);
  late.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
  v1::ListRequestsResponse page;
  ASSERT_TRUE(Call(&Stub::ListRequests, kStreet, late, &page).ok());
  ASSERT_THAT(page.requests(), SizeIs(1));
  EXPECT_EQ(page.requests(0).name(), main);
  ASSERT_TRUE(List(kUnit3, v1::REQUEST_VIEW_UNIT, &page).ok());
  EXPECT_THAT(page.requests(), SizeIs(0));

  // Its reporter follows it there, but doesn't see the other one.
  ASSERT_EQ(Dispatch(main, "m2"), "");
  ASSERT_EQ(Start(kUnit, main), "");
  EXPECT_EQ(Rate(kOther, other.name()), "STATE_WRONG");
  ASSERT_EQ(Resolve(kUnit, main), "");
  ASSERT_EQ(Rate(kStaff, main, 2), "");
  ASSERT_TRUE(Get(kOther, other.name(), &other).ok());
  EXPECT_EQ(other.state(), v1::Request::STATE_MERGED);
  EXPECT_EQ(other.title(), "别人的话");
  EXPECT_EQ(other.merged_into(), main);
  EXPECT_FALSE(other.overdue());
  EXPECT_FALSE(other.has_due_time());
  EXPECT_EQ(other.progress().state(), v1::Request::STATE_RESOLVED);
  EXPECT_EQ(other.progress().member_display_name(), "m2");
  EXPECT_EQ(other.progress().result(), "已更换灯泡");
  EXPECT_EQ(other.progress().steps_size(), 5);
  EXPECT_EQ(other.SerializeAsString().find("路灯不亮"), std::string::npos);
  EXPECT_EQ(other.SerializeAsString().find("users/staff"), std::string::npos);
  v1::Request seen;
  EXPECT_EQ(ReasonOf(Get(kOther, main, &seen)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kStaff, other.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kOther, other.name(), 5), "");
  EXPECT_EQ(Rate(kOther, other.name(), 5), "STATE_WRONG");
  ASSERT_TRUE(List(kOther, v1::REQUEST_VIEW_OWN, &page).ok());
  ASSERT_THAT(page.requests(), SizeIs(1));
  EXPECT_EQ(page.requests(0).progress().state(), v1::Request::STATE_RESOLVED);

  // The unit that has the other sees what was merged into it, and no other unit does.
  v1::ListMergedRequestsRequest ask;
  ask.set_parent(main);
  v1::ListMergedRequestsResponse found;
  ASSERT_TRUE(Call(&Stub::ListMergedRequests, kUnit, ask, &found).ok());
  ASSERT_THAT(found.requests(), SizeIs(1));
  EXPECT_EQ(found.requests(0).title(), "别人的话");
  EXPECT_EQ(found.requests(0).reporter(), "");
  EXPECT_TRUE(Get(kUnit, other.name(), &seen).ok());
  EXPECT_EQ(ReasonOf(Get(kUnit3, other.name(), &seen)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListMergedRequests, kUnit3, ask, &found)), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListMergedRequests, kStaff, ask, &found)), "ROLE_REQUIRED");
  ASSERT_TRUE(Call(&Stub::ListMergedRequests, kStreet, ask, &found).ok());
  EXPECT_EQ(found.requests(0).reporter(), "users/other");
}

TEST_F(RequestServiceTest, WhatWasMergedMovesAlongAndIsCountedByPerson) {
  const std::string a = Create().name();
  const std::string b = CreateAs(kOther).name();
  const std::string c = CreateAs(kUnit).name();
  const std::string d = CreateAs(kOther).name();
  ASSERT_EQ(Merge(kStreet, a, {b, d}), "");
  v1::Request after;
  ASSERT_EQ(Merge(kStreet, c, {a}, &after), "");
  EXPECT_EQ(after.merged_count(), 3);
  EXPECT_EQ(after.reporter_count(), 3);
  for (const std::string& name : {a, b, d}) {
    ASSERT_TRUE(Get(kStreet, name, &after).ok());
    EXPECT_EQ(after.merged_into(), c);
    EXPECT_EQ(after.merged_count(), 0);
    EXPECT_EQ(after.reporter_count(), 1);
  }
  // A topic says how many there are, and is made of the one that stands for all.
  v1::EscalateRequestRequest escalate;
  escalate.set_name(a);
  v1::Topic topic;
  EXPECT_EQ(ReasonOf(Call(&Stub::EscalateRequest, kStreet, escalate, &topic)), "REQUEST_MERGED");
  escalate.set_name(c);
  ASSERT_TRUE(Call(&Stub::EscalateRequest, kStreet, escalate, &topic).ok());
  EXPECT_EQ(topic.reporter_count(), 3);

  EXPECT_EQ(Split(c), "STATE_WRONG");
  EXPECT_EQ(Split(b, &after), "");
  EXPECT_EQ(after.state(), v1::Request::STATE_CLASSIFIED);
  EXPECT_TRUE(after.has_due_time());
  EXPECT_FALSE(after.has_progress());
  ASSERT_TRUE(Get(kStreet, c, &after).ok());
  EXPECT_EQ(after.merged_count(), 2);
  EXPECT_EQ(after.reporter_count(), 3);  // users/other reported d too
  ASSERT_EQ(Dispatch(c, "m2"), "");
  ASSERT_EQ(Resolve(kUnit, c), "");
  EXPECT_EQ(Split(a), "STATE_WRONG");
  EXPECT_EQ(Merge(kStreet, c, {b}), "STATE_WRONG");
}

TEST_F(RequestServiceTest, MergingSaysWhatIsWrongAndIsDoneOnce) {
  const std::string main = Create().name();
  const std::string other = CreateAs(kOther).name();
  EXPECT_EQ(Merge(kStreet, main, {}), "FIELD_REQUIRED");
  EXPECT_EQ(Merge(kStreet, main, {main}), "FIELD_INVALID");
  EXPECT_EQ(Merge(kStreet, main, {other, other}), "FIELD_INVALID");
  EXPECT_EQ(Merge(kStreet, main, {"alliances/b/requests/x"}), "FIELD_INVALID");
  EXPECT_EQ(Merge(kStreet, main, {other, "alliances/a/requests/none"}), "RESOURCE_NOT_FOUND");
  v1::MergeRequestsRequest request;
  request.set_name(main);
  request.add_merged_names(other);
  v1::Request after;
  EXPECT_EQ(ReasonOf(Call(&Stub::MergeRequests, kStreet, request, &after)), "FIELD_REQUIRED");
  request.set_reason("同一处");
  request.set_request_id("once");
  ASSERT_TRUE(Call(&Stub::MergeRequests, kStreet, request, &after).ok());
  v1::Request again;
  ASSERT_TRUE(Call(&Stub::MergeRequests, kStreet, request, &again).ok());
  EXPECT_EQ(again.SerializeAsString(), after.SerializeAsString());
  ASSERT_TRUE(Get(kOther, other, &after).ok());
  EXPECT_THAT(after.steps(), SizeIs(3));
}

TEST_F(RequestServiceTest, OfTwoWhoMergeAtOnceOneDoes) {
  for (int round = 0; round < 10; ++round) {
    const std::string names[] = {Create().name(), Create().name(), Create().name()};
    std::string reasons[2];
    // Round by round: one into two others; two into each other.
    const bool crossed = round % 2 == 1;
    std::thread one([&] { reasons[0] = Merge(kStreet, names[0], {names[1]}); });
    std::thread two([&] {
      reasons[1] =
          crossed ? Merge(kStreet, names[1], {names[0]}) : Merge(kStreet, names[2], {names[1]});
    });
    one.join();
    two.join();
    std::sort(std::begin(reasons), std::end(reasons));
    EXPECT_EQ(reasons[0], "");
    EXPECT_EQ(reasons[1], "REQUEST_MERGED");
    int merged = 0;
    for (const std::string& name : names) {
      v1::Request found;
      ASSERT_TRUE(Get(kStreet, name, &found).ok());
      merged += found.merged_count();
    }
    EXPECT_EQ(merged, 1);
  }
}

TEST_F(RequestServiceTest, OneTakesSoManyAndNoMore) {
  const std::string main = Create().name();
  std::string last;
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> names;
    for (int i = 0; i < 50; ++i) names.push_back(Create().name());
    ASSERT_EQ(Merge(kStreet, main, names), "");
  }
  EXPECT_EQ(Merge(kStreet, main, {Create().name()}), "REQUEST_MERGES_FULL");
  v1::Request found;
  ASSERT_TRUE(Get(kStreet, main, &found).ok());
  EXPECT_EQ(found.merged_count(), 200);
  EXPECT_EQ(found.reporter_count(), 1);
}

TEST_F(RequestServiceTest, WhoMeetsTheSameIsAskedAndJoinsIn) {
  v1::CreateRequestRequest report = Report();
  report.mutable_request()->set_description("楼上住户的电话");
  const std::string main = Create(report).name();
  ASSERT_EQ(Dispatch(main, "m2"), "");
  v1::ListSimilarRequestsRequest ask;
  ask.set_parent("alliances/a");
  v1::ListSimilarRequestsResponse similar;
  EXPECT_EQ(ReasonOf(Call(&Stub::ListSimilarRequests, kOther, ask, &similar)), "FIELD_REQUIRED");
  ask.set_category(v1::REQUEST_CATEGORY_REPAIR);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListSimilarRequests, kOther, ask, &similar)), "FIELD_REQUIRED");
  ask.set_place("金穗路12号");
  ASSERT_TRUE(Call(&Stub::ListSimilarRequests, kStaff, ask, &similar).ok());
  EXPECT_THAT(similar.requests(), SizeIs(0));  // the own one
  ASSERT_TRUE(Call(&Stub::ListSimilarRequests, kOther, ask, &similar).ok());
  ASSERT_THAT(similar.requests(), SizeIs(1));
  v1::SimilarRequest neutral;
  neutral.set_name(main);
  neutral.set_category(v1::REQUEST_CATEGORY_REPAIR);
  neutral.set_state(v1::Request::STATE_DISPATCHED);
  neutral.set_reporter_count(1);
  neutral.set_same_place(true);
  EXPECT_EQ(similar.requests(0).SerializeAsString(), neutral.SerializeAsString());

  report = Report();
  report.set_merge_into(main);
  const v1::Request made = CreateAs(kOther, report);
  EXPECT_EQ(made.state(), v1::Request::STATE_MERGED);
  EXPECT_EQ(made.merged_into(), main);
  EXPECT_EQ(made.member(), "");
  EXPECT_EQ(made.progress().state(), v1::Request::STATE_DISPATCHED);
  v1::Request found;
  ASSERT_TRUE(Get(kStreet, main, &found).ok());
  EXPECT_EQ(found.reporter_count(), 2);
  ASSERT_TRUE(Call(&Stub::ListSimilarRequests, kUnit3, ask, &similar).ok());
  EXPECT_EQ(similar.requests(0).reporter_count(), 2);

  // Elsewhere it is no name to try, and once it is resolved nobody joins in.
  report.mutable_request()->set_place("别处");
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateRequest, kUnit3, report, &found)), "RESOURCE_NOT_FOUND");
  ASSERT_EQ(Resolve(kUnit, main), "");
  ASSERT_TRUE(Call(&Stub::ListSimilarRequests, kUnit3, ask, &similar).ok());
  EXPECT_THAT(similar.requests(), SizeIs(0));
  report.mutable_request()->set_place("金穗路 12 号");
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateRequest, kUnit3, report, &found)), "STATE_WRONG");
}

TEST_F(RequestServiceTest, TheJournalNamesEachThatMovesOn) {
  const std::string main = Create().name();
  const std::string other = CreateAs(kOther).name();
  ASSERT_EQ(Merge(kStreet, main, {other}), "");
  ASSERT_EQ(Dispatch(main, "m2"), "");
  const auto last = LastEntryOf(other);
  v1::Request after;
  ASSERT_TRUE(last.after().UnpackTo(&after));
  EXPECT_EQ(after.reporter(), "users/other");
  EXPECT_EQ(after.progress().state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(after.progress().member(), "alliances/a/members/m2");
  EXPECT_EQ(last.SerializeAsString().find("users/staff"), std::string::npos);
}

}  // namespace
}  // namespace jinhuan::meeting
