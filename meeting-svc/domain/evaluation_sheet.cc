#include "meeting-svc/domain/evaluation_sheet.h"

#include <fmt/format.h>

#include "meeting-svc/domain/request_text.h"
#include "platform/api/time.h"
#include "platform/table/cell_kind.h"

namespace jinhuan::meeting {
namespace {

std::string PeriodText(const google::type::Date& day, v1::EvaluationGroup group) {
  if (group == v1::EVALUATION_GROUP_QUARTER) {
    return fmt::format("{} 年第 {} 季度", day.year(), (day.month() + 2) / 3);
  }
  return fmt::format("{}-{:02}", day.year(), day.month());
}

std::string KeyText(const v1::EvaluationRow& row, v1::EvaluationGroup group) {
  switch (row.key_case()) {
    case v1::EvaluationRow::kRequestCategory:
      return row.request_category() == v1::REQUEST_CATEGORY_UNSPECIFIED
                 ? "未分类"
                 : Text(row.request_category());
    case v1::EvaluationRow::kRequestType:
      return Text(row.request_type());
    case v1::EvaluationRow::kProjectOrigin:
      return row.project_origin() == v1::PROJECT_ORIGIN_RESOLUTION ? "决议项目" : "自设项目";
    case v1::EvaluationRow::kFirstDay:
      return PeriodText(row.first_day(), group);
    default:
      return row.member_display_name();
  }
}

// `scale` times the quotient, rounded to the nearest hundredth.
std::string Quotient(const v1::Rate& rate, int64_t scale, int64_t divisor) {
  if (rate.denominator() == 0) return "";
  const int64_t denominator = rate.denominator() * divisor;
  return table::Decimal((rate.numerator() * scale * 200 + denominator) / (2 * denominator));
}

std::vector<std::string> Line(const std::string& key, const v1::Rate& rate) {
  const bool time = rate.measure() == v1::MEASURE_TIME_TO_MATCH;
  return {key,
          MeasureText(rate.measure()),
          fmt::to_string(rate.numerator()),
          fmt::to_string(rate.denominator()),
          time ? Quotient(rate, 1, 3600) : Quotient(rate, 100, 1),
          time ? "小时" : "%",
          rate.rank() > 0 ? fmt::to_string(rate.rank()) : ""};
}

}  // namespace

std::string MeasureText(v1::Measure measure) {
  switch (measure) {
    case v1::MEASURE_REQUEST_RESPONSE:
      return "诉求响应率";
    case v1::MEASURE_REQUEST_RESOLUTION:
      return "诉求解决率";
    case v1::MEASURE_REQUEST_ON_TIME:
      return "诉求按时办结率";
    case v1::MEASURE_REQUEST_SATISFACTION:
      return "诉求满意率";
    case v1::MEASURE_PROJECT_RESOLUTION:
      return "项目完成率";
    case v1::MEASURE_PROJECT_ON_TIME:
      return "项目按时率";
    case v1::MEASURE_PROJECT_SATISFACTION:
      return "项目满意率";
    case v1::MEASURE_SUPERVISION_RESPONSE:
      return "督办按时答复率";
    case v1::MEASURE_TOPIC_RESPONSE:
      return "议题答复率";
    case v1::MEASURE_RESOLUTION_CARRIED_OUT:
      return "决议落实率";
    case v1::MEASURE_MEETING_RESPONSE:
      return "会议回执率";
    case v1::MEASURE_MEETING_ATTENDANCE:
      return "会议到会率";
    case v1::MEASURE_NEED_MET:
      return "需求满足率";
    case v1::MEASURE_TIME_TO_MATCH:
      return "平均对接时长";
    default:
      return "";
  }
}

table::Sheet EvaluationSheet(const v1::GetEvaluationResponse& evaluation,
                             v1::EvaluationGroup group) {
  using table::ColumnKind;
  table::Sheet sheet{
      .title = "考核评价",
      .columns = {{.title = "对象", .width = 28},
                  {.title = "指标", .width = 18},
                  {.title = "达成（对接时长为秒）", .width = 22, .kind = ColumnKind::kNumber},
                  {.title = "总数", .width = 10, .kind = ColumnKind::kNumber},
                  {.title = "结果", .width = 10, .kind = ColumnKind::kNumber},
                  {.title = "计量单位", .width = 10},
                  {.title = "名次", .width = 8, .kind = ColumnKind::kNumber}},
      .created = api::FromProto(evaluation.count_time())};
  for (const v1::Rate& rate : evaluation.total()) sheet.rows.push_back(Line("合计", rate));
  for (const v1::EvaluationRow& row : evaluation.rows()) {
    for (const v1::Rate& rate : row.rates()) {
      sheet.rows.push_back(Line(KeyText(row, group), rate));
    }
  }
  return sheet;
}

}  // namespace jinhuan::meeting
