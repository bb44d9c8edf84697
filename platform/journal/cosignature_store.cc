#include "platform/journal/cosignature_store.h"

#include <fmt/format.h>

#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

const db::Query kWrite(
    "INSERT INTO journal_cosignature (tree_size, witness, signed_at, line) VALUES (?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE line = IF(VALUES(signed_at) > signed_at, VALUES(line), line), "
    "signed_at = GREATEST(VALUES(signed_at), signed_at)",
    "");
const db::Query kRead("SELECT line FROM journal_cosignature WHERE tree_size = ? ORDER BY witness",
                      "PRIMARY");
const db::Query kLast("SELECT tree_size FROM journal_cosignature ORDER BY tree_size DESC LIMIT 1",
                      "PRIMARY");

}  // namespace

absl::Status WriteCosignature(db::Connection& connection, int64_t tree_size,
                              const tree::Signature& signature) {
  // A name may have several keys; the key's id is told as a number.
  uint32_t id = 0;
  for (const char byte : signature.key_id) id = id << 8 | static_cast<unsigned char>(byte);
  const std::string witness = fmt::format("{}+{:08x}", signature.name, id);
  return connection
      .Execute(kWrite, {tree_size, witness, tree::CosignatureTime(signature).value_or(0),
                        tree::Format(signature)})
      .status();
}

absl::StatusOr<std::string> ReadCosignatures(db::Connection& connection, int64_t tree_size) {
  std::string lines;
  JH_RETURN_IF_ERROR(
      connection.Select(kRead, {tree_size}, [&](const db::Row& row) { lines += row.Text(0); })
          .status());
  return lines;
}

absl::StatusOr<int64_t> ReadLastCosigned(db::Connection& connection) {
  int64_t size = 0;
  JH_RETURN_IF_ERROR(
      connection.Select(kLast, {}, [&](const db::Row& row) { size = row.Int(0); }).status());
  return size;
}

}  // namespace jinhuan::journal
