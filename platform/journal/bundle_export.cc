#include <map>
#include <set>

#include "platform/journal/node_store.h"
#include "platform/journal/proofs.h"
#include "platform/journal/range.h"
#include "platform/journal/reason.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

constexpr size_t kBundleBytes = 1 << 20;  // clients take 4 MiB unless told otherwise

const db::Query kRead(
    "SELECT number, id, alliance, resource, record, salt, erasure FROM journal_entry "
    "WHERE number >= ? AND number <= ? ORDER BY number LIMIT ?",
    "PRIMARY");
const db::Query kIsWaiting("SELECT id FROM journal_unsealed WHERE id = ?", "PRIMARY");
const db::Query kReadById(
    "SELECT number, id, alliance, resource, record, salt, erasure FROM journal_entry "
    "WHERE id = ?",
    "journal_entry_id");

// As it is stored: what is wrong with it is for the verifier to find.
v1::BundleEntry EntryOf(const db::Row& row) {
  v1::BundleEntry entry;
  entry.set_number(row.Int(0));
  entry.set_id(row.Text(1));
  entry.set_alliance(row.Text(2));
  entry.set_resource(row.Text(3));
  entry.set_record(row.Text(4));
  if (!row.IsNull(5)) entry.set_salt(row.Text(5));
  if (!row.IsNull(6)) entry.set_erasure(row.Text(6));
  return entry;
}

// Inclusion proofs in one tree. Those of neighbours share most nodes, which are read
// level by level.
class Prover {
 public:
  Prover(db::Connection& connection, const Head& head, int64_t size)
      : connection_(connection), hasher_(head.algorithm), size_(size) {}

  // Reads what the proofs of entries `first` to `last` share.
  absl::Status Prepare(int64_t first, int64_t last) {
    int64_t begin = first - 1;
    int64_t end = last - 1;
    for (int level = 0; int64_t{1} << level < size_; ++level, begin >>= 1, end >>= 1) {
      JH_RETURN_IF_ERROR(ReadNodes(
          connection_, level, begin & ~int64_t{1}, end | 1,
          [this](tree::NodeId id, tree::Hash hash) { nodes_.emplace(id, std::move(hash)); }));
    }
    return absl::OkStatus();
  }

  // Fills the entry's path. An entry whose number is none of the tree gets none.
  absl::Status Prove(v1::BundleEntry& entry) {
    if (entry.number() < 1 || entry.number() > size_) return absl::OkStatus();
    const auto read = [this](tree::NodeId id) -> absl::StatusOr<tree::Hash> {
      const auto found = nodes_.find(id);
      if (found != nodes_.end()) return found->second;
      JH_ASSIGN_OR_RETURN(tree::Hash hash, ReadNode(connection_, id));
      return nodes_.emplace(id, std::move(hash)).first->second;
    };
    JH_ASSIGN_OR_RETURN(
        const std::vector<tree::Hash> path,
        tree::Prove(hasher_, tree::InclusionRanges(entry.number() - 1, size_), read));
    entry.mutable_path()->Add(path.begin(), path.end());
    return absl::OkStatus();
  }

 private:
  db::Connection& connection_;
  tree::Hasher hasher_;
  int64_t size_;
  std::map<tree::NodeId, tree::Hash> nodes_;
};

absl::Status AddEntries(db::Connection& connection, const Head& head, int64_t first, int64_t size,
                        int limit, v1::Bundle& bundle) {
  size_t bytes = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kRead, {first, size, limit},
                                 [&](const db::Row& row) {
                                   if (bytes >= kBundleBytes) return;
                                   *bundle.add_entries() = EntryOf(row);
                                   bytes += bundle.entries().rbegin()->ByteSizeLong();
                                 })
                         .status());
  if (bundle.entries().empty()) return absl::OkStatus();
  Prover prover(connection, head, size);
  JH_RETURN_IF_ERROR(prover.Prepare(first, bundle.entries().rbegin()->number()));
  for (v1::BundleEntry& entry : *bundle.mutable_entries()) {
    JH_RETURN_IF_ERROR(prover.Prove(entry));
  }
  return absl::OkStatus();
}

}  // namespace

// ABORTED / CONFLICT while an entry that says what was erased is not in the tree yet: whoever
// exports seals, and tries again.
absl::Status Proofs::AddErasures(db::Connection& connection, const Head& head, int64_t size,
                                 v1::Bundle& bundle) {
  std::set<std::string> ids;
  for (const v1::BundleEntry& entry : bundle.entries()) {
    if (!entry.erasure().empty()) ids.insert(entry.erasure());
  }
  int64_t last = 0;
  for (const std::string& id : ids) {
    // In this order, in which it moves: what is in neither was never written, which is for the
    // verifier to find.
    JH_ASSIGN_OR_RETURN(const int64_t waiting,
                        connection.Select(kIsWaiting, {id}, [](const db::Row&) {}));
    if (waiting > 0) return Error(error::v1::COMMON_REASON_CONFLICT);
    JH_RETURN_IF_ERROR(connection
                           .Select(kReadById, {id},
                                   [&](const db::Row& row) {
                                     *bundle.add_erasures() = EntryOf(row);
                                     last = std::max(last, bundle.erasures().rbegin()->number());
                                   })
                           .status());
  }
  if (last > head.tree_size) return Error(error::v1::COMMON_REASON_CONFLICT);
  if (last > size) {
    JH_ASSIGN_OR_RETURN(*bundle.mutable_later_checkpoint(),
                        SignedOf(connection, head, head.tree_size));
    JH_ASSIGN_OR_RETURN(*bundle.mutable_later_consistency(),
                        ConsistencyOf(connection, head, size, head.tree_size));
  }
  Prover prover(connection, head, last > size ? head.tree_size : size);
  for (v1::BundleEntry& entry : *bundle.mutable_erasures()) {
    JH_RETURN_IF_ERROR(prover.Prove(entry));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Bundle> Proofs::ExportBundle(db::Connection& connection,
                                                const v1::ExportBundleRequest& request, int limit) {
  JH_ASSIGN_OR_RETURN(const Head head, HeadOf(connection));
  JH_ASSIGN_OR_RETURN(const int64_t size, SizeWithin(request.tree_size(), head.tree_size));
  const int64_t first = std::max<int64_t>(1, request.first_number());
  JH_RETURN_IF_ERROR(CheckRange(first, 1, std::max<int64_t>(1, size)));
  JH_RETURN_IF_ERROR(CheckRange(request.from_size(), 0, size));
  v1::Bundle bundle;
  JH_ASSIGN_OR_RETURN(*bundle.mutable_checkpoint(), CosignedOf(connection, head, size));
  JH_RETURN_IF_ERROR(AddEntries(connection, head, first, size, limit, bundle));
  if (request.from_size() > 0) {
    JH_ASSIGN_OR_RETURN(*bundle.mutable_consistency(),
                        ConsistencyOf(connection, head, request.from_size(), size));
  }
  JH_RETURN_IF_ERROR(AddErasures(connection, head, size, bundle));
  return bundle;
}

absl::StatusOr<v1::Bundle> Proofs::ExportBundle(const v1::ExportBundleRequest& request, int limit,
                                                absl::Time deadline) {
  return db::Read<v1::Bundle>(pool_, deadline, [&](db::Connection& connection) {
    return ExportBundle(connection, request, limit);
  });
}

}  // namespace jinhuan::journal
