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

v1::Meeting With(alliance::v1::ItemKind kind) {
  v1::Meeting meeting;
  v1::AgendaItem& item = *meeting.add_agenda_items();
  item.set_id("d");
  item.set_title("共享停车");
  item.set_kind(kind);
  return meeting;
}

std::string Refusal(const v1::Resolution& resolution, const std::vector<v1::Ballot>& ballots,
                    alliance::v1::ItemKind kind = alliance::v1::ITEM_KIND_ORDINARY) {
  return ReasonOf(CheckBasis(resolution, With(kind), ballots));
}

TEST(ResolutionBasisTest, TheLastVoteOnTheItemCounts) {
  using B = v1::Ballot;
  const std::vector<B> ballots = {On("a", "a3", B::STATE_CANCELLED),
                                  On("a", "a2", B::STATE_CLOSED, B::OUTCOME_REJECTED),
                                  On("a", "a1", B::STATE_CLOSED, B::OUTCOME_CARRIED),
                                  On("b", "b2", B::STATE_CLOSED, B::OUTCOME_CARRIED),
                                  On("b", "b1", B::STATE_CLOSED, B::OUTCOME_NO_QUORUM),
                                  On("c", "c1", B::STATE_OPEN)};
  EXPECT_EQ(Refusal(About("a"), ballots), "ITEM_NOT_CARRIED");
  EXPECT_EQ(Refusal(About("a", "a1"), ballots), "");  // another question of the item
  EXPECT_EQ(Refusal(About("b"), ballots), "");
  EXPECT_EQ(BasisOf(About("b"), ballots)->name(), "b2");
  EXPECT_EQ(Refusal(About("b", "b1"), ballots), "ITEM_NOT_CARRIED");
  EXPECT_EQ(Refusal(About("c"), ballots), "BALLOT_RUNNING");
  EXPECT_EQ(Refusal(About("d"), ballots), "");  // nobody voted on it
  EXPECT_EQ(BasisOf(About(""), ballots), nullptr);
}

TEST(ResolutionBasisTest, WhatTheCharterDecidesByAVoteNeedsOneThatCarried) {
  using B = v1::Ballot;
  for (const auto kind : {alliance::v1::ITEM_KIND_MAJOR, alliance::v1::ITEM_KIND_CHARTER,
                          alliance::v1::ITEM_KIND_PERSONNEL}) {
    EXPECT_EQ(Refusal(About("d"), {}, kind), "VOTE_REQUIRED");
    EXPECT_EQ(Refusal(About("d"), {On("d", "d1", B::STATE_CANCELLED)}, kind), "VOTE_REQUIRED");
    EXPECT_EQ(Refusal(About("d"), {On("d", "d1", B::STATE_CLOSED, B::OUTCOME_CARRIED)}, kind), "");
  }
  EXPECT_EQ(Refusal(About("d"), {}, alliance::v1::ITEM_KIND_REPORT), "");
  EXPECT_EQ(Refusal(About("d"), {}, alliance::v1::ITEM_KIND_UNSPECIFIED), "");
}

TEST(ResolutionBasisTest, WhatWasVotedDownIsNotResolvedByNamingNothing) {
  using B = v1::Ballot;
  const B lost = On("a", "a1", B::STATE_CLOSED, B::OUTCOME_REJECTED);
  const B carried = On("a", "a2", B::STATE_CLOSED, B::OUTCOME_CARRIED);
  EXPECT_EQ(Refusal(About(""), {lost}), "VOTE_LOST");
  EXPECT_EQ(Refusal(About(""), {On("", "x", B::STATE_CLOSED, B::OUTCOME_NO_QUORUM)}), "VOTE_LOST");
  EXPECT_EQ(Refusal(About(""), {lost, carried}), "VOTE_LOST");
  EXPECT_EQ(Refusal(About(""), {carried, lost}), "");  // the latest first: it carried in the end
  EXPECT_EQ(Refusal(About(""), {On("a", "a3", B::STATE_CANCELLED), carried, lost}), "");
  EXPECT_EQ(Refusal(About("d"), {lost}), "");
  EXPECT_EQ(Refusal(About("", "a2"), {lost, carried}), "");
  v1::Resolution apart = About("");
  apart.set_apart_from_votes(true);
  EXPECT_EQ(Refusal(apart, {lost}), "");
}

}  // namespace
}  // namespace jinhuan::meeting
