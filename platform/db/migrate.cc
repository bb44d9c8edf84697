#include "platform/db/migrate.h"

#include <fmt/format.h>
#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "platform/log.h"
#include "platform/status/status_macros.h"

namespace jinhuan::db {
namespace {

constexpr absl::Duration kLongestMigration = absl::Hours(24);

const Query kClaim("UPDATE migration_lock SET owner_count = owner_count + 1 WHERE id = 1",
                   "PRIMARY");
const Query kApplied("SELECT name, checksum FROM migration ORDER BY name", "PRIMARY");
const Query kRecord(
    "INSERT INTO migration (name, checksum, applied_at) VALUES (?, ?, UTC_TIMESTAMP(6))", "");

std::string Checksum(const std::string& text) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

absl::StatusOr<std::map<std::string, std::string>> ReadFiles(
    const std::vector<std::string>& folders) {
  std::map<std::string, std::string> files;
  for (const std::string& folder : folders) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      if (entry.path().extension() != ".sql") continue;
      std::ifstream file(entry.path());
      std::ostringstream text;
      text << file.rdbuf();
      files[entry.path().stem().string()] = std::move(text).str();
    }
    if (error) return absl::NotFoundError(fmt::format("no migrations in {}", folder));
  }
  return files;
}

std::vector<std::string> Statements(const std::string& text) {
  std::vector<std::string> statements;
  std::string statement;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--") || (line.empty() && statement.empty())) continue;
    const bool last = line.ends_with(';');
    if (last) line.pop_back();
    statement += line + "\n";
    if (last) statements.push_back(std::move(statement)), statement.clear();
  }
  return statements;
}

absl::Status Apply(Pool& pool, Connection& connection, const std::string& name,
                   const std::string& text) {
  log::Info("migration", {{"schema", pool.options().schema}, {"name", name}});
  // DDL commits by itself, so a migration runs beside the transaction that
  // holds the lock, on a connection of its own; for as long as a large table takes.
  PoolOptions patient = pool.options();
  patient.size = 1;
  patient.hung = kLongestMigration;
  Pool alone(patient);
  JH_ASSIGN_OR_RETURN(Pool::Lease ddl, alone.Acquire(absl::InfiniteFuture()));
  for (const std::string& statement : Statements(text)) JH_RETURN_IF_ERROR(ddl->Run(statement));
  return connection.ExecuteExactly(1, kRecord, {name, Checksum(text)});
}

}  // namespace

absl::Status Migrate(Pool& pool, const std::vector<std::string>& folders, absl::Time deadline) {
  JH_ASSIGN_OR_RETURN(const auto files, ReadFiles(folders));
  JH_RETURN_IF_ERROR(Read(pool, deadline, [](Connection& connection) -> absl::Status {
    JH_RETURN_IF_ERROR(connection.Run(
        "CREATE TABLE IF NOT EXISTS migration (name VARCHAR(64) NOT NULL PRIMARY KEY, "
        "checksum CHAR(64) NOT NULL, applied_at DATETIME(6) NOT NULL) ENGINE=InnoDB"));
    JH_RETURN_IF_ERROR(
        connection.Run("CREATE TABLE IF NOT EXISTS migration_lock (id INT NOT NULL PRIMARY KEY, "
                       "owner_count BIGINT NOT NULL) ENGINE=InnoDB"));
    return connection.Run("INSERT IGNORE INTO migration_lock VALUES (1, 0)");
  }));
  // A process that waits for the lock longer than the server lets it is run
  // again by InTransaction until the deadline.
  return InTransaction(pool, deadline, [&](Connection& connection) -> absl::Status {
    JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kClaim, {}));
    std::map<std::string, std::string> applied;
    JH_RETURN_IF_ERROR(
        connection.Select(kApplied, {}, [&](const Row& row) { applied[row.Text(0)] = row.Text(1); })
            .status());
    for (const auto& [name, checksum] : applied) {
      const auto file = files.find(name);
      if (file == files.end() || Checksum(file->second) != checksum) {
        return absl::FailedPreconditionError(
            fmt::format("migration {} was applied, but is now {}", name,
                        file == files.end() ? "missing" : "changed"));
      }
    }
    for (const auto& [name, text] : files) {
      if (!applied.contains(name)) JH_RETURN_IF_ERROR(Apply(pool, connection, name, text));
    }
    return absl::OkStatus();
  });
}

}  // namespace jinhuan::db
