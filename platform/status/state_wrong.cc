#include "platform/status/state_wrong.h"

#include <fmt/format.h>

#include "platform/status/error.h"

namespace jinhuan {

absl::Status StateWrong(const std::string& name, const std::string& state,
                        const std::string& needs) {
  return Error(error::v1::COMMON_REASON_STATE_WRONG,
               {{"name", name}, {"state", state}, {"needs", needs}});
}

std::string StateName(const google::protobuf::EnumDescriptor& states, int state) {
  constexpr std::string_view kPrefix = "STATE_";
  const auto* value = states.FindValueByNumber(state);
  if (value == nullptr) return fmt::to_string(state);
  const size_t prefix = value->name().find(kPrefix);
  return prefix == std::string::npos ? value->name()
                                     : value->name().substr(prefix + kPrefix.size());
}

}  // namespace jinhuan
