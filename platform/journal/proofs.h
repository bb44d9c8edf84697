#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/journal/v1/proof.pb.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/journal/head.h"
#include "platform/journal/tree/note.h"

namespace jinhuan::journal {

// How the journal of a service is proven.
struct ProofOptions {
  std::string package = "jinhuan.test.v1";            // of the service; begins the log's name
  tree::Algorithm algorithm = tree::Algorithm::kSm3;  // of a journal that is new
  std::string signing_seed;  // Ed25519, 64 hex digits; empty: checkpoints are not signed
  std::vector<tree::PublicKey> witnesses;  // whose cosignatures are taken
};

// Proves what is sealed. Thread-safe. Every size and number is checked: OUT_OF_RANGE
// / NUMBER_OUT_OF_RANGE; a tree that lacks a node is DATA_LOSS / JOURNAL_DAMAGED.
class Proofs {
 public:
  Proofs(db::Pool& pool, IdSource& ids, ProofOptions options)
      : pool_(pool), ids_(ids), options_(std::move(options)) {}

  // What the JournalService answers; see proof.proto and journal_service.proto.
  absl::StatusOr<v1::Checkpoint> GetCheckpoint(const v1::GetCheckpointRequest& request,
                                               absl::Time deadline);
  absl::StatusOr<v1::InclusionProof> GetInclusionProof(const v1::GetInclusionProofRequest& request,
                                                       absl::Time deadline);
  absl::StatusOr<v1::ConsistencyProof> GetConsistencyProof(
      const v1::GetConsistencyProofRequest& request, absl::Time deadline);
  absl::StatusOr<v1::Checkpoint> AddCosignature(const v1::AddCosignatureRequest& request,
                                                absl::Time deadline);
  // `limit` entries at most, and some 1 MiB.
  absl::StatusOr<v1::Bundle> ExportBundle(const v1::ExportBundleRequest& request, int limit,
                                          absl::Time deadline);
  // The same within a connection's transaction.
  absl::StatusOr<v1::Bundle> ExportBundle(db::Connection& connection,
                                          const v1::ExportBundleRequest& request, int limit);

  const ProofOptions& options() const { return options_; }

 private:
  absl::StatusOr<Head> HeadOf(db::Connection& connection);
  absl::StatusOr<tree::PrivateKey> KeyOf(const Head& head) const;
  // The text that is signed; without cosignatures.
  absl::StatusOr<std::string> TextOf(db::Connection& connection, const Head& head, int64_t size);
  // The checkpoint as the journal alone signs it, and with its cosignatures.
  absl::StatusOr<v1::Checkpoint> SignedOf(db::Connection& connection, const Head& head,
                                          int64_t size);
  absl::StatusOr<v1::Checkpoint> CosignedOf(db::Connection& connection, const Head& head,
                                            int64_t size);
  absl::StatusOr<v1::ConsistencyProof> ConsistencyOf(db::Connection& connection, const Head& head,
                                                     int64_t from, int64_t to);
  absl::Status AddErasures(db::Connection& connection, const Head& head, int64_t size,
                           v1::Bundle& bundle);

  db::Pool& pool_;
  IdSource& ids_;
  const ProofOptions options_;
};

}  // namespace jinhuan::journal
