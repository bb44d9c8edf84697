#include "alliance-svc/domain/rotation_problem.h"

#include <algorithm>

#include "alliance-svc/domain/rotation_credit.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"

namespace jinhuan::alliance::chair {
namespace {

using rotation::Credit;

// The term that was published as exactly this one.
std::optional<size_t> PublishedAs(const Record& record, absl::Time start, absl::Time end) {
  for (size_t i = 0; i < record.terms.size(); ++i) {
    if (StartOf(record.terms[i]) == start && EndOf(record.terms[i]) == end) return i;
  }
  return std::nullopt;
}

Slot MakeSlot(const Record& record, absl::Time now, absl::CivilDay first_day,
              absl::CivilDay end_day) {
  Slot slot;
  slot.first_day = first_day;
  slot.end_day = end_day;
  slot.start = Midnight(first_day, record.zone);
  slot.end = Midnight(end_day, record.zone);
  slot.published = PublishedAs(record, slot.start, slot.end);
  slot.frozen = slot.published.has_value() && Stands(record, *slot.published, now);
  return slot;
}

// What the frozen terms of the horizon, each of which the planner counts as a full one
// of its frozen unit, give a unit beyond that.
Credit Correction(const Record& record, const std::vector<Slot>& slots, const std::string& member) {
  Credit correction = 0;
  for (const Slot& slot : slots) {
    if (!slot.frozen) continue;
    const internal::StoredTerm& term = record.terms[*slot.published];
    for (const Stint& stint : StintsOf(term.term())) {
      if (stint.member != member) continue;
      correction += rotation::CreditOf(stint.start, stint.end, slot.start, slot.end);
    }
    if (TurnHolder(term.term()) == member) correction -= rotation::kFullTerm;
  }
  return correction;
}

rotation::Unit MakeUnit(const Record& record, const Question& question, const std::string& member,
                        const Unit& facts) {
  const std::vector<Slot>& slots = question.slots;
  const absl::Time begin = slots.front().start;
  rotation::Unit unit;
  unit.member = member;
  unit.sector = facts.sector;
  unit.credit = CreditAt(record, member, begin) + Correction(record, slots, member);
  unit.waiting_since = WaitingSince(record, member, begin);
  unit.lottery = rotation::LotteryNumber(record.seed, member);
  unit.turn_taken = TurnTaken(record, member, question.first_cycle, begin);
  for (const Slot& slot : slots) {
    unit.can_serve.push_back(!ObstacleTo(record, member, slot.start, slot.end));
    unit.prefers_not.push_back(DeclaredFor(record, member, v1::Unavailability::STRENGTH_PREFER_NOT,
                                           slot.start, slot.end) != nullptr);
  }
  return unit;
}

// Whether a unit came into the pool, or came back, since the last publication.
bool HasEntered(const Record& record, const std::string& member) {
  const auto& entered = record.body.entered();
  return !record.entries.contains(member) ||
         std::find(entered.begin(), entered.end(), member) != entered.end();
}

// The credit of a unit once the frozen terms are over.
Credit CreditAfterFrozen(const rotation::Problem& problem, const rotation::Unit& unit) {
  const auto turns = std::count(problem.frozen.begin(), problem.frozen.end(), unit.member);
  return unit.credit + turns * rotation::kFullTerm;
}

// Lets units enter the pool at the lowest credit of those that are in it, waiting from
// `today` on. One that comes back keeps what it has earned beyond that.
void Enter(const Record& record, int64_t today, Question& question) {
  rotation::Problem& problem = question.problem;
  std::optional<Credit> lowest;
  for (const rotation::Unit& unit : problem.units) {
    if (HasEntered(record, unit.member)) continue;
    const Credit credit = CreditAfterFrozen(problem, unit);
    lowest = std::min(lowest.value_or(credit), credit);
  }
  const bool first_plan = record.entries.empty();
  for (rotation::Unit& unit : problem.units) {
    if (!HasEntered(record, unit.member)) continue;
    const auto before = record.entries.find(unit.member);
    const bool returns = before != record.entries.end();
    Entry entry = returns ? before->second : Entry{.waiting_since = unit.waiting_since};
    const Credit lacks = lowest.value_or(0) - (returns ? CreditAfterFrozen(problem, unit) : 0);
    if (returns && (lacks <= 0 || !lowest.has_value())) continue;
    entry.base_credit += lacks;
    unit.credit += lacks;
    if (!first_plan) entry.waiting_since = std::max(entry.waiting_since, today);
    unit.waiting_since = std::max(unit.waiting_since, entry.waiting_since);
    question.entries.emplace(unit.member, entry);
  }
}

std::vector<int> SectorsBefore(const Record& record, absl::Time start, int spread_window) {
  std::vector<int> sectors;
  for (const internal::StoredTerm& term : record.terms) {
    if (EndOf(term) > start) break;
    const Unit* unit = FindUnit(record, TurnHolder(term.term()));
    sectors.push_back(unit == nullptr ? v1::SECTOR_UNSPECIFIED : unit->sector);
  }
  const size_t kept = static_cast<size_t>(std::max(0, spread_window - 1));
  if (sectors.size() > kept)
    sectors.erase(sectors.begin(), sectors.end() - static_cast<int64_t>(kept));
  return sectors;
}

}  // namespace

std::vector<Slot> MakeHorizon(const Record& record, absl::Time now, int term_count,
                              std::optional<absl::CivilDay> first_date) {
  std::vector<Slot> slots;
  const int months = record.charter.rotation().term_months();
  absl::CivilDay next =
      first_date.value_or(absl::CivilDay(absl::CivilMonth(DayOf(now, record.zone)) + 1));
  absl::Time published_until = absl::InfinitePast();
  for (size_t i = 0; i < record.terms.size(); ++i) {
    published_until = EndOf(record.terms[i]);
    const absl::CivilDay end_day = DayOf(published_until, record.zone);
    if (!IsFixed(record, i, now)) continue;
    next = end_day;
    if (published_until > now) {
      slots.push_back(MakeSlot(record, now, DayOf(StartOf(record.terms[i]), record.zone), end_day));
    }
  }
  while (slots.empty() && !record.terms.empty() &&
         Midnight(EndDay(next, months), record.zone) <= now) {
    next = EndDay(next, months);
  }
  while (slots.size() < static_cast<size_t>(term_count) ||
         Midnight(next, record.zone) < published_until) {
    slots.push_back(MakeSlot(record, now, next, EndDay(next, months)));
    next = slots.back().end_day;
  }
  return slots;
}

Question AskPlanner(const Record& record, absl::Time now, std::vector<Slot> slots) {
  Question question;
  question.slots = std::move(slots);
  const absl::Time start = question.slots.front().start;
  question.first_cycle = CycleAt(record, std::max(now, start));
  rotation::Problem& problem = question.problem;
  problem.terms = static_cast<int>(question.slots.size());
  problem.spread_window = record.charter.rotation().spread_window();
  problem.sectors_before = SectorsBefore(record, start, problem.spread_window);
  for (const Slot& slot : question.slots) {
    const v1::ChairTerm* term =
        slot.published.has_value() ? &record.terms[*slot.published].term() : nullptr;
    problem.frozen.push_back(slot.frozen ? TurnHolder(*term) : "");
    problem.published.push_back(slot.frozen       ? problem.frozen.back()
                                : term == nullptr ? ""
                                                  : term->member());
  }
  for (const auto& [member, unit] : record.units) {
    if (!InPool(record, unit)) continue;
    problem.units.push_back(MakeUnit(record, question, member, unit));
  }
  Enter(record, DayNumber(DayOf(now, record.zone)), question);
  return question;
}

}  // namespace jinhuan::alliance::chair
