#include "platform/testing/test_database.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <cstdlib>
#include <deque>
#include <iostream>
#include <regex>
#include <set>

#include "absl/time/clock.h"
#include "platform/db/connection.h"
#include "platform/db/migrate.h"

namespace jinhuan::testing {
namespace {

std::string Socket() {
  const char* socket = std::getenv("JINHUAN_TEST_DB_SOCKET");
  if (socket == nullptr) {
    std::cerr << "JINHUAN_TEST_DB_SOCKET is not set; run this test through tests/run\n";
    std::exit(1);
  }
  return socket;
}

void RunAsRoot(const std::string& sql) {
  db::Pool root({.socket = Socket(), .schema = "", .user = "root", .password = "", .size = 1});
  auto lease = root.Acquire(absl::Now() + absl::Seconds(10));
  ASSERT_TRUE(lease.ok()) << lease.status();
  const absl::Status status = (*lease)->Run(sql);
  ASSERT_TRUE(status.ok()) << status;
}

std::string Replaced(const std::string& text, const char* pattern, const char* with) {
  return std::regex_replace(text, std::regex(pattern), with);
}

// The query with a later date in place of each parameter that ends a range of which another
// is the beginning: of an empty range the database tells no index.
std::string WithEnds(const std::string& query) {
  std::set<std::string> begun;  // columns
  static const std::regex begin(R"((OR )?\b([\w.]+) >=? \?)");
  for (std::sregex_iterator at(query.begin(), query.end(), begin), none; at != none; ++at) {
    if (!(*at)[1].matched) begun.insert((*at)[2]);
  }
  std::string sql = Replaced(query, R"(BETWEEN \? AND \?)", "BETWEEN ? AND '2027-01-01 00:00:00'");
  for (const std::string& column : begun) {
    sql = Replaced(sql, ("\\b(" + column + " <=? )\\?").c_str(), "$1'2027-01-01 00:00:00'");
  }
  return sql;
}

}  // namespace

TestDatabase::TestDatabase(const std::vector<std::string>& migrations)
    : schema_(fmt::format("test_{:08x}{:08x}", randombytes_random(), randombytes_random())) {
  RunAsRoot("CREATE DATABASE " + schema_ + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
  pool_ = std::make_unique<db::Pool>(db::PoolOptions{
      .socket = Socket(), .schema = schema_, .user = "root", .password = "", .size = 16});
  if (migrations.empty()) return;
  const absl::Status status = db::Migrate(*pool_, migrations, absl::Now() + absl::Seconds(30));
  EXPECT_TRUE(status.ok()) << status;
}

TestDatabase::~TestDatabase() {
  pool_.reset();
  RunAsRoot("DROP DATABASE " + schema_);
}

void ExpectQueriesUseTheirIndex(TestDatabase& database) {
  auto lease = database.pool().Acquire(absl::Now() + absl::Seconds(10));
  ASSERT_TRUE(lease.ok()) << lease.status();
  // A registered query must stay what it is, for the next test that asks.
  static auto& texts = *new std::deque<std::string>;
  static auto& explains = *new std::deque<db::Query>;
  const std::vector<const db::Query*> queries = db::RegisteredQueries();
  for (const db::Query* query : queries) {
    if (*query->index == '\0') continue;
    const std::string ends = WithEnds(query->sql);
    // A date suits columns of every type, and is compared with an index.
    const std::string sql =
        Replaced(Replaced(ends, "LIMIT \\?", "LIMIT 10"), "\\?", "'2026-01-01 00:00:00'");
    explains.emplace_back(texts.emplace_back("EXPLAIN " + sql).c_str(), "");
    std::string keys;
    std::string extra;
    const auto rows = (*lease)->Select(explains.back(), {}, [&](const db::Row& row) {
      if (!row.IsNull(5)) keys += row.Text(5) + " ";
      if (!row.IsNull(9)) extra += row.Text(9);
    });
    ASSERT_TRUE(rows.ok()) << query->sql << "\n" << rows.status();
    // A lookup by a whole unique key that finds no row is told this way; a range never is.
    const bool told = extra.find("after reading const tables") == std::string::npos;
    if (!told && ends == query->sql) continue;
    EXPECT_NE((" " + keys).find(fmt::format(" {} ", query->index)), std::string::npos)
        << query->sql << "\nuses: " << keys << "\n"
        << extra;
  }
}

}  // namespace jinhuan::testing
