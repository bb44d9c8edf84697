#pragma once

#include <cstdint>
#include <iterator>
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
// PAGE_TOKEN_INVALID for a token that does not belong to a request equal in all
// other fields, or has not `key_columns` columns. A token is not secret: what its
// columns hold is input like any other.
absl::StatusOr<Page> ReadPage(const google::protobuf::Message& request, size_t key_columns);

// The token for the page that follows the row with this sort key. It holds no
// secret and gives no right: what a page shows is decided anew for each call.
std::string NextPageToken(const google::protobuf::Message& request,
                          const std::vector<std::string>& last_key);

// Moves `rows`, of which page.limit() were asked for, into the repeated field of a
// response, as many as the page holds; returns the token of the next page, "" on
// the last. `key` gives a row's sort key.
template <class Rows, class Field, class Key>
std::string FillPage(const google::protobuf::Message& request, const Page& page, Rows&& rows,
                     Field& field, Key&& key) {
  const bool last = rows.size() <= static_cast<size_t>(page.size);
  if (!last) rows.resize(static_cast<size_t>(page.size));
  const std::string token = last ? "" : NextPageToken(request, key(rows.back()));
  field.Assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  return token;
}

// The number that a column of a sort key holds. INVALID_ARGUMENT /
// PAGE_TOKEN_INVALID unless it is one from 0 on: a token is not secret, so anyone
// may make one up.
absl::StatusOr<int64_t> NumberOf(const std::string& column);

}  // namespace jinhuan::api
