#pragma once

#include <string>
#include <vector>

namespace jinhuan::journal::verify {

// A sentence in both languages.
struct Text {
  std::string en;
  std::string zh;
};

// What is checked, in the order in which it is told.
enum class Check {
  kForm,         // the file is what an export makes, no byte more
  kSignature,    // the journal signed the checkpoint
  kWitnesses,    // the witnesses did
  kEntries,      // the entries are whole and in order
  kInclusion,    // each is in the checkpoint's tree
  kErasures,     // what was erased has an entry that says so
  kConsistency,  // the checkpoint extends the one already held
  kCoverage,     // no entry is left out
};
constexpr int kChecks = 8;

// The outcome of each check. Not thread-safe.
class Findings {
 public:
  // Says that a check took place; what was never checked is told as such.
  void Passed(Check check) { checked_[static_cast<size_t>(check)] = true; }
  // Says what is wrong. Only the first ten of a check are kept.
  void Failed(Check check, Text what);

  bool failed() const;
  bool failed(Check check) const { return failures_[static_cast<size_t>(check)] > 0; }

  // One line a check, "OK", "FAILED" or "--" (not checked), and below it what is
  // wrong; with a last line that sums up.
  std::string Report(bool chinese) const;

 private:
  Text Verdict() const;

  std::vector<bool> checked_ = std::vector<bool>(kChecks);
  std::vector<int> failures_ = std::vector<int>(kChecks);
  std::vector<std::vector<Text>> texts_ = std::vector<std::vector<Text>>(kChecks);
};

}  // namespace jinhuan::journal::verify
