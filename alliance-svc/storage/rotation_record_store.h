#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_record.h"
#include "alliance-svc/storage/alliance_store.h"
#include "alliance-svc/storage/chair_term_store.h"
#include "alliance-svc/storage/charter_store.h"
#include "alliance-svc/storage/rotation_plan_store.h"
#include "alliance-svc/storage/rotation_store.h"
#include "alliance-svc/storage/rotation_turn_store.h"
#include "alliance-svc/storage/swap_store.h"
#include "alliance-svc/storage/unavailability_store.h"
#include "platform/api/call.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Draws a seed of 32 secret bytes.
using SeedSource = std::function<std::string()>;
std::string RandomSeed();

// A rotation that a transaction has claimed: `record` is for it to change, from what the
// clock has made of it until `now`; `before` is what the tables hold.
struct ClaimedRotation {
  chair::Record record;
  chair::Record before;
  absl::Time now;
};

// A member before a change, nullptr for a new one, and after it.
struct MemberChange {
  const v1::Member* before;
  const v1::Member* after;
};

// A time in which one unit acts as chair.
struct ActingInterval {
  std::string member;
  absl::Time start;
  absl::Time end;
};

// The rotation of an alliance as one record (domain/rotation_record.h), loaded from its
// tables and saved to them with the journal. Thread-safe.
class RotationRecordStore {
 public:
  RotationRecordStore(journal::Journal& journal, const AllianceStore& alliances,
                      const CharterStore& charters, SeedSource seeds = RandomSeed)
      : journal_(journal), alliances_(alliances), charters_(charters), seeds_(std::move(seeds)) {}

  // What readers decide nothing from: the record as the clock has made it until `now`.
  // NOT_FOUND / RESOURCE_NOT_FOUND when there is no such alliance. Where the alliance has
  // no row yet, the seed is empty.
  absl::StatusOr<chair::Record> Read(db::Connection& connection, const std::string& alliance,
                                     absl::Time now) const;

  // Takes the rotation for the transaction under way, as its first statement. Its `now` is
  // call.now, or later when the record has been settled until then. Errors as Read.
  absl::StatusOr<ClaimedRotation> Claim(db::Connection& connection, const api::Call& call,
                                        const std::string& alliance) const;

  // Saves what differs between `before` and `record`, with an entry in the journal for
  // each term that was changed, began or ended, each swap, and the rotation itself where
  // its seed changed. Fills the etags of the record.
  absl::Status Save(db::Connection& connection, const api::Call& call, ClaimedRotation& claimed,
                    const std::string& reason) const;

  // Makes the row of an alliance, so that the commitment of its first seed is public from
  // the beginning; does nothing when there is one.
  absl::Status Ensure(db::Connection& connection, const std::string& alliance,
                      absl::Time now) const;

  // To be called in the transaction that changed members of one alliance, after it, once
  // for all of them: what is planned or published learns of it, and a unit that acts as
  // chair and left gets its stand-in at once, for `reason`.
  absl::Status NoteMemberChanges(db::Connection& connection, const api::Call& call,
                                 const std::vector<MemberChange>& changes,
                                 const std::string& reason) const;

  // To be called in the transaction that adopted a charter, after it: the clock has
  // something to do when that comes into force, at `start`.
  absl::Status NoteCharter(db::Connection& connection, const std::string& alliance,
                           absl::Time start, absl::Time now) const;

  // Who acts as chair in [from, until), in order of time; the first interval covers
  // `from`, if somebody acts then.
  absl::StatusOr<std::vector<ActingInterval>> ActingIn(db::Connection& connection,
                                                       const std::string& alliance, absl::Time from,
                                                       absl::Time until) const;

  std::string NewSeed() const { return seeds_(); }
  journal::Journal& journal() const { return journal_; }

  const ChairTermStore terms = {};
  const SwapStore swaps = {};
  const UnavailabilityStore unavailabilities = {};
  const RotationPlanStore plans = {};
  const RotationTurnStore turns = {};
  const RotationStore rows = {};

 private:
  absl::StatusOr<chair::Record> Load(db::Connection& connection, const std::string& alliance,
                                     const std::optional<RotationRow>& row, absl::Time now) const;
  absl::Status SaveTerms(db::Connection& connection, const api::Call& call,
                         ClaimedRotation& claimed, const std::string& reason) const;
  absl::Status SaveSwaps(db::Connection& connection, const api::Call& call,
                         ClaimedRotation& claimed) const;

  journal::Journal& journal_;
  const AllianceStore& alliances_;
  const CharterStore& charters_;
  const SeedSource seeds_;
};

}  // namespace jinhuan::alliance
