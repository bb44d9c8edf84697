#include "meeting-svc/domain/resolution_basis.h"

#include <gtest/gtest.h>

#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

v1::Ballot On(const char* item, const char* name, v1::Ballot::State state,
              v1::Ballot::Outcome outcome = v1::Ballot::OUTCOME_UNSPECIFIED) {
  v1::Ballot ballot;
  ballot.set_name(name);
  ballot.set_agenda_item(item);
  ballot.set_state(state);
  ballot.set_outcome(outcome);
  return ballot;
}

v1::Resolution About(const char* item, const char* cited = "") {
  v1::Resolution resolution;
  resolution.set_agenda_item(item);
  resolution.set_ballot(cited);
  return resolution;
}

TEST(ResolutionBasisTest, TheLastVoteOnTheItemCounts) {
  using B = v1::Ballot;
  const std::vector<B> ballots = {On("a", "a3", B::STATE_CANCELLED),
                                  On("a", "a2", B::STATE_CLOSED, B::OUTCOME_REJECTED),
                                  On("a", "a1", B::STATE_CLOSED, B::OUTCOME_CARRIED),
                                  On("b", "b2", B::STATE_CLOSED, B::OUTCOME_CARRIED),
                                  On("b", "b1", B::STATE_CLOSED, B::OUTCOME_NO_QUORUM),
                                  On("c", "c1", B::STATE_OPEN)};
  EXPECT_EQ(ReasonOf(CheckBasis(About("a"), ballots)), "ITEM_NOT_CARRIED");
  EXPECT_TRUE(CheckBasis(About("a", "a1"), ballots).ok());  // another question of the item
  EXPECT_TRUE(CheckBasis(About("b"), ballots).ok());
  EXPECT_EQ(BasisOf(About("b"), ballots)->name(), "b2");
  EXPECT_EQ(ReasonOf(CheckBasis(About("b", "b1"), ballots)), "ITEM_NOT_CARRIED");
  EXPECT_EQ(ReasonOf(CheckBasis(About("c"), ballots)), "BALLOT_RUNNING");
  EXPECT_TRUE(CheckBasis(About("d"), ballots).ok());  // nobody voted on it
  EXPECT_EQ(BasisOf(About(""), ballots), nullptr);
}

}  // namespace
}  // namespace jinhuan::meeting
