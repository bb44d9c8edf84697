#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace jinhuan::api {

// Where a page begins and how long it is (AIP-158).
struct Page {
  int size = 50;
  // The sort key of the last row of the page before; empty on the first page.
  std::vector<std::string> after;

  // What a query asks for: one row more than the page holds, to know whether
  // another page follows.
  int limit() const { return size + 1; }
  bool first() const { return after.empty(); }
};

// Reads `page_size` (0 means 50, more than 1000 means 1000) and `page_token` of
// a List request. INVALID_ARGUMENT / FIELD_INVALID for a negative size,
// PAGE_TOKEN_INVALID for a token that NextPageToken did not make for a request
// equal in all other fields, with `key_columns` columns.
absl::StatusOr<Page> ReadPage(const google::protobuf::Message& request, size_t key_columns);

// The token for the page that follows the row with this sort key. It holds no
// secret and gives no right: what a page shows is decided anew for each call.
std::string NextPageToken(const google::protobuf::Message& request,
                          const std::vector<std::string>& last_key);

}  // namespace jinhuan::api
