#include "meeting-svc/domain/majority_meter.h"

#include <algorithm>

#include "meeting-svc/domain/ballot_count.h"
#include "meeting-svc/domain/majority.h"

namespace jinhuan::meeting {

v1::MajorityMeter MeterOf(const alliance::v1::ItemRule& rule,
                          const std::vector<v1::Elector>& roll) {
  v1::BallotCount count = CountRoll(roll);
  count.set_for_votes(count.present_votes());
  Measure(rule, count);
  v1::MajorityMeter meter;
  meter.set_kind(rule.kind());
  meter.set_entitled_count(count.entitled_units());
  meter.set_present_count(count.present_units());
  meter.set_quorum_count(count.quorum_units());
  meter.set_quorate(count.present_units() >= count.quorum_units());
  // The charter gives a unit at most 100 votes, so these fit.
  meter.set_majority_count(static_cast<int32_t>(count.needed_votes()));
  meter.set_entitled_votes(static_cast<int32_t>(count.entitled_votes()));
  meter.set_present_votes(static_cast<int32_t>(count.present_votes()));
  meter.set_majority_base(rule.majority_base());
  meter.set_proxy_count(
      static_cast<int32_t>(std::count_if(roll.begin(), roll.end(), [](const v1::Elector& elector) {
        return elector.present() && !elector.proxy_holder().empty();
      })));
  return meter;
}

}  // namespace jinhuan::meeting
