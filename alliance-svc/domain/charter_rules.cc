#include "alliance-svc/domain/charter_rules.h"

#include <fmt/format.h>

#include <set>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/holiday_rules.h"
#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance {
namespace {

void CheckRange(std::string_view field, int64_t value, int64_t min, int64_t max,
                Violations& violations) {
  violations.Check(field, value >= min && value <= max, fmt::format("{} to {}", min, max),
                   fmt::format("{} 至 {}", min, max));
}

// A value of an enum that has to be given, and that `seen` has not.
template <class Value>
void CheckDistinct(std::string_view field, const Value& value, bool known, std::set<Value>& seen,
                   Violations& violations) {
  if (!violations.Check(field, known, "one of the listed values", "所列选项之一")) return;
  violations.Check(field, seen.insert(value).second, "there once only", "只出现一次");
}

bool IsTier(v1::Tier tier) { return v1::Tier_IsValid(tier) && tier != v1::TIER_UNSPECIFIED; }

void CheckRotation(const v1::RotationRules& rules, Violations& violations) {
  CheckRange("charter.rotation.term_months", rules.term_months(), 1, 24, violations);
  violations.Require("charter.rotation.pool_tiers", !rules.pool_tiers().empty());
  std::set<int> tiers;
  for (int i = 0; i < rules.pool_tiers_size(); ++i) {
    const v1::Tier tier = rules.pool_tiers(i);
    CheckDistinct<int>(fmt::format("charter.rotation.pool_tiers[{}]", i), tier, IsTier(tier), tiers,
                       violations);
  }
  CheckRange("charter.rotation.probation_days", rules.probation_days(), 0, 3650, violations);
  CheckRange("charter.rotation.max_deferrals", rules.max_deferrals(), 0, 10, violations);
  CheckRange("charter.rotation.spread_window", rules.spread_window(), 1, 8, violations);
  CheckRange("charter.rotation.notice_days", rules.notice_days(), 0, 365, violations);
  CheckRange("charter.rotation.replacement_percent", rules.replacement_percent(), 1, 100,
             violations);
  CheckRange("charter.rotation.swap_days", rules.swap_days(), 1, 90, violations);
}

void CheckRatio(const std::string& field, const v1::Ratio& ratio, Violations& violations) {
  violations.Check(field,
                   ratio.denominator() >= 1 && ratio.denominator() <= 1000 &&
                       ratio.numerator() >= 0 && ratio.numerator() <= ratio.denominator(),
                   "a fraction from 0 to 1 with a denominator of 1 to 1000",
                   "0 至 1 之间的分数，分母为 1 至 1000");
}

void CheckItemRules(const v1::MeetingRules& rules, Violations& violations) {
  std::set<int> kinds;
  for (int i = 0; i < rules.item_rules_size(); ++i) {
    const v1::ItemRule& rule = rules.item_rules(i);
    const std::string at = fmt::format("charter.meeting.item_rules[{}]", i);
    CheckDistinct<int>(
        at + ".kind", rule.kind(),
        v1::ItemKind_IsValid(rule.kind()) && rule.kind() != v1::ITEM_KIND_UNSPECIFIED, kinds,
        violations);
    CheckRatio(at + ".quorum", rule.quorum(), violations);
    CheckRatio(at + ".majority", rule.majority(), violations);
    violations.Check(at + ".majority_base",
                     v1::VoteBase_IsValid(rule.majority_base()) &&
                         rule.majority_base() != v1::VOTE_BASE_UNSPECIFIED,
                     "one of the listed values", "所列选项之一");
  }
  violations.Check("charter.meeting.item_rules", kinds.contains(v1::ITEM_KIND_ORDINARY),
                   "with a rule for ordinary business", "包含一般事项的规则");
}

void CheckMeeting(const v1::MeetingRules& rules, Violations& violations) {
  CheckRange("charter.meeting.notice_days", rules.notice_days(), 0, 90, violations);
  CheckRange("charter.meeting.topic_days", rules.topic_days(), 0, 90, violations);
  CheckItemRules(rules, violations);
  std::set<int> tiers;
  for (int i = 0; i < rules.tier_weights_size(); ++i) {
    const v1::TierWeight& weight = rules.tier_weights(i);
    const std::string at = fmt::format("charter.meeting.tier_weights[{}]", i);
    CheckDistinct<int>(at + ".tier", weight.tier(), IsTier(weight.tier()), tiers, violations);
    CheckRange(at + ".votes", weight.votes(), 0, 100, violations);
  }
  CheckRange("charter.meeting.max_proxies", rules.max_proxies(), 0, 5, violations);
}

void CheckQuotas(const v1::Charter& charter, Violations& violations) {
  std::set<std::pair<int, int>> pairs;
  for (int i = 0; i < charter.booking_quotas_size(); ++i) {
    const v1::BookingQuota& quota = charter.booking_quotas(i);
    const std::string at = fmt::format("charter.booking_quotas[{}]", i);
    const bool known =
        v1::QuotaHolder_IsValid(quota.holder()) && quota.holder() != v1::QUOTA_HOLDER_UNSPECIFIED &&
        v1::QuotaSpan_IsValid(quota.span()) && quota.span() != v1::QUOTA_SPAN_UNSPECIFIED;
    CheckDistinct<std::pair<int, int>>(at, {quota.holder(), quota.span()}, known, pairs,
                                       violations);
    CheckRange(at + ".limit", quota.limit(), 1, 100'000, violations);
  }
}

void CheckClocks(const v1::WorkingDayClocks& clocks, Violations& violations) {
  CheckRange("charter.clocks.simple_request_days", clocks.simple_request_days(), 1, 250,
             violations);
  CheckRange("charter.clocks.ordinary_request_days", clocks.ordinary_request_days(), 1, 250,
             violations);
  CheckRange("charter.clocks.difficult_request_days", clocks.difficult_request_days(), 1, 250,
             violations);
  CheckRange("charter.clocks.supervision_answer_days", clocks.supervision_answer_days(), 1, 250,
             violations);
}

}  // namespace

void CheckCharter(const v1::Charter& charter, Violations& violations) {
  CheckLine("charter.decision", charter.decision(), 1, 200, violations);
  violations.CheckText("charter.summary", charter.summary(), 0, 2000);
  CheckRotation(charter.rotation(), violations);
  CheckMeeting(charter.meeting(), violations);
  CheckQuotas(charter, violations);
  CheckClocks(charter.clocks(), violations);
  CheckHolidays(charter.holidays(), violations);
}

void CheckEffectiveDate(const v1::Charter& charter, absl::CivilDay earliest,
                        Violations& violations) {
  if (!violations.Require("charter.effective_date", charter.has_effective_date())) return;
  const auto day = ToCivilDay(charter.effective_date());
  violations.Check(
      "charter.effective_date", day.has_value() && *day >= earliest,
      fmt::format("a date from {} to {}", absl::FormatCivilTime(earliest), kLastYear),
      fmt::format("{} 或之后、{} 年及以前的日期", absl::FormatCivilTime(earliest), kLastYear));
}

}  // namespace jinhuan::alliance
