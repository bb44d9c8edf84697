#include "resource-svc/domain/matching.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2026, 11, 23), absl::UTCTimeZone());

template <class Listing>
Listing Of(const std::string& name, const std::string& unit, int quantity) {
  Listing listing;
  listing.set_name(name);
  listing.set_member("alliances/a/members/" + unit);
  listing.set_category(v1::EXCHANGE_CATEGORY_VENUES);
  listing.set_state(v1::LISTING_STATE_OPEN);
  listing.set_quantity(quantity);
  listing.set_remaining_quantity(quantity);
  return listing;
}

template <class Listing>
void Time(Listing& listing, int from_hour, int to_hour) {
  *listing.mutable_start_time() = api::ToProto(kNow + absl::Hours(from_hour));
  *listing.mutable_end_time() = api::ToProto(kNow + absl::Hours(to_hour));
}

int PointsFor(const v1::MatchSuggestion& suggestion, v1::MatchReason::Kind kind) {
  for (const v1::MatchReason& reason : suggestion.reasons()) {
    if (reason.kind() == kind) return reason.points();
  }
  return 0;
}

class MatchingTest : public ::testing::Test {
 protected:
  v1::Need need_ = Of<v1::Need>("alliances/a/needs/n", "m1", 4);
  v1::Offer offer_ = Of<v1::Offer>("alliances/a/offers/o", "m2", 4);
  Standing needing_;
  Standing offering_;

  std::optional<v1::MatchSuggestion> Rated(Seeker seeker = Seeker::kNeed) {
    return Rate({need_, offer_, needing_, offering_}, seeker, kNow);
  }
};

TEST_F(MatchingTest, AllThatSpeaksForItMakesAHundred) {
  Time(need_, 10, 20);
  Time(offer_, 0, 100);
  need_.mutable_location()->set_latitude(31.2);
  need_.mutable_location()->set_longitude(121.4);
  *offer_.mutable_location() = need_.location();
  offering_ = {.ratings = 3, .stars = 15};
  needing_ = {.given = 600};
  const auto suggestion = Rated();
  ASSERT_TRUE(suggestion.has_value());
  EXPECT_EQ(suggestion->score(), 100);
  EXPECT_EQ(suggestion->reasons_size(), 6);
  EXPECT_EQ(suggestion->reasons(0).kind(), v1::MatchReason::KIND_CATEGORY);
  int sum = 0;
  for (const v1::MatchReason& reason : suggestion->reasons()) {
    sum += reason.points();
    EXPECT_FALSE(reason.text_en().empty() || reason.text_zh().empty());
  }
  EXPECT_EQ(sum, 100);
}

TEST_F(MatchingTest, SomeCannotGoTogether) {
  ASSERT_TRUE(Rated().has_value());
  const auto never = [&](auto&& change) {
    v1::Need need = need_;
    v1::Offer offer = offer_;
    change(need, offer);
    return !Rate({need, offer, {}, {}}, Seeker::kNeed, kNow).has_value();
  };
  using Need = v1::Need;
  using Offer = v1::Offer;
  EXPECT_TRUE(never([](Need& n, Offer&) { n.set_category(v1::EXCHANGE_CATEGORY_TRAINING); }));
  EXPECT_TRUE(never([](Need& n, Offer& o) { n.set_member(o.member()); }));
  EXPECT_TRUE(never([](Need& n, Offer&) { n.set_state(v1::LISTING_STATE_WITHDRAWN); }));
  EXPECT_TRUE(never([](Need&, Offer& o) { o.set_state(v1::LISTING_STATE_TAKEN); }));
  EXPECT_TRUE(never([](Need&, Offer& o) { o.set_remaining_quantity(0); }));
  EXPECT_TRUE(never([](Need& n, Offer&) { Time(n, -9, 0); }));
  EXPECT_TRUE(never([](Need& n, Offer& o) { Time(n, 1, 5), Time(o, 5, 9); }));
}

TEST_F(MatchingTest, QuantityAndTimeCountInProportion) {
  offer_.set_remaining_quantity(1);
  Time(need_, 0, 10);
  Time(offer_, 5, 50);
  const auto suggestion = Rated();
  ASSERT_TRUE(suggestion.has_value());
  EXPECT_EQ(PointsFor(*suggestion, v1::MatchReason::KIND_QUANTITY), kQuantityPoints / 4);
  EXPECT_EQ(PointsFor(*suggestion, v1::MatchReason::KIND_TIME), kTimePoints / 2);
}

TEST_F(MatchingTest, WhatHasNoEndIsThereInYears) {
  constexpr int kYears = 24 * 365 * 5;
  Time(need_, kYears, kYears + 3);
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_TIME), kTimePoints);
  need_.clear_end_time();
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_TIME), kTimePoints);
  need_.clear_start_time();
  Time(offer_, kYears, kYears + 3);
  EXPECT_TRUE(Rated().has_value());
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_TIME), 0);
  // More than a year of need is as good as a year.
  Time(need_, 0, kYears);
  Time(offer_, 0, 24 * 365);
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_TIME), kTimePoints);
}

TEST_F(MatchingTest, ThePlaceCountsByDistanceElseByGrid) {
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_PLACE), 0);
  need_.set_grid("新禾网格");
  offer_.set_grid("新禾网格");
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_PLACE), 10);
  need_.mutable_location()->set_latitude(31.2);
  offer_.mutable_location()->set_latitude(31.209);  // 1,001 m north
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_PLACE), 10);
  offer_.mutable_location()->set_latitude(32);
  EXPECT_EQ(PointsFor(*Rated(), v1::MatchReason::KIND_PLACE), 0);
}

TEST_F(MatchingTest, WhoseRatingsCountDependsOnWhoSeeks) {
  needing_ = {.ratings = 2, .stars = 2};
  offering_ = {.ratings = 2, .stars = 10};
  EXPECT_EQ(PointsFor(*Rated(Seeker::kNeed), v1::MatchReason::KIND_RATING), kRatingPoints);
  EXPECT_EQ(PointsFor(*Rated(Seeker::kOffer), v1::MatchReason::KIND_RATING), 0);
}

TEST_F(MatchingTest, TheBestDoNotDependOnTheOrderTheyComeIn) {
  std::vector<v1::MatchSuggestion> suggestions;
  for (int i = 0; i < 30; ++i) {
    v1::MatchSuggestion& suggestion = suggestions.emplace_back();
    suggestion.set_score(i % 5);
    suggestion.mutable_need()->set_name("n");
    suggestion.mutable_offer()->set_name("o" + std::to_string(10 + i));
  }
  const auto names = [](const std::vector<v1::MatchSuggestion>& all) {
    std::vector<std::string> listed;
    for (const auto& one : all) listed.push_back(one.offer().name());
    return listed;
  };
  const auto first = names(Best(suggestions, 7));
  EXPECT_THAT(first, ElementsAre("o14", "o19", "o24", "o29", "o34", "o39", "o13"));
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(suggestions.begin(), suggestions.end(), random);
    EXPECT_EQ(names(Best(suggestions, 7)), first);
  }
}

}  // namespace
}  // namespace jinhuan::resource
