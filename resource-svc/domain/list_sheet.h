#pragma once

#include <vector>

#include "jinhuan/resource/v1/exchange.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "platform/table/sheet.h"
#include "resource-svc/domain/report_sheet.h"

namespace jinhuan::resource {

// The three lists and what units lend, as workbooks in Chinese. Text that came from people
// stays text (table::WriteXlsx).
table::Sheet NeedSheet(const std::vector<v1::Need>& needs, const ReportFrame& frame);
table::Sheet OfferSheet(const std::vector<v1::Offer>& offers, const ReportFrame& frame);
table::Sheet MatchSheet(const std::vector<v1::Match>& matches, const ReportFrame& frame);
table::Sheet FacilitySheet(const std::vector<v1::Facility>& facilities, const ReportFrame& frame);

}  // namespace jinhuan::resource
