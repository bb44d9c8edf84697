#include "resource-svc/domain/quota.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"
#include "resource-svc/domain/day_text.h"

namespace jinhuan::resource {
namespace {

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

void SetPeriod(v1::QuotaPeriod period, absl::CivilDay day, QuotaUse& use) {
  if (period == v1::QUOTA_PERIOD_DAY) {
    use.period_kind = "day";
    use.period = "day:" + DayText(day);
  } else if (period == v1::QUOTA_PERIOD_WEEK) {
    use.period_kind = "week";
    use.period = "week:" + DayText(absl::PrevWeekday(day + 1, absl::Weekday::monday));
  } else {
    use.period_kind = "month";
    use.period = fmt::format("month:{:04}-{:02}", day.year(), day.month());
  }
}

// Which meal is served at an hour; one after midnight belongs to the day before.
struct Meal {
  std::string name;
  absl::CivilDay day;
};

Meal MealAt(absl::Time time, absl::TimeZone zone) {
  const absl::CivilHour hour = absl::ToCivilHour(time, zone);
  if (hour.hour() < 4) return {"night", absl::CivilDay(hour) - 1};
  const char* name = hour.hour() < 10   ? "breakfast"
                     : hour.hour() < 16 ? "lunch"
                     : hour.hour() < 21 ? "supper"
                                        : "night";
  return {name, absl::CivilDay(hour)};
}

// A name as a count knows it: 32 hex digits, whatever it is written in.
std::string HashOf(const std::string& name) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(name.data()),
                     name.size(), nullptr, 0);
  std::string text;
  for (const unsigned char byte : hash) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

// Everyone who eats, as far as it is known who.
void AddDiners(const v1::Booking& booking, absl::TimeZone zone, std::vector<QuotaUse>& uses) {
  const Meal meal = MealAt(api::FromProto(booking.start_time()), zone);
  const std::string period = fmt::format("{}:{}", meal.name, DayText(meal.day));
  const auto add = [&](std::string kind, std::string subject, std::string guest) {
    uses.push_back({.scope = kMealScope,
                    .subject = std::move(subject),
                    .period = period,
                    .limit = 1,
                    .subject_kind = std::move(kind),
                    .period_kind = meal.name,
                    .guest = std::move(guest)});
  };
  if (booking.guests_size() < booking.quantity()) {
    add("person", fmt::format("person:{}", booking.user()), "");
  }
  for (const std::string& guest : booking.guests()) {
    add("guest", fmt::format("guest:{}:{}", IdOf(booking.member()), HashOf(guest)), guest);
  }
}

// A quota of the charter in the terms of a window's.
v1::Quota OfCharter(const alliance::v1::BookingQuota& quota) {
  v1::Quota same;
  same.set_subject(quota.holder() == alliance::v1::QUOTA_HOLDER_PERSON ? v1::QUOTA_SUBJECT_PERSON
                                                                       : v1::QUOTA_SUBJECT_UNIT);
  switch (quota.span()) {
    case alliance::v1::QUOTA_SPAN_WEEK:
      same.set_period(v1::QUOTA_PERIOD_WEEK);
      break;
    case alliance::v1::QUOTA_SPAN_MONTH:
      same.set_period(v1::QUOTA_PERIOD_MONTH);
      break;
    default:
      same.set_period(v1::QUOTA_PERIOD_DAY);
  }
  same.set_limit(quota.limit());
  return same;
}

}  // namespace

std::vector<QuotaUse> QuotaUses(const Supply& supply, const v1::Booking& booking) {
  const v1::Window& window = supply.window;
  const absl::CivilDay day = absl::ToCivilDay(api::FromProto(booking.start_time()), supply.zone);
  std::vector<QuotaUse> uses;
  const auto add = [&](std::string scope, const v1::Quota& quota) {
    const bool person = quota.subject() == v1::QUOTA_SUBJECT_PERSON;
    QuotaUse& use = uses.emplace_back();
    use.scope = std::move(scope);
    use.limit = quota.limit();
    use.subject_kind = person ? "person" : "unit";
    use.subject = use.subject_kind + ":" + (person ? booking.user() : IdOf(booking.member()));
    SetPeriod(quota.period(), day, use);
  };
  for (const v1::Quota& quota : window.quotas()) add(IdOf(booking.window()), quota);
  if (supply.rules) {
    for (const auto& quota : supply.rules->quotas.On(day)) add(kCharterScope, OfCharter(quota));
  }
  if (!booking.pass().empty() && window.passes().places() > 0) {
    QuotaUse& use = uses.emplace_back();
    use.scope = IdOf(booking.window());
    use.limit = window.passes().places();
    use.subject_kind = kPassSubject;
    use.subject = "passes";
    SetPeriod(v1::QUOTA_PERIOD_DAY, day, use);
  }
  if (booking.facility_kind() == v1::FACILITY_KIND_CANTEEN) AddDiners(booking, supply.zone, uses);
  std::sort(uses.begin(), uses.end(), [](const QuotaUse& a, const QuotaUse& b) {
    return std::tie(a.scope, a.subject, a.period) < std::tie(b.scope, b.subject, b.period);
  });
  return uses;
}

}  // namespace jinhuan::resource
