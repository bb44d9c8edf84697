#include "alliance-svc/storage/rotation_plan_store.h"

#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kGet("SELECT body FROM rotation_plan WHERE alliance_id = ? AND plan_id = ?",
                     "PRIMARY");
const db::Query kInsert("INSERT INTO rotation_plan (alliance_id, plan_id, body) VALUES (?, ?, ?)",
                        "");
const db::Query kDelete("DELETE FROM rotation_plan WHERE alliance_id = ? AND plan_id = ?",
                        "PRIMARY");

}  // namespace

absl::StatusOr<internal::v1::StoredPlan> RotationPlanStore::Get(db::Connection& connection,
                                                                const std::string& alliance,
                                                                const std::string& plan_id) const {
  internal::v1::StoredPlan plan;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {AllianceIdOf(alliance), plan_id},
                                        [&](const db::Row& row) { row.Parse(0, plan); }));
  if (found == 0) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", alliance + "/rotation"}});
  }
  return plan;
}

absl::Status RotationPlanStore::Insert(db::Connection& connection, const std::string& alliance,
                                       const std::string& plan_id,
                                       const internal::v1::StoredPlan& plan) const {
  return connection.Execute(kInsert, {AllianceIdOf(alliance), plan_id, plan.SerializeAsString()})
      .status();
}

absl::Status RotationPlanStore::Delete(db::Connection& connection, const std::string& alliance,
                                       const std::string& plan_id) const {
  if (plan_id.empty()) return absl::OkStatus();
  return connection.Execute(kDelete, {AllianceIdOf(alliance), plan_id}).status();
}

}  // namespace jinhuan::alliance
