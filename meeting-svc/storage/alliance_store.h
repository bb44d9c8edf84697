#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "alliance-svc/facts/working_calendar.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// What this service keeps of the alliances: zones, members, charters and chair terms, fed
// by alliance-svc's journal, so that no request waits for alliance-svc. `alliance` and
// `member` are names. Thread-safe.
class AllianceStore {
 public:
  // Takes over what `entry` says, in the transaction that `connection` is in; an entry on
  // anything else changes nothing. Entries come in the journal's order; the same one twice
  // leaves the same.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry) const;

  // The zone in which the alliance's days are meant; Asia/Shanghai for one not heard of.
  absl::StatusOr<absl::TimeZone> Zone(db::Connection& connection,
                                      const std::string& alliance) const;

  // What the alliance is called; "" for one not heard of.
  absl::StatusOr<std::string> DisplayName(db::Connection& connection,
                                          const std::string& alliance) const;

  // A member as far as it is kept: name, display name, tier, sector, grid and state.
  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<alliance::v1::Member> Member(db::Connection& connection,
                                              const std::string& member) const;

  // As Member; FAILED_PRECONDITION / STATE_WRONG unless it is active.
  absl::StatusOr<alliance::v1::Member> ActiveMember(db::Connection& connection,
                                                    const std::string& member) const;

  // All members of the alliance in `state`, by id.
  absl::StatusOr<std::vector<alliance::v1::Member>> Members(
      db::Connection& connection, const std::string& alliance,
      alliance::v1::Member::State state = alliance::v1::Member::STATE_ACTIVE) const;

  // The charter in force at a moment. FAILED_PRECONDITION / CHARTER_UNKNOWN while
  // alliance-svc has not been heard on it.
  absl::StatusOr<alliance::v1::Charter> CharterAt(db::Connection& connection,
                                                  const std::string& alliance,
                                                  absl::Time time) const;

  // The working days of the alliance.
  absl::StatusOr<alliance::WorkingCalendar> Days(db::Connection& connection,
                                                 const std::string& alliance) const;

  // The term at a moment; nothing where none is published.
  absl::StatusOr<std::optional<alliance::v1::ChairTerm>> TermAt(db::Connection& connection,
                                                                const std::string& alliance,
                                                                absl::Time time) const;

 private:
  static absl::StatusOr<std::vector<alliance::v1::Charter>> Charters(db::Connection& connection,
                                                                     const std::string& alliance);
};

}  // namespace jinhuan::meeting
