#include "resource-svc/domain/report_sheet.h"

#include <fmt/format.h>

#include "platform/api/time.h"
#include "platform/table/cell_kind.h"
#include "resource-svc/domain/sheet_text.h"

namespace jinhuan::resource {
namespace {

std::string StateText(v1::Booking::State state) {
  switch (state) {
    case v1::Booking::STATE_CONFIRMED:
      return "已预约";
    case v1::Booking::STATE_CANCELLED:
      return "已取消";
    case v1::Booking::STATE_PENDING:
      return "待审批";
    case v1::Booking::STATE_REJECTED:
      return "已拒绝";
    case v1::Booking::STATE_EXPIRED:
      return "已过期";
    case v1::Booking::STATE_WAITLISTED:
      return "候补中";
    case v1::Booking::STATE_OFFERED:
      return "候补待确认";
    case v1::Booking::STATE_CHECKED_IN:
      return "已签到";
    case v1::Booking::STATE_COMPLETED:
      return "已完成";
    case v1::Booking::STATE_NO_SHOW:
      return "未到场";
    case v1::Booking::STATE_RECALLED:
      return "已召回";
    default:
      return "";
  }
}

std::string LedgerText(v1::LedgerKind kind) {
  switch (kind) {
    case v1::LEDGER_KIND_SPACE_HOURS:
      return "车位时长（小时）";
    case v1::LEDGER_KIND_MEALS:
      return "用餐（份）";
    case v1::LEDGER_KIND_VENUE_HOURS:
      return "场地时长（小时）";
    case v1::LEDGER_KIND_SERVICE_HOURS:
      return "服务时长（小时）";
    default:
      return "";
  }
}

// Minutes as hours, to the hundredth; portions as they are.
std::string QuantityText(const v1::LedgerEntry& entry) {
  if (entry.kind() == v1::LEDGER_KIND_MEALS) return fmt::to_string(entry.quantity());
  return table::Decimal(entry.quantity() * 100 / 60);
}

}  // namespace

table::Sheet BookingSheet(const std::vector<v1::Booking>& bookings, const ReportFrame& frame) {
  using table::ColumnKind;
  table::Sheet sheet{.title = "预约",
                     .columns = {{.title = "共享资源", .width = 28},
                                 {.title = "类别", .width = 8},
                                 {.title = "日期", .width = 12, .kind = ColumnKind::kDate},
                                 {.title = "开始", .width = 18},
                                 {.title = "结束", .width = 18},
                                 {.title = "数量", .width = 8, .kind = ColumnKind::kNumber},
                                 {.title = "车牌", .width = 12},
                                 {.title = "使用单位", .width = 28},
                                 {.title = "状态", .width = 10},
                                 {.title = "金额（元）", .width = 12, .kind = ColumnKind::kNumber},
                                 {.title = "预约时间", .width = 18},
                                 {.title = "取消原因", .width = 24}},
                     .created = frame.now};
  sheet.rows.reserve(bookings.size());
  for (const v1::Booking& booking : bookings) {
    sheet.rows.push_back(
        {booking.facility_display_name(), KindText(booking.facility_kind()),
         absl::FormatTime("%Y-%m-%d", api::FromProto(booking.start_time()), frame.zone),
         TimeText(booking.start_time(), frame.zone), TimeText(booking.end_time(), frame.zone),
         fmt::to_string(booking.quantity()), booking.plate(), frame.unit_name(booking.member()),
         StateText(booking.state()), table::Decimal(booking.price_fen()),
         TimeText(booking.create_time(), frame.zone), booking.cancel_reason()});
  }
  return sheet;
}

table::Sheet LedgerSheet(const std::vector<v1::LedgerEntry>& entries, const ReportFrame& frame) {
  using table::ColumnKind;
  table::Sheet sheet{.title = "贡献台账",
                     .columns = {{.title = "发生时间", .width = 18},
                                 {.title = "单位", .width = 28},
                                 {.title = "方向", .width = 8},
                                 {.title = "对方单位", .width = 28},
                                 {.title = "项目", .width = 18},
                                 {.title = "数量", .width = 12, .kind = ColumnKind::kNumber},
                                 {.title = "来源", .width = 12},
                                 {.title = "来源编号", .width = 40}},
                     .created = frame.now};
  sheet.rows.reserve(entries.size());
  for (const v1::LedgerEntry& entry : entries) {
    const bool given = entry.direction() == v1::LEDGER_DIRECTION_GIVEN;
    const bool booking = entry.source().find("/bookings/") != std::string::npos;
    sheet.rows.push_back({TimeText(entry.occur_time(), frame.zone), frame.unit_name(entry.member()),
                          given ? "贡献" : "使用", frame.unit_name(entry.counterpart()),
                          LedgerText(entry.kind()), QuantityText(entry), booking ? "预约" : "对接",
                          entry.source().substr(entry.source().rfind('/') + 1)});
  }
  return sheet;
}

}  // namespace jinhuan::resource
