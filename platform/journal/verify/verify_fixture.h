#pragma once

#include <vector>

#include "platform/journal/journal_fixture.h"
#include "platform/journal/verify/verifier.h"

namespace jinhuan::journal::verify {

// A journal of some hundred entries with erasures, of which a checkpoint was held
// early and another cosigned late; for tests.
class VerifyTest : public ProvenJournalTest {
 protected:
  // Entries 1 to `size`, some erased before the cosigned checkpoint and some after.
  void MakeJournal(int64_t size) {
    Fill(1, size / 2);
    held_ = CheckpointAt(0).note();
    held_size_ = size / 2;
    ASSERT_EQ(*Erase({.numbers = {2, size / 3}}, "early"), 2);
    Fill(size / 2 + 2, size);
    size_ = *journal_.Size(Soon());
    ASSERT_TRUE(AddCosignature(size_, Cosigned(1, size_)).ok());
    ASSERT_TRUE(AddCosignature(size_, Cosigned(2, size_)).ok());
    log_key_ = CheckpointAt(0).verifier_key();
    Fill(size + 1, size + 3);
    ASSERT_EQ(*Erase({.numbers = {1, size}}, "late"), 2);
  }

  Trust TrustAll() const {
    Trust trust{.log = *tree::PublicKey::Parse(log_key_)};
    trust.witnesses = {Witness(1).public_key(), Witness(2).public_key()};
    trust.witnesses_needed = 2;
    trust.held = held_;
    return trust;
  }

  // All entries of the cosigned checkpoint, in bundles of `page`.
  absl::StatusOr<std::vector<v1::Bundle>> ExportAll(db::Connection& connection, int page) {
    std::vector<v1::Bundle> bundles;
    for (int64_t next = 1; next <= size_;) {
      v1::ExportBundleRequest request;
      request.set_first_number(next);
      request.set_tree_size(size_);
      request.set_from_size(next == 1 ? held_size_ : 0);
      JH_ASSIGN_OR_RETURN(v1::Bundle bundle,
                          journal_.proofs().ExportBundle(connection, request, page));
      const bool more = !bundle.entries().empty() && bundle.entries().rbegin()->number() >= next;
      if (more) next = bundle.entries().rbegin()->number() + 1;
      bundles.push_back(std::move(bundle));
      if (!more) break;
    }
    return bundles;
  }
  std::vector<v1::Bundle> ExportAll(int page) {
    std::vector<v1::Bundle> bundles;
    const absl::Status status =
        db::Read(database_.pool(), Soon(), [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(bundles, ExportAll(connection, page));
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    return bundles;
  }

  static Findings Verify(const Trust& trust, const std::vector<v1::Bundle>& bundles) {
    Verifier verifier(trust);
    for (const v1::Bundle& bundle : bundles) verifier.Add("bundle", bundle);
    verifier.Finish();
    return verifier.findings();
  }

  std::string held_;
  int64_t held_size_ = 0;
  int64_t size_ = 0;  // of the cosigned checkpoint
  std::string log_key_;
};

}  // namespace jinhuan::journal::verify
