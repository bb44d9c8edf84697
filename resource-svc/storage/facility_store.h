#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::resource {

// Keeps facilities. Thread-safe. Names are whole resource names of the right
// form; every change is journalled in the caller's transaction.
class FacilityStore {
 public:
  explicit FacilityStore(journal::Journal& journal) : journal_(journal) {}

  // Adds a facility, whose name and time of creation are set, and returns it as
  // it is read.
  absl::StatusOr<v1::Facility> Create(db::Connection& connection, const api::Call& call,
                                      v1::Facility facility);

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Facility> Get(db::Connection& connection, const std::string& name);

  // Replaces the facility that was read as `before`. RetryTransaction() when it
  // changed since.
  absl::StatusOr<v1::Facility> Update(db::Connection& connection, const api::Call& call,
                                      const v1::Facility& before, v1::Facility after,
                                      const std::string& reason = "");

  // A page of the facilities of an alliance, oldest first, with one more than it
  // holds if there is one; of one kind unless `kind` is unspecified. The key of a
  // page is the id.
  absl::StatusOr<std::vector<v1::Facility>> List(db::Connection& connection,
                                                 const std::string& alliance, v1::FacilityKind kind,
                                                 const api::Page& page);

  // Up to `limit` facilities that units of an alliance lend, oldest first; of one kind unless
  // `kind` is unspecified.
  absl::StatusOr<std::vector<v1::Facility>> ListOwned(db::Connection& connection,
                                                      const std::string& alliance,
                                                      const std::vector<std::string>& owners,
                                                      v1::FacilityKind kind, int limit);

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::resource
