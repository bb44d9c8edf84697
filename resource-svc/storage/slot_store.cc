#include "resource-svc/storage/slot_store.h"

#include <tuple>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kTake(
    "UPDATE slot SET used = used + ? WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? AND used + ? <= capacity AND waiting <= ?",
    "PRIMARY");
// A row that is there keeps its capacity; the table's CHECK holds `used` to it, and refuses who
// would pass a waiting line.
const db::BulkInsert kTakeAll(
    "INSERT INTO slot (alliance_id, window_id, start_time, used, capacity) VALUES",
    "(?, ?, ?, ?, ?)", "ON DUPLICATE KEY UPDATE used = IF(waiting = 0, used + VALUES(used), -1)");
const db::Query kGiveBack(
    "UPDATE slot SET used = used - ? WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? AND used >= ?",
    "PRIMARY");
const db::Query kGiveBackBetween(
    "UPDATE slot SET used = used - ? WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? AND used >= ?",
    "PRIMARY");
const db::Query kAdd(
    "INSERT IGNORE INTO slot (alliance_id, window_id, start_time, used, capacity) "
    "VALUES (?, ?, ?, 0, ?)",
    "");
const db::Query kCounts(
    "SELECT start_time, used, capacity, waiting FROM slot WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? ORDER BY start_time",
    "PRIMARY");

absl::Status Full(const std::string& window, absl::Time start) {
  return Error(
      v1::ERROR_REASON_SLOT_FULL,
      {{"window", window},
       {"start_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", start, absl::UTCTimeZone())}});
}

}  // namespace

absl::Status SlotStore::Take(db::Connection& connection, const std::string& window,
                             const std::vector<Slot>& slots, int quantity, bool from_line) {
  constexpr int kAnyone = 32'767;
  JH_ASSIGN_OR_RETURN(
      const int64_t taken,
      connection.Execute(kTake, {quantity, AllianceId(window), LastId(window), slots.front().start,
                                 slots.back().start, quantity, from_line ? kAnyone : 0}));
  return taken == static_cast<int64_t>(slots.size()) ? absl::OkStatus()
                                                     : Full(window, slots.front().start);
}

absl::Status SlotStore::TakeAll(db::Connection& connection, const std::vector<Claim>& claims) {
  using Row = std::tuple<std::string, std::string, absl::Time>;  // alliance, window, start
  struct Count {
    int used = 0;
    int capacity = 0;
  };
  std::map<Row, Count> counts;  // in the order of the key
  for (const Claim& claim : claims) {
    for (const Slot& slot : claim.slots) {
      Count& count = counts[{AllianceId(claim.window), LastId(claim.window), slot.start}];
      count.used += claim.quantity;
      count.capacity = claim.capacity;
      if (count.used > count.capacity) return Full(std::string(claim.window), slot.start);
    }
  }
  std::vector<db::Value> values;
  for (const auto& [row, count] : counts) {
    const auto& [alliance_id, window_id, start] = row;
    values.insert(values.end(), {alliance_id, window_id, start, count.used, count.capacity});
  }
  return kTakeAll.Execute(connection, values);
}

absl::Status SlotStore::GiveBack(db::Connection& connection, const std::string& window,
                                 const std::vector<Slot>& slots, int quantity) {
  JH_ASSIGN_OR_RETURN(
      const int64_t given,
      connection.Execute(kGiveBack, {quantity, AllianceId(window), LastId(window),
                                     slots.front().start, slots.back().start, quantity}));
  return given == static_cast<int64_t>(slots.size())
             ? absl::OkStatus()
             : absl::InternalError("a slot counts fewer places than are booked");
}

absl::StatusOr<int64_t> SlotStore::GiveBackBetween(db::Connection& connection,
                                                   const std::string& window, absl::Time from,
                                                   absl::Time to, int quantity) {
  return connection.Execute(kGiveBackBetween, {quantity, AllianceId(window), LastId(window), from,
                                               to - absl::Microseconds(1), quantity});
}

absl::Status SlotStore::Prepare(db::Pool& pool, absl::Time deadline, const std::string& window,
                                const std::vector<Slot>& slots, int quantity,
                                const std::vector<Slot>& opening, int capacity) {
  const std::string alliance_id = AllianceId(window);
  const std::string window_id = LastId(window);
  absl::Status full;
  int64_t rows = 0;
  JH_RETURN_IF_ERROR(db::Read(pool, deadline, [&](db::Connection& connection) -> absl::Status {
    full = absl::OkStatus();
    JH_ASSIGN_OR_RETURN(
        rows, connection.Select(
                  kCounts, {alliance_id, window_id, slots.front().start, slots.back().start},
                  [&](const db::Row& row) {
                    if (full.ok() && (row.Int(1) + quantity > row.Int(2) || row.Int(3) > 0)) {
                      full = Full(window, row.Time(0));
                    }
                  }));
    return absl::OkStatus();
  }));
  if (!full.ok()) return full;
  if (quantity > capacity) return Full(window, slots.front().start);
  if (rows == static_cast<int64_t>(slots.size())) return absl::OkStatus();
  return db::InTransaction(pool, deadline, [&](db::Connection& connection) -> absl::Status {
    for (const Slot& slot : opening) {
      JH_RETURN_IF_ERROR(
          connection.Execute(kAdd, {alliance_id, window_id, slot.start, capacity}).status());
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<std::map<absl::Time, int>> SlotStore::Used(db::Connection& connection,
                                                          const std::string& window,
                                                          const std::vector<Slot>& slots) {
  std::map<absl::Time, int> used;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kCounts,
                  {AllianceId(window), LastId(window), slots.front().start, slots.back().start},
                  [&](const db::Row& row) {
                    used.emplace_hint(used.end(), row.Time(0), static_cast<int>(row.Int(1)));
                  })
          .status());
  return used;
}

}  // namespace jinhuan::resource
