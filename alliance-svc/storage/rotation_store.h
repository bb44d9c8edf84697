#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/alliance/internal/v1/rotation.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// A row of the table `rotation`.
struct RotationRow {
  int64_t version = 0;
  absl::Time settled;
  std::optional<absl::Time> wake;  // when the clock does something next
  std::string seed;
  internal::v1::RotationBody body;
};

// Every statement on the table `rotation`: the row that owns what is decided about the
// rotation of an alliance, named by the alliance. Thread-safe.
class RotationStore {
 public:
  // Takes the row for the transaction under way, which must do so before it reads what it
  // decides from; makes it when there is none, settled at `now` and with `seed`.
  absl::StatusOr<RotationRow> Claim(db::Connection& connection, const std::string& alliance,
                                    absl::Time now, const std::string& seed) const;

  // The row, for reads that decide nothing; nothing when there is none.
  absl::StatusOr<std::optional<RotationRow>> Read(db::Connection& connection,
                                                  const std::string& alliance) const;

  // Writes a row that was claimed.
  absl::Status Write(db::Connection& connection, const std::string& alliance,
                     const RotationRow& row) const;

  // Up to `limit` alliances whose clock has something to do at `now`.
  absl::StatusOr<std::vector<std::string>> Due(db::Connection& connection, absl::Time now,
                                               int limit) const;
};

}  // namespace jinhuan::alliance
