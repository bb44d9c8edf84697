#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"

namespace jinhuan::meeting {

// Whether `id` can name a part of a resource, such as an agenda item or a milestone: at most 32
// of a-z, A-Z, 0-9, '-' and '_'; empty means that it has none yet.
inline bool IsItemId(std::string_view id) {
  return id.size() <= 32 && std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
         });
}

// Gives every one of `items` that has no id one that is not `taken`: the prefix and a number.
template <class Items>
void GiveItemIds(char prefix, std::set<std::string> taken, Items& items) {
  for (const auto& item : items) taken.insert(item.id());
  int number = 0;
  for (auto& item : items) {
    while (item.id().empty()) {
      std::string id = fmt::format("{}{}", prefix, ++number);
      if (taken.insert(id).second) item.set_id(std::move(id));
    }
  }
}

}  // namespace jinhuan::meeting
