#include "resource-svc/storage/quota_store.h"

#include <fmt/format.h>

#include <map>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

// Changes 1 row for a new count, 2 for one counted up, 0 for one at its limit:
// the server counts a row that stays as it was as not changed.
const db::Query kTake(
    "INSERT INTO quota_use (alliance_id, window_id, subject, period, used) VALUES (?, ?, ?, ?, 1) "
    "ON DUPLICATE KEY UPDATE used = IF(used < ?, used + 1, used)",
    "");
// A count over its limit becomes negative, which the table's CHECK refuses.
const db::BulkInsert kTakeAll(
    "INSERT INTO quota_use (alliance_id, window_id, subject, period, used, most) VALUES",
    "(?, ?, ?, ?, ?, ?)",
    "ON DUPLICATE KEY UPDATE most = VALUES(most), "
    "used = IF(used + VALUES(used) <= VALUES(most), used + VALUES(used), -1)");
const db::Query kCount(
    "SELECT used FROM quota_use WHERE alliance_id = ? AND window_id = ? AND subject = ? "
    "AND period = ?",
    "PRIMARY");
const db::Query kGiveBack(
    "UPDATE quota_use SET used = used - 1 "
    "WHERE alliance_id = ? AND window_id = ? AND subject = ? AND period = ? AND used > 0",
    "PRIMARY");

absl::Status UsedUp(const QuotaUse& use) {
  if (use.subject_kind == kPassSubject) {
    return Error(v1::ERROR_REASON_PASS_PLACES_TAKEN, {{"limit", fmt::to_string(use.limit)}});
  }
  if (use.scope != kMealScope) {
    return Error(v1::ERROR_REASON_QUOTA_USED_UP, {{"subject", use.subject_kind},
                                                  {"period", use.period_kind},
                                                  {"limit", fmt::to_string(use.limit)}});
  }
  const std::string day = use.period.substr(use.period.find(':') + 1);
  if (use.guest.empty()) {
    return Error(v1::ERROR_REASON_MEAL_TAKEN, {{"meal", use.period_kind}, {"day", day}});
  }
  return Error(v1::ERROR_REASON_GUEST_HAS_MEAL,
               {{"guest", use.guest}, {"meal", use.period_kind}, {"day", day}});
}

}  // namespace

absl::Status QuotaStore::Take(db::Connection& connection, const std::string& window,
                              const std::vector<QuotaUse>& uses) {
  for (const QuotaUse& use : uses) {
    JH_ASSIGN_OR_RETURN(const int64_t changed,
                        connection.Execute(kTake, {AllianceId(window), use.scope, use.subject,
                                                   use.period, use.limit}));
    if (changed == 0) return UsedUp(use);
  }
  return absl::OkStatus();
}

absl::Status QuotaStore::TakeAll(db::Connection& connection,
                                 const std::vector<UsesOfWindow>& uses) {
  struct Row {
    std::string alliance_id, window_id, subject, period;
    int limit;
    auto operator<=>(const Row&) const = default;
  };
  std::map<Row, int> counts;  // in the order of the key
  for (const auto& [window, of_booking] : uses) {
    for (const QuotaUse& use : of_booking) {
      int& count = counts[{AllianceId(window), use.scope, use.subject, use.period, use.limit}];
      if (++count > use.limit) return UsedUp(use);
    }
  }
  if (counts.empty()) return absl::OkStatus();
  std::vector<db::Value> values;
  for (const auto& [row, count] : counts) {
    values.insert(values.end(),
                  {row.alliance_id, row.window_id, row.subject, row.period, count, row.limit});
  }
  return kTakeAll.Execute(connection, values);
}

absl::StatusOr<int> QuotaStore::Count(db::Connection& connection, const std::string& window,
                                      const QuotaUse& use) {
  int count = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCount, {AllianceId(window), use.scope, use.subject, use.period},
                                 [&](const db::Row& row) { count = static_cast<int>(row.Int(0)); })
                         .status());
  return count;
}

absl::Status QuotaStore::GiveBack(db::Connection& connection, const std::string& window,
                                  const std::vector<QuotaUse>& uses) {
  for (const QuotaUse& use : uses) {
    JH_ASSIGN_OR_RETURN(
        const int64_t changed,
        connection.Execute(kGiveBack, {AllianceId(window), use.scope, use.subject, use.period}));
    if (changed != 1) return absl::InternalError("a quota counts fewer bookings than there are");
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::resource
