#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// Where units stand: who is in the pool, who may chair when, what was earned.

// Being in the chair without a break; what a term is made of.
struct Stint {
  std::string member;
  absl::Time start;
  absl::Time end;
  bool stand_in = false;
};

// Who held, or is to hold, the chair in a term as it is recorded: stints that follow each
// other from its start to its end.
std::vector<Stint> StintsOf(const v1::ChairTerm& term);

// Whose turn a term is: its unit's, or the one's that replaced it last.
const std::string& TurnHolder(const v1::ChairTerm& term);

// Whether a unit can act as chair at `time`: it is ACTIVE and has not declared that it
// can't then.
bool CanAct(const Record& record, std::string_view member, absl::Time time);

// Until when the declarations of a unit, one after the other, keep it away from `time` on;
// `time` itself when none does.
absl::Time AwayUntil(const Record& record, std::string_view member, absl::Time time);

// Whether a unit is in the pool: ACTIVE, of a tier of the pool, and with a liaison.
bool InPool(const Record& record, const Unit& unit);

// The first day on which the unit has been active for the probation.
absl::CivilDay EligibleFrom(const Record& record, const Unit& unit);

// Why a unit of the pool or another may not chair [start, end), in Chinese and English;
// both empty when it may: it is not in the pool, still in its probation as it starts, or
// has declared that it can't and is heard (HearsDeclarations).
struct Obstacle {
  std::string zh;
  std::string en;
  explicit operator bool() const { return !zh.empty(); }
};
Obstacle ObstacleTo(const Record& record, std::string_view member, absl::Time start,
                    absl::Time end);

// Why it may not apart from what it declared.
Obstacle StandingObstacle(const Record& record, std::string_view member, absl::Time start);

// Whether plans still go by what a unit declares. Not once it has let as many cycles pass
// since its last turn as the charter allows deferrals: then it gets its turn, and a
// stand-in serves where it can't.
bool HearsDeclarations(const Record& record, std::string_view member);

// Whether no plan made at `now` changes the term: it is fixed, or its unit has it by a
// swap and may serve.
bool Stands(const Record& record, size_t index, absl::Time now);

// The declaration of `strength` that overlaps [start, end); nullptr when there is none.
const v1::Unavailability* DeclaredFor(const Record& record, std::string_view member,
                                      v1::Unavailability::Strength strength, absl::Time start,
                                      absl::Time end);

// What a unit has earned by being in the chair until `until`.
rotation::Credit Earned(const Record& record, std::string_view member, absl::Time until);

// Its credit then: what it entered the pool with, and what it earned.
rotation::Credit CreditAt(const Record& record, std::string_view member, absl::Time until);

// When its last stint before `until` ended; nothing when it never chaired.
std::optional<absl::Time> LastInChair(const Record& record, std::string_view member,
                                      absl::Time until);

// Whether a unit has waived its turn of `cycle`; or has had it: it waived, or a term of
// that cycle that began before `before` is its turn.
bool Waived(const Record& record, std::string_view member, int cycle);
bool TurnTaken(const Record& record, std::string_view member, int cycle, absl::Time before);

// The day since which it waits: the end of its last stint or what stands in its entry,
// whichever is later, or the day from which it is eligible.
int64_t WaitingSince(const Record& record, std::string_view member, absl::Time until);

}  // namespace jinhuan::alliance::chair
