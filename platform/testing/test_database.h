#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/db/pool.h"

namespace jinhuan::testing {

// A schema of its own on the test run's database server, brought to the newest
// version and dropped at the end. The server's socket stands in the environment
// variable JINHUAN_TEST_DB_SOCKET, which tests/run sets; without it the program
// ends with a message, since a storage test without a database shows nothing.
class TestDatabase {
 public:
  // `migrations` are folders; none leaves the schema bare.
  explicit TestDatabase(const std::vector<std::string>& migrations = {});
  ~TestDatabase();

  db::Pool& pool() { return *pool_; }

 private:
  std::string schema_;
  std::unique_ptr<db::Pool> pool_;
};

// Asks the database to EXPLAIN every registered query against `database` and
// expects the index that the query names. The tables should hold some rows.
void ExpectQueriesUseTheirIndex(TestDatabase& database);

}  // namespace jinhuan::testing
