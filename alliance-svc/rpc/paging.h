#pragma once

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "platform/api/page.h"

namespace jinhuan::alliance {

// Cuts `rows`, of which one more than the page holds was asked for, down to the
// page; returns the token of the next page, "" on the last. `key` gives a row's
// sort key.
template <class Resource, class Key>
std::string CutToPage(const google::protobuf::Message& request, const api::Page& page,
                      std::vector<Resource>& rows, Key&& key) {
  if (rows.size() <= static_cast<size_t>(page.size)) return "";
  rows.resize(static_cast<size_t>(page.size));
  return api::NextPageToken(request, key(rows.back()));
}

}  // namespace jinhuan::alliance
