#include "resource-svc/storage/booking_store.h"

#include "platform/api/time.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::BulkInsert kInsert(
    "INSERT INTO booking (alliance_id, id, user_name, member_id, window_id, state, start_time, "
    "end_time, version, body) VALUES",
    "(?, ?, ?, ?, ?, ?, ?, ?, 1, ?)");
const db::Query kGet("SELECT state, version, body FROM booking WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kCancel(
    "UPDATE booking SET version = version + 1, state = 2, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ? AND state = 1",
    "PRIMARY");

}  // namespace

absl::Status BookingStore::Insert(db::Connection& connection, const std::vector<New>& bookings) {
  struct Row {
    std::string alliance_id, id, member_id, window_id, body;
  };
  std::vector<Row> rows;
  std::vector<journal::Journal::CallChange> changes;
  for (const auto& [call, supply, slots, booking] : bookings) {
    rows.push_back({AllianceId(booking.name()), LastId(booking.name()), LastId(booking.member()),
                    LastId(booking.window()), booking.SerializeAsString()});
    changes.push_back({call, {.resource = booking.name(), .after = &booking}});
  }
  std::vector<db::Value> values;
  for (size_t i = 0; i < rows.size(); ++i) {
    const New& each = bookings[i];
    values.insert(values.end(),
                  {rows[i].alliance_id, rows[i].id, each.booking.user(), rows[i].member_id,
                   rows[i].window_id, static_cast<int>(each.booking.state()),
                   each.slots.front().start, each.slots.back().end, rows[i].body});
  }
  JH_RETURN_IF_ERROR(kInsert.Execute(connection, values));
  return journal_.AppendAll(connection, changes);
}

absl::Status BookingStore::Create(db::Connection& connection, const api::Call& call,
                                  const Supply& supply, const std::vector<Slot>& slots,
                                  const v1::Booking& booking) {
  JH_RETURN_IF_ERROR(Insert(connection, {{call, supply, slots, booking}}));
  JH_RETURN_IF_ERROR(quotas_.Take(connection, booking.window(), QuotaUses(booking, supply.zone)));
  return slots_.Take(connection, booking.window(), slots, booking.quantity());
}

absl::Status BookingStore::CreateAll(db::Connection& connection, const std::vector<New>& bookings) {
  JH_RETURN_IF_ERROR(Insert(connection, bookings));
  std::vector<QuotaStore::UsesOfWindow> uses;
  std::vector<SlotStore::Claim> claims;
  for (const auto& [call, supply, slots, booking] : bookings) {
    uses.emplace_back(booking.window(), QuotaUses(booking, supply.zone));
    claims.push_back({booking.window(), slots, booking.quantity()});
  }
  JH_RETURN_IF_ERROR(quotas_.TakeAll(connection, uses));
  return slots_.TakeAll(connection, claims);
}

absl::StatusOr<BookingStore::Stored> BookingStore::Get(db::Connection& connection,
                                                       const std::string& name) {
  Stored stored;
  JH_ASSIGN_OR_RETURN(
      const int64_t rows,
      connection.Select(kGet, {AllianceId(name), LastId(name)}, [&](const db::Row& row) {
        row.Parse(2, stored.booking);
        stored.booking.set_state(static_cast<v1::Booking::State>(row.Int(0)));
        stored.version = row.Int(1);
      }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

absl::StatusOr<v1::Booking> BookingStore::Cancel(db::Connection& connection, const api::Call& call,
                                                 const Supply& supply, const Stored& before,
                                                 const std::string& reason) {
  v1::Booking after = before.booking;
  after.set_state(v1::Booking::STATE_CANCELLED);
  *after.mutable_cancel_time() = api::ToProto(call.now);
  after.set_cancel_reason(reason);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kCancel,
      {after.SerializeAsString(), AllianceId(after.name()), LastId(after.name()), before.version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before.booking, .after = &after, .reason = reason}));
  JH_RETURN_IF_ERROR(quotas_.GiveBack(connection, after.window(), QuotaUses(after, supply.zone)));
  JH_RETURN_IF_ERROR(slots_.GiveBack(connection, after.window(), api::FromProto(after.start_time()),
                                     api::FromProto(after.end_time()), after.quantity()));
  return after;
}

}  // namespace jinhuan::resource
