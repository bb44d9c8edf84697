#include "alliance-svc/domain/rotation_text.h"

#include <fmt/format.h>

#include <cstdlib>

#include "alliance-svc/domain/rotation_schedule.h"

namespace jinhuan::alliance::chair {
namespace {

using rotation::Alternative;
using rotation::Cost;

Text ExplainObstacle(const Standing& other, Alternative::Obstacle obstacle) {
  switch (obstacle) {
    case Alternative::Obstacle::kFrozen:
      return {"该任期已冻结，不再变更", "the term is frozen"};
    case Alternative::Obstacle::kTurnTaken:
      return {fmt::format("{}本轮已担任或已放弃", other.display_name),
              fmt::format("{} has had its turn in this cycle", other.display_name)};
    default:
      return {fmt::format("{}在该任期不具备资格，或已申报不能担任", other.display_name),
              fmt::format("{} is not eligible for the term, or has declared that it can't",
                          other.display_name)};
  }
}

std::string Day(int64_t number) { return DayId(DayOfNumber(number)); }

// Why, between plans of equal cost, the chair's goes first.
Text ExplainOrder(const Standing& chair, const Standing& other, Alternative::Decided decided) {
  switch (decided) {
    case Alternative::Decided::kCredit:
      return {fmt::format("两种方案代价相同，但{}积分较低", chair.display_name),
              fmt::format("both plans cost the same, but {} has less credit", chair.display_name)};
    case Alternative::Decided::kWait:
      if (chair.waiting_since < other.waiting_since) {
        return {fmt::format("两种方案代价相同、积分相同，但{}自 {} 起等待，早于{}的 {}",
                            chair.display_name, Day(chair.waiting_since), other.display_name,
                            Day(other.waiting_since)),
                fmt::format("cost and credit are equal, but {} has waited since {}, {} since {}",
                            chair.display_name, Day(chair.waiting_since), other.display_name,
                            Day(other.waiting_since))};
      }
      return {fmt::format("两种方案代价相同、积分相同，但{}到该任期时等待更久", chair.display_name),
              fmt::format("cost and credit are equal, but {} will have waited longer by then",
                          chair.display_name)};
    default:
      return {"其余条件相同，由已公布承诺的随机种子决定先后",
              "all else is equal; the seed whose commitment was published decides"};
  }
}

std::string Plural(int64_t count, const char* one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

Text ExplainCost(const Standing& other, const Alternative& alternative, const Cost& cost) {
  const Cost& more = alternative.cost;
  switch (alternative.decided) {
    case Alternative::Decided::kCycle:
      return {fmt::format("改由{}担任会使本轮提前结束，或使另一单位错过本轮", other.display_name),
              fmt::format("with {} a cycle would end elsewhere, or pass over another unit",
                          other.display_name)};
    case Alternative::Decided::kPublishedChanges:
      return {fmt::format("改由{}担任要变更 {} 个已发布任期，现方案为 {} 个", other.display_name,
                          more.published_changes, cost.published_changes),
              fmt::format("with {}, {} published would change, instead of {}", other.display_name,
                          Plural(more.published_changes, "term"), cost.published_changes)};
    case Alternative::Decided::kCreditInversions:
      return {fmt::format("改由{}担任会使积分高者先于积分低者：偏离 {}，现方案为 {}",
                          other.display_name, CreditText(more.credit_inversions),
                          CreditText(cost.credit_inversions)),
              fmt::format("with {}, higher credit would go before lower: by {}, instead of {}",
                          other.display_name, CreditText(more.credit_inversions),
                          CreditText(cost.credit_inversions))};
    case Alternative::Decided::kSpacing:
      return {fmt::format("改由{}担任会有 {} 个任期与相近任期同一行业，现方案为 {} 个",
                          other.display_name, more.spacing_violations, cost.spacing_violations),
              fmt::format("with {}, {} would share a sector with a neighbour, instead of {}",
                          other.display_name, Plural(more.spacing_violations, "term"),
                          cost.spacing_violations)};
    default:
      return {fmt::format("改由{}担任会有 {} 个任期违背单位意愿，现方案为 {} 个",
                          other.display_name, more.unmet_preferences, cost.unmet_preferences),
              fmt::format("with {}, {} would go against a unit's wish, instead of {}",
                          other.display_name, Plural(more.unmet_preferences, "term"),
                          cost.unmet_preferences)};
  }
}

}  // namespace

std::string CreditText(rotation::Credit credit) {
  const int64_t thousandths = std::llabs(credit) / 1000;
  return fmt::format("{}{}.{:03}", credit < 0 ? "-" : "", thousandths / 1000, thousandths % 1000);
}

Text ExplainAlternative(const Standing& chair, const Standing& other,
                        const Alternative& alternative, const Cost& cost) {
  if (alternative.obstacle != Alternative::Obstacle::kNone) {
    return ExplainObstacle(other, alternative.obstacle);
  }
  const bool by_order = alternative.decided == Alternative::Decided::kCredit ||
                        alternative.decided == Alternative::Decided::kWait ||
                        alternative.decided == Alternative::Decided::kLottery;
  Text text = by_order ? ExplainOrder(chair, other, alternative.decided)
                       : ExplainCost(other, alternative, cost);
  text.zh += fmt::format("；另需调整 {} 个任期。", alternative.displaced);
  text.en += fmt::format("; {} would have another chair.", Plural(alternative.displaced, "term"));
  return text;
}

Text Summarise(const TermFacts& facts) {
  const std::string& planned =
      facts.planned_display_name.empty() ? facts.display_name : facts.planned_display_name;
  Text text;
  if (facts.frozen) {
    text.zh = fmt::format("自 {} 起的任期编排时已冻结，由{}担任。", facts.first_day, planned);
    text.en = fmt::format("The term from {} was frozen when it was planned, for {}.",
                          facts.first_day, planned);
  } else {
    text.zh = fmt::format(
        "自 {} 起的任期属第 {} 轮，依第 {} 版章程在 {} 个单位中编排，由{}担任，其任期开始时积分为 "
        "{}。",
        facts.first_day, facts.cycle, facts.charter_version, facts.units, planned,
        CreditText(facts.credit));
    text.en = fmt::format(
        "The term from {} is of cycle {}; by version {} of the charter, out of {}, it went to {}, "
        "whose credit is {} when it begins.",
        facts.first_day, facts.cycle, facts.charter_version, Plural(facts.units, "unit"), planned,
        CreditText(facts.credit));
    text.zh += facts.kept ? "该单位原已发布，重新编排以变更最少为先，故予保留。"
                          : "在不违反硬性规则的方案中，该方案依次比较变更数、积分次序、行业间隔和单"
                            "位意愿后代价最小。";
    text.en += facts.kept ? " It was published for this unit, and replanning changes as few terms "
                            "as it can."
                          : " Of all plans that keep the hard rules, this one costs least in "
                            "changes, credit order, spacing and wishes, compared in this order.";
  }
  if (!facts.planned_display_name.empty()) {
    text.zh += fmt::format("此后改由{}担任：{}。", facts.display_name, facts.changed_because);
    text.en +=
        fmt::format(" It has been {}'s since: {}.", facts.display_name, facts.changed_because);
  }
  return text;
}

}  // namespace jinhuan::alliance::chair
