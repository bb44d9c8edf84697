#include "alliance-svc/domain/charter_rules.h"

#include <gtest/gtest.h>

#include <functional>

#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/facts/date.h"
#include "google/rpc/error_details.pb.h"

namespace jinhuan::alliance {
namespace {

using absl::CivilDay;
using Change = std::function<void(v1::Charter&)>;

// "field REASON" of the first violation of the changed default; "" when it is one.
std::string Wrong(const Change& change) {
  v1::Charter charter = DefaultCharter();
  change(charter);
  Violations violations;
  CheckCharter(charter, violations);
  const absl::Status status = violations.ToStatus();
  if (status.ok()) return "";
  google::rpc::BadRequest details;
  details.ParseFromString(
      std::string(*status.GetPayload("type.googleapis.com/google.rpc.BadRequest")));
  return details.field_violations(0).field() + " " + details.field_violations(0).reason();
}

// Expects that a number may be `min` to `max`, and neither less nor more.
void ExpectRange(const std::string& field, int min, int max,
                 const std::function<void(v1::Charter&, int)>& set) {
  const auto with = [&](int value) {
    return Wrong([&](v1::Charter& charter) { set(charter, value); });
  };
  EXPECT_EQ(with(min), "") << field;
  EXPECT_EQ(with(max), "") << field;
  EXPECT_EQ(with(min - 1), "charter." + field + " FIELD_INVALID");
  EXPECT_EQ(with(max + 1), "charter." + field + " FIELD_INVALID");
}

TEST(CharterRules, TheDefaultIsOne) {
  EXPECT_EQ(Wrong([](v1::Charter&) {}), "");
}

TEST(CharterRules, NumbersHaveTheirLimits) {
  using C = v1::Charter;
  ExpectRange("rotation.term_months", 1, 24,
              [](C& c, int v) { c.mutable_rotation()->set_term_months(v); });
  ExpectRange("rotation.probation_days", 0, 3650,
              [](C& c, int v) { c.mutable_rotation()->set_probation_days(v); });
  ExpectRange("rotation.max_deferrals", 0, 10,
              [](C& c, int v) { c.mutable_rotation()->set_max_deferrals(v); });
  ExpectRange("rotation.spread_window", 1, 8,
              [](C& c, int v) { c.mutable_rotation()->set_spread_window(v); });
  ExpectRange("rotation.notice_days", 0, 365,
              [](C& c, int v) { c.mutable_rotation()->set_notice_days(v); });
  ExpectRange("rotation.replacement_percent", 1, 100,
              [](C& c, int v) { c.mutable_rotation()->set_replacement_percent(v); });
  ExpectRange("rotation.swap_days", 1, 90,
              [](C& c, int v) { c.mutable_rotation()->set_swap_days(v); });
  ExpectRange("meeting.notice_days", 0, 90,
              [](C& c, int v) { c.mutable_meeting()->set_notice_days(v); });
  ExpectRange("meeting.topic_days", 0, 90,
              [](C& c, int v) { c.mutable_meeting()->set_topic_days(v); });
  ExpectRange("meeting.max_proxies", 0, 5,
              [](C& c, int v) { c.mutable_meeting()->set_max_proxies(v); });
  ExpectRange("meeting.tier_weights[1].votes", 0, 100,
              [](C& c, int v) { c.mutable_meeting()->mutable_tier_weights(1)->set_votes(v); });
  ExpectRange("booking_quotas[1].limit", 1, 100'000,
              [](C& c, int v) { c.mutable_booking_quotas(1)->set_limit(v); });
  ExpectRange("clocks.simple_request_days", 1, 250,
              [](C& c, int v) { c.mutable_clocks()->set_simple_request_days(v); });
  ExpectRange("clocks.ordinary_request_days", 1, 250,
              [](C& c, int v) { c.mutable_clocks()->set_ordinary_request_days(v); });
  ExpectRange("clocks.difficult_request_days", 1, 250,
              [](C& c, int v) { c.mutable_clocks()->set_difficult_request_days(v); });
  ExpectRange("clocks.supervision_answer_days", 1, 250,
              [](C& c, int v) { c.mutable_clocks()->set_supervision_answer_days(v); });
}

TEST(CharterRules, RatiosAreFractionsFromZeroToOne) {
  const auto with = [](int numerator, int denominator) {
    return Wrong([&](v1::Charter& c) {
      v1::Ratio& quorum = *c.mutable_meeting()->mutable_item_rules(1)->mutable_quorum();
      quorum.set_numerator(numerator);
      quorum.set_denominator(denominator);
    });
  };
  const std::string wrong = "charter.meeting.item_rules[1].quorum FIELD_INVALID";
  EXPECT_EQ(with(0, 1), "");
  EXPECT_EQ(with(1000, 1000), "");
  EXPECT_EQ(with(-1, 2), wrong);
  EXPECT_EQ(with(3, 2), wrong);
  EXPECT_EQ(with(0, 0), wrong);
  EXPECT_EQ(with(1, 1001), wrong);
  EXPECT_EQ(
      Wrong([](v1::Charter& c) { c.mutable_meeting()->mutable_item_rules(0)->clear_majority(); }),
      "charter.meeting.item_rules[0].majority FIELD_INVALID");
}

TEST(CharterRules, WhatMayStandOnceStandsOnce) {
  const auto with_rule = [](v1::ItemKind kind) {
    return Wrong(
        [&](v1::Charter& c) { c.mutable_meeting()->mutable_item_rules(1)->set_kind(kind); });
  };
  const std::string wrong_kind = "charter.meeting.item_rules[1].kind FIELD_INVALID";
  EXPECT_EQ(with_rule(v1::ITEM_KIND_ORDINARY), wrong_kind);
  EXPECT_EQ(with_rule(v1::ITEM_KIND_UNSPECIFIED), wrong_kind);
  EXPECT_EQ(with_rule(static_cast<v1::ItemKind>(99)), wrong_kind);
  EXPECT_EQ(Wrong([](v1::Charter& c) {
              c.mutable_meeting()->mutable_tier_weights(2)->set_tier(v1::TIER_STANDING);
            }),
            "charter.meeting.tier_weights[2].tier FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) { *c.add_booking_quotas() = c.booking_quotas(0); }),
            "charter.booking_quotas[2] FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.mutable_rotation()->add_pool_tiers(v1::TIER_COUNCIL); }),
            "charter.rotation.pool_tiers[2] FIELD_INVALID");
}

TEST(CharterRules, WhatMustBeThereIsMissed) {
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.clear_decision(); }), "charter.decision FIELD_REQUIRED");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.mutable_rotation()->clear_pool_tiers(); }),
            "charter.rotation.pool_tiers FIELD_REQUIRED");
  EXPECT_EQ(Wrong([](v1::Charter& c) {
              c.mutable_meeting()->mutable_item_rules(0)->set_kind(v1::ITEM_KIND_MAJOR);
              c.mutable_meeting()->mutable_item_rules()->DeleteSubrange(1, 4);
            }),
            "charter.meeting.item_rules FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) {
              c.mutable_meeting()->mutable_item_rules(0)->clear_majority_base();
            }),
            "charter.meeting.item_rules[0].majority_base FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.mutable_booking_quotas(0)->clear_span(); }),
            "charter.booking_quotas[0] FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.clear_meeting(); }),
            "charter.meeting.item_rules FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.clear_rotation(); }),
            "charter.rotation.term_months FIELD_INVALID");
}

