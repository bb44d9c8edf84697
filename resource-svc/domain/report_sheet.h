#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/ledger.pb.h"
#include "platform/table/sheet.h"

namespace jinhuan::resource {

// What a report is made for: when, in which zone its times are shown, and what units are
// called.
struct ReportFrame {
  absl::Time now;
  absl::TimeZone zone;
  std::function<std::string(const std::string& member)> unit_name;
};

// Bookings and ledger entries as workbooks in Chinese. Text that came from people stays
// text (table::WriteXlsx).
table::Sheet BookingSheet(const std::vector<v1::Booking>& bookings, const ReportFrame& frame);
table::Sheet LedgerSheet(const std::vector<v1::LedgerEntry>& entries, const ReportFrame& frame);

}  // namespace jinhuan::resource
