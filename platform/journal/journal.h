#pragma once

#include <cstdint>
#include <optional>
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
#include "platform/journal/proofs.h"
#include "platform/journal/tree/merkle.h"

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
// within milliseconds, and adds them to a Merkle tree. The number is the audit
// order, the resume token of every watch and, less one, the leaf's index.
//
// Thread-safe.
class Journal {
 public:
  Journal(db::Pool& pool, IdSource& ids, ProofOptions options = {})
      : pool_(pool), ids_(ids), proofs_(pool, ids, std::move(options)) {}
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
  // every second for what other processes wrote and left. Several processes may seal the
  // same journal; a row that each UPDATEs first keeps them apart. While somebody waits for an
  // entry it looks every 50 ms for what they sealed.
  void StartSealing();
  // Ends the thread, and every wait of AwaitNumber.
  void StopSealing();
  bool stopped() const;

  // Numbers up to 512 committed entries and adds them to the tree and the index;
  // returns how many. What the thread does, for those who want it done now. In a
  // journal from before the tree it first adds as many old entries at a time; those
  // from before the index are indexed beside that, and counted where they are more.
  absl::StatusOr<int64_t> SealOnce();

  // What proves the sealed journal.
  Proofs& proofs() { return proofs_; }

  // Which entries to erase: these, and those on a resource, where it is not empty.
  struct Erasable {
    std::vector<int64_t> numbers = {};
    std::string resource = {};
  };
  // The most entries on a resource that one call erases: the caller goes on, in
  // further transactions, until none is left.
  static constexpr int kEraseLimit = 1000;

  // Erases the content of entries, in the transaction that `connection` is in, and
  // appends an entry that says of which, and why; the hashes stay, so every proof
  // stays valid. Returns how many; one that is erased already is passed over. Only
  // what is sealed is erased: seal first. FAILED_PRECONDITION / ENTRY_NOT_ERASABLE
  // for a number that is not sealed, and for what an erasure says of itself.
  absl::StatusOr<int64_t> Erase(db::Connection& connection, const api::Call& call,
                                const Erasable& what, const std::string& reason);

  // Which entries to read.
  struct Filter {
    std::string alliance;  // empty: every one
    std::string resource;  // empty: every one; else alliance is not looked at
  };

  // Up to `limit` sealed entries from `number` on, in order.
  absl::StatusOr<std::vector<v1::Entry>> ReadFrom(int64_t number, int limit, const Filter& filter,
                                                  absl::Time deadline);

  // What to look for: entries of which all holds that is not empty.
  struct Selection {
    std::string alliance = {};
    std::string resource = {};
    std::string method = {};
    std::string actor = {};
    std::optional<absl::Time> start = {};  // made then or later
    std::optional<absl::Time> end = {};    // made before
    bool newest_first = false;
  };

  // Up to `limit` sealed entries, the oldest first unless asked otherwise; those behind
  // number `after` in that order, where it is not 0. Of erased ones method and actor are
  // unknown. UNAVAILABLE / JOURNAL_NOT_INDEXED where method, actor or time are asked for
  // and entries from before the index are still being added to it.
  absl::StatusOr<std::vector<v1::Entry>> List(const Selection& selection, int64_t after, int limit,
                                              absl::Time deadline);

  // How many entries are sealed: the last number.
  absl::StatusOr<int64_t> Size(absl::Time deadline);

  // Waits until entry `number` is sealed, at the longest until `until`. May
  // return early. Gives how many are sealed, as far as this process knows.
  int64_t AwaitNumber(int64_t number, absl::Time until);

 private:
  absl::Status AppendAs(db::Connection& connection, const std::vector<std::string>& ids,
                        const std::vector<CallChange>& changes);
  void Wake();
  void SealUntilStopped();
  // Seals, or looks what others sealed; how long to rest then.
  absl::Duration SealSome();
  absl::Duration LookAround();
  void Learn(int64_t size);

  db::Pool& pool_;
  IdSource& ids_;
  Proofs proofs_;
  // Held while sealing. The right edge of the tree as this process last left it:
  // read again when another process has sealed since.
  absl::Mutex sealing_;
  tree::Frontier frontier_ ABSL_GUARDED_BY(sealing_);
  bool whole_ ABSL_GUARDED_BY(sealing_) = false;  // all that is sealed is in tree and index
  mutable absl::Mutex mutex_;
  int64_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  int awaiting_ ABSL_GUARDED_BY(mutex_) = 0;     // in AwaitNumber
  bool written_ ABSL_GUARDED_BY(mutex_) = true;  // what an earlier process left
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread sealer_;
};

}  // namespace jinhuan::journal
