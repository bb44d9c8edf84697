#include "meeting-svc/domain/resolution_basis.h"

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

const v1::Ballot* BasisOf(const v1::Resolution& resolution,
                          const std::vector<v1::Ballot>& ballots) {
  const auto found = std::find_if(ballots.begin(), ballots.end(), [&](const v1::Ballot& ballot) {
    if (!resolution.ballot().empty()) return ballot.name() == resolution.ballot();
    return !resolution.agenda_item().empty() && ballot.agenda_item() == resolution.agenda_item() &&
           ballot.state() != v1::Ballot::STATE_CANCELLED;
  });
  return found == ballots.end() ? nullptr : &*found;
}

absl::Status CheckBasis(const v1::Resolution& resolution, const std::vector<v1::Ballot>& ballots) {
  const v1::Ballot* const basis = BasisOf(resolution, ballots);
  if (basis == nullptr || basis->outcome() == v1::Ballot::OUTCOME_CARRIED) return absl::OkStatus();
  return Error(basis->state() == v1::Ballot::STATE_CLOSED ? v1::ERROR_REASON_ITEM_NOT_CARRIED
                                                          : v1::ERROR_REASON_BALLOT_RUNNING,
               {{"name", basis->name()}});
}

}  // namespace jinhuan::meeting
