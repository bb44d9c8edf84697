#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {

// Keeps the windows of facilities. A window never changes once it is there, so
// what is read of one outside a transaction stays true inside. Thread-safe.
class WindowStore {
 public:
  explicit WindowStore(journal::Journal& journal) : journal_(journal) {}

  // Adds a window, whose name and time of creation are set. FAILED_PRECONDITION /
  // WINDOW_OVERLAPS when it overlaps another one of its facility; NOT_FOUND /
  // RESOURCE_NOT_FOUND when there is no such facility. Must be the first thing in
  // its transaction that decides.
  absl::Status Create(db::Connection& connection, const api::Call& call, const v1::Window& window);

  // A window with its facility; NOT_FOUND / RESOURCE_NOT_FOUND when there is
  // none.
  absl::StatusOr<Supply> GetSupply(db::Connection& connection, const std::string& name);

  // A page of the windows of a facility, oldest first, with one more than it
  // holds if there is one. The key of a page is the id.
  absl::StatusOr<std::vector<v1::Window>> List(db::Connection& connection,
                                               const std::string& facility, const api::Page& page);

  // All windows of the facilities whose ids lie between those of two names of
  // one alliance, both inclusive; by facility, then oldest first.
  absl::StatusOr<std::vector<v1::Window>> ListBetween(db::Connection& connection,
                                                      const std::string& first_facility,
                                                      const std::string& last_facility);

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::resource
