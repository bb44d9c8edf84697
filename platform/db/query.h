#pragma once

#include <string_view>
#include <vector>

namespace jinhuan::db {

// An SQL statement with the index that it relies on. Each is a constant in the
// store it belongs to; making one registers it, and a test asks the database to
// EXPLAIN every registered one and compares.
struct Query {
  // `index` is the key that EXPLAIN names ("PRIMARY", "booking_by_user"); empty
  // for an INSERT of given values, which searches nothing.
  Query(const char* sql_text, const char* index_name);
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  const char* const sql;
  const char* const index;
};

// Every query of this program, in no particular order.
const std::vector<const Query*>& RegisteredQueries();

}  // namespace jinhuan::db
