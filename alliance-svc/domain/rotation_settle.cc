#include <algorithm>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_stand_in.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "platform/api/time.h"

namespace jinhuan::alliance::chair {
namespace {

constexpr char kSwapExpired[] = "逾期未完成，自动失效";

// The earliest of the times that are offered to it, of those after `after`.
class Earliest {
 public:
  explicit Earliest(absl::Time after) : after_(after) {}
  void Offer(absl::Time time) {
    if (time > after_ && (!time_.has_value() || time < *time_)) time_ = time;
  }
  std::optional<absl::Time> time() const { return time_; }

 private:
  const absl::Time after_;
  std::optional<absl::Time> time_;
};

// The stand-in that covers `time`; nullptr when the unit of the term should act itself.
v1::StandIn* Covering(v1::ChairTerm& term, absl::Time time) {
  for (v1::StandIn& stand_in : *term.mutable_stand_ins()) {
    if (api::FromProto(stand_in.start_time()) <= time &&
        time < api::FromProto(stand_in.end_time())) {
      return &stand_in;
    }
  }
  return nullptr;
}

// Until when the unit of the term is to act itself from `time` on.
absl::Time OwnUntil(const v1::ChairTerm& term, absl::Time time) {
  absl::Time until = api::FromProto(term.end_time());
  for (const v1::StandIn& stand_in : term.stand_ins()) {
    const absl::Time start = api::FromProto(stand_in.start_time());
    if (start > time) until = std::min(until, start);
  }
  return until;
}

// Sees to it that a unit that is ACTIVE acts in term `index` at `now`, if there is one.
void SeatActive(Record& record, size_t index, absl::Time now) {
  v1::ChairTerm& term = *record.terms[index].mutable_term();
  const v1::StandIn* covering = Covering(term, now);
  const std::string lost = covering == nullptr ? term.member() : covering->member();
  if (IsActive(record, lost)) return;
  const absl::Time end =
      covering == nullptr ? OwnUntil(term, now) : api::FromProto(covering->end_time());
  const std::string member = StandInByRule(record, index, now, end, lost);
  if (member.empty()) return;
  v1::StandIn found;
  found.set_member(member);
  *found.mutable_start_time() = api::ToProto(now);
  *found.mutable_end_time() = api::ToProto(end);
  found.set_automatic(true);
  found.set_replacement(covering != nullptr && covering->replacement());
  found.set_charter_version(record.charter.version());
  const Unit* unit = FindUnit(record, lost);
  found.set_reason(DisplayName(record, lost) +
                   (unit != nullptr && unit->state == v1::Member::STATE_WITHDRAWN
                        ? "已退出联盟，按章程顺序自动代理"
                        : "已暂停成员资格，按章程顺序自动代理"));
  if (covering != nullptr) CutFrom(term, now, end);
  InsertStandIn(term, std::move(found));
}

void ReplaceWhereSpent(Record& record, size_t index, absl::Time now) {
  v1::ChairTerm& term = *record.terms[index].mutable_term();
  const auto passing = ShareSpent(record, term);
  if (passing.has_value() && passing->time <= now) MakeReplacement(term, passing->stand_in);
}

void ExpireSwaps(Record& record, absl::Time now) {
  for (v1::TermSwap& swap : record.swaps) {
    const bool open = swap.state() == v1::TermSwap::STATE_PROPOSED ||
                      swap.state() == v1::TermSwap::STATE_ACCEPTED;
    if (!open || now < api::FromProto(swap.expire_time())) continue;
    swap.set_state(v1::TermSwap::STATE_EXPIRED);
    swap.set_state_reason(kSwapExpired);
  }
}

}  // namespace

std::optional<absl::Time> NextEvent(const Record& record) {
  Earliest next(record.settled);
  for (const internal::StoredTerm& stored : record.terms) {
    if (EndOf(stored) <= record.settled) continue;
    next.Offer(StartOf(stored));
    next.Offer(EndOf(stored));
    for (const v1::StandIn& stand_in : stored.term().stand_ins()) {
      next.Offer(api::FromProto(stand_in.start_time()));
      next.Offer(api::FromProto(stand_in.end_time()));
    }
    if (const auto passing = ShareSpent(record, stored.term())) next.Offer(passing->time);
  }
  for (const v1::TermSwap& swap : record.swaps) {
    const bool open = swap.state() == v1::TermSwap::STATE_PROPOSED ||
                      swap.state() == v1::TermSwap::STATE_ACCEPTED;
    if (open) next.Offer(api::FromProto(swap.expire_time()));
  }
  return next.time();
}

void Settle(Record& record, absl::Time now) {
  for (auto event = NextEvent(record); event.has_value() && *event <= now;
       event = NextEvent(record)) {
    record.settled = *event;
    ExpireSwaps(record, *event);
    const std::optional<size_t> term = TermAt(record, *event);
    if (!term.has_value()) continue;
    SeatActive(record, *term, *event);
    ReplaceWhereSpent(record, *term, *event);
  }
  record.settled = std::max(record.settled, now);
}

void Reseat(Record& record, absl::Time now) {
  const std::optional<size_t> index = TermAt(record, now);
  if (!index.has_value()) return;
  v1::ChairTerm& term = *record.terms[*index].mutable_term();
  const v1::StandIn* covering = Covering(term, now);
  if (covering != nullptr && covering->automatic() && !covering->replacement() &&
      IsActive(record, term.member())) {
    CutFrom(term, now, api::FromProto(covering->end_time()));
  }
  SeatActive(record, *index, now);
  ReplaceWhereSpent(record, *index, now);
}

}  // namespace jinhuan::alliance::chair
