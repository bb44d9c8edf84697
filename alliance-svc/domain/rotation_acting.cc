#include "alliance-svc/domain/rotation_acting.h"

#include <tuple>

#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"

namespace jinhuan::alliance::chair {
namespace {

bool CanStandIn(const Record& record, std::string_view member, absl::Time start, absl::Time end) {
  return IsActive(record, member) &&
         DeclaredFor(record, member, v1::Unavailability::STRENGTH_CANNOT, start, end) == nullptr;
}

// The unit of the pool with the lowest credit that may stand in.
std::string LowestCredit(const Record& record, absl::Time start, absl::Time end,
                         std::string_view chair, std::string_view except) {
  std::tuple<rotation::Credit, int64_t, std::string> best;
  bool found = false;
  for (const auto& [member, unit] : record.units) {
    if (member == chair || member == except || !InPool(record, unit)) continue;
    if (StandingObstacle(record, member, start) || !CanStandIn(record, member, start, end)) {
      continue;
    }
    auto rank = std::make_tuple(CreditAt(record, member, start),
                                WaitingSince(record, member, start), member);
    if (!found || rank < best) best = std::move(rank);
    found = true;
  }
  return std::get<2>(best);
}

}  // namespace

std::string DeputyOf(const Record& record, size_t term) {
  if (term + 1 >= record.terms.size()) return "";
  const bool follows = StartOf(record.terms[term + 1]) == EndOf(record.terms[term]);
  return follows ? TurnHolder(record.terms[term + 1].term()) : "";
}

std::string AdviserOf(const Record& record, size_t term) {
  return term == 0 ? "" : TurnHolder(record.terms[term - 1].term());
}

std::string StandInByRule(const Record& record, size_t term, absl::Time start, absl::Time end,
                          std::string_view except) {
  const std::string& chair = record.terms[term].term().member();
  for (const std::string& member : {DeputyOf(record, term), AdviserOf(record, term)}) {
    if (member.empty() || member == chair || member == except) continue;
    if (CanStandIn(record, member, start, end)) return member;
  }
  return LowestCredit(record, start, end, chair, except);
}

std::optional<Acting> ActingAt(const Record& record, absl::Time time) {
  Record then = record;
  Settle(then, time);
  const std::optional<size_t> term = TermAt(then, time);
  if (!term.has_value()) return std::nullopt;
  std::optional<Acting> acting;
  for (const Stint& stint : StintsOf(then.terms[*term].term())) {
    if (acting.has_value() && acting->member == stint.member && acting->end == stint.start) {
      acting->end = stint.end;
      continue;
    }
    if (acting.has_value() && time < acting->end) break;
    acting = Acting{*term, stint.member, stint.stand_in, stint.start, stint.end};
  }
  const bool recorded = time < record.settled;
  if (!recorded && !IsActive(then, acting->member)) return std::nullopt;
  return acting;
}

}  // namespace jinhuan::alliance::chair
