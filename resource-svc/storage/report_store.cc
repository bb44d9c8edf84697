#include "resource-svc/storage/report_store.h"

#include <deque>
#include <tuple>
#include <utility>

#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kAll(
    "SELECT state, body, start_time, id FROM booking FORCE INDEX (booking_by_start) "
    "WHERE alliance_id = ? AND state = ? AND start_time >= ? AND start_time < ? "
    "AND (start_time > ? OR id > ?) ORDER BY start_time, id LIMIT ?",
    "booking_by_start");
const db::Query kOfMember(
    "SELECT state, body, start_time, id FROM booking FORCE INDEX (booking_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND state = ? AND start_time >= ? "
    "AND start_time < ? AND (start_time > ? OR id > ?) ORDER BY start_time, id LIMIT ?",
    "booking_by_member");
const db::Query kOfLender(
    "SELECT state, body, start_time, id FROM booking FORCE INDEX (booking_by_lender) "
    "WHERE alliance_id = ? AND lender_id = ? AND state = ? AND start_time >= ? "
    "AND start_time < ? AND (start_time > ? OR id > ?) ORDER BY start_time, id LIMIT ?",
    "booking_by_lender");

// Where a booking stands in the order of all of these indexes.
using Place = std::tuple<absl::Time, std::string>;

struct Found {
  Place place;
  v1::Booking booking;
};

// Calls `each` for up to `limit` bookings behind `after`, or from its time on where it names none.
absl::StatusOr<int64_t> Read(db::Connection& connection, const ReportStore::Range& range,
                             v1::Booking::State state, const Place& after, int limit,
                             absl::FunctionRef<void(Found)> each) {
  const auto read = [&](const db::Row& row) {
    Found found{{row.Time(2), row.Text(3)}, {}};
    row.Parse(1, found.booking);
    found.booking.set_state(static_cast<v1::Booking::State>(row.Int(0)));
    each(std::move(found));
  };
  const std::string alliance_id = AllianceId(range.alliance);
  const int number = state;
  const auto& [time, id] = after;
  if (range.member.empty() && range.lender.empty()) {
    return connection.Select(kAll, {alliance_id, number, time, range.end, time, id, limit}, read);
  }
  const bool lent = range.member.empty();
  return connection.Select(lent ? kOfLender : kOfMember,
                           {alliance_id, LastId(lent ? range.lender : range.member), number, time,
                            range.end, time, id, limit},
                           read);
}

// The bookings of one range and state, read in pieces.
struct Run {
  const ReportStore::Range* range;
  v1::Booking::State state;
  Place after;
  std::deque<Found> found = {};
  bool more = true;

  // Reads on where nothing is left of what was read.
  absl::Status Fill(db::Connection& connection) {
    if (!found.empty() || !more) return absl::OkStatus();
    JH_ASSIGN_OR_RETURN(const int64_t count,
                        Read(connection, *range, state, after, ReportStore::kPiece,
                             [&](Found each) { found.push_back(std::move(each)); }));
    more = count == ReportStore::kPiece;
    if (!found.empty()) after = found.back().place;
    return absl::OkStatus();
  }
};

}  // namespace

absl::StatusOr<int64_t> ReportStore::EachBooking(db::Connection& connection, const Range& range,
                                                 v1::Booking::State state, int limit,
                                                 absl::FunctionRef<void(v1::Booking)> each) const {
  return Read(connection, range, state, {range.start, ""}, limit,
              [&](Found found) { each(std::move(found.booking)); });
}

absl::StatusOr<std::vector<v1::Booking>> ReportStore::Earliest(
    db::Connection& connection, const std::vector<Range>& ranges,
    const std::vector<v1::Booking::State>& states, int limit) const {
  std::vector<Run> runs;
  for (const Range& range : ranges) {
    for (const v1::Booking::State state : states)
      runs.push_back({&range, state, {range.start, ""}});
  }
  std::vector<v1::Booking> bookings;
  while (bookings.size() < static_cast<size_t>(limit)) {
    Run* first = nullptr;
    for (Run& run : runs) {
      JH_RETURN_IF_ERROR(run.Fill(connection));
      if (run.found.empty()) continue;
      if (first == nullptr || run.found.front().place < first->found.front().place) first = &run;
    }
    if (first == nullptr) break;
    bookings.push_back(std::move(first->found.front().booking));
    first->found.pop_front();
  }
  return bookings;
}

}  // namespace jinhuan::resource
