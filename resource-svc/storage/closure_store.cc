#include "resource-svc/storage/closure_store.h"

#include <fmt/format.h>

#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kInsert(
    "INSERT INTO closure (alliance_id, facility_id, id, window_id, state, start_time, end_time, "
    "body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "");
const db::Query kGet(
    "SELECT body FROM closure WHERE alliance_id = ? AND facility_id = ? AND id = ?", "PRIMARY");
const db::Query kCancel(
    "UPDATE closure SET state = 2, body = ? "
    "WHERE alliance_id = ? AND facility_id = ? AND id = ? AND state = 1",
    "PRIMARY");
// The end stands in it twice: as the bound of the range, and, for closures that end
// together, beside the id.
const db::Query kList(
    "SELECT body FROM closure FORCE INDEX (closure_by_end) WHERE alliance_id = ? AND "
    "facility_id = ? AND end_time > ? AND end_time >= ? AND (end_time > ? OR id > ?) "
    "ORDER BY end_time, id LIMIT ?",
    "closure_by_end");
const db::Query kClosedIn(
    "SELECT start_time, end_time FROM closure FORCE INDEX (closure_by_end) WHERE alliance_id = ? "
    "AND facility_id = ? AND end_time > ? AND start_time < ? AND state = 1 "
    "AND (window_id = '' OR window_id = ?)",
    "closure_by_end");
const db::Query kInForce(
    "SELECT body FROM closure FORCE INDEX (closure_in_force) WHERE alliance_id = ? AND state = 1 "
    "AND end_time > ? AND start_time < ?",
    "closure_in_force");

const absl::Time kFirst = absl::FromUnixSeconds(0);

std::string WindowId(const v1::Closure& closure) {
  return closure.window().empty() ? std::string() : LastId(closure.window());
}

}  // namespace

bool Closes(const v1::Closure& closure, const std::string& window) {
  return closure.window().empty() ? ParentOf(closure.name()) == ParentOf(window)
                                  : closure.window() == window;
}

Slot IntervalOf(const v1::Closure& closure) {
  return {api::FromProto(closure.start_time()), api::FromProto(closure.end_time())};
}

absl::Status ClosureStore::Create(db::Connection& connection, const api::Call& call,
                                  const v1::Closure& closure) {
  const Slot interval = IntervalOf(closure);
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kInsert, {AllianceId(closure.name()), LastId(ParentOf(closure.name())),
                             LastId(closure.name()), WindowId(closure), int{closure.state()},
                             interval.start, interval.end, closure.SerializeAsString()})
          .status());
  return journal_.Append(
      connection, call,
      {.resource = closure.name(), .after = &closure, .reason = closure.reason()});
}

absl::StatusOr<v1::Closure> ClosureStore::Get(db::Connection& connection, const std::string& name) {
  v1::Closure closure;
  JH_ASSIGN_OR_RETURN(
      const int64_t rows,
      connection.Select(kGet, {AllianceId(name), LastId(ParentOf(name)), LastId(name)},
                        [&](const db::Row& row) { row.Parse(0, closure); }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return closure;
}

absl::Status ClosureStore::Cancel(db::Connection& connection, const api::Call& call,
                                  const v1::Closure& before, const v1::Closure& after) {
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kCancel,
                                {after.SerializeAsString(), AllianceId(after.name()),
                                 LastId(ParentOf(after.name())), LastId(after.name())}));
  return journal_.Append(connection, call,
                         {.resource = after.name(), .before = &before, .after = &after});
}

std::vector<std::string> ClosureStore::PageKey(const v1::Closure& closure) {
  return {fmt::to_string(absl::ToUnixMicros(api::FromProto(closure.end_time()))),
          LastId(closure.name())};
}

absl::StatusOr<std::vector<v1::Closure>> ClosureStore::List(db::Connection& connection,
                                                            const std::string& facility,
                                                            absl::Time end_after,
                                                            const api::Page& page) {
  absl::Time at = kFirst;
  std::string id;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(const int64_t micros, api::NumberOf(page.after[0]));
    at = absl::FromUnixMicros(micros);
    id = page.after[1];
  }
  std::vector<v1::Closure> closures;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList,
                  {AllianceId(facility), LastId(facility), end_after, at, at, id, page.limit()},
                  [&](const db::Row& row) { row.Parse(0, closures.emplace_back()); })
          .status());
  return closures;
}

absl::StatusOr<std::vector<Slot>> ClosureStore::ClosedIn(db::Connection& connection,
                                                         const std::string& window, absl::Time from,
                                                         absl::Time to) {
  std::vector<Slot> closed;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kClosedIn,
                  {AllianceId(window), LastId(ParentOf(window)), from, to, LastId(window)},
                  [&](const db::Row& row) {
                    closed.push_back({row.Time(0), row.Time(1)});
                  })
          .status());
  return closed;
}

absl::StatusOr<std::vector<v1::Closure>> ClosureStore::InForce(db::Connection& connection,
                                                               const std::string& alliance,
                                                               absl::Time from, absl::Time to) {
  std::vector<v1::Closure> closures;
  JH_RETURN_IF_ERROR(connection
                         .Select(kInForce, {AllianceId(alliance), from, to},
                                 [&](const db::Row& row) { row.Parse(0, closures.emplace_back()); })
                         .status());
  return closures;
}

}  // namespace jinhuan::resource
