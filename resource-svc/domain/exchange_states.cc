#include "resource-svc/domain/exchange_states.h"

#include <fmt/format.h>

#include <array>

#include "platform/status/error.h"
#include "platform/status/state_wrong.h"

namespace jinhuan::resource {
namespace {

using Match = v1::Match;

constexpr std::array kSteps = {
    MatchStep{Match::STATE_CLAIMED, MatchAct::kAgree, MatchRole::kPublisher, Match::STATE_AGREED},
    MatchStep{Match::STATE_CLAIMED, MatchAct::kWithdraw, MatchRole::kEither,
              Match::STATE_WITHDRAWN},
    MatchStep{Match::STATE_AGREED, MatchAct::kComplete, MatchRole::kEither, Match::STATE_DELIVERED},
    MatchStep{Match::STATE_AGREED, MatchAct::kWithdraw, MatchRole::kEither, Match::STATE_WITHDRAWN},
    MatchStep{Match::STATE_DELIVERED, MatchAct::kComplete, MatchRole::kAwaited,
              Match::STATE_COMPLETED},
    MatchStep{Match::STATE_DELIVERED, MatchAct::kWithdraw, MatchRole::kAwaited,
              Match::STATE_WITHDRAWN},
    MatchStep{Match::STATE_COMPLETED, MatchAct::kRate, MatchRole::kEither, Match::STATE_COMPLETED},
};

// The states from which the act is possible.
std::vector<Match::State> NeededBy(MatchAct act) {
  std::vector<Match::State> needed;
  for (const MatchStep& step : kSteps) {
    if (step.act == act) needed.push_back(step.from);
  }
  return needed;
}

}  // namespace

const MatchStep* FindStep(Match::State state, MatchAct act) {
  for (const MatchStep& step : kSteps) {
    if (step.from == state && step.act == act) return &step;
  }
  return nullptr;
}

const std::string& OtherUnit(const Match& match, const std::string& unit) {
  return unit == match.publisher() ? match.claimant() : match.publisher();
}

absl::StatusOr<Match> Advance(const Match& before, MatchAct act, const std::string& unit,
                              const std::string& method) {
  if (act == MatchAct::kAgree && unit != before.publisher()) {
    return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", method}});
  }
  const MatchStep* step = FindStep(before.state(), act);
  if (step == nullptr) return StateWrong(before.name(), before.state(), NeededBy(act));
  if (step->by == MatchRole::kAwaited && unit != before.awaits()) {
    return StateWrong(before.name(), StateName(before.state()),
                      fmt::format("the word of {}", before.awaits()));
  }
  Match after = before;
  after.set_state(step->to);
  after.set_awaits(step->to == Match::STATE_DELIVERED ? OtherUnit(before, unit) : "");
  return after;
}

}  // namespace jinhuan::resource
