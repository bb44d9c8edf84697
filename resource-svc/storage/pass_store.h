#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/pass.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::resource {

// Keeps passes; their days are bookings, which BookingStore keeps. Thread-safe.
class PassStore {
 public:
  explicit PassStore(journal::Journal& journal) : journal_(journal) {}

  // Makes sure that there is a row for a plate, in a transaction of its own: many that add the
  // same row at once in longer ones wait in a circle.
  absl::Status AddPlate(db::Connection& connection, const std::string& alliance,
                        const std::string& plate);
  // Waits for its turn to make a pass for a plate, which has a row; holds it for as long as the
  // transaction lives, of which it must be the first statement.
  absl::Status TakeTurn(db::Connection& connection, const std::string& alliance,
                        const std::string& plate);

  // Adds a pass, which is complete.
  absl::Status Create(db::Connection& connection, const api::Call& call, const v1::Pass& pass);

  // A pass with the version it was read at.
  struct Stored {
    v1::Pass pass;
    int64_t version = 0;
  };

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<Stored> Get(db::Connection& connection, const std::string& name);

  // Replaces a pass: a compare-and-swap on its version. RetryTransaction() when it changed since.
  absl::Status Replace(db::Connection& connection, const api::Call& call, const Stored& before,
                       const v1::Pass& after, const std::string& reason);

  // The names of up to `limit` passes of which it is to be told by `now` that the clock ended them.
  absl::StatusOr<std::vector<std::string>> ToTell(db::Connection& connection, absl::Time now,
                                                  int limit);
  // Journals that the clock ended a pass, once however many do at once; what is recorded of it
  // stays (AsOf). False where that was told, or it is not over.
  absl::StatusOr<bool> TellEnd(db::Connection& connection, const api::Call& call,
                               const std::string& name);
  // Puts off what is to be told until `then`: for what can't be told now.
  absl::Status TellLater(db::Connection& connection, const std::string& name, absl::Time then);

  // The passes for a plate that end after a time, whatever their state.
  absl::StatusOr<std::vector<std::string>> OfPlate(db::Connection& connection,
                                                   const std::string& alliance,
                                                   const std::string& plate, absl::Time end_after);

  // Which passes to list: those of `user`, of `units` and of what `lenders` lend together, or with
  // `everyone` all; with a state, those that are in it at `now`.
  struct Filter {
    bool everyone = false;
    std::string user = {};                  // an account's name; empty: nobody's
    std::vector<std::string> units = {};    // members' names
    std::vector<std::string> lenders = {};  // members' names
    v1::Pass::State state = v1::Pass::STATE_UNSPECIFIED;
    absl::Time now;
  };

  // A page of passes as they are at `now`, those that last longest first, with one more than it
  // holds if there is one. PageKey says what comes after a pass.
  absl::StatusOr<std::vector<v1::Pass>> List(db::Connection& connection,
                                             const std::string& alliance, const Filter& filter,
                                             const api::Page& page);
  static std::vector<std::string> PageKey(const v1::Pass& pass);
  static constexpr size_t kPageColumns = 2;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::resource
