#include "meeting-svc/domain/quorum.h"

#include <algorithm>

#include "meeting-svc/domain/ballot_count.h"
#include "meeting-svc/domain/majority.h"

namespace jinhuan::meeting {

v1::Quorum CountQuorum(const alliance::v1::ItemRule& rule, const std::vector<v1::Elector>& roll) {
  const v1::BallotCount count = CountRoll(roll);
  v1::Quorum quorum;
  quorum.set_entitled_count(count.entitled_units());
  quorum.set_present_count(count.present_units());
  quorum.set_proxy_count(
      static_cast<int32_t>(std::count_if(roll.begin(), roll.end(), [](const v1::Elector& elector) {
        return elector.present() && !elector.proxy_holder().empty();
      })));
  *quorum.mutable_rule() = rule.quorum();
  quorum.set_needed_count(static_cast<int32_t>(QuorumOf(rule, count.entitled_units())));
  quorum.set_met(quorum.present_count() >= quorum.needed_count());
  return quorum;
}

}  // namespace jinhuan::meeting
