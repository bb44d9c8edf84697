#include "alliance-svc/domain/rotation_standing.h"

#include <algorithm>

#include "alliance-svc/domain/rotation_credit.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/facts/date.h"
#include "platform/api/time.h"

namespace jinhuan::alliance::chair {
namespace {

Obstacle PoolObstacle(const Record& record, const Unit& unit) {
  switch (unit.state) {
    case v1::Member::STATE_ACTIVE:
      break;
    case v1::Member::STATE_SUSPENDED:
      return {"已暂停成员资格", "it is suspended"};
    case v1::Member::STATE_WITHDRAWN:
      return {"已退出联盟", "it has left"};
    default:
      return {"尚不是正式成员单位", "it is not a member yet"};
  }
  const auto& tiers = record.charter.rotation().pool_tiers();
  if (std::find(tiers.begin(), tiers.end(), unit.tier) == tiers.end()) {
    return {"其成员级别不在轮值范围", "its tier is not in the pool"};
  }
  if (!unit.has_liaison) return {"没有联络员", "it has no liaison"};
  return {};
}

}  // namespace

std::vector<Stint> StintsOf(const v1::ChairTerm& term) {
  std::vector<Stint> stints;
  absl::Time from = api::FromProto(term.start_time());
  const auto chair_until = [&](absl::Time until) {
    if (from < until) stints.push_back({term.member(), from, until, false});
  };
  for (const v1::StandIn& stand_in : term.stand_ins()) {
    const absl::Time start = api::FromProto(stand_in.start_time());
    const absl::Time end = api::FromProto(stand_in.end_time());
    chair_until(start);
    stints.push_back({stand_in.member(), start, end, true});
    from = end;
  }
  chair_until(api::FromProto(term.end_time()));
  return stints;
}

const std::string& TurnHolder(const v1::ChairTerm& term) {
  for (auto it = term.stand_ins().rbegin(); it != term.stand_ins().rend(); ++it) {
    if (it->replacement()) return it->member();
  }
  return term.member();
}

bool CanAct(const Record& record, std::string_view member, absl::Time time) {
  return IsActive(record, member) && AwayUntil(record, member, time) == time;
}

absl::Time AwayUntil(const Record& record, std::string_view member, absl::Time time) {
  constexpr absl::Duration kInstant = absl::Nanoseconds(1);
  for (;;) {
    const auto* declared =
        DeclaredFor(record, member, v1::Unavailability::STRENGTH_CANNOT, time, time + kInstant);
    if (declared == nullptr) return time;
    time = Midnight(*ToCivilDay(declared->end_date()), record.zone);
  }
}

bool InPool(const Record& record, const Unit& unit) { return !PoolObstacle(record, unit); }

absl::CivilDay EligibleFrom(const Record& record, const Unit& unit) {
  const absl::CivilDay joined = DayOf(unit.join_time, record.zone);
  const bool at_midnight = Midnight(joined, record.zone) == unit.join_time;
  return joined + record.charter.rotation().probation_days() + (at_midnight ? 0 : 1);
}

const v1::Unavailability* DeclaredFor(const Record& record, std::string_view member,
                                      v1::Unavailability::Strength strength, absl::Time start,
                                      absl::Time end) {
  for (const v1::Unavailability& declared : record.unavailabilities) {
    if (declared.member() != member || declared.strength() != strength) continue;
    const auto first = ToCivilDay(declared.start_date());
    const auto last = ToCivilDay(declared.end_date());
    if (!first.has_value() || !last.has_value()) continue;
    if (Midnight(*first, record.zone) < end && start < Midnight(*last, record.zone)) {
      return &declared;
    }
  }
  return nullptr;
}

bool HearsDeclarations(const Record& record, std::string_view member) {
  int last_turn = 0;
  for (const internal::StoredTerm& term : record.terms) {
    if (record.settled < StartOf(term)) break;
    if (TurnHolder(term.term()) == member) last_turn = term.term().cycle();
  }
  const auto& passed = record.body.passed();
  return std::count_if(passed.begin(), passed.end(), [&](const internal::PassedTurn& turn) {
           return turn.member() == member && turn.cycle() > last_turn;
         }) < record.charter.rotation().max_deferrals();
}

bool Stands(const Record& record, size_t index, absl::Time now) {
  if (IsFixed(record, index, now)) return true;
  const internal::StoredTerm& term = record.terms[index];
  return term.agreed() && !Waived(record, term.term().member(), term.term().cycle()) &&
         !ObstacleTo(record, term.term().member(), StartOf(term), EndOf(term));
}

Obstacle StandingObstacle(const Record& record, std::string_view member, absl::Time start) {
  const Unit* unit = FindUnit(record, member);
  if (unit == nullptr) return {"不是成员单位", "it is no member"};
  if (Obstacle obstacle = PoolObstacle(record, *unit)) return obstacle;
  const absl::CivilDay eligible = EligibleFrom(record, *unit);
  if (start < Midnight(eligible, record.zone)) {
    return {"入盟考察期至 " + DayId(eligible) + " 止", "its probation ends on " + DayId(eligible)};
  }
  return {};
}

Obstacle ObstacleTo(const Record& record, std::string_view member, absl::Time start,
                    absl::Time end) {
  if (Obstacle obstacle = StandingObstacle(record, member, start)) return obstacle;
  if (!HearsDeclarations(record, member)) return {};
  if (const auto* declared =
          DeclaredFor(record, member, v1::Unavailability::STRENGTH_CANNOT, start, end)) {
    return {"已申报不能担任（" + declared->reason() + "）",
            "it has declared that it can't (" + declared->reason() + ")"};
  }
  return {};
}

rotation::Credit Earned(const Record& record, std::string_view member, absl::Time until) {
  rotation::Credit earned = 0;
  for (const internal::StoredTerm& term : record.terms) {
    if (until <= StartOf(term)) break;
    for (const Stint& stint : StintsOf(term.term())) {
      if (stint.member != member) continue;
      earned +=
          rotation::CreditOf(stint.start, std::min(stint.end, until), StartOf(term), EndOf(term));
    }
  }
  return earned;
}

rotation::Credit CreditAt(const Record& record, std::string_view member, absl::Time until) {
  const auto entry = record.entries.find(member);
  const rotation::Credit base = entry == record.entries.end() ? 0 : entry->second.base_credit;
  return base + Earned(record, member, until);
}

std::optional<absl::Time> LastInChair(const Record& record, std::string_view member,
                                      absl::Time until) {
  std::optional<absl::Time> last;
  for (const internal::StoredTerm& term : record.terms) {
    for (const Stint& stint : StintsOf(term.term())) {
      if (stint.member == member && stint.start < until) last = std::min(stint.end, until);
    }
  }
  return last;
}

bool Waived(const Record& record, std::string_view member, int cycle) {
  return std::any_of(record.waivers.begin(), record.waivers.end(), [&](const v1::Waiver& waiver) {
    return waiver.member() == member && waiver.cycle() == cycle;
  });
}

bool TurnTaken(const Record& record, std::string_view member, int cycle, absl::Time before) {
  if (Waived(record, member, cycle)) return true;
  for (const internal::StoredTerm& term : record.terms) {
    if (before <= StartOf(term)) break;
    if (term.term().cycle() == cycle && TurnHolder(term.term()) == member) return true;
  }
  return false;
}

int64_t WaitingSince(const Record& record, std::string_view member, absl::Time until) {
  std::optional<int64_t> since;
  if (const auto last = LastInChair(record, member, until)) {
    since = DayNumber(DayOf(*last, record.zone));
  }
  if (const auto entry = record.entries.find(member); entry != record.entries.end()) {
    since = std::max(since.value_or(entry->second.waiting_since), entry->second.waiting_since);
  }
  if (since.has_value()) return *since;
  const Unit* unit = FindUnit(record, member);
  return unit == nullptr ? 0 : DayNumber(EligibleFrom(record, *unit));
}

}  // namespace jinhuan::alliance::chair
