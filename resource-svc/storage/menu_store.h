#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/menu.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::resource {

// Keeps the menus of canteens. Thread-safe. Names are whole resource names of the right
// form; every change is journalled in the caller's transaction.
class MenuStore {
 public:
  explicit MenuStore(journal::Journal& journal) : journal_(journal) {}

  // What is kept under a name; without an etag, and otherwise empty, when nothing is.
  absl::StatusOr<v1::Menu> Get(db::Connection& connection, const std::string& name);

  // Puts `after` in the place of what was read as `before`, and returns it as it is read.
  // RetryTransaction() when that changed since.
  absl::StatusOr<v1::Menu> Set(db::Connection& connection, const api::Call& call,
                               const v1::Menu& before, v1::Menu after);

  // A page of the menus of the days `first` to `last` (DayText), by day, facility and
  // window, with one more than it holds if there is one; of `facility` alone unless it is
  // empty. PageKey says what comes after a menu.
  absl::StatusOr<std::vector<v1::Menu>> List(db::Connection& connection,
                                             const std::string& alliance,
                                             const std::string& facility, const std::string& first,
                                             const std::string& last, const api::Page& page);
  static std::vector<std::string> PageKey(const v1::Menu& menu);
  static constexpr size_t kPageColumns = 3;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::resource
