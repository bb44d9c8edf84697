#pragma once

#include <string>

#include "jinhuan/journal/v1/error_reason.pb.h"
#include "platform/log.h"
#include "platform/status/error.h"

namespace jinhuan::journal {

// DATA_LOSS / JOURNAL_DAMAGED, which is also logged: whoever runs the service must
// see it, whoever asked.
inline absl::Status Damaged(const std::string& what) {
  log::Error("the journal is damaged", {{"what", what}});
  return Error(v1::JOURNAL_REASON_JOURNAL_DAMAGED, {{"what", what}});
}

}  // namespace jinhuan::journal
