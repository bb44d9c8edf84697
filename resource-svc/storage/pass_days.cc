// What of BookingStore passes go by: their days.
#include "platform/api/time.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/storage/booking_row.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kDays(
    "SELECT state, version, held, body FROM booking FORCE INDEX (booking_by_user) "
    "WHERE alliance_id = ? AND user_name = ?",
    "booking_by_user");
const db::Query kCount(
    "SELECT state, start_time, due_time, id FROM booking FORCE INDEX (booking_by_user) "
    "WHERE alliance_id = ? AND user_name = ?",
    "booking_by_user");

}  // namespace

absl::StatusOr<std::vector<BookingStore::Stored>> BookingStore::LiveDays(db::Connection& connection,
                                                                         const std::string& pass) {
  std::vector<Stored> days;
  JH_RETURN_IF_ERROR(connection
                         .Select(kDays, {AllianceId(pass), HolderOfPass(pass)},
                                 [&](const db::Row& row) {
                                   if (IsOver(static_cast<v1::Booking::State>(row.Int(0)))) return;
                                   days.push_back(StoredOf(row));
                                 })
                         .status());
  return days;
}

absl::Status BookingStore::CountDays(db::Connection& connection, absl::Time now, v1::Pass& pass) {
  const std::string alliance_id = AllianceId(pass.name());
  const std::string alliance = pass.name().substr(0, pass.name().find("/passes/"));
  int left = 0;
  int recalled = 0;
  absl::Time next = absl::InfiniteFuture();
  const auto count = [&](const db::Row& row) {
    const auto state = static_cast<v1::Booking::State>(row.Int(0));
    recalled += state == v1::Booking::STATE_RECALLED;
    // What the clock has ended may not be recorded yet.
    const bool ended =
        state != v1::Booking::STATE_CHECKED_IN && !row.IsNull(2) && row.Time(2) <= now;
    if (IsOver(state) || ended) return;
    ++left;
    if (row.Time(1) >= next) return;
    next = row.Time(1);
    pass.set_next_booking(alliance + "/bookings/" + std::string(row.Text(3)));
  };
  pass.clear_next_booking();
  JH_RETURN_IF_ERROR(
      connection.Select(kCount, {alliance_id, HolderOfPass(pass.name())}, count).status());
  pass.set_days_left(left);
  pass.set_days_recalled(recalled);
  pass.clear_next_start_time();
  if (left > 0) *pass.mutable_next_start_time() = api::ToProto(next);
  return absl::OkStatus();
}

}  // namespace jinhuan::resource
