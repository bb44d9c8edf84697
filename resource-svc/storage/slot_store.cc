#include "resource-svc/storage/slot_store.h"

#include <tuple>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kTake(
    "UPDATE slot SET used = used + ? WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? AND used + ? <= capacity AND waiting <= ?",
    "PRIMARY");
// What is to be taken comes as the capacity of a row that must not come to be: a row that
// was missing counts as one that was added, and the caller rolls it back. The table's CHECK
// holds one that is there to its own capacity, and refuses who would pass a waiting line.
const db::BulkInsert kTakeAll(
    "INSERT INTO slot (alliance_id, window_id, start_time, used, capacity) VALUES",
    "(?, ?, ?, 0, ?)",
    "ON DUPLICATE KEY UPDATE used = IF(waiting = 0, used + VALUES(capacity), -1)");
constexpr int kCountOfChanged = 2;  // what the server counts for a row that was there
// The CHECK refuses to give back what was not taken.
const db::Query kGiveBack(
    "UPDATE slot SET used = used - ? WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ?",
    "PRIMARY");
const db::Query kFence(
    "UPDATE facility_window SET openings = openings + 1 "
    "WHERE alliance_id = ? AND facility_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::BulkInsert kAdd(
    "INSERT IGNORE INTO slot (alliance_id, window_id, start_time, used, capacity) VALUES",
    "(?, ?, ?, 0, ?)");
const db::Query kCounts(
    "SELECT start_time, used, capacity, waiting FROM slot WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? ORDER BY start_time",
    "PRIMARY");
// Full, each of them: nobody gets in, and the rows are this transaction's.
const db::Query kHold(
    "UPDATE slot SET capacity = used WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ?",
    "PRIMARY");
const db::BulkInsert kSet(
    "INSERT INTO slot (alliance_id, window_id, start_time, used, capacity) VALUES",
    "(?, ?, ?, ?, ?)", "ON DUPLICATE KEY UPDATE used = VALUES(used), capacity = VALUES(capacity)");

// The last instant before `end` that the database can tell from it.
absl::Time Before(absl::Time end) { return end - absl::Microseconds(1); }

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
  std::map<Row, int> counts;                                     // in the order of the key
  for (const Claim& claim : claims) {
    for (const Slot& slot : claim.slots) {
      counts[{AllianceId(claim.window), LastId(claim.window), slot.start}] += claim.quantity;
    }
  }
  std::vector<db::Value> values;
  for (const auto& [row, count] : counts) {
    const auto& [alliance_id, window_id, start] = row;
    values.insert(values.end(), {alliance_id, window_id, start, count});
  }
  JH_ASSIGN_OR_RETURN(const int64_t changed, kTakeAll.ExecuteCounting(connection, values));
  return changed == kCountOfChanged * static_cast<int64_t>(counts.size())
             ? absl::OkStatus()
             : Full(std::string(claims.front().window), claims.front().slots.front().start);
}

absl::StatusOr<int64_t> SlotStore::GiveBackBetween(db::Connection& connection,
                                                   const std::string& window, absl::Time from,
                                                   absl::Time to, int quantity) {
  return connection.Execute(kGiveBack,
                            {quantity, AllianceId(window), LastId(window), from, Before(to)});
}

absl::Status SlotStore::Prepare(db::Pool& pool, absl::Time deadline, const Supply& supply,
                                const std::vector<Slot>& slots, int quantity,
                                const std::vector<Slot>& opening) {
  const std::string& window = supply.window.name();
  SlotCounts counts;
  JH_RETURN_IF_ERROR(db::Read(pool, deadline, [&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(counts, Counts(connection, window, slots.front().start, slots.back().end));
    return absl::OkStatus();
  }));
  for (const auto& [start, count] : counts) {
    if (count.capacity == 0) return Error(v1::ERROR_REASON_WINDOW_CLOSED, {{"window", window}});
    if (count.waiting > 0 || count.used + quantity > count.capacity) return Full(window, start);
  }
  if (quantity > supply.window.capacity()) return Full(window, slots.front().start);
  if (counts.size() == slots.size()) return absl::OkStatus();
  if (supply.window.has_lottery()) {
    return Error(
        v1::ERROR_REASON_LOTTERY_OPEN,
        {{"close_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", LotteryCloseTime(supply, opening),
                                         absl::UTCTimeZone())}});
  }
  return db::InTransaction(pool, deadline, [&](db::Connection& connection) {
    return Make(connection, supply, opening).status();
  });
}

absl::StatusOr<bool> SlotStore::Make(db::Connection& connection, const Supply& supply,
                                     const std::vector<Slot>& opening) {
  const std::string& window = supply.window.name();
  const std::string alliance_id = AllianceId(window);
  const std::string window_id = LastId(window);
  // In the same queue as whoever changes the window.
  JH_ASSIGN_OR_RETURN(const int64_t current,
                      connection.Execute(kFence, {alliance_id, LastId(supply.facility.name()),
                                                  window_id, supply.version}));
  if (current == 0) return false;
  JH_ASSIGN_OR_RETURN(
      const std::vector<Slot> closed,
      ClosureStore::ClosedIn(connection, window, opening.front().start, opening.back().end));
  std::vector<db::Value> values;
  for (const Slot& slot : opening) {
    const int places = OverlapsOneOf(slot, closed) ? 0 : supply.window.capacity();
    values.insert(values.end(), {alliance_id, window_id, slot.start, places});
  }
  JH_RETURN_IF_ERROR(kAdd.Execute(connection, values));
  return true;
}

absl::StatusOr<SlotCounts> SlotStore::Counts(db::Connection& connection, const std::string& window,
                                             absl::Time from, absl::Time to) {
  SlotCounts counts;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCounts, {AllianceId(window), LastId(window), from, Before(to)},
                                 [&](const db::Row& row) {
                                   counts.emplace_hint(counts.end(), row.Time(0),
                                                       SlotCount{static_cast<int>(row.Int(1)),
                                                                 static_cast<int>(row.Int(2)),
                                                                 static_cast<int>(row.Int(3))});
                                 })
                         .status());
  return counts;
}

absl::StatusOr<SlotCounts> SlotStore::Hold(db::Connection& connection, const std::string& window,
                                           absl::Time from, absl::Time to) {
  JH_RETURN_IF_ERROR(
      connection.Execute(kHold, {AllianceId(window), LastId(window), from, Before(to)}).status());
  return Counts(connection, window, from, to);
}

absl::Status SlotStore::Set(db::Connection& connection, const std::string& window,
                            const SlotCounts& counts) {
  const std::string alliance_id = AllianceId(window);
  const std::string window_id = LastId(window);
  std::vector<db::Value> values;
  for (const auto& [start, count] : counts) {
    values.insert(values.end(), {alliance_id, window_id, start, count.used, count.capacity});
  }
  return kSet.Execute(connection, values);
}

}  // namespace jinhuan::resource
