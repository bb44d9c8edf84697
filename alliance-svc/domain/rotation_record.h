#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "alliance-svc/domain/rotation_plan.h"
#include "jinhuan/alliance/internal/v1/rotation.pb.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/alliance/v1/rotation.pb.h"

namespace jinhuan::alliance::chair {

namespace internal = jinhuan::alliance::internal::v1;

// What the rotation has to know of a member unit.
struct Unit {
  std::string display_name;
  v1::Sector sector = v1::SECTOR_UNSPECIFIED;
  v1::Tier tier = v1::TIER_UNSPECIFIED;
  v1::Member::State state = v1::Member::STATE_UNSPECIFIED;
  bool has_liaison = false;
  absl::Time join_time;
};

// With what a unit entered the pool.
struct Entry {
  rotation::Credit base_credit = 0;
  int64_t waiting_since = 0;  // DayNumber

  friend bool operator==(const Entry&, const Entry&) = default;
};

// A version of the charter that is not in force yet.
struct ComingCharter {
  absl::Time start;
  v1::Charter charter;
};

// Everything that the rotation of one alliance is decided from. The functions beside
// this file read and change it; storage loads it, and saves what they changed.
struct Record {
  std::string alliance;  // its name
  absl::TimeZone zone;
  absl::Time settled;                 // until when the clock's doings are in it
  v1::Charter charter;                // in force then
  std::vector<ComingCharter> coming;  // each in force from its start on, in order of time
  std::string seed;                   // 32 bytes; secret until terms that it gave are published
  int64_t version = 0;                // of the row that owns the conflicts
  internal::RotationBody body;
  // What is published, in order of time, without display names and what the clock
  // decides.
  std::vector<internal::StoredTerm> terms;
  std::map<std::string, Unit, std::less<>> units;  // every member of the alliance, by name
  std::map<std::string, Entry, std::less<>> entries;
  std::vector<v1::Unavailability> unavailabilities;  // not taken back, not long past
  std::vector<v1::Waiver> waivers;
  std::vector<v1::TermSwap> swaps;  // open ones
};

inline absl::Time StartOf(const internal::StoredTerm& term) {
  return absl::FromUnixSeconds(term.term().start_time().seconds());
}
inline absl::Time EndOf(const internal::StoredTerm& term) {
  return absl::FromUnixSeconds(term.term().end_time().seconds());
}

// Notes that something has changed that plans are made from: drafts are stale by it.
inline void OutdateDrafts(Record& record) { record.body.set_basis(record.body.basis() + 1); }

// The unit; nullptr when no member has that name.
const Unit* FindUnit(const Record& record, std::string_view member);

// What a unit is called; its name when it is unknown.
std::string DisplayName(const Record& record, std::string_view member);

bool IsActive(const Record& record, std::string_view member);

// The index of the term that covers `time`, or of the one with that name; nothing when
// there is none.
std::optional<size_t> TermAt(const Record& record, absl::Time time);
std::optional<size_t> TermNamed(const Record& record, std::string_view name);

// From when on term `index` can't be changed by a plan: the term before it begins, or
// the charter's notice, whichever is sooner; the first term is so from the beginning.
absl::Time FrozenFrom(const Record& record, size_t index);

// How firm it is at `now`; never DRAFT.
v1::ChairTerm::State StateOf(const Record& record, size_t index, absl::Time now);
inline bool IsFixed(const Record& record, size_t index, absl::Time now) {
  return StateOf(record, index, now) != v1::ChairTerm::STATE_PUBLISHED;
}

// The cycle of turns that is under way at `now`, from 1.
int CycleAt(const Record& record, absl::Time now);

}  // namespace jinhuan::alliance::chair
