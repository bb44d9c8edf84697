#include "resource-svc/storage/wait_store.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kJoin(
    "UPDATE slot SET waiting = waiting + 1 WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? AND waiting < ? AND capacity >= ?",
    "PRIMARY");
const db::Query kAwaited(
    "SELECT start_time FROM slot WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? AND waiting > 0 LIMIT 1",
    "PRIMARY");
const db::Query kLines(
    "SELECT start_time, end_time FROM booking FORCE INDEX (booking_by_window) "
    "WHERE alliance_id = ? AND window_id = ? AND state = 6",
    "booking_by_window");
const db::Query kWake(
    "INSERT INTO waitlist_wake (alliance_id, id, facility_id, window_id, start_time, end_time) "
    "VALUES (?, ?, ?, ?, ?, ?)",
    "");
const db::Query kWakeAgain(
    "INSERT INTO waitlist_wake "
    "(alliance_id, id, facility_id, window_id, start_time, end_time, due_time) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE start_time = VALUES(start_time), "
    "end_time = VALUES(end_time), due_time = VALUES(due_time)",
    "");
const db::Query kPutOff("UPDATE waitlist_wake SET due_time = ? WHERE alliance_id = ? AND id = ?",
                        "PRIMARY");
const db::Query kWoken(
    "SELECT alliance_id, id, facility_id, window_id, start_time, end_time FROM waitlist_wake "
    "FORCE INDEX (waitlist_wake_by_due) WHERE due_time <= ? ORDER BY due_time LIMIT ?",
    "waitlist_wake_by_due");
const db::Query kWokenOf(
    "SELECT alliance_id, id, facility_id, window_id, start_time, end_time FROM waitlist_wake "
    "FORCE INDEX (waitlist_wake_by_window) WHERE alliance_id = ? AND window_id = ? "
    "AND due_time <= ? LIMIT ?",
    "waitlist_wake_by_window");
const db::Query kServed("DELETE FROM waitlist_wake WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kTurn(
    "UPDATE slot SET turns = turns + 1 WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ?",
    "PRIMARY");
const db::Query kCounts(
    "SELECT start_time, used, capacity, waiting FROM slot WHERE alliance_id = ? AND window_id = ? "
    "AND start_time BETWEEN ? AND ? ORDER BY start_time",
    "PRIMARY");
const db::Query kSetWaiting(
    "UPDATE slot SET waiting = ? WHERE alliance_id = ? AND window_id = ? AND start_time = ?",
    "PRIMARY");

constexpr absl::Duration kTick = absl::Microseconds(1);

}  // namespace

absl::Status WaitStore::Join(db::Connection& connection, const std::string& window,
                             const std::vector<Slot>& slots, int quantity) {
  JH_RETURN_IF_ERROR(Wake(connection, window, slots.front().start, slots.back().end));
  JH_ASSIGN_OR_RETURN(
      const int64_t joined,
      connection.Execute(kJoin, {AllianceId(window), LastId(window), slots.front().start,
                                 slots.back().start, kMaxWaiting, quantity}));
  if (joined == static_cast<int64_t>(slots.size())) return absl::OkStatus();
  return WhyNot(connection, window, slots, quantity);
}

absl::Status WaitStore::WhyNot(db::Connection& connection, const std::string& window,
                               const std::vector<Slot>& slots, int quantity) {
  int fewest = quantity;
  JH_RETURN_IF_ERROR(
      connection
          .Select(
              kCounts,
              {AllianceId(window), LastId(window), slots.front().start, slots.back().start},
              [&](const db::Row& row) { fewest = std::min(fewest, static_cast<int>(row.Int(2))); })
          .status());
  if (fewest == 0) return Error(v1::ERROR_REASON_WINDOW_CLOSED, {{"window", window}});
  if (fewest < quantity) {  // never is there room for it
    return Error(v1::ERROR_REASON_SLOT_FULL,
                 {{"window", window},
                  {"start_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", slots.front().start,
                                                  absl::UTCTimeZone())}});
  }
  return Error(v1::ERROR_REASON_WAITLIST_FULL,
               {{"window", window}, {"limit", fmt::to_string(kMaxWaiting)}});
}

