#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/internal/v1/rotation.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// Every statement on the table `rotation_plan`: published plans, and the draft. Thread-safe.
class RotationPlanStore {
 public:
  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<internal::v1::StoredPlan> Get(db::Connection& connection,
                                               const std::string& alliance,
                                               const std::string& plan_id) const;
  absl::Status Insert(db::Connection& connection, const std::string& alliance,
                      const std::string& plan_id, const internal::v1::StoredPlan& plan) const;
  // Deletes a draft that another one replaces; nothing for an empty id.
  absl::Status Delete(db::Connection& connection, const std::string& alliance,
                      const std::string& plan_id) const;
};

}  // namespace jinhuan::alliance
