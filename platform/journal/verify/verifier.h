#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "jinhuan/journal/v1/journal.pb.h"
#include "jinhuan/journal/v1/proof.pb.h"
#include "platform/journal/tree/checkpoint.h"
#include "platform/journal/tree/note.h"
#include "platform/journal/verify/findings.h"

namespace jinhuan::journal::verify {

// What the verifier goes by. None of it comes from the bundle.
struct Trust {
  tree::PublicKey log;
  std::vector<tree::PublicKey> witnesses = {};
  size_t witnesses_needed = 0;           // so many of them must have cosigned
  std::optional<std::string> held = {};  // the note of an older checkpoint
  bool part = false;                     // the bundles need not hold every entry
};

// Checks the bundles of one export, one after the other, and nothing else: no
// server, no database, no clock. Not thread-safe.
class Verifier {
 public:
  explicit Verifier(Trust trust) : trust_(std::move(trust)) {}

  // Checks the next bundle; `file` names it in what is found.
  void Add(const std::string& file, const v1::Bundle& bundle);
  // After the last: whether anything is missing.
  void Finish();

  Findings& findings() { return findings_; }

 private:
  // The checkpoint of a note that the journal signed.
  std::optional<tree::Checkpoint> Signed(const std::string& file, const std::string& note);
  void CheckWitnesses(const std::string& file, const std::string& note);
  // False where the rest of the bundle can't be checked against the first one's checkpoint.
  bool IsOfSameExport(const std::string& file, const tree::Checkpoint& checkpoint);
  void CheckConsistency(const std::string& file, const v1::Bundle& bundle);
  // Whether the checkpoint held is that of the empty journal, which every one continues: no
  // bundle proves that.
  bool NothingIsHeld();
  // The tree in which erasures are proven.
  std::optional<tree::Checkpoint> Later(const std::string& file, const v1::Bundle& bundle);
  void CheckErasures(const std::string& file, const v1::Bundle& bundle);
  void CheckEntry(const std::string& file, const v1::BundleEntry& entry);
  // Reads an entry's record and finds its leaf, unless something contradicts.
  std::optional<tree::Hash> LeafOf(const std::string& file, const v1::BundleEntry& entry,
                                   const tree::Hasher& hasher, v1::Entry& record);
  void CheckErased(const std::string& file, const v1::BundleEntry& entry, const v1::Entry& record);

  const Trust trust_;
  Findings findings_;
  std::optional<tree::Checkpoint> checkpoint_;  // of the first bundle
  bool consistent_ = false;                     // with the one held
  int64_t next_ = 0;                            // the number that must come; 0: any
  int64_t first_ = 0;
  // What the proven erasures of this bundle name: the erasure's id, and the entry as
  // it then stands.
  std::set<std::pair<std::string, std::string>> erased_;
};

}  // namespace jinhuan::journal::verify
