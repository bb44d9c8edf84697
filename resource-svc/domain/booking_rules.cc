#include "resource-svc/domain/booking_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/booking_steps.h"
#include "resource-svc/domain/plate.h"

namespace jinhuan::resource {
namespace {

constexpr int kDefaultHorizonDays = 14;
constexpr int kMaxQuantity = 100;
constexpr size_t kLongestName = 20;
constexpr int kDayMinutes = 1440;

int HorizonDays(const v1::Window& window) {
  return window.horizon_days() == 0 ? kDefaultHorizonDays : window.horizon_days();
}

// Sets what depends on what the facility is: one place and a plate for a car
// park, no plate elsewhere.
void SettleKind(v1::FacilityKind kind, v1::Booking& booking, Violations& violations) {
  booking.set_quantity(std::max(booking.quantity(), 1));
  violations.Check(
      "booking.guests",
      booking.guests_size() <= (kind == v1::FACILITY_KIND_CANTEEN ? booking.quantity() : 0),
      "no more than places, and for a canteen alone", "仅食堂预约填写，且不超过份数");
  if (kind != v1::FACILITY_KIND_PARKING) {
    violations.Check("booking.plate", booking.plate().empty(), "empty except for parking",
                     "仅停车预约填写");
    return;
  }
  violations.Check("booking.quantity", booking.quantity() == 1, "1 for parking",
                   "停车预约只能为 1");
  if (!violations.Require("booking.plate", !booking.plate().empty())) return;
  if (const auto plate = NormalisePlate(booking.plate())) {
    booking.set_plate(*plate);
  } else {
    violations.Add("booking.plate", v1::ERROR_REASON_PLATE_INVALID, {{"plate", booking.plate()}});
  }
}

// Without what only the server says.
v1::Booking OnlyWhatIsAsked(const v1::Booking& wanted) {
  v1::Booking booking;
  booking.set_window(wanted.window());
  *booking.mutable_start_time() = wanted.start_time();
  *booking.mutable_end_time() = wanted.end_time();
  booking.set_quantity(wanted.quantity());
  booking.set_plate(wanted.plate());
  booking.set_member(wanted.member());
  *booking.mutable_guests() = wanted.guests();
  return booking;
}

template <class Numbers>
bool Contains(const Numbers& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

bool IsTooEarly(const Supply& supply, const Slot& slot, absl::Time now) {
  return absl::ToCivilDay(slot.start, supply.zone) > LastDayAhead(supply, now);
}

bool IsTooLate(const v1::Window& window, const Slot& slot, absl::Time now) {
  // The lender decides before it begins.
  if (window.approval_required() && now >= slot.start) return true;
  return window.cutoff_minutes() == 0 ? now >= slot.end
                                      : now >= slot.start - absl::Minutes(window.cutoff_minutes());
}

absl::Status TooEarly(const v1::Window& window) {
  return Error(v1::ERROR_REASON_TOO_EARLY, {{"horizon_days", fmt::to_string(HorizonDays(window))}});
}

absl::CivilDay LastDayAhead(const Supply& supply, absl::Time now) {
  return absl::ToCivilDay(now, supply.zone) + HorizonDays(supply.window);
}

absl::Time LotteryCloseTime(const Supply& supply, const std::vector<Slot>& opening) {
  return opening.front().start - absl::Minutes(supply.window.lottery().close_minutes());
}

int64_t PriceOf(const Supply& supply, const Slot& slot) {
  const v1::Window& window = supply.window;
  const absl::CivilMinute start = absl::ToCivilMinute(slot.start, supply.zone);
  int minute = start.hour() * 60 + start.minute();
  if (minute < window.open_minute()) minute += kDayMinutes;  // of an opening of the day before
  for (const v1::Discount& discount : window.discounts()) {
    if (minute >= discount.from_minute() && minute < discount.to_minute()) {
      return discount.price_fen();
    }
  }
  return window.price_fen();
}

void CheckBooking(const v1::Booking& booking, Violations& violations) {
  if (violations.Require("booking.start_time", booking.has_start_time())) {
    violations.Check("booking.start_time", IsTime(booking.start_time()), "a time from 1970 to 9999",
                     "有效的时间");
  }
  if (violations.Require("booking.end_time", booking.has_end_time())) {
    violations.Check("booking.end_time",
                     IsTime(booking.end_time()) &&
                         api::FromProto(booking.end_time()) > api::FromProto(booking.start_time()),
                     "a time after start_time", "晚于开始时间");
  }
  violations.Check("booking.quantity",
                   booking.quantity() >= 0 && booking.quantity() <= kMaxQuantity, "1 to 100",
                   "1 至 100");
  std::set<std::string_view> guests;
  for (const std::string& guest : booking.guests()) {
    violations.CheckText("booking.guests", guest, 1, kLongestName);
    violations.Check("booking.guests", guests.insert(guest).second, "each name once",
                     "每个姓名只填一次");
  }
}

bool InAudience(const v1::Window& window, const auth::v1::Grant& grant) {
  const auto& members = window.audience_members();
  if (window.audience_tiers().empty() && window.audience_sectors().empty() && members.empty()) {
    return true;
  }
  return Contains(window.audience_tiers(), grant.member_tier()) ||
         Contains(window.audience_sectors(), grant.member_sector()) ||
         std::find(members.begin(), members.end(), grant.member()) != members.end();
}

bool MayBook(const v1::Window& window, const auth::v1::Caller& caller, std::string_view alliance) {
  return std::any_of(caller.grants().begin(), caller.grants().end(),
                     [&](const auth::v1::Grant& grant) {
                       if (grant.alliance() != alliance) return false;
                       if (grant.role() == auth::v1::ROLE_STREET_ADMIN) return true;
                       return !grant.member().empty() && InAudience(window, grant);
                     });
}

absl::StatusOr<std::vector<Slot>> SlotsOf(const Supply& supply, absl::Time start, absl::Time end) {
  std::vector<Slot> slots = CalendarOf(supply).OpeningAt(start);
  if (slots.empty()) {
    return Error(v1::ERROR_REASON_WINDOW_CLOSED, {{"window", supply.window.name()}});
  }
  const auto first = std::find_if(slots.begin(), slots.end(),
                                  [&](const Slot& slot) { return slot.start == start; });
  const auto last =
      std::find_if(first, slots.end(), [&](const Slot& slot) { return slot.end == end; });
  if (last == slots.end()) {
    return Error(v1::ERROR_REASON_INTERVAL_INVALID,
                 {{"slot_minutes", fmt::to_string(supply.window.slot_minutes())}});
  }
  return std::vector<Slot>(first, last + 1);
}

absl::StatusOr<v1::Booking> Admit(const v1::Booking& wanted, const Supply& supply,
                                  const std::vector<Slot>& slots, absl::Time now) {
  const v1::Window& window = supply.window;
  v1::Booking booking = OnlyWhatIsAsked(wanted);
  Violations violations;
  SettleKind(supply.facility.kind(), booking, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  if (IsTooEarly(supply, slots.front(), now)) return TooEarly(window);
  if (IsTooLate(window, slots.front(), now)) {
    return Error(v1::ERROR_REASON_TOO_LATE,
                 {{"cutoff_minutes", fmt::to_string(window.cutoff_minutes())}});
  }
  int64_t price = 0;
  for (const Slot& slot : slots) price += PriceOf(supply, slot);
  price *= booking.quantity();
  return Kept(std::move(booking), supply, slots, price, now);
}

v1::Booking Kept(v1::Booking booking, const Supply& supply, const std::vector<Slot>& slots,
                 int64_t price_fen, absl::Time now) {
  const v1::Window& window = supply.window;
  booking.set_price_fen(price_fen);
  booking.set_facility_display_name(supply.facility.display_name());
  booking.set_facility_kind(supply.facility.kind());
  *booking.mutable_create_time() = api::ToProto(now);
  *booking.mutable_cancel_deadline() =
      api::ToProto(slots.front().start - absl::Minutes(window.cancel_minutes()));
  booking.set_lender(supply.facility.owner());
  if (window.grace_minutes() > 0) {
    // Who books a slot that is under way has as long as who booked before.
    const absl::Time from = std::max(slots.front().start, now);
    *booking.mutable_check_in_deadline() =
        api::ToProto(std::min(from + absl::Minutes(window.grace_minutes()), slots.back().end));
  }
  return Promised(std::move(booking), window, now);
}

absl::StatusOr<v1::Booking> Cancelled(const v1::Booking& booking, const std::string& reason,
                                      bool by_street, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckMove(booking, v1::Booking::STATE_CANCELLED));
  // Who holds nothing, or was not promised anything yet, leaves when it likes.
  const bool promised = booking.state() == v1::Booking::STATE_CONFIRMED;
  const absl::Time deadline = api::FromProto(booking.cancel_deadline());
  if (promised && now >= (by_street ? api::FromProto(booking.end_time()) : deadline)) {
    const absl::Duration before = api::FromProto(booking.start_time()) - deadline;
    return Error(v1::ERROR_REASON_CANCEL_TOO_LATE,
                 {{"deadline_minutes", fmt::to_string(absl::ToInt64Minutes(before))}});
  }
  v1::Booking after = booking;
  after.set_state(v1::Booking::STATE_CANCELLED);
  after.clear_expire_time();
  *after.mutable_cancel_time() = api::ToProto(now);
  after.set_cancel_reason(reason);
  return after;
}

v1::SlotAvailability::State StateOf(const Supply& supply, const Slot& slot, int free, bool may_book,
                                    absl::Time now) {
  if (IsTooLate(supply.window, slot, now)) return v1::SlotAvailability::STATE_PAST;
  if (!may_book) return v1::SlotAvailability::STATE_NOT_FOR_YOU;
  if (IsTooEarly(supply, slot, now)) return v1::SlotAvailability::STATE_NOT_YET;
  return free > 0 ? v1::SlotAvailability::STATE_BOOKABLE : v1::SlotAvailability::STATE_FULL;
}

}  // namespace jinhuan::resource
