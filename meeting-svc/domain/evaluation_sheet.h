#pragma once

#include <string>

#include "absl/time/time.h"
#include "jinhuan/meeting/v1/report_service.pb.h"
#include "platform/table/sheet.h"

namespace jinhuan::meeting {

// What a measure is called in Chinese; "" for none that is sent.
std::string MeasureText(v1::Measure measure);

// An evaluation as a workbook in Chinese: a line for each measure of the total, then of each
// group, with both counts and what they come to, to the hundredth of a percent or an hour.
table::Sheet EvaluationSheet(const v1::GetEvaluationResponse& evaluation,
                             v1::EvaluationGroup group);

}  // namespace jinhuan::meeting
