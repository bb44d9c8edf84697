#include "resource-svc/domain/list_sheet.h"

#include <fmt/format.h>

#include "resource-svc/domain/sheet_text.h"

namespace jinhuan::resource {
namespace {

using table::ColumnKind;

std::string CategoryText(v1::ExchangeCategory category) {
  switch (category) {
    case v1::EXCHANGE_CATEGORY_RECRUITING:
      return "招聘";
    case v1::EXCHANGE_CATEGORY_TRAINING:
      return "培训";
    case v1::EXCHANGE_CATEGORY_VOLUNTEERS:
      return "志愿服务";
    case v1::EXCHANGE_CATEGORY_VENUES:
      return "场地";
    case v1::EXCHANGE_CATEGORY_SERVICE_POINTS:
      return "暖心驿站";
    case v1::EXCHANGE_CATEGORY_OTHER:
      return "其他";
    default:
      return "";
  }
}

std::string StateText(v1::ListingState state) {
  switch (state) {
    case v1::LISTING_STATE_OPEN:
      return "可认领";
    case v1::LISTING_STATE_TAKEN:
      return "已认领完";
    case v1::LISTING_STATE_WITHDRAWN:
      return "已撤回";
    default:
      return "";
  }
}

std::string StateText(v1::Match::State state) {
  switch (state) {
    case v1::Match::STATE_CLAIMED:
      return "待答复";
    case v1::Match::STATE_AGREED:
      return "已达成";
    case v1::Match::STATE_DELIVERED:
      return "待确认完成";
    case v1::Match::STATE_COMPLETED:
      return "已完成";
    case v1::Match::STATE_WITHDRAWN:
      return "已撤回";
    default:
      return "";
  }
}

std::string ScoreText(const v1::MatchRating& rating) {
  return rating.score() == 0 ? "" : fmt::to_string(rating.score());
}

template <class Listing>
table::Sheet ListingSheet(const char* title, const std::vector<Listing>& listings,
                          const ReportFrame& frame) {
  table::Sheet sheet{.title = title,
                     .columns = {{.title = "单位", .width = 28},
                                 {.title = "类别", .width = 10},
                                 {.title = "标题", .width = 32},
                                 {.title = "说明", .width = 48},
                                 {.title = "数量", .width = 8, .kind = ColumnKind::kNumber},
                                 {.title = "剩余", .width = 8, .kind = ColumnKind::kNumber},
                                 {.title = "计量单位", .width = 10},
                                 {.title = "开始", .width = 18},
                                 {.title = "结束", .width = 18},
                                 {.title = "地址", .width = 28},
                                 {.title = "网格", .width = 12},
                                 {.title = "状态", .width = 10},
                                 {.title = "发布时间", .width = 18},
                                 {.title = "撤回原因", .width = 24}},
                     .created = frame.now};
  sheet.rows.reserve(listings.size());
  for (const Listing& listing : listings) {
    sheet.rows.push_back(
        {frame.unit_name(listing.member()), CategoryText(listing.category()), listing.title(),
         listing.description(), fmt::to_string(listing.quantity()),
         fmt::to_string(listing.remaining_quantity()), listing.quantity_unit(),
         TimeText(listing.start_time(), frame.zone), TimeText(listing.end_time(), frame.zone),
         listing.address(), listing.grid(), StateText(listing.state()),
         TimeText(listing.create_time(), frame.zone), listing.withdraw_reason()});
  }
  return sheet;
}

}  // namespace

table::Sheet NeedSheet(const std::vector<v1::Need>& needs, const ReportFrame& frame) {
  return ListingSheet("需求清单", needs, frame);
}

table::Sheet OfferSheet(const std::vector<v1::Offer>& offers, const ReportFrame& frame) {
  return ListingSheet("资源清单", offers, frame);
}

table::Sheet MatchSheet(const std::vector<v1::Match>& matches, const ReportFrame& frame) {
  table::Sheet sheet{.title = "对接清单",
                     .columns = {{.title = "标题", .width = 32},
                                 {.title = "类别", .width = 10},
                                 {.title = "提供单位", .width = 28},
                                 {.title = "接受单位", .width = 28},
                                 {.title = "认领单位", .width = 28},
                                 {.title = "数量", .width = 8, .kind = ColumnKind::kNumber},
                                 {.title = "计量单位", .width = 10},
                                 {.title = "状态", .width = 12},
                                 {.title = "约定内容", .width = 40},
                                 {.title = "开始", .width = 18},
                                 {.title = "结束", .width = 18},
                                 {.title = "认领时间", .width = 18},
                                 {.title = "达成时间", .width = 18},
                                 {.title = "提供单位所评", .width = 12},
                                 {.title = "接受单位所评", .width = 12}},
                     .created = frame.now};
  sheet.rows.reserve(matches.size());
  for (const v1::Match& match : matches) {
    const v1::MatchTerms& terms = match.terms();
    sheet.rows.push_back(
        {match.title(), CategoryText(match.category()), frame.unit_name(match.giver()),
         frame.unit_name(match.taker()), frame.unit_name(match.claimant()),
         fmt::to_string(match.quantity()), match.quantity_unit(), StateText(match.state()),
         terms.description(), TimeText(terms.start_time(), frame.zone),
         TimeText(terms.end_time(), frame.zone), TimeText(match.create_time(), frame.zone),
         TimeText(match.agree_time(), frame.zone), ScoreText(match.giver_rating()),
         ScoreText(match.taker_rating())});
  }
  return sheet;
}

table::Sheet FacilitySheet(const std::vector<v1::Facility>& facilities, const ReportFrame& frame) {
  table::Sheet sheet{.title = "共享资源",
                     .columns = {{.title = "名称", .width = 28},
                                 {.title = "类别", .width = 8},
                                 {.title = "提供单位", .width = 28},
                                 {.title = "地址", .width = 32},
                                 {.title = "网格", .width = 12},
                                 {.title = "纬度", .width = 12},
                                 {.title = "经度", .width = 12},
                                 {.title = "说明", .width = 40},
                                 {.title = "状态", .width = 12},
                                 {.title = "登记时间", .width = 18}},
                     .created = frame.now};
  sheet.rows.reserve(facilities.size());
  for (const v1::Facility& facility : facilities) {
    const bool placed = facility.has_location();
    const bool lent = facility.state() == v1::Facility::STATE_ACTIVE;
    sheet.rows.push_back({facility.display_name(), KindText(facility.kind()),
                          frame.unit_name(facility.owner()), facility.address(), facility.grid(),
                          placed ? fmt::format("{:.6f}", facility.location().latitude()) : "",
                          placed ? fmt::format("{:.6f}", facility.location().longitude()) : "",
                          facility.description(), lent ? "共享中" : "已停止共享",
                          TimeText(facility.create_time(), frame.zone)});
  }
  return sheet;
}

}  // namespace jinhuan::resource
