// What of BookingStore the clock and the waiting lines go by.
#include <algorithm>

#include "platform/api/time.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/booking_row.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kDue(
    "SELECT state, version, held, body FROM booking FORCE INDEX (booking_by_due) "
    "WHERE due_time <= ? ORDER BY due_time LIMIT ?",
    "booking_by_due");
const db::Query kTurn("UPDATE worker SET turns = turns + 1 WHERE name = 'booking_keeper'",
                      "PRIMARY");
const db::Query kLine(
    "SELECT state, version, held, body FROM booking FORCE INDEX (booking_by_window) "
    "WHERE alliance_id = ? AND window_id = ? AND state = 6 AND start_time BETWEEN ? AND ? "
    "AND end_time > ?",
    "booking_by_window");
const db::Query kBefore(
    "SELECT COUNT(*) FROM booking FORCE INDEX (booking_by_window) "
    "WHERE alliance_id = ? AND window_id = ? AND state = 6 AND start_time BETWEEN ? AND ? "
    "AND end_time > ? AND id < ?",
    "booking_by_window");

constexpr absl::Duration kLongest = absl::Hours(26);  // as in booking_list.cc
constexpr absl::Duration kTick = absl::Microseconds(1);

}  // namespace

absl::StatusOr<std::vector<BookingStore::Stored>> BookingStore::Due(db::Connection& connection,
                                                                    absl::Time now, int limit) {
  std::vector<Stored> due;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kDue, {now, limit}, [&](const db::Row& row) { due.push_back(StoredOf(row)); })
          .status());
  return due;
}

absl::Status BookingStore::TakeTurn(db::Connection& connection) {
  return connection.ExecuteExactly(1, kTurn, {});
}

absl::StatusOr<std::vector<BookingStore::Stored>> BookingStore::Line(db::Connection& connection,
                                                                     const std::string& window,
                                                                     absl::Time from,
                                                                     absl::Time to) {
  std::vector<Stored> line;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kLine, {AllianceId(window), LastId(window), from - kLongest, to - kTick, from},
                  [&](const db::Row& row) { line.push_back(StoredOf(row)); })
          .status());
  std::sort(line.begin(), line.end(),
            [](const Stored& a, const Stored& b) { return a.booking.name() < b.booking.name(); });
  return line;
}

absl::StatusOr<int> BookingStore::WaitingBefore(db::Connection& connection,
                                                const v1::Booking& booking) {
  const absl::Time start = api::FromProto(booking.start_time());
  const absl::Time end = api::FromProto(booking.end_time());
  int64_t before = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kBefore,
                                 {AllianceId(booking.window()), LastId(booking.window()),
                                  start - kLongest, end - kTick, start, LastId(booking.name())},
                                 [&](const db::Row& row) { before = row.Int(0); })
                         .status());
  return static_cast<int>(before);
}

}  // namespace jinhuan::resource
