// Requests about the same thing go on as one.
#include "meeting-svc/rpc/request_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RequestMergeTest : public RequestTest {
 protected:
  // A neighbour's request in words of its own, merged into `main`.
  std::string MergedInto(const std::string& main) {
    v1::CreateRequestRequest report = Report();
    report.mutable_request()->set_title("别人的话");
    const std::string name = CreateAs(kNeighbour, report).name();
    EXPECT_EQ(Dispatch(name, "m3"), "");
    EXPECT_EQ(Merge(main, {name}), "");
    return name;
  }
};

TEST_F(RequestMergeTest, WhatIsMergedIsTheStreetsToMergeAndOutOfItsUnitsHands) {
  const std::string main = Create().name();
  const std::string other = CreateAs(kNeighbour).name();
  ASSERT_EQ(Dispatch(other, "m3"), "");
  EXPECT_EQ(Refusal(&Requests::MergeRequests, kReporter, Merging(main, {other})), "ROLE_REQUIRED");
  const v1::Request merged = Do(&Requests::MergeRequests, Street(), Merging(main, {other}));
  EXPECT_EQ(merged.reporter_count(), 2);
  EXPECT_EQ(merged.merged_count(), 1);
  EXPECT_EQ(Merge(main, {other}), "REQUEST_MERGED");
  EXPECT_EQ(Merge(other, {main}), "REQUEST_MERGED");
  EXPECT_EQ(Dispatch(other, "m2", "改派"), "REQUEST_MERGED");
  EXPECT_EQ(Start(kOtherUnit, other), "RESOURCE_NOT_FOUND");

  // Neither in its unit's list nor late any more.
  clock_.Advance(absl::Hours(24 * 30));
  v1::ListRequestsRequest late = ListOf(v1::REQUEST_VIEW_ALLIANCE);
  late.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
  EXPECT_THAT(List(Street(), late), ElementsAre(main));
  EXPECT_THAT(List(kOtherUnit, v1::REQUEST_VIEW_UNIT), IsEmpty());
}

TEST_F(RequestMergeTest, ItsReporterFollowsAndRatesItThereAndDoesNotSeeTheOther) {
  const std::string main = Create().name();
  const std::string name = MergedInto(main);
  ASSERT_EQ(Dispatch(main, "m2"), "");
  ASSERT_EQ(Start(kUnit, main), "");
  EXPECT_EQ(Rate(kNeighbour, name), "STATE_WRONG");
  ASSERT_EQ(Resolve(kUnit, main), "");
  ASSERT_EQ(Rate(kReporter, main, 2), "");
  const v1::Request other = Get(name, kNeighbour);
  EXPECT_EQ(other.state(), v1::Request::STATE_MERGED);
  EXPECT_EQ(other.title(), "别人的话");
  EXPECT_EQ(other.merged_into(), main);
  EXPECT_FALSE(other.overdue());
  EXPECT_FALSE(other.has_due_time());
  EXPECT_EQ(other.progress().state(), v1::Request::STATE_RESOLVED);
  EXPECT_EQ(other.progress().member_display_name(), "m2");
  EXPECT_EQ(other.progress().result(), "已更换灯泡");
  EXPECT_THAT(other.progress().steps(), SizeIs(5));
  EXPECT_EQ(other.SerializeAsString().find("路灯不亮"), std::string::npos);
  EXPECT_EQ(other.SerializeAsString().find(kReporter.name()), std::string::npos);
  EXPECT_EQ(Refusal(&Requests::GetRequest, kNeighbour, Named{main}), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kReporter, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kNeighbour, name, 5), "");
  EXPECT_EQ(Rate(kNeighbour, name, 5), "STATE_WRONG");
  // Sent back, it is rated anew.
  v1::ReopenRequestRequest reopen = Named{main};
  reopen.set_reason("仍未修好");
  ASSERT_EQ(Refusal(&Requests::ReopenRequest, Street(), reopen), "");
  EXPECT_EQ(Get(name).rating(), 0);
  EXPECT_EQ(Get(name).progress().state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(Rate(kNeighbour, name, 5), "STATE_WRONG");
  ASSERT_EQ(Resolve(kUnit, main), "");
  EXPECT_EQ(Rate(kNeighbour, name, 2), "");
  const auto own = Do(&Requests::ListRequests, kNeighbour, ListOf(v1::REQUEST_VIEW_OWN));
  ASSERT_THAT(own.requests(), SizeIs(1));
  EXPECT_EQ(own.requests(0).progress().state(), v1::Request::STATE_RESOLVED);
}

