#pragma once

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/message.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "platform/id.h"

namespace jinhuan::journal {

// One change, as a store tells it.
struct Change {
  std::string resource;                               // its name
  const google::protobuf::Message* before = nullptr;  // absent when it was created
  const google::protobuf::Message* after = nullptr;   // absent when it was removed
  std::string reason = {};                            // where the method asks for one
};

// The append-only record of everything that happened in one service.
//
// Entries are written without a number, inside the transaction of the change:
// a number drawn there would either leave readers that go by `number > last`
// skipping entries for ever (commits do not come in the order of numbers), or
// put every write in one queue. A sealer numbers committed entries densely,
// within milliseconds. The number is the audit order and the resume token of
// every watch (and will be the leaf index of the Merkle tree).
//
// Thread-safe.
class Journal {
 public:
  Journal(db::Pool& pool, IdSource& ids) : pool_(pool), ids_(ids) {}
  ~Journal() { StopSealing(); }

  // Appends an entry in the transaction that `connection` is in.
  absl::Status Append(db::Connection& connection, const api::Call& call, const Change& change);

  // Appends an entry for each change, which may come from several calls, by as few
  // statements as can be.
  struct CallChange {
    const api::Call& call;
    Change change;
  };
  absl::Status AppendAll(db::Connection& connection, const std::vector<CallChange>& changes);

  // Starts the thread that seals: at once after a commit of this process, and
  // every second for what other processes wrote. Several processes may seal the
  // same journal; a row that each UPDATEs first keeps them apart.
  void StartSealing();
  // Ends the thread, and every wait of AwaitNumber.
  void StopSealing();
  bool stopped() const;

  // Numbers up to 512 committed entries; returns how many. What the thread
  // does, for tests that want it done now.
  absl::StatusOr<int64_t> SealOnce();

  // Which entries to read.
  struct Filter {
    std::string alliance;  // empty: every one
    std::string resource;  // empty: every one; else alliance is not looked at
  };

  // Up to `limit` sealed entries from `number` on, in order.
  absl::StatusOr<std::vector<v1::Entry>> ReadFrom(int64_t number, int limit, const Filter& filter,
                                                  absl::Time deadline);

  // How many entries are sealed: the last number.
  absl::StatusOr<int64_t> Size(absl::Time deadline);

  // Waits until entry `number` is sealed, at the longest until `until`. May
  // return early.
  void AwaitNumber(int64_t number, absl::Time until);

 private:
  v1::Entry EntryOf(const api::Call& call, const Change& change);
  void Wake();
  void SealUntilStopped();

  db::Pool& pool_;
  IdSource& ids_;
  mutable absl::Mutex mutex_;
  int64_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  bool written_ ABSL_GUARDED_BY(mutex_) = true;  // what an earlier process left
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread sealer_;
};

}  // namespace jinhuan::journal
