#include "resource-svc/domain/alliance_rules.h"

#include "alliance-svc/facts/date.h"

namespace jinhuan::resource {

CharterQuotas::CharterQuotas(const std::vector<alliance::v1::Charter>& charters) {
  for (const alliance::v1::Charter& charter : charters) {
    // The first version is in force from the beginning.
    const absl::CivilDay from =
        versions_.empty()
            ? absl::CivilDay::min()
            : alliance::ToCivilDay(charter.effective_date()).value_or(absl::CivilDay());
    versions_.push_back({from, {charter.booking_quotas().begin(), charter.booking_quotas().end()}});
  }
}

const std::vector<alliance::v1::BookingQuota>& CharterQuotas::On(absl::CivilDay day) const {
  static const std::vector<alliance::v1::BookingQuota> kNone;
  const std::vector<alliance::v1::BookingQuota>* quotas = &kNone;
  for (const Version& version : versions_) {
    if (version.from <= day) quotas = &version.quotas;
  }
  return *quotas;
}

}  // namespace jinhuan::resource
