#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

namespace jinhuan {

// A piece of what is due in the background.
struct Piece {
  int found = 0;      // how many were due
  int moved = 0;      // how many of them are due no longer; the others are passed over
  std::string first;  // what the first is called, set before anything may fail
};

// Moves what is due, until nothing is. `move` takes up to `limit` of it in one transaction, after
// the first `skip`, and fills a fresh `piece`. Where `together` can't be moved each is tried alone,
// so that one that can't holds up no other: it is logged with `what` ("projects"), passed over, and
// due again the next time. Returns how many were moved; the error where the database is away
// (UNAVAILABLE) and where a hundred in one look can't be moved.
absl::StatusOr<int> KeepDue(
    std::string_view what, int together,
    absl::FunctionRef<absl::Status(int limit, int skip, Piece& piece)> move);

// Keeps what is due, one by one, until nothing is. `due` names some of it; whatever was looked at
// by `keep`, which tells whether anything was to be done, is due no longer. One that can't be kept
// holds up no other: it is logged with `what` ("project") and due again when `postpone` says.
// Returns how many had something done; the errors of `due` and `postpone`.
absl::StatusOr<int> KeepEach(std::string_view what,
                             absl::FunctionRef<absl::StatusOr<std::vector<std::string>>()> due,
                             absl::FunctionRef<absl::StatusOr<bool>(const std::string& name)> keep,
                             absl::FunctionRef<absl::Status(const std::string& name)> postpone);

}  // namespace jinhuan
