#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/closure.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {

// Keeps closures. Who changes one has the turn of its facility (WindowStore::Queue). Names
// are whole resource names of the right form. Thread-safe.
class ClosureStore {
 public:
  explicit ClosureStore(journal::Journal& journal) : journal_(journal) {}

  // Adds a closure, which is complete.
  absl::Status Create(db::Connection& connection, const api::Call& call,
                      const v1::Closure& closure);

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Closure> Get(db::Connection& connection, const std::string& name);

  // Replaces one that is in force. RetryTransaction() when it is not any more.
  absl::Status Cancel(db::Connection& connection, const api::Call& call, const v1::Closure& before,
                      const v1::Closure& after);

  // A page of the closures of a facility that end after a time, the first to end first, with
  // one more than it holds if there is one. PageKey says what comes after a closure.
  absl::StatusOr<std::vector<v1::Closure>> List(db::Connection& connection,
                                                const std::string& facility, absl::Time end_after,
                                                const api::Page& page);
  static std::vector<std::string> PageKey(const v1::Closure& closure);
  static constexpr size_t kPageColumns = 2;

  // When a window is closed between two times.
  static absl::StatusOr<std::vector<Slot>> ClosedIn(db::Connection& connection,
                                                    const std::string& window, absl::Time from,
                                                    absl::Time to);

  // The closures in force of a whole alliance that overlap [from, to).
  absl::StatusOr<std::vector<v1::Closure>> InForce(db::Connection& connection,
                                                   const std::string& alliance, absl::Time from,
                                                   absl::Time to);

 private:
  journal::Journal& journal_;
};

// Whether a closure is one of a window.
bool Closes(const v1::Closure& closure, const std::string& window);
// The time it closes.
Slot IntervalOf(const v1::Closure& closure);

}  // namespace jinhuan::resource
