#include "meeting-svc/storage/circle_store.h"

#include <set>
#include <tuple>

#include "meeting-svc/domain/notice_audience.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kLeave("DELETE FROM circle_member WHERE user_id = ?", "circle_member_by_user");
const db::Query kJoin(
    "INSERT INTO circle_member (audience, user_id, alliance_id, member_id) VALUES (?, ?, ?, ?)",
    "");

}  // namespace

absl::Status CircleStore::Keep(db::Connection& connection, const alliance::v1::User& user) const {
  const std::string user_id = api::LastId(user.name());
  JH_RETURN_IF_ERROR(connection.Execute(kLeave, {user_id}).status());
  if (user.state() != alliance::v1::User::STATE_ACTIVE) return absl::OkStatus();
  std::set<std::tuple<std::string, std::string, std::string>> circles;
  circles.emplace(ThePerson(user.name()), "", "");
  for (const auth::v1::Grant& grant : user.grants()) {
    for (const std::string& audience : AudiencesOf(grant)) {
      circles.emplace(audience, api::LastId(grant.alliance()), api::LastId(grant.member()));
    }
  }
  for (const auto& [audience, alliance_id, member_id] : circles) {
    JH_RETURN_IF_ERROR(
        connection.Execute(kJoin, {audience, user_id, alliance_id, member_id}).status());
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::meeting
