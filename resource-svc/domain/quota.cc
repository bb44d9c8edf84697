#include "resource-svc/domain/quota.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

std::string Day(absl::CivilDay day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

void SetPeriod(v1::QuotaPeriod period, absl::CivilDay day, QuotaUse& use) {
  if (period == v1::QUOTA_PERIOD_DAY) {
    use.period_kind = "day";
    use.period = "day:" + Day(day);
  } else if (period == v1::QUOTA_PERIOD_WEEK) {
    use.period_kind = "week";
    use.period = "week:" + Day(absl::PrevWeekday(day + 1, absl::Weekday::monday));
  } else {
    use.period_kind = "month";
    use.period = fmt::format("month:{:04}-{:02}", day.year(), day.month());
  }
}

}  // namespace

std::vector<QuotaUse> QuotaUses(const v1::Window& window, const v1::Booking& booking,
                                absl::TimeZone zone) {
  const absl::CivilDay day = absl::ToCivilDay(api::FromProto(booking.start_time()), zone);
  std::vector<QuotaUse> uses;
  for (const v1::Quota& quota : window.quotas()) {
    const bool person = quota.subject() == v1::QUOTA_SUBJECT_PERSON;
    QuotaUse& use = uses.emplace_back();
    use.limit = quota.limit();
    use.subject_kind = person ? "person" : "unit";
    use.subject = use.subject_kind + ":" + (person ? booking.user() : IdOf(booking.member()));
    SetPeriod(quota.period(), day, use);
  }
  if (!booking.pass().empty() && window.passes().places() > 0) {
    QuotaUse& use = uses.emplace_back();
    use.limit = window.passes().places();
    use.subject_kind = kPassSubject;
    use.subject = "passes";
    SetPeriod(v1::QUOTA_PERIOD_DAY, day, use);
  }
  std::sort(uses.begin(), uses.end(), [](const QuotaUse& a, const QuotaUse& b) {
    return std::tie(a.subject, a.period) < std::tie(b.subject, b.period);
  });
  return uses;
}

}  // namespace jinhuan::resource
