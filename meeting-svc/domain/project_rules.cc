#include "meeting-svc/domain/project_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "alliance-svc/facts/date.h"
#include "meeting-svc/domain/item_id.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

constexpr int kMaxMilestones = 50;
constexpr int kMaxSupporting = 20;
constexpr int kRemindBefore = 3;  // working days

void CheckDate(std::string_view field, bool given, const google::type::Date& date,
               Violations& violations) {
  violations.Check(field, !given || alliance::ToCivilDay(date).has_value(),
                   "a day of the years 2000 to 2200", "2000 年至 2200 年之间的日期");
}

// Nothing named is fine; what must be named is another's to say.
void CheckUnit(const std::string& field, const std::string& unit, std::string_view alliance,
               Violations& violations) {
  if (unit.empty()) return;
  const std::string id = api::LastId(unit);
  violations.Check(field, !id.empty() && unit == fmt::format("{}/members/{}", alliance, id),
                   "a unit of the alliance", "本联盟的成员单位");
}

template <class Resource>
void CheckUnits(const std::string& field, const Resource& resource, std::string_view alliance,
                Violations& violations) {
  CheckUnit(field + ".lead_member", resource.lead_member(), alliance, violations);
  const auto& supporting = resource.supporting_members();
  violations.Check(field + ".supporting_members", supporting.size() <= kMaxSupporting, "at most 20",
                   "最多 20 个");
  for (int i = 0; i < std::min(supporting.size(), kMaxSupporting); ++i) {
    CheckUnit(fmt::format("{}.supporting_members[{}]", field, i), supporting[i], alliance,
              violations);
  }
}

absl::CivilDay DayBy(const v1::Milestone& milestone, const v1::Project& project) {
  return DayOf(milestone.has_due_date() ? milestone.due_date() : project.due_date());
}

// The morning of the third working day before `due`, and the one after it.
absl::Time RemindAt(absl::CivilDay due, const alliance::WorkingCalendar& days,
                    absl::TimeZone zone) {
  for (int left = kRemindBefore; left > 0;) {
    if (days.IsWorkingDay(--due)) --left;
  }
  return absl::FromCivil(due, zone);
}
absl::Time OverAt(absl::CivilDay due, absl::TimeZone zone) {
  return absl::FromCivil(due + 1, zone);
}

// Whether the clock does anything to a milestone.
bool HasClock(const v1::Milestone& milestone) {
  return milestone.has_due_date() && !milestone.has_complete_time() &&
         !milestone.has_overdue_time();
}

}  // namespace

