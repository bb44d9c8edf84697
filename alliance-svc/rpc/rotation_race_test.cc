// What holds when several do it at once, on a real database.
#include <atomic>

#include "alliance-svc/rpc/rotation_fixture.h"

namespace jinhuan::alliance {
namespace {

class RotationRaceTest : public RotationFixture {};

TEST_F(RotationRaceTest, OfTwoPublicationsOneIsDone) {
  AddUnits(5);
  for (int round = 0; round < 3; ++round) {
    const auto plan = Plan(4 + round);
    ASSERT_TRUE(plan.ok()) << plan.status();
    std::atomic<int> published = 0;
    AtOnce(4, [&](int) {
      const auto rotation = Publish(plan->etag());
      published += rotation.ok();
      if (!rotation.ok()) {
        EXPECT_EQ(ReasonOf(rotation.status()), "ROTATION_DRAFT_MISSING");
      }
    });
    EXPECT_EQ(published, 1);
    // A seed for the first plan, and one that lasts until the next cycle is reached.
    EXPECT_EQ(GetRotation().revealed_seeds_size(), round == 0 ? 1 : 2);
    EXPECT_EQ(Terms().size(), 4U + round);
  }
}

TEST_F(RotationRaceTest, ARepeatedPublicationGetsTheFirstAnswer) {
  AddUnits(4);
  const auto plan = Plan(4);
  ASSERT_TRUE(plan.ok());
  std::vector<std::string> answers(4);
  AtOnce(4, [&](int i) {
    const auto rotation = Publish(plan->etag(), "same");
    answers[i] = rotation.ok() ? rotation->SerializeAsString() : rotation.status().ToString();
  });
  for (const std::string& answer : answers) EXPECT_EQ(answer, answers[0]);
  EXPECT_EQ(GetRotation().revealed_seeds_size(), 1);
}

TEST_F(RotationRaceTest, PlansAtOnceLeaveOneDraft) {
  AddUnits(4);
  std::vector<std::string> etags(4);
  AtOnce(4, [&](int i) {
    const auto plan = Plan(3 + i);
    EXPECT_TRUE(plan.ok()) << plan.status();
    etags[i] = plan.ok() ? plan->etag() : "";
  });
  const std::string kept = GetRotation().draft().etag();
  int published = 0;
  for (const std::string& etag : etags) {
    if (etag == kept) continue;
    EXPECT_EQ(ReasonOf(Publish(etag).status()), "ETAG_STALE");
  }
  published += Publish(kept).ok();
  EXPECT_EQ(published, 1);
}

// The first plan alone may name its first day: once it is published, the same request is one
// that would be refused, were it not the same.
TEST_F(RotationRaceTest, ARepeatedPlanGetsTheFirstAnswerWhateverHappenedSince) {
  AddUnits(4);
  v1::PlanRotationRequest request;
  request.set_parent(kAlliance);
  request.set_term_count(3);
  request.set_request_id("once");
  request.mutable_first_date()->set_year(2027);
  request.mutable_first_date()->set_month(2);
  request.mutable_first_date()->set_day(1);
  const auto plan = [&] {
    return Call(*rotations_, &Stub::PlanRotation, Street(kAlliance), request);
  };
  const auto first = plan();
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(Publish(first->etag()).ok());
  const auto again = plan();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  request.set_request_id("another");
  EXPECT_EQ(ReasonOf(plan().status()), "FIELD_INVALID");
}

TEST_F(RotationRaceTest, ManyWhoAskWhyGetOneAnswer) {
  AddUnits(6);
  PlanAndPublish(5);
  const auto terms = Terms();
  std::vector<std::string> answers(16);
  AtOnce(16, [&](int i) {
    v1::ExplainChairTermRequest request;
    request.set_name(terms[static_cast<size_t>(i % 2)].name());
    const auto explained = Call(*rotations_, &Stub::ExplainChairTerm, Street(kAlliance), request);
    answers[static_cast<size_t>(i)] =
        explained.ok() ? explained->SerializeAsString() : explained.status().ToString();
  });
  EXPECT_NE(answers[0], answers[1]);
  for (size_t i = 2; i < answers.size(); ++i) EXPECT_EQ(answers[i], answers[i % 2]);
}

// A unit leaves while a draft with it is published. Either the publication came first and
// asks to plan again, or the draft was stale; never is a unit that left published unseen.
TEST_F(RotationRaceTest, AUnitThatLeavesDuringAPublicationIsNotMissed) {
  const std::vector<std::string> units = AddUnits(14);
  PlanAndPublish(3);
  int published = 0;
  for (int round = 0; round < 8; ++round) {
    const auto plan = Plan(6 + round % 2);
    ASSERT_TRUE(plan.ok()) << plan.status();
    const std::string leaves = plan->terms(4).member();
    absl::StatusOr<v1::Rotation> rotation;
    AtOnce(2, [&](int i) {
      if (i == 0) {
        rotation = Publish(plan->etag());
      } else {
        SetState(leaves, v1::Member::STATE_WITHDRAWN);
      }
    });
    if (rotation.ok()) {
      ++published;
      EXPECT_EQ(Terms()[4].member(), leaves);
      EXPECT_TRUE(GetRotation().needs_replan());
    } else {
      EXPECT_EQ(ReasonOf(rotation.status()), "ROTATION_DRAFT_STALE");
    }
    PlanAndPublish(6);
    for (const v1::ChairTerm& term : Terms()) EXPECT_NE(term.member(), leaves);
    EXPECT_FALSE(GetRotation().needs_replan());
  }
  RecordProperty("published_first", published);
}

TEST_F(RotationRaceTest, StandInsAssignedAtOnceDoNotOverlap) {
  const std::vector<std::string> units = AddUnits(8);
  PlanAndPublish(3);
  const std::vector<v1::ChairTerm> terms = Terms();
  GoTo(At(2027, 1, 2));
  std::vector<std::string> free;
  for (const std::string& unit : units) {
    if (unit != terms[0].member()) free.push_back(unit);
  }
  std::atomic<int> assigned = 0;
  AtOnce(4, [&](int i) {
    v1::AssignStandInRequest request;
    request.set_name(terms[0].name());
    request.set_member(free[i]);
    request.set_reason("出差");
    *request.mutable_start_time() = api::ToProto(At(2027, 2, 1 + i));
    *request.mutable_end_time() = api::ToProto(At(2027, 2, 8 + i));
    const auto term = Call(*rotations_, &Stub::AssignStandIn, Street(kAlliance), request);
    assigned += term.ok();
    if (!term.ok()) {
      EXPECT_EQ(ReasonOf(term.status()), "STAND_IN_IMPOSSIBLE");
    }
  });
  EXPECT_EQ(assigned, 1);
  EXPECT_EQ(Terms()[0].stand_ins_size(), 1);
}

// The chair's unit is suspended while others ask who acts: at each moment one unit does,
// and none that is suspended once it is.
TEST_F(RotationRaceTest, ASuspendedChairIsFollowedAtOnce) {
  AddUnits(5);
  PlanAndPublish(3);
  GoTo(At(2027, 3, 1));
  const std::string chair = Terms()[0].member();
  std::atomic<bool> suspended = false;
  AtOnce(3, [&](int i) {
    if (i == 0) {
      SetState(chair, v1::Member::STATE_SUSPENDED);
      suspended = true;
      return;
    }
    for (bool before = false; !before;) {
      before = suspended;
      const std::string acts = WhoActs();
      EXPECT_NE(acts, "CHAIR_VACANT");
      if (before) {
        EXPECT_NE(acts, chair);
      }
    }
  });
  SetState(chair, v1::Member::STATE_ACTIVE);
  EXPECT_EQ(WhoActs(), chair);
}

}  // namespace
}  // namespace jinhuan::alliance
