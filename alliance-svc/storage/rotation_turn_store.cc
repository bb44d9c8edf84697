#include "alliance-svc/storage/rotation_turn_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kReadUnits(
    "SELECT member_id, state, liaison_phone, body FROM member FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ?",
    "PRIMARY");
const db::Query kState("SELECT state FROM member WHERE alliance_id = ? AND member_id = ?",
                       "PRIMARY");
const db::Query kReadEntries(
    "SELECT member_id, base_credit, waiting_since FROM pool_entry WHERE alliance_id = ?",
    "PRIMARY");
const db::Query kSetEntry(
    "INSERT INTO pool_entry (alliance_id, member_id, base_credit, waiting_since) "
    "VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE base_credit = VALUES(base_credit), "
    "waiting_since = VALUES(waiting_since)",
    "");
const db::Query kReadWaivers("SELECT cycle, member_id, body FROM waiver WHERE alliance_id = ?",
                             "PRIMARY");
const db::Query kInsertWaiver(
    "INSERT INTO waiver (alliance_id, cycle, member_id, body) VALUES (?, ?, ?, ?)", "");

}  // namespace

chair::Unit UnitOf(const v1::Member& member) {
  chair::Unit unit;
  unit.display_name = member.display_name();
  unit.sector = member.sector();
  unit.tier = member.tier();
  unit.state = member.state();
  unit.has_liaison = !member.liaison_phone().empty();
  unit.join_time = api::FromProto(member.join_time());
  return unit;
}

absl::StatusOr<RotationTurnStore::Units> RotationTurnStore::ReadUnits(
    db::Connection& connection, const std::string& alliance) const {
  const std::string id = AllianceIdOf(alliance);
  Units units;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadUnits, {id},
                                 [&](const db::Row& row) {
                                   v1::Member member;
                                   row.Parse(3, member);
                                   member.set_state(static_cast<v1::Member::State>(row.Int(1)));
                                   member.set_liaison_phone(row.Text(2));
                                   units[MemberName(id, row.Text(0))] = UnitOf(member);
                                 })
                         .status());
  return units;
}

absl::StatusOr<bool> RotationTurnStore::IsActive(db::Connection& connection,
                                                 const std::string& member) const {
  bool active = false;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kState, {AllianceIdOf(member), LastSegment(member)},
                  [&](const db::Row& row) { active = row.Int(0) == v1::Member::STATE_ACTIVE; })
          .status());
  return active;
}

absl::StatusOr<RotationTurnStore::Entries> RotationTurnStore::ReadEntries(
    db::Connection& connection, const std::string& alliance) const {
  const std::string id = AllianceIdOf(alliance);
  Entries entries;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadEntries, {id},
                                 [&](const db::Row& row) {
                                   entries[MemberName(id, row.Text(0))] = {row.Int(1), row.Int(2)};
                                 })
                         .status());
  return entries;
}

absl::Status RotationTurnStore::SetEntry(db::Connection& connection, const std::string& member,
                                         const chair::Entry& entry) const {
  return connection
      .Execute(kSetEntry,
               {AllianceIdOf(member), LastSegment(member), entry.base_credit, entry.waiting_since})
      .status();
}

absl::StatusOr<std::vector<v1::Waiver>> RotationTurnStore::ReadWaivers(
    db::Connection& connection, const std::string& alliance) const {
  const std::string id = AllianceIdOf(alliance);
  std::vector<v1::Waiver> waivers;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadWaivers, {id},
                                 [&](const db::Row& row) {
                                   v1::Waiver& waiver = waivers.emplace_back();
                                   row.Parse(2, waiver);
                                   waiver.set_cycle(static_cast<int32_t>(row.Int(0)));
                                   waiver.set_member(MemberName(id, row.Text(1)));
                                 })
                         .status());
  return waivers;
}

absl::Status RotationTurnStore::InsertWaiver(db::Connection& connection,
                                             const v1::Waiver& waiver) const {
  v1::Waiver body = waiver;
  body.clear_member();
  body.clear_cycle();
  return connection
      .Execute(kInsertWaiver, {AllianceIdOf(waiver.member()), waiver.cycle(),
                               LastSegment(waiver.member()), body.SerializeAsString()})
      .status();
}

}  // namespace jinhuan::alliance
