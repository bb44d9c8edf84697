#include "platform/db/query.h"

namespace jinhuan::db {
namespace {

std::vector<const Query*>& Registry() {
  static auto* const queries = new std::vector<const Query*>;
  return *queries;
}

}  // namespace

Query::Query(const char* sql_text, const char* index_name) : sql(sql_text), index(index_name) {
  Registry().push_back(this);
}

const std::vector<const Query*>& RegisteredQueries() { return Registry(); }

}  // namespace jinhuan::db
