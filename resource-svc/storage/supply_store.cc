#include "resource-svc/storage/supply_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/pass_rules.h"

namespace jinhuan::resource {
namespace {

constexpr int kNamedBookings = 50;
constexpr int kEvery = 1'000'000;  // of one window and state

Held HeldBy(const v1::Booking& booking) {
  return {.start = api::FromProto(booking.start_time()),
          .end = api::FromProto(booking.end_time()),
          .places = booking.quantity(),
          .waits = booking.state() == v1::Booking::STATE_WAITLISTED};
}

struct Outcome {
  SlotCounts counts;
  std::vector<const BookingStore::Stored*> recalled;
};

// `live` is in the order in which they were made, which is that of their ids.
Outcome OutcomeOf(const SupplyStore::Change& change, const SlotCounts& counts,
                  const std::vector<BookingStore::Stored>& live, absl::Time now) {
  if (counts.empty()) return {};
  const absl::Time to = std::min(change.to, counts.rbegin()->first + SupplyStore::kLongestOpening);
  std::vector<Held> held;
  held.reserve(live.size());
  for (const BookingStore::Stored& each : live) held.push_back(HeldBy(each.booking));
  Reshaped reshaped =
      Reshape(OfferOf(change.before, change.closed_before, change.from, to),
              OfferOf(change.after, change.closed_after, change.from, to), counts, held, now);
  Outcome outcome{std::move(reshaped.counts), {}};
  for (const size_t i : reshaped.recalled) outcome.recalled.push_back(&live[i]);
  return outcome;
}

std::vector<v1::Booking> BookingsOf(const std::vector<const BookingStore::Stored*>& stored) {
  std::vector<v1::Booking> bookings;
  bookings.reserve(stored.size());
  for (const BookingStore::Stored* each : stored) bookings.push_back(each->booking);
  return bookings;
}

}  // namespace

const absl::Time SupplyStore::kLast =
    absl::FromCivil(absl::CivilSecond(9999, 1, 1), absl::UTCTimeZone());

SupplyStore::Change SupplyStore::Whole(const Supply& before, const Supply& after,
                                       std::vector<Slot> closed, absl::Time now) {
  return {.before = before,
          .after = after,
          .closed_before = closed,
          .closed_after = closed,
          .from = now - kLongestOpening,
          .to = kLast};
}

absl::StatusOr<std::vector<SupplyStore::Stored>> SupplyStore::Live(db::Connection& connection,
                                                                   const Change& change) {
  JH_ASSIGN_OR_RETURN(
      std::vector<Stored> live,
      bookings_.LiveIn(connection, change.before.window.name(), change.from, change.to, kEvery));
  std::sort(live.begin(), live.end(),
            [](const Stored& a, const Stored& b) { return a.booking.name() < b.booking.name(); });
  return live;
}

absl::StatusOr<std::vector<v1::Booking>> SupplyStore::Preview(db::Connection& connection,
                                                              const Change& change,
                                                              absl::Time now) {
  const std::string& window = change.before.window.name();
  JH_ASSIGN_OR_RETURN(const SlotCounts counts,
                      slots_.Counts(connection, window, change.from, change.to));
  JH_ASSIGN_OR_RETURN(const std::vector<Stored> live, Live(connection, change));
  return BookingsOf(OutcomeOf(change, counts, live, now).recalled);
}

absl::StatusOr<std::vector<v1::Booking>> SupplyStore::Apply(db::Connection& connection,
                                                            const api::Call& call,
                                                            const Change& change,
                                                            const Recall& recall) {
  const std::string& window = change.before.window.name();
  JH_ASSIGN_OR_RETURN(const SlotCounts counts,
                      slots_.Hold(connection, window, change.from, change.to));
  JH_ASSIGN_OR_RETURN(const std::vector<Stored> live, Live(connection, change));
  const Outcome outcome = OutcomeOf(change, counts, live, call.now);
  std::vector<v1::Booking> touched = BookingsOf(outcome.recalled);
  if (!touched.empty() && !recall.asked) {
    const v1::Touched summary = TouchedBy(std::move(touched));
    return Error(v1::ERROR_REASON_BOOKINGS_TOUCHED, {{"count", fmt::to_string(summary.count())},
                                                     {"units", fmt::to_string(summary.units())}});
  }
  JH_RETURN_IF_ERROR(TakeBack(connection, call, change, recall, outcome.recalled));
  JH_RETURN_IF_ERROR(slots_.Set(connection, window, outcome.counts));
  if (!counts.empty()) {  // more places, or a slot that is open again: whoever waits is served
    JH_RETURN_IF_ERROR(waits_.WakeIfAwaited(connection, window, counts.begin()->first,
                                            counts.rbegin()->first + absl::Microseconds(1)));
  }
  return touched;
}

absl::Status SupplyStore::TellPasses(db::Connection& connection, const api::Call& call,
                                     const std::vector<v1::Booking>& taken, const Recall& recall) {
  for (const v1::PassRecall& one : RecallsOf(taken, recall.reason)) {
    JH_RETURN_IF_ERROR(journal_.Append(
        connection, call, {.resource = one.name(), .after = &one, .reason = recall.reason}));
  }
  return absl::OkStatus();
}

absl::Status SupplyStore::TakeBack(db::Connection& connection, const api::Call& call,
                                   const Change& change, const Recall& recall,
                                   const std::vector<const Stored*>& bookings) {
  std::vector<v1::Booking> after = BookingsOf(bookings);
  for (v1::Booking& booking : after) {
    booking.set_state(v1::Booking::STATE_RECALLED);
    *booking.mutable_cancel_time() = api::ToProto(call.now);
    booking.set_cancel_reason(recall.reason);
  }
  if (recall.explain && !after.empty()) JH_RETURN_IF_ERROR(recall.explain(after));
  std::vector<BookingStore::Step> steps;
  for (size_t i = 0; i < after.size(); ++i) {
    steps.push_back({.supply = change.before,
                     .before = *bookings[i],
                     .after = after[i],
                     .reason = recall.reason});
  }
  // Lost a race with someone who cancels: the transaction runs again, without that booking.
  return steps.empty() ? absl::OkStatus() : bookings_.MoveAll(connection, call, std::move(steps));
}

namespace {

void AddPasses(const std::vector<v1::Booking>& bookings, v1::Touched& touched) {
  std::map<std::string, v1::TouchedPass> passes;
  for (const v1::Booking& booking : bookings) {
    if (booking.pass().empty()) continue;
    v1::TouchedPass& pass = passes[booking.pass()];
    pass.set_name(booking.pass());
    pass.set_plate(booking.plate());
    pass.set_days(pass.days() + 1);
  }
  for (auto& [name, pass] : passes) {
    if (touched.passes_size() == kNamedBookings) return;
    *touched.add_passes() = std::move(pass);
  }
}

}  // namespace

v1::Touched TouchedBy(std::vector<v1::Booking> bookings) {
  v1::Touched touched;
  if (bookings.empty()) return touched;
  std::sort(bookings.begin(), bookings.end(), [](const v1::Booking& a, const v1::Booking& b) {
    return a.start_time().seconds() < b.start_time().seconds();
  });
  std::set<std::string> units;
  for (const v1::Booking& booking : bookings) {
    units.insert(booking.member());
    if (touched.bookings_size() < kNamedBookings) touched.add_bookings(booking.name());
  }
  AddPasses(bookings, touched);
  touched.set_count(static_cast<int>(bookings.size()));
  touched.set_units(static_cast<int>(units.size()));
  *touched.mutable_first_start_time() = bookings.front().start_time();
  *touched.mutable_last_start_time() = bookings.back().start_time();
  return touched;
}

}  // namespace jinhuan::resource
