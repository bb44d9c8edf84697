#pragma once

#include <string>
#include <string_view>

namespace jinhuan::alliance {

// Whether `phone` is a mainland mobile number: 11 digits, the first of them 1.
bool IsPhone(std::string_view phone);

// A phone number as it is shown: the first three and the last four digits,
// 138****1234. A masked number stays as it is; "" stays empty; anything shorter
// than 8 characters is covered whole.
std::string MaskPhone(std::string_view phone);

}  // namespace jinhuan::alliance
