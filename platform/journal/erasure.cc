#include <fmt/format.h>

#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/journal/entry_index.h"
#include "platform/journal/journal.h"
#include "platform/journal/node_store.h"
#include "platform/journal/reason.h"
#include "platform/journal/tree/erasures.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

const db::Query kByNumber(
    "SELECT number, id, alliance, resource, record FROM journal_entry "
    "WHERE number = ? AND erasure IS NULL",
    "PRIMARY");
const db::Query kByResource(
    "SELECT number, id, alliance, resource, record FROM journal_entry "
    "FORCE INDEX (journal_entry_by_resource) "
    "WHERE resource = ? AND number <= ? AND erasure IS NULL ORDER BY number LIMIT ?",
    "journal_entry_by_resource");
const db::Query kErase(
    "UPDATE journal_entry SET record = ?, salt = NULL, erasure = ? "
    "WHERE number = ? AND erasure IS NULL",
    "PRIMARY");

// What remains of an entry. The stored time is cut to the milliseconds that the id
// tells anyway.
v1::Entry RemainderOf(const db::Row& row) {
  v1::Entry stored;
  row.Parse(4, stored);
  v1::Entry entry;
  entry.set_number(row.Int(0));
  entry.set_id(row.Text(1));
  *entry.mutable_time() = stored.time();
  entry.mutable_time()->set_nanos(stored.time().nanos() / 1'000'000 * 1'000'000);
  entry.set_alliance(row.Text(2));
  entry.set_resource(row.Text(3));
  entry.set_erased(true);
  return entry;
}

}  // namespace

absl::StatusOr<int64_t> Journal::Erase(db::Connection& connection, const api::Call& call,
                                       const Erasable& what, const std::string& reason) {
  JH_ASSIGN_OR_RETURN(const Head head, ReadHead(connection, ids_, proofs_.options().algorithm));
  v1::Erasure erasure;
  const auto add = [&](const db::Row& row) { *erasure.add_entries() = RemainderOf(row); };
  for (const int64_t number : what.numbers) {
    JH_RETURN_IF_ERROR(connection.Select(kByNumber, {number}, add).status());
    if (number < 1 || number > head.tree_size) {
      return Error(v1::JOURNAL_REASON_ENTRY_NOT_ERASABLE, {{"number", std::to_string(number)}});
    }
  }
  if (!what.resource.empty()) {
    JH_RETURN_IF_ERROR(
        connection.Select(kByResource, {what.resource, head.tree_size, kEraseLimit}, add).status());
  }
  if (erasure.entries().empty()) return 0;
  const Change change{.resource = std::string(kErasures), .after = &erasure, .reason = reason};
  const std::string id = ids_.NewId();
  for (v1::Entry& entry : *erasure.mutable_entries()) {
    if (entry.resource() == kErasures) {
      return Error(v1::JOURNAL_REASON_ENTRY_NOT_ERASABLE,
                   {{"number", std::to_string(entry.number())}});
    }
    JH_ASSIGN_OR_RETURN(*entry.mutable_leaf_hash(), ReadNode(connection, {0, entry.number() - 1}));
    JH_RETURN_IF_ERROR(EraseFromIndex(connection, entry));
    v1::Entry stored = entry;
    stored.clear_number();  // a column, as in every entry
    JH_RETURN_IF_ERROR(
        connection.ExecuteExactly(1, kErase, {stored.SerializeAsString(), id, entry.number()}));
  }
  JH_RETURN_IF_ERROR(AppendAs(connection, {id}, {{call, change}}));
  return erasure.entries_size();
}

}  // namespace jinhuan::journal
