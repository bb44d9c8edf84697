#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/ledger.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::resource {

// Keeps the ledger. Thread-safe. Entries are only ever added; the balance of a unit and
// kind is kept by the same transaction, in all and by month, and is always the sum of its entries.
class LedgerStore {
 public:
  LedgerStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  // Adds the entries (ledger_rules) that one source gives, in the transaction of what
  // causes them; false, and nothing is added, when that source gave entries before. The
  // rows of balances are hot: the last thing before COMMIT.
  absl::StatusOr<bool> Record(db::Connection& connection, const api::Call& call,
                              std::vector<v1::LedgerEntry> entries);

  // Which entries to list.
  struct Filter {
    std::string member = {};                            // empty: every unit's
    v1::LedgerKind kind = v1::LEDGER_KIND_UNSPECIFIED;  // unspecified: every one
    absl::Time start = absl::UnixEpoch();               // of what occurred in [start, end)
    std::optional<absl::Time> end = {};
  };

  // A page, the newest first, with one more than it holds if there is one. PageKey says
  // what comes after an entry.
  absl::StatusOr<std::vector<v1::LedgerEntry>> List(db::Connection& connection,
                                                    const std::string& alliance,
                                                    const Filter& filter, const api::Page& page);
  static std::vector<std::string> PageKey(const v1::LedgerEntry& entry);
  static constexpr size_t kPageColumns = 2;

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::LedgerEntry> Get(db::Connection& connection, const std::string& name);

  // The entry that a source gave of a kind in a direction, if it did.
  absl::StatusOr<std::optional<v1::LedgerEntry>> BySource(db::Connection& connection,
                                                          const std::string& source,
                                                          v1::LedgerKind kind,
                                                          v1::LedgerDirection direction);

  // What was entered as given, with all that has put it right since: the last of it, and how
  // much that comes to. Whoever corrects it next has the last as the source, which gives
  // entries once: so corrections stand in one line.
  struct Line {
    v1::LedgerEntry last;
    int64_t total = 0;
  };
  absl::StatusOr<Line> LineOf(db::Connection& connection, const v1::LedgerEntry& entry);

  // Whole months, both inclusive, as LedgerMonth counts them.
  struct Months {
    int first = 0;
    int last = 0;
  };

  // A page of the units that have entries (in the months, if given), with their balances (of
  // them), by id; of `member` alone unless it is empty. The key of a page is the unit's id.
  absl::StatusOr<std::vector<v1::UnitLedger>> Balances(db::Connection& connection,
                                                       const std::string& alliance,
                                                       const std::string& member,
                                                       const api::Page& page,
                                                       std::optional<Months> months = {});

 private:
  journal::Journal& journal_;
  IdSource& ids_;
};

}  // namespace jinhuan::resource