absl::CivilDay DayOf(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

void CheckResolution(const v1::Resolution& resolution, std::string_view alliance,
                     Violations& violations) {
  violations.CheckText("resolution.title", resolution.title(), 1, 120);
  violations.CheckText("resolution.text", resolution.text(), 0, 5000);
  violations.CheckText("resolution.agenda_item", resolution.agenda_item(), 0, 32);
  violations.CheckText("resolution.ballot", resolution.ballot(), 0, 200);
  violations.CheckText("resolution.responsible_person", resolution.responsible_person(), 0, 40);
  violations.CheckText("resolution.standard", resolution.standard(), 0, 500);
  CheckUnits("resolution", resolution, alliance, violations);
  CheckDate("resolution.due_date", resolution.has_due_date(), resolution.due_date(), violations);
}

void CheckProject(const v1::Project& project, std::string_view alliance, Violations& violations) {
  violations.CheckText("project.title", project.title(), 1, 120);
  violations.CheckText("project.goal", project.goal(), 0, kGoalCharacters);
  violations.CheckText("project.responsible_person", project.responsible_person(), 0, 40);
  violations.CheckText("project.standard", project.standard(), 0, 500);
  violations.Require("project.lead_member", !project.lead_member().empty());
  if (violations.Require("project.due_date", project.has_due_date())) {
    CheckDate("project.due_date", true, project.due_date(), violations);
  }
  CheckUnits("project", project, alliance, violations);
  CheckUnit("project.proposer_member", project.proposer_member(), alliance, violations);
  violations.Check("project.milestones", project.milestones_size() <= kMaxMilestones, "at most 50",
                   "最多 50 个");
  std::set<std::string_view> ids;
  for (int i = 0; i < std::min(project.milestones_size(), kMaxMilestones); ++i) {
    const v1::Milestone& one = project.milestones(i);
    const std::string path = fmt::format("project.milestones[{}]", i);
    violations.CheckText(path + ".title", one.title(), 1, 120);
    violations.Check(path + ".weight", one.weight() >= 0 && one.weight() <= 100, "0 to 100",
                     "0 至 100");
    violations.Check(
        path + ".id", one.id().empty() || (IsItemId(one.id()) && ids.insert(one.id()).second),
        "1 to 32 letters, digits, - or _, each once", "1 至 32 个字母、数字、- 或 _，且不重复");
    CheckDate(path + ".due_date", one.has_due_date(), one.due_date(), violations);
  }
}

bool IsComplete(const v1::Resolution& resolution) {
  return !resolution.to_carry_out() ||
         (!resolution.lead_member().empty() && resolution.has_due_date());
}

void SettleMilestones(const v1::Project& before, v1::Project& project) {
  std::set<std::string> taken;
  for (const v1::Milestone& one : before.milestones()) taken.insert(one.id());
  GiveItemIds('m', std::move(taken), *project.mutable_milestones());
  for (v1::Milestone& one : *project.mutable_milestones()) {
    if (one.weight() == 0) one.set_weight(1);
    one.clear_complete_time();
    one.clear_note();
    one.clear_remind_time();
    one.clear_overdue_time();
  }
  for (const v1::Milestone& was : before.milestones()) {
    auto& all = *project.mutable_milestones();
    const auto is = std::find_if(all.begin(), all.end(),
                                 [&](const v1::Milestone& one) { return one.id() == was.id(); });
    if (was.has_complete_time()) {
      *(is == all.end() ? project.add_milestones() : &*is) = was;
    } else if (is != all.end() && is->has_due_date() && was.has_due_date() &&
               DayOf(is->due_date()) == DayOf(was.due_date())) {
      if (was.has_remind_time()) *is->mutable_remind_time() = was.remind_time();
      if (was.has_overdue_time()) *is->mutable_overdue_time() = was.overdue_time();
    }
  }
}

void SetProgress(v1::Project& project) {
  project.clear_progress_percent();
  if (project.state() == v1::Project::STATE_ACCEPTED) return project.set_progress_percent(100);
  int all = 0;
  int reached = 0;
  for (const v1::Milestone& one : project.milestones()) {
    all += one.weight();
    if (one.has_complete_time()) reached += one.weight();
  }
  if (all > 0) project.set_progress_percent(reached * 100 / all);
}

void SetOverdue(absl::CivilDay today, v1::Project& project) {
  const bool runs = project.state() == v1::Project::STATE_RUNNING;
  project.set_overdue(runs && DayOf(project.due_date()) < today);
  int overdue = 0;
  for (v1::Milestone& one : *project.mutable_milestones()) {
    one.set_overdue(runs && !one.has_complete_time() && DayBy(one, project) < today);
    if (one.overdue()) ++overdue;
  }
  project.set_overdue_milestone_count(overdue);
}

std::optional<absl::CivilDay> MilestoneDay(const v1::Project& project) {
  std::optional<absl::CivilDay> first;
  if (project.state() != v1::Project::STATE_RUNNING) return first;
  for (const v1::Milestone& one : project.milestones()) {
    if (one.has_complete_time()) continue;
    const absl::CivilDay day = DayBy(one, project);
    first = std::min(first.value_or(day), day);
  }
  return first;
}

std::optional<absl::Time> NextStep(const v1::Project& project,
                                   const alliance::WorkingCalendar& days, absl::TimeZone zone) {
  const absl::CivilDay due = DayOf(project.due_date());
  if (project.state() != v1::Project::STATE_RUNNING) return std::nullopt;
  if (project.has_supervise_time()) return std::nullopt;
  return project.has_remind_time() ? OverAt(due, zone) : RemindAt(due, days, zone);
}

std::optional<absl::Time> NextMilestoneStep(const v1::Project& project,
                                            const alliance::WorkingCalendar& days,
                                            absl::TimeZone zone) {
  std::optional<absl::Time> next;
  if (project.state() != v1::Project::STATE_RUNNING) return next;
  for (const v1::Milestone& one : project.milestones()) {
    if (!HasClock(one)) continue;
    const absl::CivilDay due = DayOf(one.due_date());
    const absl::Time at = one.has_remind_time() ? OverAt(due, zone) : RemindAt(due, days, zone);
    next = std::min(next.value_or(at), at);
  }
  return next;
}

bool StepMilestones(absl::Time now, const alliance::WorkingCalendar& days, absl::TimeZone zone,
                    v1::Project& project) {
  bool stepped = false;
  if (project.state() != v1::Project::STATE_RUNNING) return stepped;
  for (v1::Milestone& one : *project.mutable_milestones()) {
    if (!HasClock(one)) continue;
    const absl::CivilDay due = DayOf(one.due_date());
    if (OverAt(due, zone) <= now) {
      *one.mutable_overdue_time() = api::ToProto(now);
    } else if (!one.has_remind_time() && RemindAt(due, days, zone) <= now) {
      *one.mutable_remind_time() = api::ToProto(now);
    } else {
      continue;
    }
    stepped = true;
  }
  return stepped;
}

std::string RaterOf(const v1::Project& project) {
  return project.proposer_member() == project.lead_member() ? "" : project.proposer_member();
}

std::string_view TypeOfFile(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  return "";
}

}  // namespace jinhuan::meeting
