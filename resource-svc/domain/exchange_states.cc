#include "resource-svc/domain/exchange_states.h"

#include <fmt/format.h>

#include <array>

#include "platform/status/error.h"

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

std::string NameOf(Match::State state) {
  constexpr std::string_view prefix = "STATE_";
  return Match::State_Name(state).substr(prefix.size());
}

// The states from which the act is possible, for the error's metadata.
std::string NeededBy(MatchAct act) {
  std::string needed;
  for (const MatchStep& step : kSteps) {
    if (step.act != act) continue;
    if (!needed.empty()) needed += ", ";
    needed += NameOf(step.from);
  }
  return needed;
}

absl::Status WrongState(const Match& match, const std::string& needs) {
  return Error(error::v1::COMMON_REASON_STATE_WRONG,
               {{"name", match.name()}, {"state", NameOf(match.state())}, {"needs", needs}});
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
  if (step == nullptr) return WrongState(before, NeededBy(act));
  if (step->by == MatchRole::kAwaited && unit != before.awaits()) {
    return WrongState(before, fmt::format("the word of {}", before.awaits()));
  }
  Match after = before;
  after.set_state(step->to);
  after.set_awaits(step->to == Match::STATE_DELIVERED ? OtherUnit(before, unit) : "");
  return after;
}

}  // namespace jinhuan::resource
