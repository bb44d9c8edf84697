#pragma once

#include <string>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan {

// NOT_FOUND / RESOURCE_NOT_FOUND: the resource does not exist, or the caller may not see it.
inline absl::Status NotFound(const std::string& name) {
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

}  // namespace jinhuan
