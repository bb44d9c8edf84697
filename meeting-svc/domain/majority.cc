#include "meeting-svc/domain/majority.h"

#include <algorithm>

namespace jinhuan::meeting {
namespace {

// The least whole number that is not below base * ratio, and the least above it. Both
// factors are bounded (kMaxVotes, 1000), so the product fits. Of a charter that says nothing,
// more than there are: without a rule nothing is decided.
int64_t AtLeast(const alliance::v1::Ratio& ratio, int64_t base) {
  if (ratio.denominator() == 0) return base + 1;
  return (base * ratio.numerator() + ratio.denominator() - 1) / ratio.denominator();
}
int64_t MoreThan(const alliance::v1::Ratio& ratio, int64_t base) {
  if (ratio.denominator() == 0) return base + 1;
  return base * ratio.numerator() / ratio.denominator() + 1;
}

}  // namespace

alliance::v1::ItemRule RuleFor(const alliance::v1::MeetingRules& rules,
                               alliance::v1::ItemKind kind) {
  alliance::v1::ItemRule ordinary;
  for (const alliance::v1::ItemRule& rule : rules.item_rules()) {
    if (rule.kind() == kind) return rule;
    if (rule.kind() == alliance::v1::ITEM_KIND_ORDINARY) ordinary = rule;
  }
  ordinary.set_kind(kind);
  return ordinary;
}

int VotesOf(const alliance::v1::MeetingRules& rules, alliance::v1::Tier tier) {
  const auto found = std::find_if(
      rules.tier_weights().begin(), rules.tier_weights().end(),
      [tier](const alliance::v1::TierWeight& weight) { return weight.tier() == tier; });
  return found == rules.tier_weights().end() ? 1 : found->votes();
}

int64_t QuorumOf(const alliance::v1::ItemRule& rule, int64_t entitled) {
  return AtLeast(rule.quorum(), entitled);
}

int64_t NeededOf(const alliance::v1::ItemRule& rule, int64_t base) {
  if (!rule.majority_inclusive()) return MoreThan(rule.majority(), base);
  const int64_t least = rule.majority().numerator() > 0 ? 1 : 0;
  return std::max(AtLeast(rule.majority(), base), least);
}

int64_t BaseOf(const alliance::v1::ItemRule& rule, const v1::BallotCount& count) {
  switch (rule.majority_base()) {
    case alliance::v1::VOTE_BASE_ENTITLED:
      return count.entitled_votes();
    case alliance::v1::VOTE_BASE_CAST:
      return count.for_votes() + count.against_votes();
    default:
      return count.present_votes();
  }
}

void Measure(const alliance::v1::ItemRule& rule, v1::BallotCount& count) {
  count.set_quorum_units(static_cast<int32_t>(QuorumOf(rule, count.entitled_units())));
  count.set_needed_votes(NeededOf(rule, BaseOf(rule, count)));
}

v1::Ballot::Outcome OutcomeOf(const v1::BallotCount& count) {
  if (count.present_units() < count.quorum_units()) return v1::Ballot::OUTCOME_NO_QUORUM;
  return count.for_votes() >= count.needed_votes() ? v1::Ballot::OUTCOME_CARRIED
                                                   : v1::Ballot::OUTCOME_REJECTED;
}

}  // namespace jinhuan::meeting
