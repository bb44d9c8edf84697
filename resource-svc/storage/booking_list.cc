// BookingStore::List. Whoever may see what, and whatever is filtered, a list is
// the merge of runs: one for each subject (an account, a unit, or everyone) and
// state. Each run is one range of an index in the order of the list, so a page
// costs what it shows, however many bookings there are.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

// The start time stands in each query twice: as the bound of the range, and, for
// bookings that start together, beside the id.
const db::Query kByUser(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_user) "
    "WHERE alliance_id = ? AND user_name = ? AND state = ? AND start_time > ? "
    "AND start_time <= ? AND (start_time < ? OR id < ?) AND end_time > ? "
    "ORDER BY start_time DESC, id DESC LIMIT ?",
    "booking_by_user");
const db::Query kByMember(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND state = ? AND start_time > ? "
    "AND start_time <= ? AND (start_time < ? OR id < ?) AND end_time > ? "
    "ORDER BY start_time DESC, id DESC LIMIT ?",
    "booking_by_member");
const db::Query kAll(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_start) "
    "WHERE alliance_id = ? AND state = ? AND start_time > ? "
    "AND start_time <= ? AND (start_time < ? OR id < ?) AND end_time > ? "
    "ORDER BY start_time DESC, id DESC LIMIT ?",
    "booking_by_start");

// An opening is 24 hours long at most, 25 where the clocks go back: what ends
// after a time starts no earlier than so long before it.
constexpr absl::Duration kLongestBooking = absl::Hours(26);

const absl::Time kFirst = absl::FromUnixSeconds(0);
const absl::Time kLast = absl::FromCivil(absl::CivilSecond(9999, 12, 31), absl::UTCTimeZone());

bool Precedes(const v1::Booking& a, const v1::Booking& b) {
  const auto key = [](const v1::Booking& booking) {
    return std::make_tuple(booking.start_time().seconds(), booking.start_time().nanos(),
                           std::string_view(booking.name()));
  };
  return key(a) > key(b);
}

// Where a page begins: after (start, id), the newest first.
struct Position {
  absl::Time start = kLast;
  std::string id = "~";  // sorts after every id
};

absl::StatusOr<Position> PositionOf(const api::Page& page) {
  if (page.first()) return Position();
  JH_ASSIGN_OR_RETURN(const int64_t micros, api::NumberOf(page.after[0]));
  return Position{absl::FromUnixMicros(micros), page.after[1]};
}

}  // namespace

std::vector<std::string> BookingStore::PageKey(const v1::Booking& booking) {
  return {fmt::to_string(absl::ToUnixMicros(api::FromProto(booking.start_time()))),
          LastId(booking.name())};
}

absl::StatusOr<std::vector<v1::Booking>> BookingStore::List(db::Connection& connection,
                                                            const std::string& alliance,
                                                            const Filter& filter,
                                                            const api::Page& page) {
  const std::string alliance_id = AllianceId(alliance);
  JH_ASSIGN_OR_RETURN(const Position at, PositionOf(page));
  const absl::Time end_after = filter.end_after.value_or(kFirst);
  const absl::Time start_after = std::max(end_after - kLongestBooking, kFirst);
  std::vector<v1::Booking> bookings;
  const auto add = [&](const db::Row& row) {
    row.Parse(1, bookings.emplace_back());
    bookings.back().set_state(static_cast<v1::Booking::State>(row.Int(0)));
  };
  for (const int state : {v1::Booking::STATE_CONFIRMED, v1::Booking::STATE_CANCELLED}) {
    if (filter.state != v1::Booking::STATE_UNSPECIFIED && filter.state != state) continue;
    if (filter.everyone) {
      JH_RETURN_IF_ERROR(connection
                             .Select(kAll,
                                     {alliance_id, state, start_after, at.start, at.start, at.id,
                                      end_after, page.limit()},
                                     add)
                             .status());
      continue;
    }
    JH_RETURN_IF_ERROR(connection
                           .Select(kByUser,
                                   {alliance_id, filter.user, state, start_after, at.start,
                                    at.start, at.id, end_after, page.limit()},
                                   add)
                           .status());
    for (const std::string& unit : filter.units) {
      JH_RETURN_IF_ERROR(connection
                             .Select(kByMember,
                                     {alliance_id, LastId(unit), state, start_after, at.start,
                                      at.start, at.id, end_after, page.limit()},
                                     add)
                             .status());
    }
  }
  std::sort(bookings.begin(), bookings.end(), Precedes);
  // A booking of one's own for one's own unit is in two runs.
  const auto same = [](const v1::Booking& a, const v1::Booking& b) { return a.name() == b.name(); };
  bookings.erase(std::unique(bookings.begin(), bookings.end(), same), bookings.end());
  if (bookings.size() > static_cast<size_t>(page.limit())) bookings.resize(page.limit());
  return bookings;
}

}  // namespace jinhuan::resource
