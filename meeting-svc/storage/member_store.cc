#include "meeting-svc/storage/member_store.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/api/resource_name.h"
#include "platform/log.h"

namespace jinhuan::meeting {
namespace {

const db::Query kPut(
    "INSERT INTO member (alliance_id, id, display_name, tier, state) VALUES (?, ?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE display_name = VALUES(display_name), tier = VALUES(tier), "
    "state = VALUES(state)",
    "");

}  // namespace

absl::Status MemberStore::Apply(db::Connection& connection, const journal::v1::Entry& entry) {
  if (!entry.after().Is<alliance::v1::Member>()) return absl::OkStatus();
  alliance::v1::Member member;
  const bool whole = entry.after().UnpackTo(&member);
  const auto ids = api::MatchName("alliances/*/members/*", member.name());
  if (!whole || !ids.has_value()) {
    // Waiting for it would stop the following for ever.
    log::Error("entry passed over", {{"number", entry.number()}, {"resource", entry.resource()}});
    return absl::OkStatus();
  }
  return connection
      .Execute(kPut, {ids->at(0), ids->at(1), member.display_name(), int{member.tier()},
                      int{member.state()}})
      .status();
}

}  // namespace jinhuan::meeting
