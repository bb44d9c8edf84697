#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/matching.h"

namespace jinhuan::resource {

// Keeps matches, and how units were rated in them. Thread-safe; every change is
// journalled in the caller's transaction.
class MatchStore {
 public:
  explicit MatchStore(journal::Journal& journal) : journal_(journal) {}

  // Adds a match whose fields are all set.
  absl::Status Create(db::Connection& connection, const api::Call& call, const v1::Match& match);

  // A match with the version it was read at.
  struct Stored {
    v1::Match match;
    int64_t version = 0;
  };

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<Stored> Get(db::Connection& connection, const std::string& name);

  // Replaces the match that was read as `before`. RetryTransaction() when it changed
  // since: so each step happens once. Must come before what follows from the step.
  absl::Status Update(db::Connection& connection, const api::Call& call, const Stored& before,
                      const v1::Match& after, const std::string& reason = "");

  // Which matches to list.
  struct Filter {
    bool everyone = false;
    std::vector<std::string> units = {};                    // members' names, if not everyone's
    v1::Match::State state = v1::Match::STATE_UNSPECIFIED;  // unspecified: every one
    bool waiting = false;      // only those that wait for one of the units, or for any
    std::string listing = {};  // only those of this need or offer
  };

  // A page, the newest first, with one more than it holds if there is one. The key of a
  // page is the id.
  absl::StatusOr<std::vector<v1::Match>> List(db::Connection& connection,
                                              const std::string& alliance, const Filter& filter,
                                              const api::Page& page);

  // Counts a rating of `member`. Its row is hot: the last thing before COMMIT.
  absl::Status CountRating(db::Connection& connection, const std::string& member, int stars);

  // How the unit was rated so far; nothing of the ledger is filled in.
  absl::StatusOr<Standing> RatingOf(db::Connection& connection, const std::string& member);

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::resource
