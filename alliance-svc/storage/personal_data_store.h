#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// A phone number as it was read.
struct KeptPhone {
  std::string number;   // "" for none
  std::string version;  // of what it belongs to: another when the number is another
};

// The one place that reads phone numbers out in full, and writes down who looked.
// Thread-safe.
class PersonalDataStore {
 public:
  explicit PersonalDataStore(journal::Journal& journal) : journal_(journal) {}

  // The number of an account (`users/…`) or of a member's liaison, or, with `deputy`,
  // of its second one; none without the one or the other.
  absl::StatusOr<KeptPhone> Phone(db::Connection& connection, const std::string& name,
                                  bool deputy) const;

  // Journals that the caller looked at what is personal of `name`, and why.
  absl::Status JournalLook(db::Connection& connection, const api::Call& call,
                           const std::string& name, const std::string& reason) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
