#include "alliance-svc/domain/rotation_drafting.h"

#include <set>

#include "alliance-svc/domain/rotation_explanation.h"
#include "alliance-svc/domain/rotation_test_record.h"
#include "alliance-svc/domain/rotation_view.h"
#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance::chair {
namespace {

const absl::Time kNow = At(2026, 12, 1);

v1::PlanRotationRequest Request(int terms) {
  v1::PlanRotationRequest request;
  request.set_parent("alliances/a");
  request.set_term_count(terms);
  request.set_validate_only(true);
  return request;
}

std::string Wrong(const v1::PlanRotationRequest& request) {
  Violations violations;
  CheckPlanRequest(request, violations);
  return ReasonOf(violations.ToStatus());
}

std::set<std::string> ChairsOf(const internal::StoredPlan& plan) {
  std::set<std::string> chairs;
  for (const v1::ChairTerm& term : plan.plan().terms()) chairs.insert(term.member());
  return chairs;
}

TEST(RotationDraftingTest, TheLimitsOfARequest) {
  EXPECT_EQ(Wrong(Request(1)), "");
  EXPECT_EQ(Wrong(Request(60)), "");
  EXPECT_EQ(Wrong(Request(0)), "FIELD_INVALID");
  EXPECT_EQ(Wrong(Request(61)), "FIELD_INVALID");
  v1::PlanRotationRequest request = Request(3);
  *request.mutable_first_date() = ToDate(absl::CivilDay(2027, 1, 28));
  EXPECT_EQ(Wrong(request), "");
  request.mutable_first_date()->set_day(29);
  EXPECT_EQ(Wrong(request), "FIELD_INVALID");
  request = Request(3);
  request.add_suppositions()->set_event(v1::Supposition::EVENT_WITHDRAW);
  EXPECT_EQ(Wrong(request), "FIELD_REQUIRED");
  request.mutable_suppositions(0)->set_member(UnitName(1));
  EXPECT_EQ(Wrong(request), "");
  request.set_validate_only(false);
  EXPECT_EQ(Wrong(request), "FIELD_INVALID");
  request.set_validate_only(true);
  request.mutable_suppositions(0)->set_event(v1::Supposition::EVENT_UNAVAILABLE);
  EXPECT_EQ(Wrong(request), "FIELD_INVALID");
  request.mutable_suppositions(0)->set_event(v1::Supposition::EVENT_JOIN);
  request.mutable_suppositions(0)->clear_member();
  EXPECT_EQ(Wrong(request), "FIELD_INVALID");
  request.mutable_suppositions(0)->set_sector(v1::SECTOR_FINANCE);
  EXPECT_EQ(Wrong(request), "");
  request.mutable_suppositions(0)->set_event(v1::Supposition::EVENT_UNSPECIFIED);
  EXPECT_EQ(Wrong(request), "FIELD_INVALID");
}

TEST(RotationDraftingTest, TheFirstDateMustFitTheRecord) {
  Record record = TestRecord(3);
  v1::PlanRotationRequest request = Request(2);
  const auto tried = [&](absl::CivilDay day) {
    *request.mutable_first_date() = ToDate(day);
    return ReasonOf(MakeDraft(record, request, kNow).status());
  };
  EXPECT_EQ(tried(absl::CivilDay(2026, 6, 2)), "");  // its term has a moment left
  EXPECT_EQ(tried(absl::CivilDay(2026, 6, 1)), "FIELD_INVALID");
  EXPECT_EQ(tried(absl::CivilDay(2031, 12, 1)), "");
  EXPECT_EQ(tried(absl::CivilDay(2031, 12, 2)), "FIELD_INVALID");
  PlanAndPublish(record, kNow, 2);
  EXPECT_EQ(tried(absl::CivilDay(2027, 1, 1)), "FIELD_INVALID");
}

TEST(RotationDraftingTest, AnEmptyPoolNamesTheTerm) {
  Record record = TestRecord(2);
  for (const int unit : {1, 2}) {
    record.unavailabilities.push_back(
        Declaration(UnitName(unit), absl::CivilDay(2027, 9, 1), absl::CivilDay(2027, 9, 2)));
  }
  const auto draft = MakeDraft(record, Request(3), kNow);
  EXPECT_EQ(ReasonOf(draft.status()), "ROTATION_POOL_EMPTY");
  EXPECT_NE(draft.status().message().find("2027-07-01"), std::string::npos) << draft.status();
}

TEST(RotationDraftingTest, WhatIfAUnitLeftJoinedOrCouldNot) {
  Record record = TestRecord(4);
  PlanAndPublish(record, kNow, 4);
  const Record before = record;
  const std::string last = ChairOf(record, 3);

  v1::PlanRotationRequest request = Request(4);
  v1::Supposition& supposed = *request.add_suppositions();
  supposed.set_event(v1::Supposition::EVENT_WITHDRAW);
  supposed.set_member(last);
  auto plan = MakeDraft(record, request, kNow);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_FALSE(ChairsOf(*plan).contains(last));

  supposed.set_event(v1::Supposition::EVENT_UNAVAILABLE);
  *supposed.mutable_start_date() = ToDate(absl::CivilDay(2028, 8, 1));
  *supposed.mutable_end_date() = ToDate(absl::CivilDay(2028, 8, 2));
  plan = MakeDraft(record, request, kNow);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_NE(plan->plan().terms(3).member(), last);

  request = Request(5);
  v1::Supposition& joiner = *request.add_suppositions();
  joiner.set_event(v1::Supposition::EVENT_JOIN);
  joiner.set_sector(v1::SECTOR_FINANCE);
  plan = MakeDraft(record, request, kNow);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->plan().terms(4).member(), "alliances/a/members/imagined-1");
  EXPECT_EQ(plan->plan().terms(4).member_display_name(), "假设单位1");

  Unit outsider = record.units.at(UnitName(1));
  outsider.tier = v1::TIER_ORDINARY;
  record.units[UnitName(9)] = outsider;
  joiner.set_member(UnitName(9));
  plan = MakeDraft(record, request, kNow);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->plan().terms(4).member(), UnitName(9));

  joiner.set_member(UnitName(77));
  EXPECT_EQ(ReasonOf(MakeDraft(record, request, kNow).status()), "RESOURCE_NOT_FOUND");
}

TEST(RotationDraftingTest, ATermSaysWhyItIsWhose) {
  Record record = TestRecord(5);
  const internal::StoredPlan plan = PlanAndPublish(record, kNow, 5);
  const v1::ChairTerm third = ViewTerm(record, 2, kNow);
  const auto alternatives = AlternativesTo(plan, third.name());
  ASSERT_TRUE(alternatives.ok()) << alternatives.status();
  const v1::Explanation explained = Explain(plan, third, *alternatives);
  EXPECT_EQ(explained.alternatives_size(), 4);
  EXPECT_NE(explained.summary().find("2028-01-01"), std::string::npos);
  EXPECT_NE(explained.summary_en().find("cycle 1"), std::string::npos);
  for (const v1::Alternative& alternative : explained.alternatives()) {
    EXPECT_NE(alternative.member(), ChairOf(record, 2));
    EXPECT_FALSE(alternative.text().empty());
    EXPECT_FALSE(alternative.text_en().empty());
  }
  EXPECT_EQ(ReasonOf(AlternativesTo(plan, "alliances/a/chairTerms/2099-01-01").status()),
            "RESOURCE_NOT_FOUND");
}

}  // namespace
}  // namespace jinhuan::alliance::chair
