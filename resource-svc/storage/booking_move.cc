// BookingStore::Move. What a step gives back and takes follows from the two states alone
// (booking_life.h) and from what the booking holds; nobody else touches the counts of a
// booking that is there.
#include <algorithm>
#include <tuple>

#include "absl/functional/function_ref.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/ledger_rules.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/storage/booking_row.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kSwap(
    "UPDATE booking SET version = version + 1, state = ?, due_time = ?, held = ?, plate = ?, body "
    "= ? "
    "WHERE alliance_id = ? AND id = ? AND version = ? AND state = ?",
    "PRIMARY");

// What a step does to the counts.
struct Effect {
  const BookingStore::Step& step;
  internal::v1::Holding before;
  internal::v1::Holding after;

  bool GivesQuota() const { return before.uses_size() > 0 && after.uses_size() == 0; }
  bool TakesQuota() const { return before.uses_size() == 0 && after.uses_size() > 0; }
  bool GivesPlaces() const { return before.slots() > 0 && after.slots() == 0; }
  bool TakesPlaces() const { return before.slots() == 0 && after.slots() > 0; }
};

absl::StatusOr<std::vector<Slot>> SlotsOfBooking(const Supply& supply, const v1::Booking& booking) {
  return SlotsOf(supply, api::FromProto(booking.start_time()), api::FromProto(booking.end_time()));
}

// What the booking holds in `state`, given what it `held` in another.
absl::StatusOr<internal::v1::Holding> HoldingIn(v1::Booking::State state,
                                                const BookingStore::Step& step,
                                                internal::v1::Holding held) {
  if (!HoldsPlaces(state)) {
    held.clear_slots();
  } else if (held.slots() == 0) {
    JH_ASSIGN_OR_RETURN(const auto slots, SlotsOfBooking(step.supply, step.after));
    held = HoldingOf(step.supply, step.after, slots.size());
  }
  if (!HoldsQuota(state)) held.clear_uses();
  return held;
}

absl::StatusOr<Effect> EffectOf(const BookingStore::Step& step) {
  internal::v1::Holding before;
  if (step.before.held.has_value()) {
    before = *step.before.held;
  } else {  // a row of an older release, whose windows did not change
    JH_ASSIGN_OR_RETURN(const auto slots, SlotsOfBooking(step.supply, step.before.booking));
    v1::Booking booking = step.before.booking;
    booking.clear_facility_kind();  // meals were not counted
    before = HoldingOf(step.supply, booking, slots.size());
  }
  JH_ASSIGN_OR_RETURN(internal::v1::Holding after, HoldingIn(step.after.state(), step, before));
  return Effect{step, std::move(before), std::move(after)};
}

std::vector<QuotaUse> UsesOf(const internal::v1::Holding& held, const std::string& window) {
  std::vector<QuotaUse> uses;
  for (const auto& use : held.uses()) {
    uses.push_back({.scope = use.scope().empty() ? LastId(window) : use.scope(),
                    .subject = use.subject(),
                    .period = use.period(),
                    .limit = 0,
                    .subject_kind = "",
                    .period_kind = ""});
  }
  return uses;
}

// Of several steps, the rows that bookings share are changed in this order.
bool BeforeInKeyOrder(const BookingStore::Step& a, const BookingStore::Step& b) {
  const auto key = [](const BookingStore::Step& step) {
    const v1::Booking& booking = step.before.booking;
    return std::tuple(std::string_view(booking.window()), booking.start_time().seconds(),
                      std::string_view(booking.name()));
  };
  return key(a) < key(b);
}

absl::Status ChangeQuotas(db::Connection& connection, QuotaStore& quotas, WaitStore& waits,
                          const Effect& effect) {
  const v1::Booking& booking = effect.step.after;
  const Supply& supply = effect.step.supply;
  if (effect.GivesQuota()) {
    JH_RETURN_IF_ERROR(
        quotas.GiveBack(connection, booking.window(), UsesOf(effect.before, booking.window())));
    return waits.WakeAll(connection, booking.window());
  }
  if (!effect.TakesQuota()) return absl::OkStatus();
  return quotas.Take(connection, booking.window(), QuotaUses(supply, booking));
}

