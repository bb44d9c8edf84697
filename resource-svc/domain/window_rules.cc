#include "resource-svc/domain/window_rules.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "resource-svc/domain/day_text.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {
namespace {

constexpr int kDayMinutes = 1440;
constexpr int kMaxQuotas = 6;  // each subject with each period
constexpr int kMaxAudience = 1000;
constexpr int kMaxDiscounts = 6;
// After so many days the weekdays of a year have come round, leap years and all.
constexpr int kCycleDays = 28 * 366;

void CheckDays(const v1::Window& window, Violations& violations) {
  if (violations.Require("window.start_date", window.has_start_date())) {
    violations.Check("window.start_date", IsDay(window.start_date()), "a day from 2000 on",
                     "2000 年以后的有效日期");
  }
  if (window.has_end_date()) {
    violations.Check("window.end_date",
                     IsDay(window.end_date()) &&
                         ToCivilDay(window.end_date()) >= ToCivilDay(window.start_date()),
                     "a day not before start_date", "不早于开始日期的有效日期");
  }
  std::set<int> seen;
  const auto weekday_once = [&](int weekday) {
    return weekday >= 1 && weekday <= 7 && seen.insert(weekday).second;
  };
  violations.Check("window.weekdays",
                   std::all_of(window.weekdays().begin(), window.weekdays().end(), weekday_once),
                   "weekdays, each once", "不重复的星期");
}

// Whether it is a day of some year, without a year.
bool IsDayOfYear(const google::type::Date& date) {
  if (date.year() != 0) return false;
  const absl::CivilDay day(2000, date.month(), date.day());  // a leap year
  return day.year() == 2000 && day.month() == date.month() && day.day() == date.day();
}

void CheckSeason(const v1::Window& window, Violations& violations) {
  violations.Check("window.season",
                   !window.has_season() || (IsDayOfYear(window.season().first()) &&
                                            IsDayOfYear(window.season().last())),
                   "two days of a year, without a year", "不含年份的起止日期");
  violations.Check("window.day_kind", v1::DayKind_IsValid(window.day_kind()), "a known kind of day",
                   "有效的日期类型");
}

void CheckDiscounts(const v1::Window& window, Violations& violations) {
  std::vector<std::pair<int, int>> hours;
  bool valid = window.discounts_size() <= kMaxDiscounts;
  for (const v1::Discount& discount : window.discounts()) {
    hours.emplace_back(discount.from_minute(), discount.to_minute());
    valid = valid && discount.from_minute() >= 0 && discount.to_minute() > discount.from_minute() &&
            discount.to_minute() <= 2 * kDayMinutes && discount.price_fen() >= 0 &&
            discount.price_fen() < window.price_fen();
  }
  std::sort(hours.begin(), hours.end());
  for (size_t i = 1; i < hours.size(); ++i) valid = valid && hours[i - 1].second <= hours[i].first;
  violations.Check("window.discounts", valid,
                   "at most 6 spans of hours that do not overlap, below the price",
                   "最多 6 个互不重叠的时段，且低于原价");
}

void CheckHours(const v1::Window& window, Violations& violations) {
  const int open = window.open_minute();
  const int close = window.close_minute();
  const int slot = window.slot_minutes();
  const bool opens = violations.Check("window.open_minute", open >= 0 && open < kDayMinutes,
                                      "0 to 1439", "0 至 1439");
  violations.Require("window.close_minute", close != 0);
  if (!opens || close == 0) return;
  const bool closes = violations.Check(
      "window.close_minute", close > open && close <= open + kDayMinutes,
      "after open_minute, at most 1440 minutes later", "晚于开放时间，且不超过 24 小时");
  if (!violations.Require("window.slot_minutes", slot != 0) || !closes) return;
  violations.Check("window.slot_minutes",
                   slot >= 5 && slot <= kDayMinutes && (close - open) % slot == 0,
                   "5 to 1440 and a divisor of the opening", "5 至 1440，且能整除开放时长");
}

void CheckAudience(const v1::Window& window, Violations& violations) {
  // Numbers of enums of another service, of which there are few.
  const auto valid = [](const auto& numbers) {
    std::set<int> seen;
    return numbers.size() <= 16 && std::all_of(numbers.begin(), numbers.end(), [&](int number) {
             return number > 0 && seen.insert(number).second;
           });
  };
  const auto& tiers = window.audience_tiers();
  const auto& sectors = window.audience_sectors();
  violations.Check("window.audience_tiers", valid(tiers), "tiers, each once",
                   "不重复的有效成员级别");
  violations.Check("window.audience_sectors", valid(sectors), "sectors, each once",
                   "不重复的有效行业");
  const auto& members = window.audience_members();
  const std::set<std::string> once(members.begin(), members.end());
  violations.Check(
      "window.audience_members",
      members.size() <= kMaxAudience && members.size() == static_cast<int>(once.size()),
      "at most 1000 members, each once", "最多 1000 个不重复的成员单位");
}

void CheckQuotas(const v1::Window& window, Violations& violations) {
  if (!violations.Check("window.quotas", window.quotas_size() <= kMaxQuotas, "at most 6 quotas",
                        "最多 6 条限额")) {
    return;
  }
  std::set<std::pair<int, int>> seen;
  for (const v1::Quota& quota : window.quotas()) {
    violations.Check("window.quotas",
                     quota.subject() != v1::QUOTA_SUBJECT_UNSPECIFIED &&
                         v1::QuotaSubject_IsValid(quota.subject()) &&
                         quota.period() != v1::QUOTA_PERIOD_UNSPECIFIED &&
                         v1::QuotaPeriod_IsValid(quota.period()) &&
                         seen.emplace(quota.subject(), quota.period()).second,
                     "one for each subject and period", "每种对象与周期各一条");
    violations.Check("window.quotas", quota.limit() >= 1 && quota.limit() <= 10'000,
                     "limits of 1 to 10000", "上限为 1 至 10000 次");
  }
}

void CheckLottery(const v1::Window& window, Violations& violations) {
  constexpr int kDefaultHorizonDays = 14;
  const int days = window.horizon_days() == 0 ? kDefaultHorizonDays : window.horizon_days();
  const int close = window.lottery().close_minutes();
  violations.Check("window.lottery.close_minutes",
                   !window.has_lottery() || (close >= 10 && close >= window.cutoff_minutes() &&
                                             close < days * kDayMinutes && close <= 20'160),
                   "10 to 20160, not before the cut-off and within the horizon",
                   "10 至 20160 分钟，不少于预约截止时间，且在可预约天数之内");
}

// Whether an opening of `a` on some day and one of `b` that many days later are
// open at the same minute.
bool HoursMeet(const v1::Window& a, const v1::Window& b, int days_later) {
  const int shift = days_later * kDayMinutes;
  return a.open_minute() < b.close_minute() + shift && b.open_minute() + shift < a.close_minute();
}

// Whether one opens on working days alone and the other on days of rest.
bool OfOtherDays(const v1::Window& a, const v1::Window& b) {
  return a.day_kind() != b.day_kind() && a.day_kind() != v1::DAY_KIND_UNSPECIFIED &&
         b.day_kind() != v1::DAY_KIND_UNSPECIFIED;
}

}  // namespace

void CheckWindow(const v1::Window& window, Violations& violations) {
  violations.CheckText("window.display_name", window.display_name(), 0, 40);
  CheckDays(window, violations);
  CheckHours(window, violations);
  if (violations.Require("window.capacity", window.capacity() != 0)) {
    violations.Check("window.capacity", window.capacity() >= 1 && window.capacity() <= 100'000,
                     "1 to 100000", "1 至 100000");
  }
  CheckAudience(window, violations);
  CheckLottery(window, violations);
  violations.Check("window.price_fen", window.price_fen() >= 0 && window.price_fen() <= 1'000'000,
                   "0 to 1000000", "0 至 1000000 分");
  violations.Check("window.horizon_days",
                   window.horizon_days() >= 0 && window.horizon_days() <= 365, "0 to 365",
                   "0 至 365 天");
  violations.Check("window.cutoff_minutes",
                   window.cutoff_minutes() >= 0 && window.cutoff_minutes() <= 10'080, "0 to 10080",
                   "0 至 10080 分钟");
  violations.Check("window.cancel_minutes",
                   window.cancel_minutes() >= 0 && window.cancel_minutes() <= 10'080, "0 to 10080",
                   "0 至 10080 分钟");
  CheckQuotas(window, violations);
  CheckSeason(window, violations);
  CheckDiscounts(window, violations);
  violations.Check("window.grace_minutes",
                   window.grace_minutes() == 0 ||
                       (window.grace_minutes() >= 5 && window.grace_minutes() <= 1440),
                   "0 or 5 to 1440", "0 或 5 至 1440 分钟");
  violations.Check("window.approval_minutes",
                   window.approval_minutes() == 0 ||
                       (window.approval_minutes() >= 5 && window.approval_minutes() <= 10'080),
                   "0 or 5 to 10080", "0 或 5 至 10080 分钟");
}

void CheckLastDate(const google::type::Date& last, const v1::Window& window, absl::CivilDay today,
                   Violations& violations) {
  const bool valid = IsDay(last) && ToCivilDay(last) >= today - 1 &&
                     (!window.has_end_date() || ToCivilDay(last) <= ToCivilDay(window.end_date()));
  violations.Check("last_date", valid, "a day from yesterday on, not after the window's end",
                   "昨天或以后的日期，且不晚于原结束日期");
}

bool IsOver(const v1::Window& window, absl::CivilDay today) {
  return window.has_end_date() && ToCivilDay(window.end_date()) < today;
}

bool Overlap(const v1::Window& a, const v1::Window& b) {
  // An opening reaches into the next day at most, so only neighbours can meet; and
  // weekdays repeat, so a week of days that both may open on tells all, or with seasons
  // as many years as it takes them to fall on the same weekdays again. Which days are
  // worked is no matter of the window: any may be, but none is of both kinds.
  const int days = a.has_season() || b.has_season() ? kCycleDays : 7;
  for (const int later : {-1, 0, 1}) {
    if (!HoursMeet(a, b, later)) continue;
    if (later == 0 && OfOtherDays(a, b)) continue;
    const absl::CivilDay first =
        std::max(ToCivilDay(a.start_date()), ToCivilDay(b.start_date()) - later);
    for (absl::CivilDay day = first; day < first + days; ++day) {
      if (MayOpenOn(a, day) && MayOpenOn(b, day + later)) return true;
    }
  }
  return false;
}

}  // namespace jinhuan::resource
