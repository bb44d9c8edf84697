#include "meeting-svc/domain/request_sheet.h"

#include <fmt/format.h>

#include "meeting-svc/domain/request_text.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using table::ColumnKind;

std::string Text(v1::Request::State state) {
  switch (state) {
    case v1::Request::STATE_RECEIVED:
      return "已受理";
    case v1::Request::STATE_CLASSIFIED:
      return "待派单";
    case v1::Request::STATE_DISPATCHED:
      return "已派单";
    case v1::Request::STATE_IN_PROGRESS:
      return "办理中";
    case v1::Request::STATE_RESOLVED:
      return "已办结";
    case v1::Request::STATE_RATED:
      return "已评价";
    case v1::Request::STATE_ARCHIVED:
      return "已归档";
    case v1::Request::STATE_MERGED:
      return "已并案";
    default:
      return "";
  }
}

}  // namespace

table::Sheet RequestSheet(const std::vector<v1::Request>& requests, absl::Time now,
                          absl::TimeZone zone) {
  const auto time = [&](bool present, const google::protobuf::Timestamp& at) {
    return present ? absl::FormatTime("%Y-%m-%d %H:%M", api::FromProto(at), zone) : std::string();
  };
  table::Sheet sheet;
  sheet.title = "诉求";
  sheet.created = now;
  sheet.columns = {{"受理时间", 17},
                   {"诉求", 30},
                   {"类别", 12},
                   {"难度", 8},
                   {"地点", 24},
                   {"网格", 12},
                   {"状态", 10},
                   {"承办单位", 24},
                   {"办理期限", 17},
                   {"办结时间", 17},
                   {"是否超期", 10},
                   {"办理结果", 40},
                   {"评分", 8, ColumnKind::kNumber},
                   {"反映人数", 10, ColumnKind::kNumber}};
  for (const v1::Request& one : requests) {
    sheet.rows.push_back({time(true, one.create_time()), one.title(), Text(one.category()),
                          Text(one.type()), one.place(), one.grid(), Text(one.state()),
                          one.member_display_name(), time(one.has_due_time(), one.due_time()),
                          time(one.has_resolve_time(), one.resolve_time()),
                          one.overdue() ? "是" : "否", one.result(),
                          one.rating() == 0 ? "" : fmt::to_string(one.rating()),
                          fmt::to_string(one.reporter_count())});
  }
  return sheet;
}

}  // namespace jinhuan::meeting
