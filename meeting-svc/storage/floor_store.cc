#include "meeting-svc/storage/floor_store.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/quorum.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kPresent(
    "SELECT a.member_id FROM attendance AS a JOIN member AS m ON m.alliance_id = a.alliance_id "
    "AND m.id = a.member_id AND m.state = ? WHERE a.alliance_id = ? AND a.meeting_id = ? "
    "AND a.present = 1 AND a.observer = 0",
    "PRIMARY");
const db::Query kProxies(
    "SELECT p.grantor_id, p.holder_id FROM proxy AS p JOIN member AS m "
    "ON m.alliance_id = p.alliance_id AND m.id = p.grantor_id AND m.state = ? "
    "WHERE p.alliance_id = ? AND p.meeting_id = ?",
    "PRIMARY");
const db::Query kInvited(
    "SELECT i.member_id, i.member_display_name, m.tier FROM invitation AS i "
    "JOIN member AS m ON m.alliance_id = i.alliance_id AND m.id = i.member_id AND m.state = ? "
    "WHERE i.alliance_id = ? AND i.meeting_id = ? ORDER BY i.member_id",
    "PRIMARY");
const db::Query kDropped(
    "SELECT COUNT(*) FROM invitation AS i JOIN member AS m ON m.alliance_id = i.alliance_id "
    "AND m.id = i.member_id AND m.state <> ? WHERE i.alliance_id = ? AND i.meeting_id = ?",
    "PRIMARY");

constexpr int kActive = alliance::v1::Member::STATE_ACTIVE;

std::string MemberName(const MeetingKey& meeting, const std::string& id) {
  return id.empty() ? "" : meeting.alliance() + "/members/" + id;
}

}  // namespace

absl::StatusOr<Presence> FloorStore::PresentNow(db::Connection& connection,
                                                const MeetingKey& key) const {
  Presence here;
  JH_RETURN_IF_ERROR(connection
                         .Select(kPresent, {kActive, key.alliance_id, key.id},
                                 [&](const db::Row& row) { here.emplace(row.Text(0), ""); })
                         .status());
  // One hop: who stands for another must be there itself.
  Presence presence = here;
  JH_RETURN_IF_ERROR(connection
                         .Select(kProxies, {kActive, key.alliance_id, key.id},
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
                         .Select(kInvited, {kActive, key.alliance_id, key.id},
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

absl::StatusOr<v1::Quorum> FloorStore::Quorum(db::Connection& connection, const MeetingKey& key,
                                              const alliance::v1::ItemRule& rule,
                                              int32_t charter_version,
                                              const std::vector<v1::Elector>& roll,
                                              absl::Time now) const {
  v1::Quorum quorum = CountQuorum(rule, roll);
  quorum.set_charter_version(charter_version);
  *quorum.mutable_time() = api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(now)));
  JH_ASSIGN_OR_RETURN(const AttendanceStore::Counts counts, attendances_.Count(connection, key));
  quorum.set_leave_count(static_cast<int32_t>(counts.leave));
  quorum.set_observer_count(static_cast<int32_t>(counts.observers));
  JH_RETURN_IF_ERROR(connection
                         .Select(kDropped, {kActive, key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   quorum.set_dropped_count(static_cast<int32_t>(row.Int(0)));
                                 })
                         .status());
  return quorum;
}

absl::StatusOr<v1::Quorum> FloorStore::Quorum(db::Connection& connection, const MeetingKey& key,
                                              const alliance::v1::Charter& charter,
                                              absl::Time now) const {
  JH_ASSIGN_OR_RETURN(const auto roll, Roll(connection, key, charter.meeting(), false));
  return Quorum(connection, key, RuleFor(charter.meeting(), alliance::v1::ITEM_KIND_ORDINARY),
                charter.version(), roll, now);
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
