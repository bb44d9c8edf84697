#include <algorithm>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_stand_in.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/facts/date.h"
#include "platform/api/time.h"

namespace jinhuan::alliance::chair {
namespace {

constexpr absl::Duration kInstant = absl::Nanoseconds(1);
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

// When the next time begins, after `time`, that the unit has declared.
absl::Time FreeUntil(const Record& record, const std::string& member, absl::Time time) {
  absl::Time until = absl::InfiniteFuture();
  for (const v1::Unavailability& declared : record.unavailabilities) {
    const auto day = ToCivilDay(declared.start_date());
    if (declared.member() != member || !day.has_value() ||
        declared.strength() != v1::Unavailability::STRENGTH_CANNOT) {
      continue;
    }
    const absl::Time start = Midnight(*day, record.zone);
    if (start > time) until = std::min(until, start);
  }
  return until;
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

std::string WhyAway(const Record& record, const std::string& member) {
  const Unit* unit = FindUnit(record, member);
  const std::string name = DisplayName(record, member);
  if (IsActive(record, member)) return name + "已申报此时不能担任，按章程顺序自动代理";
  const bool left = unit != nullptr && unit->state == v1::Member::STATE_WITHDRAWN;
  return name + (left ? "已退出联盟，按章程顺序自动代理" : "已暂停成员资格，按章程顺序自动代理");
}

// Sees to it that a unit that can act does so in term `index` at `now`, if there is one.
void SeatActing(Record& record, size_t index, absl::Time now) {
  v1::ChairTerm& term = *record.terms[index].mutable_term();
  const v1::StandIn* covering = Covering(term, now);
  const std::string lost = covering == nullptr ? term.member() : covering->member();
  if (CanAct(record, lost, now)) return;
  absl::Time end = covering == nullptr ? OwnUntil(term, now) : api::FromProto(covering->end_time());
  // Whom a declaration keeps from its own term comes back after it.
  if (covering == nullptr && IsActive(record, lost)) {
    end = std::min(end, AwayUntil(record, lost, now));
  }
  std::string member = StandInByRule(record, index, now, end, lost);
  if (member.empty()) {
    // Nobody can for all that time: whoever can now, for as long as it can.
    member = StandInByRule(record, index, now, now + kInstant, lost);
    end = std::min(end, FreeUntil(record, member, now));
  }
  if (member.empty()) {
    // Nor that: the unit whose term it is, where another stood in for it.
    if (covering != nullptr && CanAct(record, term.member(), now)) {
      CutFrom(term, now, end);
      OutdateDrafts(record);
      return;
    }
    // Somebody must: one that had rather been excused.
    if (IsActive(record, lost)) return;
    Record deaf = record;
    deaf.unavailabilities.clear();
    member = StandInByRule(deaf, index, now, end, lost);
    if (member.empty()) return;
  }
  v1::StandIn found;
  found.set_member(member);
  *found.mutable_start_time() = api::ToProto(now);
  *found.mutable_end_time() = api::ToProto(end);
  found.set_automatic(true);
  found.set_replacement(covering != nullptr && covering->replacement());
  found.set_charter_version(record.charter.version());
  found.set_reason(WhyAway(record, lost));
  if (covering != nullptr) CutFrom(term, now, end);
  InsertStandIn(term, std::move(found));
  OutdateDrafts(record);
}

// From when a charter is in force, the clock goes by it.
void TakeCharter(Record& record, absl::Time now) {
  while (!record.coming.empty() && record.coming.front().start <= now) {
    record.charter = std::move(record.coming.front().charter);
    record.coming.erase(record.coming.begin());
  }
}

void ReplaceWhereSpent(Record& record, size_t index, absl::Time now) {
  v1::ChairTerm& term = *record.terms[index].mutable_term();
  const auto passing = ShareSpent(record, term);
  if (!passing.has_value() || now < passing->time) return;
  MakeReplacement(term, passing->stand_in);
  OutdateDrafts(record);
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
  for (const ComingCharter& coming : record.coming) next.Offer(coming.start);
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
  for (const v1::Unavailability& declared : record.unavailabilities) {
    if (declared.strength() != v1::Unavailability::STRENGTH_CANNOT) continue;
    for (const auto& date : {declared.start_date(), declared.end_date()}) {
      if (const auto day = ToCivilDay(date)) next.Offer(Midnight(*day, record.zone));
    }
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
    TakeCharter(record, *event);
    ExpireSwaps(record, *event);
    const std::optional<size_t> term = TermAt(record, *event);
    if (!term.has_value()) continue;
    SeatActing(record, *term, *event);
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
      CanAct(record, term.member(), now)) {
    CutFrom(term, now, api::FromProto(covering->end_time()));
    OutdateDrafts(record);
  }
  SeatActing(record, *index, now);
  ReplaceWhereSpent(record, *index, now);
}

}  // namespace jinhuan::alliance::chair