// Gives back the places from `from` on, which are in as many slots as `right` says.
absl::Status GiveBack(db::Connection& connection, SlotStore& slots, WaitStore& waits,
                      const v1::Booking& booking, absl::Time from,
                      absl::FunctionRef<bool(int64_t)> right) {
  const absl::Time end = api::FromProto(booking.end_time());
  if (from >= end) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const int64_t given, slots.GiveBackBetween(connection, booking.window(), from,
                                                                 end, booking.quantity()));
  if (!right(given)) return absl::InternalError("a slot counts fewer places than are booked");
  return waits.WakeIfAwaited(connection, booking.window(), from, end);
}

// Until when it keeps its places, who leaves before its end giving the later slots back.
absl::StatusOr<absl::Time> KeptUntil(const BookingStore::Step& step) {
  if (!step.leave_from.has_value()) return api::FromProto(step.after.end_time());
  JH_ASSIGN_OR_RETURN(const auto slots, SlotsOfBooking(step.supply, step.after));
  absl::Time until = slots.front().start;
  for (const Slot& slot : slots) {
    if (slot.start < *step.leave_from) until = slot.end;
  }
  return until;
}

absl::Status ChangePlaces(db::Connection& connection, SlotStore& slots, WaitStore& waits,
                          const Effect& effect) {
  const v1::Booking& booking = effect.step.after;
  const absl::Time start = api::FromProto(booking.start_time());
  if (effect.GivesPlaces()) {
    return GiveBack(connection, slots, waits, booking, start,
                    [&](int64_t given) { return given == effect.before.slots(); });
  }
  if (effect.TakesPlaces()) {
    JH_ASSIGN_OR_RETURN(const auto taken, SlotsOfBooking(effect.step.supply, booking));
    return slots.Take(connection, booking.window(), taken, booking.quantity(),
                      /*from_line=*/true);
  }
  if (effect.step.leave_from.has_value()) {
    return GiveBack(connection, slots, waits, booking, std::max(*effect.step.leave_from, start),
                    [&](int64_t given) { return given <= effect.before.slots(); });
  }
  if (effect.step.before.booking.state() == v1::Booking::STATE_WAITLISTED &&
      IsOver(booking.state())) {
    return waits.Wake(connection, booking.window(), start, api::FromProto(booking.end_time()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status BookingStore::SwapRow(db::Connection& connection, const Step& step,
                                   const internal::v1::Holding& held) {
  const v1::Booking& after = step.after;
  const std::string held_bytes = held.SerializeAsString();
  const std::string body = after.SerializeAsString();
  return connection.ExecuteExactly(
      1, kSwap,
      {static_cast<int>(after.state()), DueTime(after), held_bytes, after.plate(), body,
       AllianceId(after.name()), LastId(after.name()), step.before.version,
       static_cast<int>(step.before.booking.state())});
}

absl::Status BookingStore::MoveAll(db::Connection& connection, const api::Call& call,
                                   std::vector<Step> steps) {
  std::vector<const Step*> order;
  for (const Step& step : steps) order.push_back(&step);
  std::sort(order.begin(), order.end(),
            [](const Step* a, const Step* b) { return BeforeInKeyOrder(*a, *b); });
  std::vector<Effect> effects;
  std::vector<journal::Journal::CallChange> changes;
  for (const Step* step : order) {
    JH_RETURN_IF_ERROR(CheckMove(step->before.booking, step->after.state()));
    JH_ASSIGN_OR_RETURN(Effect effect, EffectOf(*step));
    JH_RETURN_IF_ERROR(SwapRow(connection, *step, effect.after));
    effects.push_back(std::move(effect));
    changes.push_back({call,
                       {.resource = step->after.name(),
                        .before = &step->before.booking,
                        .after = &step->after,
                        .reason = step->reason}});
  }
  JH_RETURN_IF_ERROR(journal_.AppendAll(connection, changes));
  for (const Effect& effect : effects) {
    JH_RETURN_IF_ERROR(ChangeQuotas(connection, quotas_, waits_, effect));
  }
  for (const Effect& effect : effects) {
    JH_RETURN_IF_ERROR(ChangePlaces(connection, slots_, waits_, effect));
  }
  for (const Effect& effect : effects) {
    const std::string& lender = effect.step.supply.facility.owner();
    JH_ASSIGN_OR_RETURN(const absl::Time until, KeptUntil(effect.step));
    JH_RETURN_IF_ERROR(
        ledger_.Record(connection, call, EntriesOf(effect.step.after, lender, until)).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Booking> BookingStore::Move(db::Connection& connection, const api::Call& call,
                                               const Step& step) {
  JH_RETURN_IF_ERROR(MoveAll(connection, call, {step}));
  return step.after;
}

}  // namespace jinhuan::resource
