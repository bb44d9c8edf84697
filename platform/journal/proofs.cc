#include "platform/journal/proofs.h"

#include <fmt/format.h>

#include "platform/journal/cosignature_store.h"
#include "platform/journal/node_store.h"
#include "platform/journal/range.h"
#include "platform/journal/reason.h"
#include "platform/journal/tree/checkpoint.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {

absl::StatusOr<Head> Proofs::HeadOf(db::Connection& connection) {
  JH_ASSIGN_OR_RETURN(Head head, ReadHead(connection, ids_, options_.algorithm));
  if (head.tree_size > head.size) return Damaged("the head's sizes");
  return head;
}

absl::StatusOr<tree::PrivateKey> Proofs::KeyOf(const Head& head) const {
  if (options_.signing_seed.empty()) return Error(v1::JOURNAL_REASON_JOURNAL_UNSIGNED);
  return tree::PrivateKey::FromSeed(tree::KeyType::kLog,
                                    fmt::format("{}/{}", options_.package, head.log_id),
                                    options_.signing_seed);
}

absl::StatusOr<std::string> Proofs::TextOf(db::Connection& connection, const Head& head,
                                           int64_t size) {
  JH_ASSIGN_OR_RETURN(tree::Hash root,
                      tree::RootOf(tree::Hasher(head.algorithm), {0, size},
                                   [&](tree::NodeId id) { return ReadNode(connection, id); }));
  return tree::Format(
      tree::Checkpoint{.origin = fmt::format("{}/{}", options_.package, head.log_id),
                       .size = size,
                       .root = std::move(root),
                       .algorithm = head.algorithm});
}

absl::StatusOr<v1::Checkpoint> Proofs::SignedOf(db::Connection& connection, const Head& head,
                                                int64_t size) {
  JH_ASSIGN_OR_RETURN(const tree::PrivateKey key, KeyOf(head));
  JH_ASSIGN_OR_RETURN(const std::string text, TextOf(connection, head, size));
  v1::Checkpoint checkpoint;
  checkpoint.set_note(text + "\n" + tree::Format(key.Sign(text)));
  checkpoint.set_tree_size(size);
  checkpoint.set_verifier_key(key.public_key().text());
  return checkpoint;
}

absl::StatusOr<v1::Checkpoint> Proofs::CosignedOf(db::Connection& connection, const Head& head,
                                                  int64_t size) {
  JH_ASSIGN_OR_RETURN(v1::Checkpoint checkpoint, SignedOf(connection, head, size));
  JH_ASSIGN_OR_RETURN(const std::string lines, ReadCosignatures(connection, size));
  checkpoint.mutable_note()->append(lines);
  return checkpoint;
}

absl::StatusOr<v1::ConsistencyProof> Proofs::ConsistencyOf(db::Connection& connection,
                                                           const Head& head, int64_t from,
                                                           int64_t to) {
  JH_ASSIGN_OR_RETURN(const std::vector<tree::Hash> path,
                      tree::Prove(tree::Hasher(head.algorithm), tree::ConsistencyRanges(from, to),
                                  [&](tree::NodeId id) { return ReadNode(connection, id); }));
  v1::ConsistencyProof proof;
  proof.set_from_size(from);
  proof.set_to_size(to);
  proof.mutable_path()->Add(path.begin(), path.end());
  return proof;
}

absl::StatusOr<v1::Checkpoint> Proofs::GetCheckpoint(const v1::GetCheckpointRequest& request,
                                                     absl::Time deadline) {
  return db::Read<v1::Checkpoint>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::Checkpoint> {
        JH_ASSIGN_OR_RETURN(const Head head, HeadOf(connection));
        JH_ASSIGN_OR_RETURN(int64_t size, SizeWithin(request.tree_size(), head.tree_size));
        if (request.cosigned() && request.tree_size() == 0) {
          JH_ASSIGN_OR_RETURN(size, ReadLastCosigned(connection));
          if (size == 0) return Error(v1::JOURNAL_REASON_NOT_COSIGNED);
        }
        return CosignedOf(connection, head, size);
      });
}

absl::StatusOr<v1::InclusionProof> Proofs::GetInclusionProof(
    const v1::GetInclusionProofRequest& request, absl::Time deadline) {
  return db::Read<v1::InclusionProof>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::InclusionProof> {
        JH_ASSIGN_OR_RETURN(const Head head, HeadOf(connection));
        JH_ASSIGN_OR_RETURN(const int64_t size, SizeWithin(request.tree_size(), head.tree_size));
        JH_RETURN_IF_ERROR(CheckRange(request.number(), 1, size));
        const int64_t index = request.number() - 1;
        const auto read = [&](tree::NodeId id) { return ReadNode(connection, id); };
        JH_ASSIGN_OR_RETURN(const tree::Hash leaf, read({0, index}));
        JH_ASSIGN_OR_RETURN(
            const std::vector<tree::Hash> path,
            tree::Prove(tree::Hasher(head.algorithm), tree::InclusionRanges(index, size), read));
        v1::InclusionProof proof;
        proof.set_number(request.number());
        proof.set_tree_size(size);
        proof.set_leaf_hash(leaf);
        proof.mutable_path()->Add(path.begin(), path.end());
        return proof;
      });
}

absl::StatusOr<v1::ConsistencyProof> Proofs::GetConsistencyProof(
    const v1::GetConsistencyProofRequest& request, absl::Time deadline) {
  return db::Read<v1::ConsistencyProof>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::ConsistencyProof> {
        JH_ASSIGN_OR_RETURN(const Head head, HeadOf(connection));
        JH_ASSIGN_OR_RETURN(const int64_t to, SizeWithin(request.to_size(), head.tree_size));
        JH_RETURN_IF_ERROR(CheckRange(request.from_size(), 0, to));
        return ConsistencyOf(connection, head, request.from_size(), to);
      });
}

absl::StatusOr<v1::Checkpoint> Proofs::AddCosignature(const v1::AddCosignatureRequest& request,
                                                      absl::Time deadline) {
  return db::Read<v1::Checkpoint>(
      pool_, deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::Checkpoint> {
        JH_ASSIGN_OR_RETURN(const Head head, HeadOf(connection));
        JH_RETURN_IF_ERROR(CheckRange(request.tree_size(), 1, head.tree_size));
        JH_ASSIGN_OR_RETURN(const std::string text, TextOf(connection, head, request.tree_size()));
        const auto signature = tree::ParseSignature(request.line());
        const auto made = [&](const tree::PublicKey& key) {
          return signature.ok() && key.Verify(text, *signature);
        };
        if (std::none_of(options_.witnesses.begin(), options_.witnesses.end(), made)) {
          return Error(v1::JOURNAL_REASON_COSIGNATURE_INVALID,
                       {{"tree_size", std::to_string(request.tree_size())}});
        }
        JH_RETURN_IF_ERROR(WriteCosignature(connection, request.tree_size(), *signature));
        return CosignedOf(connection, head, request.tree_size());
      });
}

}  // namespace jinhuan::journal
