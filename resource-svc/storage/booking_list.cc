// BookingStore::List. Whoever may see what, and whatever is filtered, a list is
// the merge of runs: one for each subject (an account, a unit, or everyone) and
// state. Each run is one range of an index in the order of the list, so a page
// costs what it shows, however many bookings there are.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"
#include "platform/api/time_position.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/storage/booking_row.h"
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
const db::Query kByLender(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_lender) "
    "WHERE alliance_id = ? AND lender_id = ? AND state = ? AND start_time > ? "
    "AND start_time <= ? AND (start_time < ? OR id < ?) AND end_time > ? "
    "ORDER BY start_time DESC, id DESC LIMIT ?",
    "booking_by_lender");
const db::Query kByWindow(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_window) "
    "WHERE alliance_id = ? AND window_id = ? AND state = ? AND start_time > ? "
    "AND start_time <= ? AND (start_time < ? OR id < ?) AND end_time > ? "
    "ORDER BY start_time DESC, id DESC LIMIT ?",
    "booking_by_window");
const db::Query kAll(
    "SELECT state, body FROM booking FORCE INDEX (booking_by_start) "
    "WHERE alliance_id = ? AND state = ? AND start_time > ? "
    "AND start_time <= ? AND (start_time < ? OR id < ?) AND end_time > ? "
    "ORDER BY start_time DESC, id DESC LIMIT ?",
    "booking_by_start");
const db::Query kLive(
    "SELECT state, version, held, body FROM booking FORCE INDEX (booking_by_window) "
    "WHERE alliance_id = ? AND window_id = ? AND state = ? AND start_time > ? AND start_time < ? "
    "AND end_time > ? ORDER BY start_time, id LIMIT ?",
    "booking_by_window");
const db::Query kOfPlate(
    "SELECT state, version, held, body FROM booking FORCE INDEX (booking_by_plate) "
    "WHERE alliance_id = ? AND plate = ? AND end_time > ? AND start_time < ?",
    "booking_by_plate");
// Rows that do not tell their plate: see the migration.
const db::Query kOfUntoldPlate(
    "SELECT state, version, held, body FROM booking FORCE INDEX (booking_by_plate) "
    "WHERE alliance_id = ? AND plate IS NULL AND end_time > ? AND start_time < ?",
    "booking_by_plate");

// An opening is 24 hours long at most, 25 where the clocks go back: what ends
// after a time starts no earlier than so long before it.
constexpr absl::Duration kLongestBooking = absl::Hours(26);

const absl::Time kFirst = absl::FromUnixSeconds(0);

bool Precedes(const v1::Booking& a, const v1::Booking& b) {
  const auto key = [](const v1::Booking& booking) {
    return std::make_tuple(booking.start_time().seconds(), booking.start_time().nanos(),
                           std::string_view(booking.name()));
  };
  return key(a) > key(b);
}

// Whose bookings a run is of, and the query that finds them.
struct Subject {
  const db::Query& query;
  std::string id;
};

// None: everyone's.
std::vector<Subject> SubjectsOf(const BookingStore::Filter& filter) {
  if (!filter.window.empty()) return {{kByWindow, LastId(filter.window)}};
  if (!filter.pass.empty()) return {{kByUser, HolderOfPass(filter.pass)}};
  if (filter.everyone) return {};
  std::vector<Subject> subjects;
  if (!filter.user.empty() || (filter.units.empty() && filter.lenders.empty())) {
    subjects.push_back({kByUser, filter.user});
  }
  for (const std::string& unit : filter.units) subjects.push_back({kByMember, LastId(unit)});
  for (const std::string& unit : filter.lenders) subjects.push_back({kByLender, LastId(unit)});
  return subjects;
}

}  // namespace

std::vector<std::string> BookingStore::PageKey(const v1::Booking& booking) {
  return api::TimeKey(api::FromProto(booking.start_time()), LastId(booking.name()));
}