TEST_F(RequestMergeTest, TheUnitThatHasTheOtherSeesWhatWasMergedIntoItAndNoOtherUnitDoes) {
  const std::string main = Create().name();
  const std::string name = MergedInto(main);
  ASSERT_EQ(Dispatch(main, "m2"), "");
  const auto found = Do(&Requests::ListMergedRequests, kUnit, Under{main});
  ASSERT_THAT(found.requests(), SizeIs(1));
  EXPECT_EQ(found.requests(0).title(), "别人的话");
  EXPECT_EQ(found.requests(0).reporter(), "");
  EXPECT_EQ(Refusal(&Requests::GetRequest, kUnit, Named{name}), "");
  EXPECT_EQ(Refusal(&Requests::GetRequest, kOtherUnit, Named{name}), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refusal(&Requests::ListMergedRequests, kOtherUnit, Under{main}), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refusal(&Requests::ListMergedRequests, kReporter, Under{main}), "ROLE_REQUIRED");
  const auto all = Do(&Requests::ListMergedRequests, Street(), Under{main});
  ASSERT_THAT(all.requests(), SizeIs(1));
  EXPECT_EQ(all.requests(0).reporter(), kNeighbour.name());
}

TEST_F(RequestMergeTest, WhatWasMergedMovesAlongAndIsCountedByPerson) {
  const std::string a = Create().name();
  const std::string b = CreateAs(kNeighbour).name();
  const std::string c = CreateAs(kUnit).name();
  const std::string d = CreateAs(kNeighbour).name();
  ASSERT_EQ(Merge(a, {b, d}), "");
  const v1::Request merged = Do(&Requests::MergeRequests, Street(), Merging(c, {a}));
  EXPECT_EQ(merged.merged_count(), 3);
  EXPECT_EQ(merged.reporter_count(), 3);
  for (const std::string& name : {a, b, d}) {
    const v1::Request one = Get(name);
    EXPECT_EQ(one.merged_into(), c);
    EXPECT_EQ(one.merged_count(), 0);
    EXPECT_EQ(one.reporter_count(), 1);
  }
  // A topic says how many there are, and is made of the one that stands for all.
  EXPECT_EQ(Refusal(&Requests::EscalateRequest, Street(), Escalating(a, "请研究")),
            "REQUEST_MERGED");
  EXPECT_EQ(Do(&Requests::EscalateRequest, Street(), Escalating(c, "请研究")).reporter_count(), 3);

  EXPECT_EQ(Split(c), "STATE_WRONG");
  const v1::Request split = Do(&Requests::SplitRequest, Street(), Splitting(b));
  EXPECT_EQ(split.state(), v1::Request::STATE_CLASSIFIED);
  EXPECT_TRUE(split.has_due_time());
  EXPECT_FALSE(split.has_progress());
  EXPECT_EQ(Get(c).merged_count(), 2);
  EXPECT_EQ(Get(c).reporter_count(), 3);  // the neighbour reported d too
  ASSERT_EQ(Dispatch(c, "m2"), "");
  ASSERT_EQ(Resolve(kUnit, c), "");
  EXPECT_EQ(Split(a), "STATE_WRONG");
  EXPECT_EQ(Merge(c, {b}), "STATE_WRONG");
}

TEST_F(RequestMergeTest, MergingSaysWhatIsWrongAndIsDoneOnce) {
  const std::string main = Create().name();
  const std::string other = CreateAs(kNeighbour).name();
  EXPECT_EQ(Merge(main, {}), "FIELD_REQUIRED");
  EXPECT_EQ(Merge(main, {main}), "FIELD_INVALID");
  EXPECT_EQ(Merge(main, {other, other}), "FIELD_INVALID");
  EXPECT_EQ(Merge(main, {"alliances/b/requests/x"}), "FIELD_INVALID");
  EXPECT_EQ(Merge(main, {other, "alliances/a/requests/none"}), "RESOURCE_NOT_FOUND");
  v1::MergeRequestsRequest request = Merging(main, {other});
  request.clear_reason();
  EXPECT_EQ(Refusal(&Requests::MergeRequests, Street(), request), "FIELD_REQUIRED");
  request.set_reason("同一处");
  request.set_request_id("once");
  const v1::Request after = Do(&Requests::MergeRequests, Street(), request);
  const v1::Request again = Do(&Requests::MergeRequests, Street(), request);
  EXPECT_EQ(again.SerializeAsString(), after.SerializeAsString());
  EXPECT_THAT(Get(other, kNeighbour).steps(), SizeIs(3));
}

