#include "meeting-svc/domain/request_merges.h"

#include <gmock/gmock.h>

#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kMain[] = "alliances/a/requests/main";

v1::Request In(v1::Request::State state) {
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  request.set_state(state);
  request.set_category(v1::REQUEST_CATEGORY_REPAIR);
  request.set_place("金穗路 12 号");
  request.set_member("alliances/a/members/m");
  request.mutable_due_time()->set_seconds(1'800'000'000);
  return request;
}

TEST(RequestMergesTest, OnlyWhatIsOpenIsMerged) {
  for (const auto state : {v1::Request::STATE_RECEIVED, v1::Request::STATE_CLASSIFIED,
                           v1::Request::STATE_DISPATCHED, v1::Request::STATE_IN_PROGRESS}) {
    EXPECT_TRUE(CheckOpen(In(state)).ok()) << state;
  }
  for (const auto state :
       {v1::Request::STATE_RESOLVED, v1::Request::STATE_RATED, v1::Request::STATE_ARCHIVED}) {
    EXPECT_EQ(ReasonOf(CheckOpen(In(state))), "STATE_WRONG") << state;
  }
  EXPECT_EQ(ReasonOf(CheckOpen(In(v1::Request::STATE_MERGED))), "REQUEST_MERGED");
}

TEST(RequestMergesTest, SplitOffItGoesOnWithItsClockAndWithoutAUnit) {
  const v1::Request merged = Merged(In(v1::Request::STATE_IN_PROGRESS), kMain, "同一处",
                                    v1::RequestStep::ACTOR_STREET, kNow);
  EXPECT_EQ(merged.state(), v1::Request::STATE_MERGED);
  EXPECT_EQ(merged.merged_into(), kMain);
  EXPECT_EQ(merged.member(), "");
  EXPECT_EQ(merged.steps(0).reason(), "同一处");
  const auto split = Split(merged, "不是一回事", kNow);
  ASSERT_TRUE(split.ok());
  EXPECT_EQ(split->state(), v1::Request::STATE_CLASSIFIED);
  EXPECT_EQ(split->merged_into(), "");
  EXPECT_EQ(split->due_time().seconds(), 1'800'000'000);
  EXPECT_EQ(ReasonOf(Split(*split, "再次", kNow).status()), "STATE_WRONG");
  v1::Request unknown = merged;
  unknown.clear_category();  // its clock runs all the same
  EXPECT_EQ(Split(unknown, "不是一回事", kNow)->state(), v1::Request::STATE_RECEIVED);
}

TEST(RequestMergesTest, TheReporterOfAMergedOneRatesOnceWhatWasDone) {
  const v1::Request merged =
      Merged(In(v1::Request::STATE_RECEIVED), kMain, "", v1::RequestStep::ACTOR_STREET, kNow);
  v1::Request into = In(v1::Request::STATE_IN_PROGRESS);
  const auto rate = [&](const v1::Request& request) { return RatedMerged(request, into, 4, "好"); };
  EXPECT_EQ(ReasonOf(rate(merged).status()), "STATE_WRONG");
  for (const auto state : {v1::Request::STATE_RESOLVED, v1::Request::STATE_RATED}) {
    into.set_state(state);
    ASSERT_TRUE(rate(merged).ok());
    EXPECT_EQ(rate(merged)->rating(), 4);
    EXPECT_EQ(rate(merged)->member(), into.member());
    EXPECT_EQ(ReasonOf(rate(*rate(merged)).status()), "STATE_WRONG");
  }
  into.set_state(v1::Request::STATE_ARCHIVED);
  EXPECT_EQ(ReasonOf(rate(merged).status()), "STATE_WRONG");
}

TEST(RequestMergesTest, ProgressTellsNothingOfTheOtherReporter) {
  v1::Request into = In(v1::Request::STATE_RATED);
  const std::string secret = "138 0000 0000";
  into.set_title(secret);
  into.set_description(secret);
  into.set_place(secret);
  into.set_grid(secret);
  into.mutable_location()->set_latitude(31.2304);
  into.add_photos(secret);
  into.set_reporter(secret);
  into.set_rating_comment(secret);
  into.set_source(secret);
  into.set_external_id(secret);
  into.set_topic(secret);
  into.set_result("已更换灯泡");
  into.add_steps()->set_state(v1::Request::STATE_RESOLVED);
  into.add_steps()->set_state(v1::Request::STATE_RATED);
  const v1::RequestProgress progress = ProgressOf(into);
  EXPECT_EQ(progress.SerializeAsString().find(secret), std::string::npos);
  EXPECT_EQ(progress.state(), v1::Request::STATE_RESOLVED);
  EXPECT_EQ(progress.result(), "已更换灯泡");
  EXPECT_THAT(progress.steps(), SizeIs(1));
}

TEST(RequestMergesTest, SimilarIsTheSameCategoryAtTheSamePlace) {
  const v1::Request request = In(v1::Request::STATE_DISPATCHED);
  v1::ListSimilarRequestsRequest asked;
  asked.set_category(v1::REQUEST_CATEGORY_REPAIR);
  asked.set_place("金穗路12号");
  const auto alike = SimilarTo(asked, request);
  ASSERT_TRUE(alike.has_value());
  EXPECT_TRUE(alike->same_place());
  EXPECT_EQ(alike->reporter_count(), 1);
  asked.set_place("");
  EXPECT_FALSE(SimilarTo(asked, request).has_value());
  asked.set_place("金穗路 21 号");
  EXPECT_FALSE(SimilarTo(asked, request).has_value());
  asked.set_place("金穗路 12 号");
  asked.set_category(v1::REQUEST_CATEGORY_NOISE);
  EXPECT_FALSE(SimilarTo(asked, request).has_value());
}

TEST(RequestMergesTest, NearIsUpTo200MetresToldInStepsOf50) {
  v1::Request request = In(v1::Request::STATE_DISPATCHED);
  request.mutable_location()->set_latitude(31.23);
  request.mutable_location()->set_longitude(121.47);
  v1::ListSimilarRequestsRequest asked;
  asked.set_category(v1::REQUEST_CATEGORY_REPAIR);
  constexpr double kMetre = 1 / 111'194.9;  // of latitude, in degrees
  const auto at = [&](double metres) {
    asked.mutable_location()->set_latitude(31.23 + metres * kMetre);
    asked.mutable_location()->set_longitude(121.47);
    const auto similar = SimilarTo(asked, request);
    return similar.has_value() ? similar->distance_meters() : -1;
  };
  EXPECT_EQ(at(0), 50);
  EXPECT_EQ(at(49), 50);
  EXPECT_EQ(at(51), 100);
  EXPECT_EQ(at(-199), 200);
  EXPECT_EQ(at(201), -1);
  // A degree of longitude is shorter here.
  asked.mutable_location()->set_latitude(31.23);
  asked.mutable_location()->set_longitude(121.472);
  EXPECT_EQ(SimilarTo(asked, request)->distance_meters(), 200);
  asked.mutable_location()->set_longitude(121.4722);
  EXPECT_FALSE(SimilarTo(asked, request).has_value());
}

}  // namespace
}  // namespace jinhuan::meeting
