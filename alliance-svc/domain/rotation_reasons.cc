#include "alliance-svc/domain/rotation_reasons.h"

#include <fmt/format.h>

#include <algorithm>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_text.h"

namespace jinhuan::alliance::chair {
namespace {

std::string TermText(const internal::StoredTerm& term) {
  return DayId(FirstDayOf(term.term().name())) + " 起的任期";
}

// What speaks against the unit of a term, with the unit's name; "" when nothing does.
std::string AgainstChair(const Record& record, const internal::StoredTerm& term) {
  const std::string& member = term.term().member();
  const std::string name = DisplayName(record, member);
  if (const Obstacle obstacle = ObstacleTo(record, member, StartOf(term), EndOf(term))) {
    return name + obstacle.zh;
  }
  return Waived(record, member, term.term().cycle()) ? name + "已放弃本轮任期" : "";
}

// Whether somebody else covers the whole time in which the unit of a frozen term can't.
bool NeedsStandIn(const Record& record, size_t index, absl::Time now) {
  const internal::StoredTerm& term = record.terms[index];
  for (const Stint& stint : StintsOf(term.term())) {
    if (stint.end <= now || stint.member != term.term().member()) continue;
    if (!IsActive(record, stint.member) ||
        DeclaredFor(record, stint.member, v1::Unavailability::STRENGTH_CANNOT,
                    std::max(stint.start, now), stint.end) != nullptr) {
      return true;
    }
  }
  return false;
}

bool HasFutureTerm(const Record& record, const std::string& member, absl::Time now) {
  return std::any_of(record.terms.begin(), record.terms.end(), [&](const auto& term) {
    return EndOf(term) > now && term.term().member() == member;
  });
}

void AddJoiners(const Record& record, absl::Time now, ReplanNeed& need) {
  const auto& entered = record.body.entered();
  for (const auto& [member, unit] : record.units) {
    if (!InPool(record, unit) || HasFutureTerm(record, member, now)) continue;
    const bool noted = std::find(entered.begin(), entered.end(), member) != entered.end();
    if (!noted && record.entries.contains(member)) continue;
    need.needed = true;
    need.reasons.push_back(unit.display_name + "进入轮值范围，尚未编排");
  }
}

}  // namespace

ReplanNeed ReplanNeedOf(const Record& record, absl::Time now) {
  ReplanNeed need;
  if (record.terms.empty()) return need;
  const auto say = [&](std::string reason, bool replan) {
    need.needed = need.needed || replan;
    need.reasons.push_back(std::move(reason));
  };
  const int months = record.charter.rotation().term_months();
  for (size_t i = 0; i < record.terms.size(); ++i) {
    const internal::StoredTerm& term = record.terms[i];
    if (EndOf(term) <= now) continue;
    if (IsFixed(record, i, now)) {
      if (!NeedsStandIn(record, i, now)) continue;
      const std::string against = AgainstChair(record, term);
      say(fmt::format(
              "{}：{}，任期已冻结，请安排代理；未安排的，届时按章程顺序自动代理", TermText(term),
              against.empty() ? DisplayName(record, term.term().member()) + "有一段时间不能担任"
                              : against),
          false);
      continue;
    }
    if (std::string against = AgainstChair(record, term); !against.empty()) {
      say(fmt::format("{}：{}", TermText(term), against), true);
    }
    const absl::CivilDay first_day = FirstDayOf(term.term().name());
    if (Midnight(EndDay(first_day, months), record.zone) != EndOf(term)) {
      say(fmt::format("{}：章程规定的任期长度已变更", TermText(term)), true);
    }
  }
  const auto current = TermAt(record, now);
  const bool over = EndOf(record.terms.back()) <= now;
  if (over || (current.has_value() && DeputyOf(record, *current).empty())) {
    say(over ? "已发布的任期均已结束，尚未编排新的任期" : "下一任期尚未编排", true);
  }
  AddJoiners(record, now, need);
  return need;
}

std::string WhyChanged(const Record& record, const Question& question, const Slot& slot,
                       const std::string& planned) {
  const internal::StoredTerm& term = record.terms[*slot.published];
  if (std::string against = AgainstChair(record, term); !against.empty()) return against;
  const std::string& before = term.term().member();
  if (question.entries.contains(planned)) {
    return DisplayName(record, planned) + "进入轮值范围，按积分次序编入";
  }
  return fmt::format("{}的任期随其他任期的变更调整，由{}担任", DisplayName(record, before),
                     DisplayName(record, planned));
}

std::string WhyGiven(int cycle, rotation::Credit credit) {
  return fmt::format("第 {} 轮按积分次序编排，任期开始时积分 {}", cycle, CreditText(credit));
}

}  // namespace jinhuan::alliance::chair
