#include "alliance-svc/domain/rotation_record.h"

#include <algorithm>

#include "alliance-svc/domain/rotation_schedule.h"

namespace jinhuan::alliance::chair {

const Unit* FindUnit(const Record& record, std::string_view member) {
  const auto found = record.units.find(member);
  return found == record.units.end() ? nullptr : &found->second;
}

std::string DisplayName(const Record& record, std::string_view member) {
  const Unit* unit = FindUnit(record, member);
  return unit == nullptr ? std::string(member) : unit->display_name;
}

bool IsActive(const Record& record, std::string_view member) {
  const Unit* unit = FindUnit(record, member);
  return unit != nullptr && unit->state == v1::Member::STATE_ACTIVE;
}

std::optional<size_t> TermAt(const Record& record, absl::Time time) {
  for (size_t i = 0; i < record.terms.size(); ++i) {
    if (StartOf(record.terms[i]) <= time && time < EndOf(record.terms[i])) return i;
  }
  return std::nullopt;
}

std::optional<size_t> TermNamed(const Record& record, std::string_view name) {
  for (size_t i = 0; i < record.terms.size(); ++i) {
    if (record.terms[i].term().name() == name) return i;
  }
  return std::nullopt;
}

absl::Time FrozenFrom(const Record& record, size_t index) {
  if (index == 0) return absl::InfinitePast();
  const absl::CivilDay first_day = DayOf(StartOf(record.terms[index]), record.zone);
  return std::min(StartOf(record.terms[index - 1]),
                  Midnight(first_day - record.charter.rotation().notice_days(), record.zone));
}

v1::ChairTerm::State StateOf(const Record& record, size_t index, absl::Time now) {
  if (EndOf(record.terms[index]) <= now) return v1::ChairTerm::STATE_ENDED;
  if (StartOf(record.terms[index]) <= now) return v1::ChairTerm::STATE_CURRENT;
  return FrozenFrom(record, index) <= now ? v1::ChairTerm::STATE_FROZEN
                                          : v1::ChairTerm::STATE_PUBLISHED;
}

int CycleAt(const Record& record, absl::Time now) {
  int cycle = 1;
  for (const internal::StoredTerm& term : record.terms) {
    cycle = term.term().cycle();
    if (now < EndOf(term)) break;
  }
  return cycle;
}

}  // namespace jinhuan::alliance::chair
