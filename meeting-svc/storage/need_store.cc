#include "meeting-svc/storage/need_store.h"

#include "jinhuan/resource/v1/exchange.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using resource::v1::Match;
using resource::v1::Need;

const db::Query kPut(
    "INSERT INTO need (alliance_id, id, member_id, create_time, withdrawn, agree_time, met) "
    "VALUES (?, ?, ?, ?, ?, NULL, 0) ON DUPLICATE KEY UPDATE withdrawn = VALUES(withdrawn)",
    "");
const db::Query kAgree(
    "UPDATE need SET agree_time = COALESCE(agree_time, ?) WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kMeet("UPDATE need SET met = 1 WHERE alliance_id = ? AND id = ?", "PRIMARY");

absl::Status PutNeed(db::Connection& connection, const Need& need) {
  return connection
      .Execute(kPut, {api::AllianceId(need.name()), api::LastId(need.name()),
                      api::LastId(need.member()), api::FromProto(need.create_time()),
                      need.state() == resource::v1::LISTING_STATE_WITHDRAWN})
      .status();
}

absl::Status PutMatch(db::Connection& connection, const Match& match) {
  // An offer may be claimed by a unit that published no need.
  if (match.need().empty()) return absl::OkStatus();
  const std::string alliance_id = api::AllianceId(match.need());
  const std::string id = api::LastId(match.need());
  if (match.has_agree_time()) {
    JH_RETURN_IF_ERROR(
        connection.Execute(kAgree, {api::FromProto(match.agree_time()), alliance_id, id}).status());
  }
  if (match.state() != Match::STATE_COMPLETED) return absl::OkStatus();
  return connection.Execute(kMeet, {alliance_id, id}).status();
}

}  // namespace

absl::Status NeedStore::Apply(db::Connection& connection, const journal::v1::Entry& entry) const {
  if (Need need; entry.after().Is<Need>() && entry.after().UnpackTo(&need)) {
    return PutNeed(connection, need);
  }
  if (Match match; entry.after().Is<Match>() && entry.after().UnpackTo(&match)) {
    return PutMatch(connection, match);
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::meeting
