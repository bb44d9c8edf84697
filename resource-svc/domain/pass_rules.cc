#include "resource-svc/domain/pass_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_steps.h"
#include "resource-svc/domain/plate.h"

namespace jinhuan::resource {
namespace {

using Pass = v1::Pass;

constexpr int kLongest = 92;  // a quarter of a year
constexpr int kMostWindows = 4;

absl::Status NotGiven(const v1::Window& window) {
  return Error(v1::ERROR_REASON_PASSES_NOT_GIVEN, {{"window", window.name()}});
}

Pass Ended(const Pass& pass, Pass::State state, const std::string& reason, absl::Time now) {
  Pass after = pass;
  after.set_state(state);
  after.clear_expire_time();
  *after.mutable_cancel_time() = api::ToProto(now);
  after.set_cancel_reason(reason);
  return after;
}

}  // namespace

void CheckPassTerms(const v1::Window& window, v1::FacilityKind kind, Violations& violations) {
  if (!window.has_passes()) return;
  const v1::PassTerms& terms = window.passes();
  violations.Check("window.passes", kind == v1::FACILITY_KIND_PARKING, "empty except for parking",
                   "仅停车场可办理月卡");
  violations.Check("window.passes.max_days", terms.max_days() >= 1 && terms.max_days() <= kLongest,
                   "1 to 92", "1 至 92 天");
  violations.Check("window.passes.day_price_fen",
                   terms.day_price_fen() >= 0 && terms.day_price_fen() <= 1'000'000, "0 to 1000000",
                   "0 至 1000000 分");
  violations.Check("window.passes.places",
                   terms.places() >= 0 && terms.places() <= window.capacity(),
                   "at most the capacity", "不超过容量");
}

Pass CheckPass(const Pass& wanted, Violations& violations) {
  Pass pass;
  *pass.mutable_windows() = wanted.windows();
  const std::set<std::string> different(wanted.windows().begin(), wanted.windows().end());
  if (violations.Require("pass.windows", !wanted.windows().empty())) {
    violations.Check("pass.windows",
                     wanted.windows_size() <= kMostWindows &&
                         different.size() == static_cast<size_t>(wanted.windows_size()),
                     "1 to 4 different windows", "1 至 4 个不同的开放时段");
  }
  pass.set_member(wanted.member());
  if (violations.Require("pass.plate", !wanted.plate().empty())) {
    if (const auto plate = NormalisePlate(wanted.plate())) {
      pass.set_plate(*plate);
    } else {
      violations.Add("pass.plate", v1::ERROR_REASON_PLATE_INVALID, {{"plate", wanted.plate()}});
    }
  }
  *pass.mutable_start_date() = wanted.start_date();
  *pass.mutable_end_date() = wanted.end_date();
  if (!violations.Require("pass.start_date", wanted.has_start_date()) ||
      !violations.Require("pass.end_date", wanted.has_end_date())) {
    return pass;
  }
  violations.Check("pass.start_date", IsDay(wanted.start_date()), "a day from 2000 on",
                   "2000 年以后的有效日期");
  violations.Check(
      "pass.end_date",
      IsDay(wanted.end_date()) && ToCivilDay(wanted.end_date()) >= ToCivilDay(wanted.start_date()),
      "a day not before start_date", "不早于开始日期的有效日期");
  return pass;
}

absl::Status CheckPeriod(const Pass& pass, const Supply& supply, absl::Time now) {
  const v1::Window& window = supply.window;
  if (!window.has_passes() || supply.facility.kind() != v1::FACILITY_KIND_PARKING) {
    return NotGiven(window);
  }
  const absl::CivilDay first = ToCivilDay(pass.start_date());
  const absl::CivilDay last = ToCivilDay(pass.end_date());
  const int longest = window.passes().max_days();
  Violations violations;
  violations.Check("pass.end_date",
                   last >= absl::ToCivilDay(now, supply.zone) && last - first < longest,
                   fmt::format("a day to come, at most {} days from start_date", longest),
                   fmt::format("今天或以后的日期，且为期不超过 {} 天", longest));
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const absl::Time begins = absl::FromCivil(first, supply.zone);
  return IsTooEarly(supply, {begins, begins + absl::Minutes(1)}, now) ? TooEarly(window)
                                                                      : absl::OkStatus();
}

std::vector<std::vector<Slot>> DaysOf(const Pass& pass, const Supply& supply,
                                      const std::vector<Slot>& closed, absl::Time now) {
  std::vector<std::vector<Slot>> days;
  const WindowCalendar calendar = CalendarOf(supply);
  const absl::CivilDay last = ToCivilDay(pass.end_date());
  // Nothing that began before yesterday is under way.
  absl::CivilDay day =
      std::max(ToCivilDay(pass.start_date()), absl::ToCivilDay(now, supply.zone) - 1);
  for (; day <= last; ++day) {
    std::vector<Slot> opening = calendar.OpeningOf(day);
    // Of one under way, what can still be booked; nothing where the lender has to decide first.
    const bool begun = !opening.empty() && opening.front().start <= now;
    if (begun && supply.window.approval_required()) continue;
    const auto open = std::find_if(opening.begin(), opening.end(), [&](const Slot& slot) {
      return !IsTooLate(supply.window, slot, now);
    });
    opening.erase(opening.begin(), open);
    if (opening.empty()) continue;
    const auto is_closed = [&](const Slot& slot) { return OverlapsOneOf(slot, closed); };
    if (std::any_of(opening.begin(), opening.end(), is_closed)) continue;
    days.push_back(std::move(opening));
  }
  return days;
}

v1::Booking DayOf(const Pass& pass, const Supply& supply, const std::vector<Slot>& slots,
                  absl::Time now) {
  v1::Booking day;
  day.set_window(supply.window.name());
  *day.mutable_start_time() = api::ToProto(slots.front().start);
  *day.mutable_end_time() = api::ToProto(slots.back().end);
  day.set_quantity(1);
  day.set_plate(pass.plate());
  day.set_member(pass.member());
  day.set_user(pass.user());
  day.set_pass(pass.name());
  return Kept(std::move(day), supply, slots, supply.window.passes().day_price_fen(), now);
}

void Promise(Pass& pass, std::vector<v1::Booking*> days, absl::Time now) {
  std::sort(days.begin(), days.end(), [](const v1::Booking* a, const v1::Booking* b) {
    return api::FromProto(a->start_time()) < api::FromProto(b->start_time());
  });
  absl::Time end = absl::InfinitePast();
  absl::Time expires = absl::InfiniteFuture();
  int64_t price = 0;
  for (const v1::Booking* day : days) {
    price += day->price_fen();
    end = std::max(end, api::FromProto(day->end_time()));
    if (day->has_expire_time()) expires = std::min(expires, api::FromProto(day->expire_time()));
  }
  const bool waits = expires != absl::InfiniteFuture();
  pass.set_state(waits ? Pass::STATE_PENDING : Pass::STATE_ACTIVE);
  if (waits) *pass.mutable_expire_time() = api::ToProto(expires);
  for (v1::Booking* day : days) {
    if (!waits) break;
    day->set_state(v1::Booking::STATE_PENDING);
    day->set_approval_required(true);
    *day->mutable_expire_time() = pass.expire_time();
  }
  pass.set_days(static_cast<int32_t>(days.size()));
  pass.set_price_fen(price);
  *pass.mutable_start_time() = days.front()->start_time();
  *pass.mutable_end_time() = api::ToProto(end);
  *pass.mutable_create_time() = api::ToProto(now);
}

std::vector<v1::PassRecall> RecallsOf(const std::vector<v1::Booking>& taken,
                                      const std::string& reason) {
  std::map<std::string, v1::PassRecall> recalls;
  for (const v1::Booking& day : taken) {
    if (day.pass().empty()) continue;
    v1::PassRecall& recall = recalls[day.pass()];
    recall.set_name(day.pass());
    recall.set_user(day.user());
    recall.set_facility_display_name(day.facility_display_name());
    recall.set_reason(reason);
    recall.set_days(recall.days() + 1);
    const absl::Time start = api::FromProto(day.start_time());
    if (recall.days() == 1 || start < api::FromProto(recall.first_start_time())) {
      *recall.mutable_first_start_time() = day.start_time();
    }
    if (recall.days() == 1 || start > api::FromProto(recall.last_start_time())) {
      *recall.mutable_last_start_time() = day.start_time();
    }
  }
  std::vector<v1::PassRecall> all;
  for (auto& [name, recall] : recalls) all.push_back(std::move(recall));
  return all;
}

absl::Time DueTime(const Pass& pass) {
  if (pass.has_cancel_time()) return api::FromProto(pass.cancel_time());
  return api::FromProto(pass.has_expire_time() ? pass.expire_time() : pass.end_time());
}

Pass AsOf(Pass pass, absl::Time now) {
  if (now < DueTime(pass)) return pass;
  if (pass.state() == Pass::STATE_ACTIVE) pass.set_state(Pass::STATE_ENDED);
  if (pass.state() == Pass::STATE_PENDING) pass.set_state(Pass::STATE_EXPIRED);
  return pass;
}

absl::StatusOr<Pass> Cancelled(const Pass& pass, const std::string& reason, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckState(pass, {Pass::STATE_ACTIVE, Pass::STATE_PENDING}));
  return Ended(pass, Pass::STATE_CANCELLED, reason, now);
}

absl::StatusOr<Pass> Approved(const Pass& pass) {
  JH_RETURN_IF_ERROR(CheckState(pass, {Pass::STATE_PENDING}));
  Pass after = pass;
  after.set_state(Pass::STATE_ACTIVE);
  after.clear_expire_time();
  return after;
}

absl::StatusOr<Pass> Rejected(const Pass& pass, const std::string& reason, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckState(pass, {Pass::STATE_PENDING}));
  return Ended(pass, Pass::STATE_REJECTED, reason, now);
}

}  // namespace jinhuan::resource
