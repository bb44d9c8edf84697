#include "meeting-svc/domain/minutes_rules.h"

#include <fmt/format.h>

namespace jinhuan::meeting {
namespace {

constexpr int kMaxSections = 90;  // so that the paper's numbers end below 一百
constexpr int kMaxTasks = 200;
constexpr int kMaxAttendees = 1000;

bool Exists(const google::type::Date& date) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return date.year() >= 2000 && date.year() <= 2200 && day.month() == date.month() &&
         day.day() == date.day();
}

void CheckDay(const std::string& field, bool given, const google::type::Date& date,
              Violations& violations) {
  violations.Check(field, !given || Exists(date), "a day", "日期");
}

}  // namespace

void CheckMinutes(const v1::Minutes& minutes, Violations& violations) {
  violations.CheckText("minutes.masthead", minutes.masthead(), 1, 40);
  violations.CheckText("minutes.number", minutes.number(), 0, 40);
  violations.CheckText("minutes.title", minutes.title(), 1, 100);
  violations.CheckText("minutes.opening", minutes.opening(), 0, 2000);
  violations.CheckText("minutes.signature", minutes.signature(), 0, 60);
  violations.CheckText("minutes.copies", minutes.copies(), 0, 500);
  CheckDay("minutes.issue_date", minutes.has_issue_date(), minutes.issue_date(), violations);
  violations.Check("minutes.sections", minutes.sections_size() <= kMaxSections, "at most 90",
                   "最多 90 项");
  for (int i = 0; i < std::min(minutes.sections_size(), kMaxSections); ++i) {
    const v1::MinutesSection& section = minutes.sections(i);
    violations.CheckText(fmt::format("minutes.sections[{}].heading", i), section.heading(), 1, 120);
    violations.CheckText(fmt::format("minutes.sections[{}].body", i), section.body(), 0, 10'000);
  }
  violations.Check("minutes.tasks", minutes.tasks_size() <= kMaxTasks, "at most 200",
                   "最多 200 项");
  for (int i = 0; i < std::min(minutes.tasks_size(), kMaxTasks); ++i) {
    const v1::MinutesTask& task = minutes.tasks(i);
    const std::string field = fmt::format("minutes.tasks[{}]", i);
    violations.CheckText(field + ".title", task.title(), 1, 200);
    violations.CheckText(field + ".responsible_unit", task.responsible_unit(), 1, 60);
    violations.CheckText(field + ".responsible_person", task.responsible_person(), 0, 40);
    CheckDay(field + ".due_date", task.has_due_date(), task.due_date(), violations);
    violations.Require(field + ".due_date", task.has_due_date());
  }
  for (const auto& [field, list] : {std::pair("minutes.present", &minutes.present()),
                                    std::pair("minutes.on_leave", &minutes.on_leave()),
                                    std::pair("minutes.in_attendance", &minutes.in_attendance())}) {
    violations.Check(field, list->size() <= kMaxAttendees, "at most 1000", "最多 1000 个");
    for (int i = 0; i < std::min(list->size(), kMaxAttendees); ++i) {
      violations.CheckText(fmt::format("{}[{}].display_name", field, i), list->at(i).display_name(),
                           1, 60);
      violations.CheckText(fmt::format("{}[{}].note", field, i), list->at(i).note(), 0, 100);
    }
  }
}

}  // namespace jinhuan::meeting
