#include "meeting-svc/domain/ballot_count.h"

namespace jinhuan::meeting {
namespace {

void AddVotes(v1::Choice choice, int64_t votes, v1::BallotCount& count) {
  switch (choice) {
    case v1::CHOICE_FOR:
      return count.set_for_votes(count.for_votes() + votes);
    case v1::CHOICE_AGAINST:
      return count.set_against_votes(count.against_votes() + votes);
    case v1::CHOICE_ABSTAIN:
      return count.set_abstain_votes(count.abstain_votes() + votes);
    default:
      return;
  }
}

}  // namespace

v1::BallotCount CountRoll(const std::vector<v1::Elector>& roll) {
  v1::BallotCount count;
  for (const v1::Elector& elector : roll) {
    const bool voted = elector.choice() != v1::CHOICE_UNSPECIFIED;
    // Who has voted and left took part.
    const bool present = elector.present() || voted || elector.drawn();
    count.set_entitled_units(count.entitled_units() + 1);
    count.set_entitled_votes(count.entitled_votes() + elector.votes());
    count.set_present_units(count.present_units() + (present ? 1 : 0));
    count.set_present_votes(count.present_votes() + (present ? elector.votes() : 0));
    count.set_voted_units(count.voted_units() + (voted ? 1 : 0));
    count.set_drawn_units(count.drawn_units() + (elector.drawn() ? 1 : 0));
    AddVotes(elector.choice(), elector.votes(), count);
  }
  return count;
}

void AddPapers(v1::Choice choice, int64_t papers, v1::BallotCount& count) {
  count.set_voted_units(count.voted_units() + static_cast<int32_t>(papers));
  AddVotes(choice, papers, count);
}

}  // namespace jinhuan::meeting
