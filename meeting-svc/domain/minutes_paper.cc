#include "meeting-svc/domain/minutes_paper.h"

#include <fmt/format.h>

#include <utility>

namespace jinhuan::meeting {
namespace {

constexpr const char* kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

void AddPassage(paper::Paper& paper, std::string text, paper::Style style = paper::Style::kBody) {
  if (text.empty()) return;
  paper::Passage passage;
  passage.style = style;
  passage.text = std::move(text);
  paper.blocks.emplace_back(std::move(passage));
}

void AddRoll(paper::Paper& paper, const std::string& label,
             const google::protobuf::RepeatedPtrField<v1::MinutesAttendee>& attendees) {
  paper::Roll roll;
  roll.label = label;
  for (const v1::MinutesAttendee& one : attendees) {
    if (!roll.names.empty()) roll.names += "、";
    roll.names += one.display_name();
    if (!one.note().empty()) roll.names += fmt::format("（{}）", one.note());
  }
  paper.blocks.emplace_back(std::move(roll));
}

std::string Day(const google::type::Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

std::vector<std::vector<std::string>> TaskRows(const v1::Minutes& minutes) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::MinutesTask& task : minutes.tasks()) {
    rows.push_back({std::to_string(rows.size() + 1), task.title(), task.responsible_unit(),
                    task.responsible_person(), task.has_due_date() ? Day(task.due_date()) : ""});
  }
  return rows;
}

}  // namespace

std::string ChineseNumber(int number) {
  if (number < 10) return kDigits[number];
  return fmt::format("{}十{}", number < 20 ? "" : kDigits[number / 10], kDigits[number % 10]);
}

paper::Paper PaperOf(const v1::Minutes& minutes, absl::Time now) {
  paper::Paper paper;
  paper.masthead = minutes.masthead();
  paper.number = minutes.number();
  paper.title = minutes.title();
  AddPassage(paper, minutes.opening());
  int number = 0;
  for (const v1::MinutesSection& section : minutes.sections()) {
    AddPassage(paper, fmt::format("{}、{}", ChineseNumber(++number), section.heading()),
               paper::Style::kHeading);
    AddPassage(paper, section.body());
  }
  if (minutes.tasks_size() > 0) {
    AddPassage(paper, fmt::format("{}、任务分工", ChineseNumber(++number)), paper::Style::kHeading);
    paper::Grid grid;
    for (auto [title, share] :
         {std::pair("序号", 3), std::pair("任务", 14), std::pair("责任单位", 9),
          std::pair("责任人", 6), std::pair("完成时限", 7)}) {
      paper::GridColumn& column = grid.columns.emplace_back();
      column.title = title;
      column.share = share;
    }
    grid.rows = TaskRows(minutes);
    paper.blocks.emplace_back(std::move(grid));
  }
  AddRoll(paper, "出席", minutes.present());
  AddRoll(paper, "请假", minutes.on_leave());
  AddRoll(paper, "列席", minutes.in_attendance());
  paper.signature = minutes.signature();
  if (minutes.has_issue_date()) {
    const google::type::Date& day = minutes.issue_date();
    paper.date = fmt::format("{}年{}月{}日", day.year(), day.month(), day.day());
  }
  paper.copies = minutes.copies();
  paper.created = now;
  return paper;
}

table::Sheet TasksOf(const v1::Minutes& minutes, absl::Time now) {
  table::Sheet sheet;
  sheet.title = "任务分工";
  for (auto [title, width, kind] : {std::tuple("序号", 8, table::ColumnKind::kNumber),
                                    std::tuple("任务", 60, table::ColumnKind::kText),
                                    std::tuple("责任单位", 30, table::ColumnKind::kText),
                                    std::tuple("责任人", 20, table::ColumnKind::kText),
                                    std::tuple("完成时限", 14, table::ColumnKind::kDate)}) {
    table::Column& column = sheet.columns.emplace_back();
    column.title = title;
    column.width = width;
    column.kind = kind;
  }
  sheet.rows = TaskRows(minutes);
  sheet.created = now;
  return sheet;
}

}  // namespace jinhuan::meeting
