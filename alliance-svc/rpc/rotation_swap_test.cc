// Swaps, as their units and the street move them.
#include <atomic>

#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/rpc/rotation_fixture.h"

namespace jinhuan::alliance {
namespace {

class RotationSwapTest : public RotationFixture {
 protected:
  // Six units, five published terms: the third to fifth can be exchanged.
  void SetUp() override {
    AddUnits(6);
    PlanAndPublish(5);
    terms_ = Terms();
  }

  absl::StatusOr<v1::TermSwap> Propose(size_t term, size_t other, const TestCaller& as,
                                       bool validate_only = false, const std::string& id = "") {
    v1::ProposeSwapRequest request;
    request.set_parent(kAlliance);
    request.mutable_swap()->set_term(terms_[term].name());
    request.mutable_swap()->set_other_term(terms_[other].name());
    request.mutable_swap()->set_reason("年终结算");
    request.set_validate_only(validate_only);
    request.set_request_id(id);
    return Call(*rotations_, &Stub::ProposeSwap, as, request);
  }
  absl::StatusOr<v1::TermSwap> Propose(size_t term, size_t other) {
    return Propose(term, other, Of(term));
  }
  // The liaison of the unit that had the term first.
  TestCaller Of(size_t term) { return Liaison(terms_[term].member()); }

  absl::StatusOr<v1::TermSwap> Answer(const std::string& name, bool accept, const TestCaller& as) {
    v1::AnswerSwapRequest request;
    request.set_name(name);
    request.set_accept(accept);
    return Call(*rotations_, &Stub::AnswerSwap, as, request);
  }
  absl::StatusOr<v1::TermSwap> Approve(const std::string& name, bool reject = false,
                                       const std::string& id = "") {
    v1::ApproveSwapRequest request;
    request.set_name(name);
    request.set_reject(reject);
    request.set_reason("同意");
    request.set_request_id(id);
    return Call(*rotations_, &Stub::ApproveSwap, Street(kAlliance), request);
  }
  absl::StatusOr<v1::TermSwap> Get(const std::string& name) {
    v1::GetSwapRequest request;
    request.set_name(name);
    return Call(*rotations_, &Stub::GetSwap, Street(kAlliance), request);
  }
  v1::TermSwap Accepted(size_t term, size_t other) {
    const auto swap = Propose(term, other);
    EXPECT_TRUE(swap.ok()) << swap.status();
    const auto accepted = Answer(swap->name(), true, Of(other));
    EXPECT_TRUE(accepted.ok()) << accepted.status();
    return accepted.value_or(v1::TermSwap());
  }

