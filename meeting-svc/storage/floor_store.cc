#include "meeting-svc/storage/floor_store.h"

#include "meeting-svc/domain/majority.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kPresent(
    "SELECT member_id FROM attendance WHERE alliance_id = ? AND meeting_id = ? AND present = 1 "
    "AND observer = 0",
    "PRIMARY");
const db::Query kProxies(
    "SELECT grantor_id, holder_id FROM proxy WHERE alliance_id = ? AND meeting_id = ?", "PRIMARY");
const db::Query kInvited(
    "SELECT i.member_id, i.member_display_name, m.tier FROM invitation AS i "
    "JOIN member AS m ON m.alliance_id = i.alliance_id AND m.id = i.member_id "
    "WHERE i.alliance_id = ? AND i.meeting_id = ? ORDER BY i.member_id",
    "PRIMARY");

std::string MemberName(const MeetingKey& meeting, const std::string& id) {
  return id.empty() ? "" : meeting.alliance() + "/members/" + id;
}

}  // namespace

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

absl::StatusOr<std::vector<v1::Elector>> FloorStore::Roll(db::Connection& connection,
                                                          const MeetingKey& key,
                                                          const alliance::v1::MeetingRules& rules,
                                                          bool equal) const {
  std::vector<v1::Elector> roll;
  JH_RETURN_IF_ERROR(connection
                         .Select(kInvited, {key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   const int votes =
                                       VotesOf(rules, static_cast<alliance::v1::Tier>(row.Int(2)));
                                   if (votes == 0) return;
                                   v1::Elector& elector = roll.emplace_back();
                                   elector.set_member(MemberName(key, row.Text(0)));
                                   elector.set_member_display_name(row.Text(1));
                                   elector.set_votes(equal ? 1 : votes);
                                 })
                         .status());
  JH_ASSIGN_OR_RETURN(const Presence presence, PresentNow(connection, key));
  PutPresence(presence, key, roll);
  return roll;
}

void PutPresence(const Presence& presence, const MeetingKey& meeting,
                 std::vector<v1::Elector>& roll) {
  for (v1::Elector& elector : roll) {
    const auto found = presence.find(api::LastId(elector.member()));
    elector.set_present(found != presence.end());
    elector.set_proxy_holder(found == presence.end() ? "" : MemberName(meeting, found->second));
  }
}

}  // namespace jinhuan::meeting