TEST_F(RequestMergeTest, OfTwoWhoMergeAtOnceOneDoes) {
  for (int round = 0; round < 10; ++round) {
    const std::string names[] = {Create().name(), Create().name(), Create().name()};
    std::vector<std::string> reasons(2);
    // Round by round: one into two others; two into each other.
    const std::string& into = round % 2 == 0 ? names[2] : names[1];
    const std::string& moved = round % 2 == 0 ? names[1] : names[0];
    OnThreads(2, [&](int i) {
      reasons[i] = i == 0 ? Merge(names[0], {names[1]}) : Merge(into, {moved});
    });
    EXPECT_THAT(reasons, ::testing::UnorderedElementsAre("", "REQUEST_MERGED"));
    int merged = 0;
    for (const std::string& name : names) merged += Get(name).merged_count();
    EXPECT_EQ(merged, 1);
  }
}

TEST_F(RequestMergeTest, OneTakesTwoHundredAndNoMore) {
  const std::string main = Create().name();
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> names;
    for (int i = 0; i < 50; ++i) names.push_back(Create().name());
    ASSERT_EQ(Merge(main, names), "");
  }
  EXPECT_EQ(Merge(main, {Create().name()}), "REQUEST_MERGES_FULL");
  EXPECT_EQ(Get(main).merged_count(), 200);
  EXPECT_EQ(Get(main).reporter_count(), 1);
}

TEST_F(RequestMergeTest, WhoMeetsTheSameIsAskedAndJoinsIn) {
  v1::CreateRequestRequest report = Report();
  report.mutable_request()->set_description("楼上住户的电话");
  const std::string main = Create(report).name();
  ASSERT_EQ(Dispatch(main, "m2"), "");
  v1::ListSimilarRequestsRequest ask = Under{kAlliance};
  EXPECT_EQ(Refusal(&Requests::ListSimilarRequests, kNeighbour, ask), "FIELD_REQUIRED");
  ask.set_category(v1::REQUEST_CATEGORY_REPAIR);
  EXPECT_EQ(Refusal(&Requests::ListSimilarRequests, kNeighbour, ask), "FIELD_REQUIRED");
  ask.set_place("金穗路12号");
  const auto similar = [&](const auth::v1::Caller& caller) {
    return Do(&Requests::ListSimilarRequests, caller, ask);
  };
  EXPECT_THAT(similar(kReporter).requests(), IsEmpty());  // the own one
  const auto asked = similar(kNeighbour);
  ASSERT_THAT(asked.requests(), SizeIs(1));
  v1::SimilarRequest neutral;
  neutral.set_name(main);
  neutral.set_category(v1::REQUEST_CATEGORY_REPAIR);
  neutral.set_state(v1::Request::STATE_DISPATCHED);
  neutral.set_reporter_count(1);
  neutral.set_same_place(true);
  EXPECT_EQ(asked.requests(0).SerializeAsString(), neutral.SerializeAsString());

  report = Report();
  report.set_merge_into(main);
  const v1::Request made = CreateAs(kNeighbour, report);
  EXPECT_EQ(made.state(), v1::Request::STATE_MERGED);
  EXPECT_EQ(made.merged_into(), main);
  EXPECT_EQ(made.member(), "");
  EXPECT_EQ(made.progress().state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(Get(main).reporter_count(), 2);
  EXPECT_EQ(similar(kOtherUnit).requests(0).reporter_count(), 2);

  // Elsewhere it is no name to try, and once it is resolved nobody joins in.
  report.mutable_request()->set_place("别处");
  EXPECT_EQ(Refusal(&Requests::CreateRequest, kOtherUnit, report), "RESOURCE_NOT_FOUND");
  ASSERT_EQ(Resolve(kUnit, main), "");
  EXPECT_THAT(similar(kOtherUnit).requests(), IsEmpty());
  report.mutable_request()->set_place("金穗路 12 号");
  EXPECT_EQ(Refusal(&Requests::CreateRequest, kOtherUnit, report), "STATE_WRONG");
}

TEST_F(RequestMergeTest, TheJournalNamesEachThatMovesOn) {
  const std::string main = Create().name();
  const std::string other = CreateAs(kNeighbour).name();
  ASSERT_EQ(Merge(main, {other}), "");
  ASSERT_EQ(Dispatch(main, "m2"), "");
  while (journal_.SealOnce().value_or(0) > 0) {
  }
  const auto entries = journal_.ReadFrom(1, 1000, {"", other}, absl::Now() + absl::Seconds(30));
  ASSERT_TRUE(entries.ok() && !entries->empty()) << entries.status();
  const journal::v1::Entry& last = entries->back();
  v1::Request after;
  ASSERT_TRUE(last.after().UnpackTo(&after));
  EXPECT_EQ(after.reporter(), kNeighbour.name());
  EXPECT_EQ(after.progress().state(), v1::Request::STATE_DISPATCHED);
  EXPECT_EQ(after.progress().member(), Unit("m2"));
  EXPECT_EQ(last.SerializeAsString().find(kReporter.name()), std::string::npos);
}

}  // namespace
}  // namespace jinhuan::meeting
