// What units declare: times in which they can't, and turns that they give up.
#include "alliance-svc/facts/date.h"
#include "alliance-svc/rpc/rotation_fixture.h"

namespace jinhuan::alliance {
namespace {

class RotationDeclarationTest : public RotationFixture {
 protected:
  void SetUp() override {
    units_ = AddUnits(6);
    PlanAndPublish(5);
    terms_ = Terms();
  }

  static v1::DeclareUnavailabilityRequest Request(absl::CivilDay start, absl::CivilDay end) {
    v1::DeclareUnavailabilityRequest request;
    request.set_parent(kAlliance);
    *request.mutable_unavailability()->mutable_start_date() = ToDate(start);
    *request.mutable_unavailability()->mutable_end_date() = ToDate(end);
    request.mutable_unavailability()->set_reason("搬迁");
    return request;
  }
  absl::StatusOr<v1::Unavailability> Declare(const TestCaller& as,
                                             const v1::DeclareUnavailabilityRequest& request) {
    return Call(*rotations_, &Stub::DeclareUnavailability, as, request);
  }
  absl::StatusOr<v1::Unavailability> Cancel(const std::string& name, const TestCaller& as) {
    v1::CancelUnavailabilityRequest request;
    request.set_name(name);
    return Call(*rotations_, &Stub::CancelUnavailability, as, request);
  }
  absl::StatusOr<v1::Waiver> Waive(const TestCaller& as, const std::string& member = "") {
    v1::WaiveTurnRequest request;
    request.set_parent(kAlliance);
    request.set_member(member);
    request.set_reason("人手不足");
    return Call(*rotations_, &Stub::WaiveTurn, as, request);
  }
  TestCaller Of(size_t term) { return Liaison(terms_[term].member()); }

