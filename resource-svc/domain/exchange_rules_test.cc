#include "resource-svc/domain/exchange_rules.h"

#include <gmock/gmock.h>

#include <functional>
#include <limits>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

v1::Need Valid() {
  v1::Need need;
  need.set_category(v1::EXCHANGE_CATEGORY_VOLUNTEERS);
  need.set_title("小满集市志愿者");
  return need;
}

absl::Status Checked(const std::function<void(v1::Need&)>& change) {
  v1::Need need = Valid();
  change(need);
  Violations violations;
  CheckListing(need, violations);
  return violations.ToStatus();
}

TEST(ExchangeRulesTest, AListingIsChecked) {
  using Need = v1::Need;
  EXPECT_TRUE(Checked([](Need&) {}).ok());
  EXPECT_TRUE(Checked([](Need& n) { n.mutable_end_time()->set_seconds(1); }).ok());
  EXPECT_EQ(ReasonOf(Checked([](Need& n) { n.clear_category(); })), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Checked([](Need& n) { n.clear_title(); })), "FIELD_REQUIRED");
  const std::function<void(Need&)> wrong[] = {
      [](Need& n) { n.set_category(static_cast<v1::ExchangeCategory>(99)); },
      [](Need& n) { n.set_title(std::string(61, 'x')); },
      [](Need& n) { n.set_quantity(-1); },
      [](Need& n) { n.set_quantity(10'001); },
      [](Need& n) { n.set_quantity_unit("12345678901"); },
      [](Need& n) { n.mutable_start_time()->set_seconds(-1); },
      [](Need& n) {
        n.mutable_start_time()->set_seconds(10);
        n.mutable_end_time()->set_seconds(10);
      },
      [](Need& n) { n.mutable_location()->set_latitude(91); },
      [](Need& n) { n.mutable_location()->set_latitude(std::numeric_limits<double>::quiet_NaN()); },
  };
  for (const auto& change : wrong) EXPECT_EQ(ReasonOf(Checked(change)), "FIELD_INVALID");
}

TEST(ExchangeRulesTest, AListingIsOverAtItsEnd) {
  v1::Need need = Valid();
  EXPECT_FALSE(IsOver(need, absl::FromUnixSeconds(10)));
  need.mutable_end_time()->set_seconds(10);
  EXPECT_FALSE(IsOver(need, absl::FromUnixSeconds(10) - absl::Nanoseconds(1)));
  EXPECT_TRUE(IsOver(need, absl::FromUnixSeconds(10)));
}

TEST(ExchangeRulesTest, WhoGivesAndTakesFollowsFromWhatIsClaimed) {
  v1::Need need = Valid();
  need.set_name("alliances/a/needs/n");
  need.set_member("m1");
  v1::Offer offer;
  offer.set_name("alliances/a/offers/o");
  offer.set_category(need.category());
  offer.set_member("m2");
  v1::Match wanted;
  const auto as = [](const absl::StatusOr<v1::Match>& match) {
    if (!match.ok()) return ReasonOf(match.status());
    return match->publisher() + " " + match->giver() + ">" + match->taker() +
           (NeedIsClaimed(*match) ? " need" : " offer");
  };
  EXPECT_EQ(as(SettleClaim(wanted, &need, nullptr, "m2")), "m1 m2>m1 need");
  EXPECT_EQ(as(SettleClaim(wanted, nullptr, &offer, "m1")), "m2 m2>m1 offer");
  EXPECT_EQ(as(SettleClaim(wanted, &need, &offer, "m2")), "m1 m2>m1 need");
  EXPECT_EQ(as(SettleClaim(wanted, &need, &offer, "m1")), "m2 m2>m1 offer");
  EXPECT_EQ(as(SettleClaim(wanted, &need, nullptr, "m1")), "OWN_LISTING");
  EXPECT_EQ(as(SettleClaim(wanted, nullptr, &offer, "m2")), "OWN_LISTING");
  EXPECT_EQ(as(SettleClaim(wanted, &need, &offer, "m3")), "FIELD_INVALID");
  offer.set_category(v1::EXCHANGE_CATEGORY_OTHER);
  EXPECT_EQ(as(SettleClaim(wanted, &need, &offer, "m1")), "FIELD_INVALID");
  offer.set_member("m1");
  EXPECT_EQ(as(SettleClaim(wanted, &need, &offer, "m1")), "OWN_LISTING");
}

TEST(ExchangeRulesTest, TermsHaveAWholeInterval) {
  const auto checked = [](const std::function<void(v1::MatchTerms&)>& change) {
    v1::MatchTerms terms;
    terms.set_description("周六上午两小时");
    change(terms);
    Violations violations;
    CheckTerms(terms, 3, violations);
    return ReasonOf(violations.ToStatus());
  };
  using Terms = v1::MatchTerms;
  EXPECT_EQ(checked([](Terms&) {}), "");
  EXPECT_EQ(checked([](Terms& t) { t.clear_description(); }), "FIELD_REQUIRED");
  EXPECT_EQ(checked([](Terms& t) { t.set_quantity(4); }), "FIELD_INVALID");
  EXPECT_EQ(checked([](Terms& t) { t.mutable_start_time()->set_seconds(1); }), "FIELD_REQUIRED");
  EXPECT_EQ(checked([](Terms& t) { t.mutable_end_time()->set_seconds(1); }), "FIELD_REQUIRED");
  EXPECT_EQ(checked([](Terms& t) { t.set_window("w"); }), "FIELD_REQUIRED");
}

TEST(ExchangeRulesTest, WhatHasNotBegunIsNotDelivered) {
  v1::Match match;
  EXPECT_TRUE(CheckBegun(match, absl::UnixEpoch()).ok());
  match.mutable_terms()->mutable_start_time()->set_seconds(10);
  EXPECT_EQ(ReasonOf(CheckBegun(match, absl::FromUnixSeconds(9))), "NOT_BEGUN");
  EXPECT_TRUE(CheckBegun(match, absl::FromUnixSeconds(10)).ok());
}

TEST(ExchangeRulesTest, ARatingHasOneToFiveStars) {
  for (int score = -1; score <= 6; ++score) {
    v1::MatchRating rating;
    rating.set_score(score);
    Violations violations;
    CheckRating(rating, violations);
    EXPECT_EQ(violations.empty(), score >= 1 && score <= 5) << score;
  }
}

}  // namespace
}  // namespace jinhuan::resource
