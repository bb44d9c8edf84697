#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "platform/status/error.h"

namespace jinhuan::journal {

// OUT_OF_RANGE / NUMBER_OUT_OF_RANGE unless `first` <= `number` <= `last`.
inline absl::Status CheckRange(int64_t number, int64_t first, int64_t last) {
  if (first <= number && number <= last) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_NUMBER_OUT_OF_RANGE,
               {{"number", std::to_string(number)}, {"last", std::to_string(last)}});
}

// The size that a request names; `tree_size` where it names 0.
inline absl::StatusOr<int64_t> SizeWithin(int64_t wanted, int64_t tree_size) {
  if (wanted == 0) return tree_size;
  if (absl::Status status = CheckRange(wanted, 1, tree_size); !status.ok()) return status;
  return wanted;
}

}  // namespace jinhuan::journal
