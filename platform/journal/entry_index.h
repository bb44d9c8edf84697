#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/db/connection.h"
#include "platform/journal/head.h"

namespace jinhuan::journal {

// The index by which entries are found by method, actor and time. It is made of the records
// and proves nothing: whoever must be sure reads all entries, and verifies them.

// Entries on their way into the index.
class IndexRows {
 public:
  // Takes what `record`, the stored one of entry `number`, says. Of one that can't be read it
  // takes the number alone: a damaged entry must not stop the sealing of others.
  void Add(int64_t number, const std::string& record);

  // Writes what was added; an entry that is there already stays as it is.
  absl::Status Write(db::Connection& connection) const;

 private:
  struct Row {
    int64_t number;
    absl::Time time;
    std::string method;
    std::string actor;
  };
  std::vector<Row> rows_;
};

// Indexes up to 1024 entries that were taken into the tree without, behind the fence; moves
// head.indexed on and returns how many.
absl::StatusOr<int64_t> IndexOld(db::Connection& connection, Head& head);

// Leaves nothing of an entry in the index but what remains of it.
absl::Status EraseFromIndex(db::Connection& connection, const v1::Entry& remainder);

// Numbers, both inclusive; none where first > last.
struct Numbers {
  int64_t first;
  int64_t last;
};

// Between which numbers all entries lie that were made from `start` on and before `end`, as
// far as these are set; others may lie there too.
absl::StatusOr<Numbers> ReadNumbers(db::Connection& connection, std::optional<absl::Time> start,
                                    std::optional<absl::Time> end);

}  // namespace jinhuan::journal
