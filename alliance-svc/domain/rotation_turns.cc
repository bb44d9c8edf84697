#include "alliance-svc/domain/rotation_turns.h"

#include <algorithm>

#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/facts/date.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance::chair {
namespace {

absl::Status Impossible(std::string rule, std::string rule_zh) {
  return Error(v1::ERROR_REASON_SWAP_IMPOSSIBLE,
               {{"rule", std::move(rule)}, {"rule_zh", std::move(rule_zh)}});
}

absl::Status Frozen(const internal::StoredTerm& term) {
  return Error(v1::ERROR_REASON_TERM_FROZEN, {{"term", term.term().name()}});
}

// Whether the unit of `from` may have term `to` instead.
absl::Status CheckMove(const Record& record, size_t from, size_t to) {
  const std::string& member = record.terms[from].term().member();
  const v1::ChairTerm& wanted = record.terms[to].term();
  const std::string name = DisplayName(record, member);
  if (const Obstacle obstacle =
          ObstacleTo(record, member, StartOf(record.terms[to]), EndOf(record.terms[to]))) {
    return Impossible(name + " can't chair that term: " + obstacle.en,
                      name + obstacle.zh + "，不能担任该任期");
  }
  bool second = Waived(record, member, wanted.cycle());
  for (size_t i = 0; i < record.terms.size(); ++i) {
    if (i == from || i == to || record.terms[i].term().cycle() != wanted.cycle()) continue;
    second = second || TurnHolder(record.terms[i].term()) == member;
  }
  if (!second) return absl::OkStatus();
  return Impossible(name + " would have a second turn in that cycle",
                    name + "在该轮已有任期或已放弃，不能再担任");
}

absl::Time DayBegins(const Record& record, const google::type::Date& date) {
  return Midnight(ToCivilDay(date).value_or(absl::CivilDay()), record.zone);
}

bool Overlaps(const Record& record, const v1::Unavailability& declared,
              const internal::StoredTerm& term) {
  return DayBegins(record, declared.start_date()) < EndOf(term) &&
         StartOf(term) < DayBegins(record, declared.end_date());
}

}  // namespace

absl::Status CheckExchange(const Record& record, size_t term, size_t other, absl::Time now) {
  for (const size_t index : {term, other}) {
    if (IsFixed(record, index, now)) return Frozen(record.terms[index]);
  }
  if (record.terms[term].term().member() == record.terms[other].term().member()) {
    return Impossible("both terms are of one unit", "两个任期属于同一单位");
  }
  JH_RETURN_IF_ERROR(CheckMove(record, term, other));
  return CheckMove(record, other, term);
}

void Exchange(Record& record, size_t term, size_t other, const std::string& reason,
              absl::Time now) {
  v1::ChairTerm& one = *record.terms[term].mutable_term();
  v1::ChairTerm& two = *record.terms[other].mutable_term();
  const std::string why = DisplayName(record, one.member()) + "与" +
                          DisplayName(record, two.member()) + "互换任期（" + reason + "）";
  std::swap(*one.mutable_member(), *two.mutable_member());
  record.terms[term].set_agreed(true);
  record.terms[other].set_agreed(true);
  const int64_t credit = one.credit_micros();
  one.set_credit_micros(two.credit_micros());
  two.set_credit_micros(credit);
  for (v1::ChairTerm* changed : {&one, &two}) {
    v1::TermChange& change = *changed->add_changes();
    *change.mutable_time() = api::ToProto(now);
    change.set_from_member(changed == &one ? two.member() : one.member());
    change.set_to_member(changed->member());
    change.set_reason(why);
    changed->set_reason(why);
    if (changed->stand_ins_size() > 0) {
      changed->mutable_reason()->append("；原已安排的代理取消");
      change.set_reason(changed->reason());
      changed->clear_stand_ins();
    }
    for (v1::TermSwap& swap : record.swaps) {
      if (swap.term() != changed->name() && swap.other_term() != changed->name()) continue;
      if (swap.state() == v1::TermSwap::STATE_APPROVED) continue;
      swap.set_state(v1::TermSwap::STATE_EXPIRED);
      swap.set_state_reason("其中一个任期已互换，自动失效");
    }
  }
  OutdateDrafts(record);
}

absl::Time SwapExpiry(const Record& record, size_t term, size_t other, absl::Time now) {
  const absl::Time asked =
      now + absl::Hours(24) * static_cast<int64_t>(record.charter.rotation().swap_days());
  return std::min({asked, FrozenFrom(record, term), FrozenFrom(record, other)});
}

int DeferralCycle(const Record& record, const v1::Unavailability& declared, absl::Time now) {
  if (declared.strength() != v1::Unavailability::STRENGTH_CANNOT) return 0;
  for (size_t i = 0; i < record.terms.size(); ++i) {
    const internal::StoredTerm& term = record.terms[i];
    if (term.term().member() != declared.member() || IsFixed(record, i, now)) continue;
    if (!Overlaps(record, declared, term)) continue;
    const auto* before = DeclaredFor(record, declared.member(), v1::Unavailability::STRENGTH_CANNOT,
                                     StartOf(term), EndOf(term));
    if (before == nullptr) return term.term().cycle();
  }
  return 0;
}

absl::Status CheckWaiver(const Record& record, const std::string& member, absl::Time now) {
  const int cycle = CycleAt(record, now);
  const auto taken = [&] { return Error(v1::ERROR_REASON_TURN_TAKEN, {{"member", member}}); };
  if (Waived(record, member, cycle)) return taken();
  for (size_t i = 0; i < record.terms.size(); ++i) {
    const v1::ChairTerm& term = record.terms[i].term();
    if (term.cycle() != cycle || TurnHolder(term) != member) continue;
    if (StateOf(record, i, now) == v1::ChairTerm::STATE_ENDED) return taken();
    if (IsFixed(record, i, now)) return Frozen(record.terms[i]);
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::alliance::chair