absl::Status WaitStore::Wake(db::Connection& connection, const std::string& window, absl::Time from,
                             absl::Time to) {
  std::array<unsigned char, 8> random{};
  randombytes_buf(random.data(), random.size());
  std::array<char, 17> id{};
  sodium_bin2hex(id.data(), id.size(), random.data(), random.size());
  return connection
      .Execute(kWake,
               {AllianceId(window), id.data(), LastId(ParentOf(window)), LastId(window), from, to})
      .status();
}

absl::Status WaitStore::WakeIfAwaited(db::Connection& connection, const std::string& window,
                                      absl::Time from, absl::Time to) {
  JH_ASSIGN_OR_RETURN(
      const int64_t awaited,
      connection.Select(kAwaited, {AllianceId(window), LastId(window), from, to - kTick},
                        [](const db::Row&) {}));
  return awaited == 0 ? absl::OkStatus() : Wake(connection, window, from, to);
}

absl::StatusOr<std::optional<Slot>> WaitStore::Lines(db::Connection& connection,
                                                     const std::string& window) {
  std::optional<Slot> lines;
  JH_RETURN_IF_ERROR(connection
                         .Select(kLines, {AllianceId(window), LastId(window)},
                                 [&](const db::Row& row) {
                                   if (!lines.has_value()) lines = {row.Time(0), row.Time(1)};
                                   lines->start = std::min(lines->start, row.Time(0));
                                   lines->end = std::max(lines->end, row.Time(1));
                                 })
                         .status());
  return lines;
}

absl::Status WaitStore::WakeAll(db::Connection& connection, const std::string& window) {
  JH_ASSIGN_OR_RETURN(const std::optional<Slot> lines, Lines(connection, window));
  return lines.has_value() ? Wake(connection, window, lines->start, lines->end) : absl::OkStatus();
}

absl::StatusOr<std::vector<WaitStore::Woken>> WaitStore::ListWoken(db::Connection& connection,
                                                                   const std::string& window,
                                                                   absl::Time now, int limit) {
  std::vector<Woken> woken;
  const auto add = [&](const db::Row& row) {
    woken.push_back({row.Text(0), row.Text(1),
                     fmt::format("alliances/{}/facilities/{}/windows/{}", row.Text(0), row.Text(2),
                                 row.Text(3)),
                     row.Time(4), row.Time(5)});
  };
  const auto rows =
      window.empty()
          ? connection.Select(kWoken, {now, limit}, add)
          : connection.Select(kWokenOf, {AllianceId(window), LastId(window), now, limit}, add);
  JH_RETURN_IF_ERROR(rows.status());
  return woken;
}

absl::Status WaitStore::Served(db::Connection& connection, const Woken& woken, absl::Time again) {
  JH_RETURN_IF_ERROR(connection.Execute(kServed, {woken.alliance_id, woken.id}).status());
  JH_ASSIGN_OR_RETURN(const std::optional<Slot> lines, Lines(connection, woken.window));
  if (!lines.has_value()) return absl::OkStatus();
  const std::string window_id = LastId(woken.window);
  return connection
      .Execute(kWakeAgain, {woken.alliance_id, window_id, LastId(ParentOf(woken.window)), window_id,
                            lines->start, lines->end, again})
      .status();
}

absl::Status WaitStore::PutOff(db::Connection& connection, const Woken& woken, absl::Time until) {
  return connection.Execute(kPutOff, {until, woken.alliance_id, woken.id}).status();
}

absl::StatusOr<std::map<absl::Time, WaitStore::Counts>> WaitStore::TakeTurn(
    db::Connection& connection, const std::string& window, const std::vector<Slot>& opening) {
  const std::string alliance_id = AllianceId(window);
  const std::string window_id = LastId(window);
  const absl::Time first = opening.front().start;
  const absl::Time last = opening.back().start;
  JH_RETURN_IF_ERROR(connection.Execute(kTurn, {alliance_id, window_id, first, last}).status());
  std::map<absl::Time, Counts> counts;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCounts, {alliance_id, window_id, first, last},
                                 [&](const db::Row& row) {
                                   counts[row.Time(0)] = {static_cast<int>(row.Int(1)),
                                                          static_cast<int>(row.Int(2)),
                                                          static_cast<int>(row.Int(3))};
                                 })
                         .status());
  return counts;
}

absl::Status WaitStore::SetWaiting(db::Connection& connection, const std::string& window,
                                   absl::Time start, int waiting) {
  return connection.Execute(kSetWaiting, {waiting, AllianceId(window), LastId(window), start})
      .status();
}

}  // namespace jinhuan::resource
