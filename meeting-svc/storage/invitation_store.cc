#include "meeting-svc/storage/invitation_store.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_body.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr size_t kTiers = 4;  // with those that are not given

const db::Query kInvite(
    "INSERT INTO invitation (alliance_id, meeting_id, member_id, version, member_display_name, "
    "answer, note, answer_time) "
    "SELECT alliance_id, ?, id, 1, display_name, 0, '', NULL FROM member "
    "FORCE INDEX (member_by_state) WHERE alliance_id = ? AND state = ? AND tier IN (?, ?, ?, ?)",
    "member_by_state");
const db::Query kGet(
    "SELECT member_id, member_display_name, answer, note, answer_time, version FROM invitation "
    "WHERE alliance_id = ? AND meeting_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kAnswer(
    "UPDATE invitation SET version = version + 1, answer = ?, note = ?, answer_time = ? "
    "WHERE alliance_id = ? AND meeting_id = ? AND member_id = ? AND version = ?",
    "PRIMARY");
const db::Query kList(
    "SELECT member_id, member_display_name, answer, note, answer_time FROM invitation "
    "WHERE alliance_id = ? AND meeting_id = ? AND member_id > ? ORDER BY member_id LIMIT ?",
    "PRIMARY");

}  // namespace

absl::StatusOr<int64_t> InvitationStore::InviteActiveMembers(db::Connection& connection,
                                                             const MeetingKey& key,
                                                             v1::MeetingBody body) {
  std::vector<alliance::v1::Tier> tiers = TiersOf(body);
  tiers.resize(kTiers, tiers.front());
  return connection.Execute(
      kInvite, {key.id, key.alliance_id, int{alliance::v1::Member::STATE_ACTIVE}, int{tiers[0]},
                int{tiers[1]}, int{tiers[2]}, int{tiers[3]}});
}

absl::StatusOr<InvitationStore::Answered> InvitationStore::Answer(
    db::Connection& connection, const MeetingKey& key, const std::string& member_id,
    v1::Answer answer, std::string_view note, absl::Time now) {
  Answered result;
  int64_t version = 0;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGet, {key.alliance_id, key.id, member_id}, [&](const db::Row& row) {
        result.before = FromRow(row, 0, key);
        version = row.Int(5);
      }));
  if (found == 0) return Error(v1::ERROR_REASON_NOT_INVITED, {{"name", key.name()}});
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kAnswer, {int{answer}, note, now, key.alliance_id, key.id, member_id, version}));
  result.after = result.before;
  result.after.set_answer(answer);
  result.after.set_note(std::string(note));
  *result.after.mutable_answer_time() = api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(now)));
  return result;
}

absl::StatusOr<std::optional<v1::Invitation>> InvitationStore::Find(
    db::Connection& connection, const MeetingKey& key, const std::string& member_id) const {
  std::optional<v1::Invitation> invitation;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {key.alliance_id, key.id, member_id},
                                 [&](const db::Row& row) { invitation = FromRow(row, 0, key); })
                         .status());
  return invitation;
}

absl::StatusOr<std::vector<v1::Invitation>> InvitationStore::List(
    db::Connection& connection, const MeetingKey& key, const std::string& after_member_id,
    int limit) const {
  std::vector<v1::Invitation> invitations;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList, {key.alliance_id, key.id, after_member_id, limit},
                  [&](const db::Row& row) { invitations.push_back(FromRow(row, 0, key)); })
          .status());
  return invitations;
}

v1::Invitation InvitationStore::FromRow(const db::Row& row, int column, const MeetingKey& key) {
  v1::Invitation invitation;
  const std::string member_id = row.Text(column);
  invitation.set_name(key.name() + "/invitations/" + member_id);
  invitation.set_member(key.alliance() + "/members/" + member_id);
  invitation.set_member_display_name(row.Text(column + 1));
  invitation.set_answer(static_cast<v1::Answer>(row.Int(column + 2)));
  invitation.set_note(row.Text(column + 3));
  if (!row.IsNull(column + 4)) {
    *invitation.mutable_answer_time() = api::ToProto(row.Time(column + 4));
  }
  return invitation;
}

}  // namespace jinhuan::meeting