absl::StatusOr<std::vector<v1::Booking>> BookingStore::List(db::Connection& connection,
                                                            const std::string& alliance,
                                                            const Filter& filter,
                                                            const api::Page& page) {
  const std::string alliance_id = AllianceId(alliance);
  JH_ASSIGN_OR_RETURN(api::TimePosition at, api::TimePositionOf(page));
  if (filter.start_before.has_value() && *filter.start_before <= at.time) {
    at = {*filter.start_before, ""};  // no id is before this: none that starts right then
  }
  const absl::Time end_after = filter.end_after.value_or(kFirst);
  const absl::Time start_after = std::max(end_after - kLongestBooking, kFirst);
  std::vector<v1::Booking> bookings;
  const auto add = [&](const db::Row& row) {
    row.Parse(1, bookings.emplace_back());
    bookings.back().set_state(static_cast<v1::Booking::State>(row.Int(0)));
  };
  const std::vector<Subject> subjects = SubjectsOf(filter);
  for (int number = v1::Booking::State_MIN; number <= v1::Booking::State_MAX; ++number) {
    if (number == v1::Booking::STATE_UNSPECIFIED || !v1::Booking::State_IsValid(number)) continue;
    if (filter.state != v1::Booking::STATE_UNSPECIFIED && filter.state != number) continue;
    for (const Subject& subject : subjects) {
      JH_RETURN_IF_ERROR(connection
                             .Select(subject.query,
                                     {alliance_id, subject.id, number, start_after, at.time,
                                      at.time, at.id, end_after, page.limit()},
                                     add)
                             .status());
    }
    if (!subjects.empty()) continue;
    JH_RETURN_IF_ERROR(connection
                           .Select(kAll,
                                   {alliance_id, number, start_after, at.time, at.time, at.id,
                                    end_after, page.limit()},
                                   add)
                           .status());
  }
  std::sort(bookings.begin(), bookings.end(), Precedes);
  // A booking of one's own for one's own unit is in several runs.
  const auto same = [](const v1::Booking& a, const v1::Booking& b) { return a.name() == b.name(); };
  bookings.erase(std::unique(bookings.begin(), bookings.end(), same), bookings.end());
  if (bookings.size() > static_cast<size_t>(page.limit())) bookings.resize(page.limit());
  return bookings;
}

absl::StatusOr<std::vector<BookingStore::Stored>> BookingStore::LiveIn(db::Connection& connection,
                                                                       const std::string& window,
                                                                       absl::Time from,
                                                                       absl::Time to, int limit) {
  const std::string alliance_id = AllianceId(window);
  const std::string window_id = LastId(window);
  std::vector<Stored> live;
  for (int number = v1::Booking::State_MIN; number <= v1::Booking::State_MAX; ++number) {
    if (IsOver(static_cast<v1::Booking::State>(number))) continue;
    JH_RETURN_IF_ERROR(
        connection
            .Select(kLive,
                    {alliance_id, window_id, number, from - kLongestBooking, to, from, limit},
                    [&](const db::Row& row) { live.push_back(StoredOf(row)); })
            .status());
  }
  return live;
}

absl::StatusOr<std::vector<BookingStore::Stored>> BookingStore::LiveOfPlate(
    db::Connection& connection, const std::string& alliance, const std::string& plate,
    absl::Time from, absl::Time to) {
  const std::string alliance_id = AllianceId(alliance);
  std::vector<Stored> live;
  const auto add = [&](const db::Row& row) {
    if (IsOver(static_cast<v1::Booking::State>(row.Int(0)))) return;
    Stored stored = StoredOf(row);
    if (stored.booking.plate() == plate) live.push_back(std::move(stored));
  };
  JH_RETURN_IF_ERROR(connection.Select(kOfPlate, {alliance_id, plate, from, to}, add).status());
  JH_RETURN_IF_ERROR(connection.Select(kOfUntoldPlate, {alliance_id, from, to}, add).status());
  return live;
}

}  // namespace jinhuan::resource