  std::vector<std::string> units_;
  std::vector<v1::ChairTerm> terms_;
  const absl::CivilDay in_third_{2028, 2, 1};
};

TEST_F(RotationDeclarationTest, DeclaredInTimeItPutsTheTurnOff) {
  const auto declared = Declare(Of(2), Request(in_third_, in_third_ + 5));
  ASSERT_TRUE(declared.ok()) << declared.status();
  EXPECT_TRUE(declared->deferral());
  EXPECT_EQ(declared->member(), terms_[2].member());
  EXPECT_EQ(declared->strength(), v1::Unavailability::STRENGTH_CANNOT);
  EXPECT_EQ(declared->charter_version(), 1);
  EXPECT_TRUE(GetRotation().needs_replan());
  EXPECT_EQ(Terms()[2].member(), terms_[2].member());
  PlanAndPublish(5);
  EXPECT_NE(Terms()[2].member(), terms_[2].member());
  EXPECT_NE(Terms()[2].changes(0).reason().find("搬迁"), std::string::npos);
  EXPECT_FALSE(GetRotation().needs_replan());
}

TEST_F(RotationDeclarationTest, AUnitHasOnlySoManyThatAreNotOver) {
  const auto declare = [&](const TestCaller& as) {
    return Declare(as, Request(absl::CivilDay(2026, 12, 2), absl::CivilDay(2026, 12, 4)));
  };
  std::string first;
  for (int i = 0; i < 12; ++i) {
    const auto declared = declare(Of(2));
    ASSERT_TRUE(declared.ok()) << declared.status();
    if (i == 0) first = declared->name();
  }
  EXPECT_EQ(ReasonOf(declare(Of(2)).status()), "DECLARATIONS_FULL");
  EXPECT_TRUE(declare(Of(3)).ok());
  ASSERT_TRUE(Cancel(first, Of(2)).ok());
  EXPECT_TRUE(declare(Of(2)).ok());
  EXPECT_EQ(ReasonOf(declare(Of(2)).status()), "DECLARATIONS_FULL");
  GoTo(At(2026, 12, 4));
  EXPECT_TRUE(
      Declare(Of(2), Request(absl::CivilDay(2026, 12, 5), absl::CivilDay(2026, 12, 6))).ok());
}

TEST_F(RotationDeclarationTest, OnlySoManyInACycle) {
  PlanAndPublish(6);  // all units have a term, so the one that is put off stays in the cycle
  terms_ = Terms();
  const TestCaller unit = Of(2);
  const std::string member = terms_[2].member();
  // In the term that the unit has now.
  const auto declare = [&]() -> absl::StatusOr<v1::Unavailability> {
    for (const v1::ChairTerm& term : Terms()) {
      if (term.member() != member) continue;
      const absl::CivilDay start =
          absl::ToCivilDay(api::FromProto(term.start_time()), absl::FixedTimeZone(8 * 3600));
      return Declare(unit, Request(start + 9, start + 12));
    }
    return absl::NotFoundError("it has no term");
  };
  // Taken back before a plan followed it, it does not count.
  const auto taken_back = declare();
  ASSERT_TRUE(taken_back.ok()) << taken_back.status();
  ASSERT_TRUE(Cancel(taken_back->name(), unit).ok());
  for (int i = 0; i < 2; ++i) {
    const auto declared = declare();
    ASSERT_TRUE(declared.ok()) << declared.status();
    EXPECT_TRUE(declared->deferral());
    PlanAndPublish(6);
  }
  EXPECT_EQ(ReasonOf(declare().status()), "DEFERRALS_USED_UP");
  // Put off by a plan, one counts also when it is taken back.
  v1::ListUnavailabilitiesRequest list;
  list.set_parent(kAlliance);
  const auto listed = Call(*rotations_, &Stub::ListUnavailabilities, unit, list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  for (const v1::Unavailability& each : listed->unavailabilities()) {
    ASSERT_TRUE(Cancel(each.name(), unit).ok());
  }
  EXPECT_EQ(ReasonOf(declare().status()), "DEFERRALS_USED_UP");
}

TEST_F(RotationDeclarationTest, ForAFrozenTermItAsksForAStandIn) {
  const auto declared =
      Declare(Of(0), Request(absl::CivilDay(2027, 2, 1), absl::CivilDay(2027, 2, 9)));
  ASSERT_TRUE(declared.ok()) << declared.status();
  EXPECT_FALSE(declared->deferral());
  const v1::Rotation rotation = GetRotation();
  EXPECT_FALSE(rotation.needs_replan());
  ASSERT_EQ(rotation.replan_reasons_size(), 1);
  EXPECT_NE(rotation.replan_reasons(0).find("请安排代理"), std::string::npos);
  v1::AssignStandInRequest request;
  request.set_name(terms_[0].name());
  request.set_reason("搬迁");
  *request.mutable_start_time() = api::ToProto(At(2027, 2, 1));
  *request.mutable_end_time() = api::ToProto(At(2027, 2, 9));
  ASSERT_TRUE(Call(*rotations_, &Stub::AssignStandIn, Street(kAlliance), request).ok());
  EXPECT_EQ(GetRotation().replan_reasons_size(), 0);
}

TEST_F(RotationDeclarationTest, AWishChangesNothingByItself) {
  auto request = Request(in_third_, in_third_ + 5);
  request.mutable_unavailability()->set_strength(v1::Unavailability::STRENGTH_PREFER_NOT);
  const auto declared = Declare(Of(2), request);
  ASSERT_TRUE(declared.ok()) << declared.status();
  EXPECT_FALSE(declared->deferral());
  EXPECT_FALSE(GetRotation().needs_replan());
  EXPECT_EQ(Plan(5)->cost().unmet_preferences(), 1);
}

TEST_F(RotationDeclarationTest, EachForItselfAndWithinLimits) {
  auto request = Request(in_third_, in_third_ + 5);
  request.mutable_unavailability()->set_member(terms_[3].member());
  EXPECT_EQ(ReasonOf(Declare(Of(2), request).status()), "ROLE_REQUIRED");
  EXPECT_TRUE(Declare(Street(kAlliance), request).ok());
  request.mutable_unavailability()->clear_member();
  EXPECT_EQ(ReasonOf(Declare(Street(kAlliance), request).status()), "FIELD_REQUIRED");
  request.mutable_unavailability()->set_member("alliances/a1/members/nobody");
  EXPECT_EQ(ReasonOf(Declare(Street(kAlliance), request).status()), "RESOURCE_NOT_FOUND");
  const auto wrong = [&](absl::CivilDay start, absl::CivilDay end) {
    return ReasonOf(Declare(Of(2), Request(start, end)).status());
  };
  EXPECT_EQ(wrong(in_third_, in_third_), "FIELD_INVALID");
  EXPECT_EQ(wrong(absl::CivilDay(2030, 1, 1), absl::CivilDay(2033, 1, 2)), "FIELD_INVALID");
  EXPECT_EQ(wrong(absl::CivilDay(2030, 1, 1), absl::CivilDay(2033, 1, 1)), "");
  EXPECT_EQ(wrong(absl::CivilDay(2026, 11, 1), absl::CivilDay(2026, 12, 1)), "FIELD_INVALID");
  auto no_reason = Request(in_third_, in_third_ + 5);
  no_reason.mutable_unavailability()->clear_reason();
  EXPECT_EQ(ReasonOf(Declare(Of(2), no_reason).status()), "FIELD_REQUIRED");
}

TEST_F(RotationDeclarationTest, ListsPageAndForgetWhatIsTakenBack) {
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) {
    const auto declared = Declare(Liaison(units_[i % 2]), Request(absl::CivilDay(2032, 1, 9 - i),
                                                                  absl::CivilDay(2032, 2, 1)));
    ASSERT_TRUE(declared.ok()) << declared.status();
    names.insert(names.begin(), declared->name());
  }
  EXPECT_EQ(ReasonOf(Cancel(names[0], Liaison(units_[1])).status()), "ROLE_REQUIRED");
  ASSERT_TRUE(Cancel(names[0], Liaison(units_[0])).ok());
  EXPECT_EQ(ReasonOf(Cancel(names[0], Liaison(units_[0])).status()), "RESOURCE_NOT_FOUND");
  v1::ListUnavailabilitiesRequest request;
  request.set_parent(kAlliance);
  request.set_page_size(3);
  std::vector<std::string> listed;
  do {
    const auto page = Call(*rotations_, &Stub::ListUnavailabilities, Of(2), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& each : page->unavailabilities()) listed.push_back(each.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, std::vector<std::string>(names.begin() + 1, names.end()));
  request.set_member(units_[1]);
  EXPECT_EQ(Call(*rotations_, &Stub::ListUnavailabilities, Of(2), request)->unavailabilities_size(),
            2);
  GoTo(At(2032, 2, 1));
  request.clear_member();
  EXPECT_EQ(Call(*rotations_, &Stub::ListUnavailabilities, Of(2), request)->unavailabilities_size(),
            0);
}

TEST_F(RotationDeclarationTest, ATurnIsGivenUpOnce) {
  EXPECT_EQ(ReasonOf(Waive(Of(0)).status()), "TERM_FROZEN");
  const auto waived = Waive(Of(3));
  ASSERT_TRUE(waived.ok()) << waived.status();
  EXPECT_EQ(waived->cycle(), 1);
  EXPECT_EQ(waived->member(), terms_[3].member());
  EXPECT_EQ(ReasonOf(Waive(Of(3)).status()), "TURN_TAKEN");
  EXPECT_TRUE(GetRotation().needs_replan());
  EXPECT_EQ(ReasonOf(Waive(Street(kAlliance)).status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Waive(Street(kAlliance), "alliances/a1/members/x").status()),
            "RESOURCE_NOT_FOUND");
  PlanAndPublish(5);
  for (const v1::ChairTerm& term : Terms()) EXPECT_NE(term.member(), terms_[3].member());
  GoTo(At(2027, 8, 1));
  EXPECT_EQ(ReasonOf(Waive(Of(0)).status()), "TURN_TAKEN");
}

}  // namespace
}  // namespace jinhuan::alliance
