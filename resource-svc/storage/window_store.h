#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {

// Keeps the windows of facilities. Whoever changes the supply of a facility queues at its
// row first (Queue), so that what is read after is what is changed. Thread-safe.
class WindowStore {
 public:
  explicit WindowStore(journal::Journal& journal) : journal_(journal) {}

  // Adds a window, whose name and time of creation are set, in the queue of its facility.
  // FAILED_PRECONDITION / WINDOW_OVERLAPS when it overlaps another one of its facility.
  absl::Status Create(db::Connection& connection, const api::Call& call, const v1::Window& window);

  // Waits for its turn to change the supply of a facility; holds it for as long as the
  // transaction lives, of which it must be the first statement. NOT_FOUND /
  // RESOURCE_NOT_FOUND when there is no such facility.
  absl::Status Queue(db::Connection& connection, const std::string& facility);

  // Replaces the window that was read as `before`, and returns it as it is read.
  // RetryTransaction() when it changed since. From then on nobody makes slot rows by what
  // it was.
  absl::StatusOr<v1::Window> Replace(db::Connection& connection, const api::Call& call,
                                     const v1::Window& before, v1::Window after,
                                     const std::string& reason);

  // As Replace, of a window that stays as it is while what closes it changes.
  absl::Status Fence(db::Connection& connection, const v1::Window& window);

  // FAILED_PRECONDITION / WINDOW_OVERLAPS when `window` overlaps another one of its
  // facility; in the queue of the facility.
  absl::Status CheckOverlap(db::Connection& connection, const v1::Window& window);

  // RESOURCE_EXHAUSTED / WINDOWS_FULL when a facility has kMostAhead windows that are not over
  // at `now`; in the queue of the facility.
  static constexpr int kMostAhead = 100;
  absl::Status CheckRoom(db::Connection& connection, const v1::Facility& facility, absl::Time now);

  // How often a window was changed by this process: who remembers windows reads them anew
  // when it differs.
  int64_t changes() const { return changes_; }

  // A window with its facility; NOT_FOUND / RESOURCE_NOT_FOUND when there is
  // none.
  absl::StatusOr<Supply> GetSupply(db::Connection& connection, const std::string& name);

  // A page of the windows of a facility, oldest first, with one more than it
  // holds if there is one. The key of a page is the id.
  absl::StatusOr<std::vector<v1::Window>> List(db::Connection& connection,
                                               const std::string& facility, const api::Page& page);

  // The same of all facilities of an alliance, one after the other. The key of a page is the id of
  // the facility and that of the window.
  absl::StatusOr<std::vector<v1::Window>> ListAll(db::Connection& connection,
                                                  const std::string& alliance,
                                                  const api::Page& page);

  // All windows of a facility with what they are supplied by, oldest first.
  absl::StatusOr<std::vector<Supply>> Supplies(db::Connection& connection,
                                               const v1::Facility& facility);

  // All windows of the facilities whose ids lie between those of two names of
  // one alliance, both inclusive; by facility, then oldest first.
  absl::StatusOr<std::vector<v1::Window>> ListBetween(db::Connection& connection,
                                                      const std::string& first_facility,
                                                      const std::string& last_facility);

 private:
  journal::Journal& journal_;
  std::atomic<int64_t> changes_ = 0;
};

}  // namespace jinhuan::resource
