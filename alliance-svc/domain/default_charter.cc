#include "alliance-svc/domain/default_charter.h"

#include <algorithm>

#include "alliance-svc/domain/zone.h"
#include "alliance-svc/facts/date.h"

namespace jinhuan::alliance {
namespace {

using absl::CivilDay;

// Days off under one name, the last one included.
struct Off {
  const char* name;
  CivilDay first;
  CivilDay last;
};
const Off kHolidays[] = {
    {"元旦", CivilDay(2025, 1, 1), CivilDay(2025, 1, 1)},
    {"春节", CivilDay(2025, 1, 28), CivilDay(2025, 2, 4)},
    {"清明节", CivilDay(2025, 4, 4), CivilDay(2025, 4, 6)},
    {"劳动节", CivilDay(2025, 5, 1), CivilDay(2025, 5, 5)},
    {"端午节", CivilDay(2025, 5, 31), CivilDay(2025, 6, 2)},
    {"国庆节", CivilDay(2025, 10, 1), CivilDay(2025, 10, 5)},
    {"中秋节", CivilDay(2025, 10, 6), CivilDay(2025, 10, 6)},
    {"国庆节", CivilDay(2025, 10, 7), CivilDay(2025, 10, 8)},
    {"元旦", CivilDay(2026, 1, 1), CivilDay(2026, 1, 3)},
    {"春节", CivilDay(2026, 2, 15), CivilDay(2026, 2, 23)},
    {"清明节", CivilDay(2026, 4, 4), CivilDay(2026, 4, 6)},
    {"劳动节", CivilDay(2026, 5, 1), CivilDay(2026, 5, 5)},
    {"端午节", CivilDay(2026, 6, 19), CivilDay(2026, 6, 21)},
    {"中秋节", CivilDay(2026, 9, 25), CivilDay(2026, 9, 27)},
    {"国庆节", CivilDay(2026, 10, 1), CivilDay(2026, 10, 7)},
};
const CivilDay kWorkedWeekends[] = {
    CivilDay(2025, 1, 26),  CivilDay(2025, 2, 8),  CivilDay(2025, 4, 27),  CivilDay(2025, 9, 28),
    CivilDay(2025, 10, 11), CivilDay(2026, 1, 4),  CivilDay(2026, 2, 14),  CivilDay(2026, 2, 28),
    CivilDay(2026, 5, 9),   CivilDay(2026, 9, 20), CivilDay(2026, 10, 10),
};

v1::HolidayTable Holidays() {
  v1::HolidayTable table;
  table.add_years(2025);
  table.add_years(2026);
  for (const Off& off : kHolidays) {
    for (CivilDay day = off.first; day <= off.last; ++day) {
      v1::Holiday& holiday = *table.add_holidays();
      *holiday.mutable_date() = ToDate(day);
      holiday.set_display_name(off.name);
    }
  }
  for (const CivilDay day : kWorkedWeekends) *table.add_worked_weekend_days() = ToDate(day);
  return table;
}

v1::RotationRules Rotation() {
  v1::RotationRules rules;
  rules.set_term_months(6);
  rules.add_pool_tiers(v1::TIER_STANDING);
  rules.add_pool_tiers(v1::TIER_COUNCIL);
  rules.set_probation_days(180);
  rules.set_max_deferrals(2);
  rules.set_spread_window(2);
  rules.set_notice_days(30);
  rules.set_replacement_percent(50);
  rules.set_swap_days(14);
  return rules;
}

v1::Ratio Ratio(int numerator, int denominator) {
  v1::Ratio ratio;
  ratio.set_numerator(numerator);
  ratio.set_denominator(denominator);
  return ratio;
}

v1::ItemRule Rule(v1::ItemKind kind, const v1::Ratio& quorum, const v1::Ratio& majority,
                  v1::VoteBase base, bool inclusive) {
  v1::ItemRule rule;
  rule.set_kind(kind);
  *rule.mutable_quorum() = quorum;
  *rule.mutable_majority() = majority;
  rule.set_majority_base(base);
  rule.set_majority_inclusive(inclusive);
  return rule;
}

v1::MeetingRules Meetings() {
  const v1::Ratio half = Ratio(1, 2);
  const v1::Ratio two_thirds = Ratio(2, 3);
  v1::MeetingRules rules;
  rules.set_notice_days(7);
  rules.set_topic_days(14);
  *rules.add_item_rules() = Rule(v1::ITEM_KIND_ORDINARY, half, half, v1::VOTE_BASE_PRESENT, false);
  *rules.add_item_rules() =
      Rule(v1::ITEM_KIND_MAJOR, two_thirds, two_thirds, v1::VOTE_BASE_PRESENT, true);
  *rules.add_item_rules() =
      Rule(v1::ITEM_KIND_CHARTER, two_thirds, two_thirds, v1::VOTE_BASE_ENTITLED, true);
  v1::ItemRule& personnel = *rules.add_item_rules();
  personnel = Rule(v1::ITEM_KIND_PERSONNEL, two_thirds, two_thirds, v1::VOTE_BASE_PRESENT, true);
  personnel.set_secret(true);
  // Nobody has to be for a report: none of those present is enough.
  *rules.add_item_rules() =
      Rule(v1::ITEM_KIND_REPORT, half, Ratio(0, 1), v1::VOTE_BASE_PRESENT, true);
  for (const v1::Tier tier : {v1::TIER_STANDING, v1::TIER_COUNCIL, v1::TIER_ORDINARY}) {
    v1::TierWeight& weight = *rules.add_tier_weights();
    weight.set_tier(tier);
    weight.set_votes(1);
  }
  rules.set_max_proxies(1);
  return rules;
}

void AddQuota(v1::QuotaHolder holder, v1::QuotaSpan span, int limit, v1::Charter& charter) {
  v1::BookingQuota& quota = *charter.add_booking_quotas();
  quota.set_holder(holder);
  quota.set_span(span);
  quota.set_limit(limit);
}

}  // namespace

v1::Charter DefaultCharter() {
  v1::Charter charter;
  charter.set_version(1);
  charter.set_decision("联盟成立时的初始章程");
  *charter.mutable_rotation() = Rotation();
  *charter.mutable_meeting() = Meetings();
  // Of all facilities together, beside what each window allows: far above what people need,
  // below what a program that runs amok would take.
  AddQuota(v1::QUOTA_HOLDER_PERSON, v1::QUOTA_SPAN_DAY, 50, charter);
  AddQuota(v1::QUOTA_HOLDER_UNIT, v1::QUOTA_SPAN_WEEK, 2000, charter);
  v1::WorkingDayClocks& clocks = *charter.mutable_clocks();
  clocks.set_simple_request_days(1);
  clocks.set_ordinary_request_days(5);
  clocks.set_difficult_request_days(15);
  clocks.set_supervision_answer_days(5);
  *charter.mutable_holidays() = Holidays();
  return charter;
}

v1::Charter FirstCharter(const v1::Alliance& alliance) {
  v1::Charter charter = DefaultCharter();
  charter.set_name(alliance.name() + "/charters/1");
  *charter.mutable_adopt_time() = alliance.create_time();
  const absl::Time created = absl::FromUnixSeconds(alliance.create_time().seconds());
  *charter.mutable_effective_date() =
      ToDate(std::max(absl::ToCivilDay(created, ZoneOf(alliance)), CivilDay(kFirstYear)));
  return charter;
}

}  // namespace jinhuan::alliance