TEST(CharterRules, TextsHaveTheirLengths) {
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.set_decision(std::string(200, 'x')); }), "");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.set_decision(std::string(201, 'x')); }),
            "charter.decision FIELD_INVALID");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.set_summary(std::string(2000, 'x')); }), "");
  EXPECT_EQ(Wrong([](v1::Charter& c) { c.set_summary(std::string(2001, 'x')); }),
            "charter.summary FIELD_INVALID");
}

TEST(CharterRules, TheEffectiveDateIsNotBeforeTheEarliest) {
  const auto with = [](const google::type::Date* date) {
    v1::Charter charter;
    if (date != nullptr) *charter.mutable_effective_date() = *date;
    Violations violations;
    CheckEffectiveDate(charter, CivilDay(2026, 7, 1), violations);
    return ReasonOf(violations.ToStatus());
  };
  google::type::Date date = ToDate(CivilDay(2026, 7, 1));
  EXPECT_EQ(with(nullptr), "FIELD_REQUIRED");
  EXPECT_EQ(with(&date), "");
  date = ToDate(CivilDay(2026, 6, 30));
  EXPECT_EQ(with(&date), "FIELD_INVALID");
  date = ToDate(CivilDay(2201, 1, 1));
  EXPECT_EQ(with(&date), "FIELD_INVALID");
  date.set_year(2027);
  date.set_month(2);
  date.set_day(30);
  EXPECT_EQ(with(&date), "FIELD_INVALID");
}

