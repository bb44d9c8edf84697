#include "alliance-svc/domain/roster.h"
#include "alliance-svc/domain/roster_texts.h"

namespace jinhuan::alliance {

table::Sheet RosterSheet(const std::vector<v1::Member>& members, const RosterDay& day) {
  table::Sheet sheet{.title = "成员单位", .created = day.now};
  for (const RosterColumn& column : RosterColumns()) {
    sheet.columns.push_back(
        {.title = std::string(column.zh), .width = column.width, .kind = column.kind});
  }
  sheet.columns.push_back({.title = "状态", .width = 10});
  for (const v1::Member& member : members) {
    std::vector<std::string>& row = sheet.rows.emplace_back();
    for (const RosterColumn& column : RosterColumns()) row.push_back(column.show(member, day));
    row.push_back(TextOf(StateTexts(), member.state()));
  }
  return sheet;
}

}  // namespace jinhuan::alliance
