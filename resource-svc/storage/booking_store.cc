#include "resource-svc/storage/booking_store.h"

#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/storage/booking_row.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::BulkInsert kInsert(
    "INSERT INTO booking (alliance_id, id, user_name, member_id, window_id, lender_id, state, "
    "start_time, end_time, due_time, version, held, plate, body) VALUES",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)");
const db::Query kGet(
    "SELECT state, version, held, body FROM booking WHERE alliance_id = ? AND id = ?", "PRIMARY");

}  // namespace

internal::v1::Holding HoldingOf(const Supply& supply, const v1::Booking& booking, size_t slots) {
  internal::v1::Holding held;
  if (HoldsPlaces(booking.state())) held.set_slots(static_cast<int32_t>(slots));
  if (!HoldsQuota(booking.state())) return held;
  for (const QuotaUse& use : QuotaUses(supply, booking)) {
    auto& kept = *held.add_uses();
    kept.set_subject(use.subject);
    kept.set_period(use.period);
    kept.set_scope(use.scope);
  }
  return held;
}

absl::Status BookingStore::Insert(db::Connection& connection, const std::vector<New>& bookings) {
  struct Row {
    std::string alliance_id, id, holder, member_id, window_id, lender_id, held, body;
  };
  std::vector<Row> rows;
  std::vector<journal::Journal::CallChange> changes;
  for (const auto& [call, supply, slots, booking] : bookings) {
    rows.push_back({AllianceId(booking.name()), LastId(booking.name()), HolderOf(booking),
                    LastId(booking.member()), LastId(booking.window()), LastId(booking.lender()),
                    HoldingOf(supply, booking, slots.size()).SerializeAsString(),
                    booking.SerializeAsString()});
    changes.push_back({call, {.resource = booking.name(), .after = &booking}});
  }
  std::vector<db::Value> values;
  for (size_t i = 0; i < rows.size(); ++i) {
    const New& each = bookings[i];
    values.insert(values.end(),
                  {rows[i].alliance_id, rows[i].id, rows[i].holder, rows[i].member_id,
                   rows[i].window_id, rows[i].lender_id, static_cast<int>(each.booking.state()),
                   each.slots.front().start, each.slots.back().end, DueTime(each.booking),
                   rows[i].held, each.booking.plate(), rows[i].body});
  }
  JH_RETURN_IF_ERROR(kInsert.Execute(connection, values));
  return journal_.AppendAll(connection, changes);
}

absl::Status BookingStore::Create(db::Connection& connection, const api::Call& call,
                                  const Supply& supply, const std::vector<Slot>& slots,
                                  const v1::Booking& booking) {
  JH_RETURN_IF_ERROR(Insert(connection, {{call, supply, slots, booking}}));
  if (!HoldsPlaces(booking.state())) {
    return waits_.Join(connection, booking.window(), slots, booking.quantity());
  }
  JH_RETURN_IF_ERROR(quotas_.Take(connection, booking.window(), QuotaUses(supply, booking)));
  return slots_.Take(connection, booking.window(), slots, booking.quantity());
}

absl::Status BookingStore::CreateAll(db::Connection& connection, const std::vector<New>& bookings) {
  JH_RETURN_IF_ERROR(Insert(connection, bookings));
  std::vector<QuotaStore::UsesOfWindow> uses;
  std::vector<SlotStore::Claim> claims;
  for (const auto& [call, supply, slots, booking] : bookings) {
    uses.emplace_back(booking.window(), QuotaUses(supply, booking));
    claims.push_back({booking.window(), slots, booking.quantity()});
  }
  JH_RETURN_IF_ERROR(quotas_.TakeAll(connection, uses));
  return slots_.TakeAll(connection, claims);
}

absl::StatusOr<BookingStore::Stored> BookingStore::Get(db::Connection& connection,
                                                       const std::string& name) {
  Stored stored;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {AllianceId(name), LastId(name)},
                                        [&](const db::Row& row) { stored = StoredOf(row); }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

}  // namespace jinhuan::resource