TEST(HolidayRules, DaysLieInTheTablesYearsOnce) {
  const std::string holidays = "charter.holidays.";
  const auto with = [](const std::function<void(v1::HolidayTable&)>& change) {
    return Wrong([&](v1::Charter& c) { change(*c.mutable_holidays()); });
  };
  const auto day = [](int year, int month, int d) { return ToDate(CivilDay(year, month, d)); };
  EXPECT_EQ(with([](v1::HolidayTable& t) { t.Clear(); }), "");
  EXPECT_EQ(with([](v1::HolidayTable& t) { t.add_years(2026); }), holidays + "years FIELD_INVALID");
  EXPECT_EQ(with([](v1::HolidayTable& t) { t.set_years(0, 1999); }),
            holidays + "years FIELD_INVALID");
  EXPECT_EQ(with([](v1::HolidayTable& t) {
              for (int year = 2027; t.years_size() < 21; ++year) t.add_years(year);
            }),
            holidays + "years FIELD_INVALID");
  EXPECT_EQ(
      with([&](v1::HolidayTable& t) { *t.mutable_holidays(0)->mutable_date() = day(2027, 1, 1); }),
      holidays + "holidays[0].date FIELD_INVALID");
  EXPECT_EQ(with([](v1::HolidayTable& t) { *t.mutable_holidays(1) = t.holidays(0); }),
            holidays + "holidays[1].date FIELD_INVALID");
  EXPECT_EQ(with([](v1::HolidayTable& t) { t.mutable_holidays(0)->clear_display_name(); }),
            holidays + "holidays[0].display_name FIELD_REQUIRED");
  EXPECT_EQ(with([](v1::HolidayTable& t) {
              t.mutable_holidays(0)->set_display_name(std::string(21, 'x'));
            }),
            holidays + "holidays[0].display_name FIELD_INVALID");
  EXPECT_EQ(with([&](v1::HolidayTable& t) {
              *t.mutable_worked_weekend_days(0) = day(2026, 3, 2);  // a Monday
            }),
            holidays + "worked_weekend_days[0] FIELD_INVALID");
  EXPECT_EQ(with([&](v1::HolidayTable& t) {
              *t.mutable_worked_weekend_days(0) = day(2026, 4, 4);  // off, too
            }),
            holidays + "worked_weekend_days[0] FIELD_INVALID");
}

TEST(DefaultCharter, TheFirstBeginsOnTheDayOfTheAllianceInItsZone) {
  v1::Alliance alliance;
  alliance.set_name("alliances/a1");
  alliance.set_time_zone("Asia/Shanghai");
  // 2026-09-22 01:46:40 there, and still the 21st in UTC.
  alliance.mutable_create_time()->set_seconds(1'790'012'800);
  const v1::Charter charter = FirstCharter(alliance);
  EXPECT_EQ(charter.name(), "alliances/a1/charters/1");
  EXPECT_EQ(charter.version(), 1);
  EXPECT_EQ(ToCivilDay(charter.effective_date()), CivilDay(2026, 9, 22));
  EXPECT_EQ(charter.adopt_time().seconds(), 1'790'012'800);
}

}  // namespace
}  // namespace jinhuan::alliance
