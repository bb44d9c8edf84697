#include "resource-svc/storage/report_store.h"

#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kAll(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_start) "
    "WHERE alliance_id = ? AND state = ? AND start_time >= ? AND start_time < ? "
    "ORDER BY start_time, id LIMIT ?",
    "booking_by_start");
const db::Query kOfMember(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND state = ? AND start_time >= ? "
    "AND start_time < ? ORDER BY start_time, id LIMIT ?",
    "booking_by_member");

}  // namespace

absl::StatusOr<int64_t> ReportStore::EachBooking(db::Connection& connection, const Range& range,
                                                 v1::Booking::State state, int limit,
                                                 absl::FunctionRef<void(v1::Booking)> each) {
  const auto read = [&](const db::Row& row) {
    v1::Booking booking;
    row.Parse(1, booking);
    booking.set_state(static_cast<v1::Booking::State>(row.Int(0)));
    each(std::move(booking));
  };
  const std::string alliance_id = AllianceId(range.alliance);
  const int number = state;
  if (range.member.empty()) {
    return connection.Select(kAll, {alliance_id, number, range.start, range.end, limit}, read);
  }
  return connection.Select(
      kOfMember, {alliance_id, LastId(range.member), number, range.start, range.end, limit}, read);
}

}  // namespace jinhuan::resource
