#pragma once

#include "jinhuan/meeting/v1/minutes.pb.h"
#include "platform/paper/paper.h"
#include "platform/table/sheet.h"

namespace jinhuan::meeting {

// The minutes as an official paper (GB/T 9704-2012, 10.3): sections numbered 一、二、, the task
// table, then the attendance lists.
paper::Paper PaperOf(const v1::Minutes& minutes, absl::Time now);

// The task table as a sheet.
table::Sheet TasksOf(const v1::Minutes& minutes, absl::Time now);

// `number`, 1 to 99, as papers number: 一, 十二, 二十.
std::string ChineseNumber(int number);

}  // namespace jinhuan::meeting
