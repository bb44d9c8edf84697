#include "meeting-svc/domain/majority_meter.h"

#include "meeting-svc/domain/ballot_count.h"
#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/quorum.h"

namespace jinhuan::meeting {

v1::MajorityMeter MeterOf(const alliance::v1::ItemRule& rule,
                          const std::vector<v1::Elector>& roll) {
  v1::BallotCount count = CountRoll(roll);
  count.set_for_votes(count.present_votes());
  Measure(rule, count);
  v1::MajorityMeter meter;
  meter.set_kind(rule.kind());
  const v1::Quorum quorum = CountQuorum(rule, roll);
  meter.set_entitled_count(quorum.entitled_count());
  meter.set_present_count(quorum.present_count());
  meter.set_quorum_count(quorum.needed_count());
  meter.set_quorate(quorum.met());
  meter.set_proxy_count(quorum.proxy_count());
  // The charter gives a unit at most 100 votes, so these fit.
  meter.set_majority_count(static_cast<int32_t>(count.needed_votes()));
  meter.set_entitled_votes(static_cast<int32_t>(count.entitled_votes()));
  meter.set_present_votes(static_cast<int32_t>(count.present_votes()));
  meter.set_majority_base(rule.majority_base());
  return meter;
}

}  // namespace jinhuan::meeting
