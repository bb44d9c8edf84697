#include "meeting-svc/domain/resolution_basis.h"

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

// Whether the vote on what `lost` asked ended against it: no later ballot on its item carried.
bool WasLost(const v1::Ballot& lost, const std::vector<v1::Ballot>& ballots) {
  if (lost.state() != v1::Ballot::STATE_CLOSED) return false;
  if (lost.agenda_item().empty()) return lost.outcome() != v1::Ballot::OUTCOME_CARRIED;
  const auto last = std::find_if(ballots.begin(), ballots.end(), [&](const v1::Ballot& ballot) {
    return ballot.agenda_item() == lost.agenda_item() && ballot.state() == v1::Ballot::STATE_CLOSED;
  });
  return last->outcome() != v1::Ballot::OUTCOME_CARRIED;
}

// Of a resolution that rests on no ballot.
absl::Status CheckUnvoted(const v1::Resolution& resolution, const v1::Meeting& meeting,
                          const std::vector<v1::Ballot>& ballots) {
  for (const v1::AgendaItem& item : meeting.agenda_items()) {
    if (item.id() != resolution.agenda_item() || !NeedsVote(item.kind())) continue;
    return Error(v1::ERROR_REASON_VOTE_REQUIRED,
                 {{"name", meeting.name()}, {"item", item.title()}});
  }
  if (!resolution.agenda_item().empty() || resolution.apart_from_votes()) return absl::OkStatus();
  const auto lost = std::find_if(ballots.begin(), ballots.end(),
                                 [&](const auto& each) { return WasLost(each, ballots); });
  if (lost == ballots.end()) return absl::OkStatus();
  return Error(v1::ERROR_REASON_VOTE_LOST,
               {{"name", lost->name()}, {"question", lost->question()}});
}

}  // namespace

const v1::Ballot* BasisOf(const v1::Resolution& resolution,
                          const std::vector<v1::Ballot>& ballots) {
  const auto found = std::find_if(ballots.begin(), ballots.end(), [&](const v1::Ballot& ballot) {
    if (!resolution.ballot().empty()) return ballot.name() == resolution.ballot();
    return !resolution.agenda_item().empty() && ballot.agenda_item() == resolution.agenda_item() &&
           ballot.state() != v1::Ballot::STATE_CANCELLED;
  });
  return found == ballots.end() ? nullptr : &*found;
}

bool NeedsVote(alliance::v1::ItemKind kind) {
  return kind == alliance::v1::ITEM_KIND_MAJOR || kind == alliance::v1::ITEM_KIND_CHARTER ||
         kind == alliance::v1::ITEM_KIND_PERSONNEL;
}

absl::Status CheckBasis(const v1::Resolution& resolution, const v1::Meeting& meeting,
                        const std::vector<v1::Ballot>& ballots) {
  const v1::Ballot* const basis = BasisOf(resolution, ballots);
  if (basis == nullptr) return CheckUnvoted(resolution, meeting, ballots);
  if (basis->outcome() == v1::Ballot::OUTCOME_CARRIED) return absl::OkStatus();
  return Error(basis->state() == v1::Ballot::STATE_CLOSED ? v1::ERROR_REASON_ITEM_NOT_CARRIED
                                                          : v1::ERROR_REASON_BALLOT_RUNNING,
               {{"name", basis->name()}});
}

}  // namespace jinhuan::meeting
