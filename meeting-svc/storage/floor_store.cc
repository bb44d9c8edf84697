#include "meeting-svc/storage/floor_store.h"

#include "meeting-svc/domain/majority.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr std::string_view kStatePrefix = "STATE_";

const db::Query kClaim(
    "UPDATE meeting SET version = version + 1 WHERE alliance_id = ? AND id = ? AND state BETWEEN ? "
    "AND ?",
    "PRIMARY");
const db::Query kMeeting("SELECT body, state FROM meeting WHERE alliance_id = ? AND id = ?",
                         "PRIMARY");
const db::Query kPresent(
    "SELECT member_id FROM attendance WHERE alliance_id = ? AND meeting_id = ? AND present = 1",
    "PRIMARY");
const db::Query kProxies(
    "SELECT grantor_id, holder_id FROM proxy WHERE alliance_id = ? AND meeting_id = ?", "PRIMARY");
const db::Query kInvited(
    "SELECT i.member_id, i.member_display_name, m.tier FROM invitation AS i "
    "JOIN member AS m ON m.alliance_id = i.alliance_id AND m.id = i.member_id "
    "WHERE i.alliance_id = ? AND i.meeting_id = ? ORDER BY i.member_id",
    "PRIMARY");

std::string NameOf(v1::Meeting::State state) {
  return v1::Meeting::State_Name(state).substr(kStatePrefix.size());
}

}  // namespace

absl::Status FloorStore::Claim(db::Connection& connection, const MeetingKey& key,
                               v1::Meeting::State first, v1::Meeting::State last) const {
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kClaim, {key.alliance_id, key.id, int{first}, int{last}}));
  if (claimed == 1) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const v1::Meeting meeting, Get(connection, key));
  const v1::Meeting::State state = meeting.state();
  if (state >= first && state <= last) return db::RetryTransaction();
  return Error(error::v1::COMMON_REASON_STATE_WRONG,
               {{"name", key.name()}, {"state", NameOf(state)}, {"needs", NameOf(last)}});
}

absl::StatusOr<v1::Meeting> FloorStore::Get(db::Connection& connection,
                                            const MeetingKey& key) const {
  v1::Meeting meeting;
  JH_RETURN_IF_ERROR(connection
                         .Select(kMeeting, {key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   row.Parse(0, meeting);
                                   meeting.set_state(static_cast<v1::Meeting::State>(row.Int(1)));
                                 })
                         .status());
  if (meeting.state() > v1::Meeting::STATE_DRAFT) {
    meeting.set_name(key.name());
    return meeting;
  }
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", key.name()}});
}

absl::StatusOr<v1::AgendaItem> FloorStore::Item(db::Connection& connection, const MeetingKey& key,
                                                const std::string& item_id) const {
  JH_ASSIGN_OR_RETURN(v1::Meeting meeting, Get(connection, key));
  for (v1::AgendaItem& item : *meeting.mutable_agenda_items()) {
    if (item.id() == item_id) return std::move(item);
  }
  Violations violations;
  violations.Check("ballot.agenda_item", false, "an item of the agenda", "本次会议议程中的一项");
  return violations.ToStatus();
}

absl::StatusOr<Presence> FloorStore::PresentNow(db::Connection& connection,
                                                const MeetingKey& key) const {
  Presence here;
  JH_RETURN_IF_ERROR(connection
                         .Select(kPresent, {key.alliance_id, key.id},
                                 [&](const db::Row& row) { here.emplace(row.Text(0), ""); })
                         .status());
  // One hop: who stands for another must be there itself.
  Presence presence = here;
  JH_RETURN_IF_ERROR(connection
                         .Select(kProxies, {key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   if (here.contains(row.Text(1)))
                                     presence.emplace(row.Text(0), row.Text(1));
                                 })
                         .status());
  return presence;
}

absl::StatusOr<std::vector<v1::Elector>> FloorStore::Entitled(
    db::Connection& connection, const MeetingKey& key, const alliance::v1::MeetingRules& rules,
    bool equal) const {
  std::vector<v1::Elector> roll;
  JH_RETURN_IF_ERROR(connection
                         .Select(kInvited, {key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   const int votes =
                                       VotesOf(rules, static_cast<alliance::v1::Tier>(row.Int(2)));
                                   if (votes == 0) return;
                                   v1::Elector& elector = roll.emplace_back();
                                   elector.set_member(key.alliance() + "/members/" + row.Text(0));
                                   elector.set_member_display_name(row.Text(1));
                                   elector.set_votes(equal ? 1 : votes);
                                 })
                         .status());
  return roll;
}

}  // namespace jinhuan::meeting
