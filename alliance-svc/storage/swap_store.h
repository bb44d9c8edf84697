#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "jinhuan/alliance/v1/rotation_service.pb.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// Every statement on the table `swap`. What is open and past its time comes out EXPIRED,
// whether that was recorded or not. Who writes has claimed the alliance's row of
// `rotation`. Thread-safe.
class SwapStore {
 public:
  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::TermSwap> Get(db::Connection& connection, const std::string& name,
                                   absl::Time now) const;

  // Up to page.limit() swaps that the request's filters find, the newest first; the id is
  // the column of the page's key.
  absl::StatusOr<std::vector<v1::TermSwap>> List(db::Connection& connection,
                                                 const v1::ListSwapsRequest& request,
                                                 const api::Page& page, absl::Time now) const;

  // Those that are stored as open, as they are stored.
  absl::StatusOr<std::vector<v1::TermSwap>> ReadOpen(db::Connection& connection,
                                                     const std::string& alliance) const;

  absl::Status Insert(db::Connection& connection, const v1::TermSwap& swap) const;
  // Replaces the version before the one that the swap's etag tells.
  absl::Status Update(db::Connection& connection, const v1::TermSwap& swap) const;
};

}  // namespace jinhuan::alliance
