// Citizens' requests: reported, dispatched, resolved, rated, and raised as topics.
#include <algorithm>

#include "meeting-svc/rpc/request_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RequestServiceTest : public RequestTest {
 protected:
  // Everything of one category to one unit.
  std::string SetTable(const std::string& etag, const std::string& unit) {
    v1::UpdateDispatchTableRequest request = Under{kAlliance};
    request.mutable_dispatch_table()->set_etag(etag);
    v1::DispatchRule& rule = *request.mutable_dispatch_table()->add_rules();
    rule.set_category(v1::REQUEST_CATEGORY_REPAIR);
    rule.set_member(Unit(unit));
    return Refusal(&Requests::UpdateDispatchTable, Street(), request);
  }

  const auth::v1::Caller kSystem = [] {
    auth::v1::Caller caller = Person("", auth::v1::ROLE_SYSTEM);
    caller.set_name("serviceAccounts/city");
    return caller;
  }();
};

TEST_F(RequestServiceTest, FromAReportToTheArchiveEachStepIsItsActorsAlone) {
  v1::CreateRequestRequest report = Report();
  report.add_photos(kPng);
  const v1::Request made = Create(report);
  const std::string name = made.name();
  EXPECT_EQ(made.state(), v1::Request::STATE_CLASSIFIED);
  EXPECT_EQ(made.charter_version(), kCharterVersion);
  EXPECT_TRUE(made.own());

  EXPECT_EQ(Start(kUnit, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Dispatch(name, "m2"), "");
  EXPECT_EQ(Start(kOtherUnit, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kReporter, name), "STATE_WRONG");
  EXPECT_EQ(Start(kUnit, name), "");
  EXPECT_EQ(Resolve(kUnit, name), "");
  EXPECT_EQ(Dispatch(name, "m3", "改派"), "STATE_WRONG");
  EXPECT_EQ(Rate(kNeighbour, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(Street(), name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kReporter, name, 6), "FIELD_INVALID");
  EXPECT_EQ(Rate(kReporter, name), "");
  EXPECT_EQ(Rate(kReporter, name, 1), "STATE_WRONG");

  EXPECT_EQ(Steps(clock_.Now() + absl::Hours(24 * 7 - 1)), 0);
  EXPECT_EQ(Steps(clock_.Now() + absl::Hours(24 * 7)), 1);
  EXPECT_EQ(Steps(clock_.Now() + absl::Hours(24 * 8)), 0);
  const v1::Request end = Get(name, kReporter);
  EXPECT_EQ(end.state(), v1::Request::STATE_ARCHIVED);
  EXPECT_EQ(end.rating(), 5);
  EXPECT_THAT(end.steps(), SizeIs(7));
  EXPECT_THAT(end.result_photos(), SizeIs(1));
}

TEST_F(RequestServiceTest, WhatIsNotResolvedGoesBackToItsUnitWithTheTimeThatItHad) {
  const std::string name = Create().name();
  ASSERT_EQ(Dispatch(name, "m2"), "");
  v1::ReopenRequestRequest reopen = Named{name};
  const auto refusal = [&](const auth::v1::Caller& caller) {
    return Refusal(&Requests::ReopenRequest, caller, reopen);
  };
  EXPECT_EQ(refusal(Street()), "FIELD_REQUIRED");
  reopen.set_reason("仍未修好");
  EXPECT_EQ(refusal(Street()), "STATE_WRONG");
  ASSERT_EQ(Resolve(kUnit, name), "");
  EXPECT_EQ(refusal(kReporter), "ROLE_REQUIRED");
  ASSERT_EQ(Rate(kReporter, name, 1), "");
  const v1::Request rated = Get(name);
  EXPECT_EQ(refusal(Street()), "");
  const v1::Request again = Get(name);
  EXPECT_EQ(again.state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(again.member(), Unit("m2"));
  EXPECT_EQ(again.due_time().seconds(), rated.due_time().seconds());
  EXPECT_FALSE(again.has_resolve_time());
  EXPECT_EQ(again.rating(), 0);
  EXPECT_EQ(again.steps(again.steps_size() - 1).reason(), "仍未修好");
  EXPECT_EQ(Steps(clock_.Now() + absl::Hours(24 * 20)), 1);  // overdue, and not archived
  EXPECT_EQ(Get(name).state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(Resolve(kUnit, name), "");
  EXPECT_EQ(Rate(kReporter, name, 5), "");
}

TEST_F(RequestServiceTest, IsSeenByItsReporterItsUnitAndTheStreetWhichAloneSeesTheReporter) {
  v1::CreateRequestRequest report = Report();
  report.add_photos(kPng);
  const v1::Request made = Create(report);
  const auto hidden = [&](const auth::v1::Caller& caller) {
    return Refusal(&Requests::GetRequest, caller, Named{made.name()});
  };
  EXPECT_EQ(hidden(kNeighbour), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(hidden(kUnit), "RESOURCE_NOT_FOUND");
  ASSERT_EQ(Dispatch(made.name(), "m2"), "");
  EXPECT_EQ(Get(made.name(), kUnit).reporter(), "");
  EXPECT_FALSE(Get(made.name(), kUnit).own());
  EXPECT_EQ(Get(made.name(), kSystem).reporter(), "");
  EXPECT_EQ(Get(made.name(), Street()).reporter(), kReporter.name());

  EXPECT_EQ(Refusal(&Requests::GetRequestPhoto, kNeighbour, Named{made.photos(0)}),
            "RESOURCE_NOT_FOUND");
  const auto photo = Do(&Requests::GetRequestPhoto, kUnit, Named{made.photos(0)});
  EXPECT_EQ(photo.media_type(), "image/png");
  EXPECT_EQ(photo.content().find("GPS"), std::string::npos);
}

TEST_F(RequestServiceTest, TheTableDispatchesByItself) {
  EXPECT_EQ(SetTable("0", "m9"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(SetTable("0", "m2"), "");
  EXPECT_EQ(SetTable("0", "m3"), "ETAG_STALE");
  const v1::Request made = Create();
  EXPECT_EQ(made.state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(made.member(), Unit("m2"));
  EXPECT_EQ(Dispatch(made.name(), "m3"), "REQUEST_HAS_UNIT");
  const v1::Request moved =
      Do(&Requests::DispatchRequest, Street(), Dispatching(made.name(), "m3", "不在该单位辖区"));
  EXPECT_EQ(moved.member(), Unit("m3"));
  EXPECT_EQ(Refusal(&Requests::GetRequest, kUnit, Named{made.name()}), "RESOURCE_NOT_FOUND");

  Follow(Member("m2", alliance::v1::Member::STATE_WITHDRAWN));
  EXPECT_EQ(Create().state(), v1::Request::STATE_CLASSIFIED);
}

TEST_F(RequestServiceTest, WhatIsNotClassifiedIsClassifiedByTheStreetWhileItsClockRuns) {
  v1::CreateRequestRequest report = Report();
  report.mutable_request()->clear_category();
  const v1::Request made = Create(report);
  EXPECT_EQ(made.state(), v1::Request::STATE_RECEIVED);
  EXPECT_TRUE(made.has_due_time());
  EXPECT_EQ(Dispatch(made.name(), "m2"), "FIELD_REQUIRED");
  v1::DispatchRequestRequest request = Dispatching(made.name(), "m2");
  request.set_category(v1::REQUEST_CATEGORY_NOISE);
  request.set_type(v1::REQUEST_TYPE_SIMPLE);
  const v1::Request after = Do(&Requests::DispatchRequest, Street(), request);
  EXPECT_EQ(after.state(), v1::Request::STATE_DISPATCHED);
  EXPECT_TRUE(after.has_due_time());
  EXPECT_FALSE(Get(made.name(), kReporter).overdue());
  clock_.Advance(absl::Hours(24 * 5));
  EXPECT_TRUE(Get(made.name(), kReporter).overdue());
}

TEST_F(RequestServiceTest, OfTwoWhoDispatchAtOnceOneDoes) {
  for (int round = 0; round < 10; ++round) {
    const std::string name = Create().name();
    std::vector<std::string> reasons(2);
    OnThreads(2, [&](int i) { reasons[i] = Dispatch(name, i == 0 ? "m2" : "m3"); });
    EXPECT_THAT(reasons, ::testing::UnorderedElementsAre("", "REQUEST_HAS_UNIT"));
    EXPECT_THAT(Get(name).steps(), SizeIs(3));
  }
}

TEST_F(RequestServiceTest, AnAlertSentFiveTimesAtOnceIsOne) {
  ASSERT_EQ(SetTable("0", "m2"), "");
  v1::IngestAlertRequest request = Under{kAlliance};
  request.set_source("city-alarm");
  request.set_external_id("A-1");
  *request.mutable_request() = Report().request();
  std::vector<v1::IngestAlertResponse> answers(5);
  OnThreads(5, [&](int i) { answers[i] = Do(&Requests::IngestAlert, kSystem, request); });
  int created = 0;
  for (const v1::IngestAlertResponse& answer : answers) {
    created += answer.created() ? 1 : 0;
    EXPECT_FALSE(answer.differs());
    EXPECT_EQ(answer.request().SerializeAsString(), answers[0].request().SerializeAsString());
  }
  EXPECT_EQ(created, 1);
  EXPECT_EQ(answers[0].request().state(), v1::Request::STATE_DISPATCHED);

  request.mutable_request()->set_title("别的");
  const v1::IngestAlertResponse again = Do(&Requests::IngestAlert, kSystem, request);
  EXPECT_FALSE(again.created());
  EXPECT_TRUE(again.differs());
  EXPECT_EQ(again.request().title(), "路灯不亮");
  request.set_external_id("");
  EXPECT_EQ(Refusal(&Requests::IngestAlert, kSystem, request), "FIELD_REQUIRED");
  request.set_external_id("a b");
  EXPECT_EQ(Refusal(&Requests::IngestAlert, kSystem, request), "FIELD_INVALID");
  EXPECT_THAT(List(Street(), v1::REQUEST_VIEW_ALLIANCE), SizeIs(1));
}

TEST_F(RequestServiceTest, OfWhatIsRefusedNothingIsKept) {
  v1::CreateRequestRequest report = Report();
  report.add_photos("<svg>");
  EXPECT_EQ(Refusal(&Requests::CreateRequest, kReporter, report), "PHOTO_INVALID");
  report.clear_photos();
  for (int i = 0; i < 7; ++i) report.add_photos(kPng);
  EXPECT_EQ(Refusal(&Requests::CreateRequest, kReporter, report), "PHOTO_INVALID");
  report = Report();
  report.mutable_request()->clear_place();
  EXPECT_EQ(Refusal(&Requests::CreateRequest, kReporter, report), "FIELD_REQUIRED");
  EXPECT_EQ(Refusal(&Requests::CreateRequest, kSystem, report), "ROLE_REQUIRED");
  EXPECT_THAT(List(Street(), v1::REQUEST_VIEW_ALLIANCE), IsEmpty());
}

TEST_F(RequestServiceTest, WhatManyRaiseBecomesATopicInTheWordsOfTheStreet) {
  const std::string first = Create().name();
  const std::string second = Create().name();
  v1::EscalateRequestRequest escalate = Named{first};
  escalate.add_more_names(second);
  EXPECT_EQ(Refusal(&Requests::EscalateRequest, kReporter, escalate), "ROLE_REQUIRED");
  // All units read the topic: what it says is the street's to write.
  EXPECT_EQ(Refusal(&Requests::EscalateRequest, Street(), escalate), "FIELD_REQUIRED");
  escalate.set_body("请研究夜间照明");
  const v1::Topic topic = Do(&Requests::EscalateRequest, Street(), escalate);
  EXPECT_EQ(topic.title(), "路灯不亮");
  EXPECT_EQ(topic.body(), "请研究夜间照明");
  EXPECT_EQ(topic.request(), first);
  for (const std::string& name : {first, second}) {
    EXPECT_EQ(Get(name, kReporter).topic(), topic.name());
  }

  v1::EscalateRequestRequest longer = Escalating(Create().name(), "请研究");
  for (int i = 0; i < 61; ++i) longer.mutable_title()->append("灯");
  EXPECT_EQ(Refusal(&Requests::EscalateRequest, Street(), longer), "FIELD_INVALID");
  longer.mutable_title()->resize(60 * 3);
  EXPECT_EQ(Do(&Requests::EscalateRequest, Street(), longer).title(), longer.title());

  // None becomes two topics, and of what is refused nothing stays.
  escalate.set_name(Create().name());
  EXPECT_EQ(Refusal(&Requests::EscalateRequest, Street(), escalate), "REQUEST_HAS_TOPIC");
  EXPECT_EQ(Get(escalate.name(), kReporter).topic(), "");
  escalate.add_more_names(second);
  EXPECT_EQ(Refusal(&Requests::EscalateRequest, Street(), escalate), "FIELD_INVALID");
}

}  // namespace
}  // namespace jinhuan::meeting
