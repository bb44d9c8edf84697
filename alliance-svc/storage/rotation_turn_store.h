#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_record.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// Every statement on the tables `pool_entry` and `waiver`, and the reading of all units
// of an alliance as the rotation sees them. Who writes has claimed the alliance's row of
// `rotation`. Thread-safe.
class RotationTurnStore {
 public:
  using Entries = std::map<std::string, chair::Entry, std::less<>>;
  using Units = std::map<std::string, chair::Unit, std::less<>>;

  absl::StatusOr<Units> ReadUnits(db::Connection& connection, const std::string& alliance) const;

  // Whether a unit is ACTIVE now; false when there is none.
  absl::StatusOr<bool> IsActive(db::Connection& connection, const std::string& member) const;

  absl::StatusOr<Entries> ReadEntries(db::Connection& connection,
                                      const std::string& alliance) const;
  absl::Status SetEntry(db::Connection& connection, const std::string& member,
                        const chair::Entry& entry) const;

  absl::StatusOr<std::vector<v1::Waiver>> ReadWaivers(db::Connection& connection,
                                                      const std::string& alliance) const;
  absl::Status InsertWaiver(db::Connection& connection, const v1::Waiver& waiver) const;
};

// A member as the rotation sees it.
chair::Unit UnitOf(const v1::Member& member);

}  // namespace jinhuan::alliance