  std::vector<v1::ChairTerm> terms_;
};

TEST_F(RotationSwapTest, BothUnitsAndTheStreetAgree) {
  const auto proposed = Propose(2, 4);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(proposed->state(), v1::TermSwap::STATE_PROPOSED);
  EXPECT_EQ(proposed->member(), terms_[2].member());
  EXPECT_EQ(proposed->other_member(), terms_[4].member());
  EXPECT_EQ(proposed->charter_version(), 1);
  EXPECT_EQ(ReasonOf(Approve(proposed->name()).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Answer(proposed->name(), true, Of(2)).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Answer(proposed->name(), false, Of(3)).status()), "ROLE_REQUIRED");
  // Nobody speaks for a unit.
  EXPECT_EQ(ReasonOf(Answer(proposed->name(), true, Street(kAlliance)).status()), "ROLE_REQUIRED");
  const auto accepted = Answer(proposed->name(), true, Of(4));
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(accepted->state(), v1::TermSwap::STATE_ACCEPTED);
  EXPECT_EQ(ReasonOf(Answer(proposed->name(), false, Of(4)).status()), "STATE_WRONG");
  EXPECT_EQ(Terms()[2].member(), terms_[2].member());
  const auto approved = Approve(proposed->name());
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(approved->state(), v1::TermSwap::STATE_APPROVED);
  const auto after = Terms();
  EXPECT_EQ(after[2].member(), terms_[4].member());
  EXPECT_EQ(after[4].member(), terms_[2].member());
  EXPECT_EQ(after[2].changes_size(), 1);
  EXPECT_EQ(ReasonOf(Approve(proposed->name()).status()), "STATE_WRONG");
  // The explanation tells the swap; planning again keeps it.
  v1::ExplainChairTermRequest explain;
  explain.set_name(after[2].name());
  const auto explained = Call(*rotations_, &Stub::ExplainChairTerm, Street(kAlliance), explain);
  ASSERT_TRUE(explained.ok()) << explained.status();
  EXPECT_NE(explained->summary().find("互换"), std::string::npos) << explained->summary();
  EXPECT_EQ(Plan(5)->differences_size(), 0);
}

TEST_F(RotationSwapTest, EitherUnitAndTheStreetMaySayNo) {
  const auto declined = Answer(Propose(2, 3)->name(), false, Of(3));
  ASSERT_TRUE(declined.ok()) << declined.status();
  EXPECT_EQ(declined->state(), v1::TermSwap::STATE_DECLINED);
  EXPECT_EQ(Answer(Propose(2, 3)->name(), false, Of(2))->state(), v1::TermSwap::STATE_WITHDRAWN);
  EXPECT_EQ(Answer(Accepted(2, 3).name(), false, Of(2))->state(), v1::TermSwap::STATE_WITHDRAWN);
  EXPECT_EQ(Approve(Accepted(2, 3).name(), true)->state(), v1::TermSwap::STATE_REJECTED);
  EXPECT_EQ(Terms()[2].member(), terms_[2].member());
  v1::ListSwapsRequest request;
  request.set_parent(kAlliance);
  request.set_page_size(3);
  auto page = Call(*rotations_, &Stub::ListSwaps, Of(2), request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->swaps_size(), 3);
  EXPECT_EQ(page->swaps(0).state(), v1::TermSwap::STATE_REJECTED);  // the newest first
  request.set_page_token(page->next_page_token());
  page = Call(*rotations_, &Stub::ListSwaps, Of(2), request);
  ASSERT_EQ(page->swaps_size(), 1);
  EXPECT_EQ(page->swaps(0).state(), v1::TermSwap::STATE_DECLINED);
  request.clear_page_token();
  request.set_state(v1::TermSwap::STATE_WITHDRAWN);
  EXPECT_EQ(Call(*rotations_, &Stub::ListSwaps, Of(2), request)->swaps_size(), 2);
  request.set_member(terms_[4].member());
  EXPECT_EQ(Call(*rotations_, &Stub::ListSwaps, Of(2), request)->swaps_size(), 0);
}

TEST_F(RotationSwapTest, WhatCannotBeIsRefused) {
  EXPECT_EQ(ReasonOf(Propose(0, 3).status()), "TERM_FROZEN");
  EXPECT_EQ(ReasonOf(Propose(2, 3, Of(3)).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Propose(2, 2).status()), "SWAP_IMPOSSIBLE");
  EXPECT_TRUE(Propose(2, 3, Of(2), true).ok());
  const auto swap = Propose(2, 3);
  ASSERT_TRUE(swap.ok()) << swap.status();
  EXPECT_EQ(ReasonOf(Propose(3, 4).status()), "SWAP_OPEN");
  EXPECT_EQ(ReasonOf(Propose(3, 4, Of(3), true).status()), "SWAP_OPEN");
  // A unit that is suspended meanwhile can't take its new term.
  ASSERT_TRUE(Answer(swap->name(), true, Of(3)).ok());
  SetState(terms_[3].member(), v1::Member::STATE_SUSPENDED);
  const auto refused = Approve(swap->name());
  EXPECT_EQ(ReasonOf(refused.status()), "SWAP_IMPOSSIBLE");
  EXPECT_EQ(Get(swap->name())->state(), v1::TermSwap::STATE_ACCEPTED);
  EXPECT_EQ(ReasonOf(Approve("alliances/a1/swaps/none").status()), "RESOURCE_NOT_FOUND");
  terms_[4].set_name("alliances/a1/chairTerms/2040-01-01");
  EXPECT_EQ(ReasonOf(Propose(2, 4).status()), "RESOURCE_NOT_FOUND");
  terms_[4].set_name("x");
  EXPECT_EQ(ReasonOf(Propose(2, 4).status()), "NAME_INVALID");
}

TEST_F(RotationSwapTest, ASwapExpiresByTheClock) {
  const v1::TermSwap swap = Accepted(2, 3);
  const absl::Time expires = api::FromProto(swap.expire_time());
  EXPECT_EQ(expires, clock_.Now() + absl::Hours(24 * 14));
  GoTo(expires - absl::Microseconds(1));
  EXPECT_EQ(Get(swap.name())->state(), v1::TermSwap::STATE_ACCEPTED);
  GoTo(expires);
  EXPECT_EQ(Get(swap.name())->state(), v1::TermSwap::STATE_EXPIRED);
  v1::ListSwapsRequest request;
  request.set_parent(kAlliance);
  request.set_state(v1::TermSwap::STATE_EXPIRED);
  EXPECT_EQ(Call(*rotations_, &Stub::ListSwaps, Of(2), request)->swaps_size(), 1);
  EXPECT_EQ(ReasonOf(Approve(swap.name()).status()), "STATE_WRONG");
  EXPECT_EQ(Keep(), 1);
  EXPECT_EQ(Keep(), 0);
  EXPECT_EQ(Entries().back().resource(), swap.name());
  EXPECT_EQ(Get(swap.name())->state(), v1::TermSwap::STATE_EXPIRED);
  EXPECT_FALSE(Get(swap.name())->state_reason().empty());
}

TEST_F(RotationSwapTest, ACharterThatFreezesSoonerStopsAnAcceptedSwap) {
  GoTo(At(2027, 1, 2));
  const v1::TermSwap swap = Accepted(2, 3);
  v1::AdoptCharterRequest adoption;
  adoption.set_parent(kAlliance);
  adoption.set_base_version(1);
  *adoption.mutable_charter() = DefaultCharter();
  *adoption.mutable_charter()->mutable_effective_date() = ToDate(absl::CivilDay(2027, 1, 2));
  adoption.mutable_charter()->set_decision("第 4 号决议");
  adoption.mutable_charter()->mutable_rotation()->set_notice_days(365);
  const auto adopted =
      Call(*charters_, &v1::CharterService::Stub::AdoptCharter, Street(kAlliance), adoption);
  ASSERT_TRUE(adopted.ok()) << adopted.status();
  EXPECT_EQ(ReasonOf(Approve(swap.name()).status()), "TERM_FROZEN");
  EXPECT_EQ(Terms()[2].state(), v1::ChairTerm::STATE_FROZEN);
}

TEST_F(RotationSwapTest, AnsweredAndTakenBackAtOnceOneHolds) {
  for (int round = 0; round < 5; ++round) {
    const std::string name = Propose(2, 3)->name();
    std::atomic<int> held = 0;
    AtOnce(4, [&](int i) {
      const auto answer = i % 2 == 0 ? Answer(name, true, Of(3)) : Answer(name, false, Of(3));
      held += answer.ok();
      if (!answer.ok()) {
        EXPECT_EQ(ReasonOf(answer.status()), "STATE_WRONG");
      }
    });
    EXPECT_EQ(held, 1);
    const auto state = Get(name)->state();
    if (state == v1::TermSwap::STATE_ACCEPTED) {
      EXPECT_TRUE(Answer(name, false, Of(2)).ok());
    }
  }
}

TEST_F(RotationSwapTest, ApprovedTwiceAtOnceTheTermsAreExchangedOnce) {
  const std::string name = Accepted(2, 3).name();
  std::atomic<int> approved = 0;
  AtOnce(4, [&](int) {
    const auto answer = Approve(name);
    approved += answer.ok();
    if (!answer.ok()) {
      EXPECT_EQ(ReasonOf(answer.status()), "STATE_WRONG");
    }
  });
  EXPECT_EQ(approved, 1);
  EXPECT_EQ(Terms()[2].member(), terms_[3].member());
  EXPECT_EQ(Terms()[3].member(), terms_[2].member());
}

TEST_F(RotationSwapTest, ARepeatedRequestGetsTheFirstAnswer) {
  const auto first = Propose(2, 3, Of(2), false, "p1");
  const auto again = Propose(2, 3, Of(2), false, "p1");
  ASSERT_TRUE(first.ok() && again.ok()) << again.status();
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
  ASSERT_TRUE(Answer(first->name(), true, Of(3)).ok());
  const auto approved = Approve(first->name(), false, "a1");
  const auto repeated = Approve(first->name(), false, "a1");
  ASSERT_TRUE(approved.ok() && repeated.ok()) << repeated.status();
  EXPECT_EQ(approved->SerializeAsString(), repeated->SerializeAsString());
  EXPECT_EQ(Terms()[2].member(), terms_[3].member());
}

TEST_F(RotationSwapTest, APlanThatChangesATermExpiresItsSwap) {
  const v1::TermSwap swap = Accepted(2, 3);
  SetState(terms_[3].member(), v1::Member::STATE_WITHDRAWN);
  PlanAndPublish(5);
  EXPECT_EQ(Get(swap.name())->state(), v1::TermSwap::STATE_EXPIRED);
}

}  // namespace
}  // namespace jinhuan::alliance
