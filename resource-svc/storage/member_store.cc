#include "resource-svc/storage/member_store.h"

#include "jinhuan/alliance/v1/charter.pb.h"
#include "platform/api/resource_name.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr int kMostNames = 10'000;

const db::Query kPut(
    "INSERT INTO member (alliance_id, id, display_name, tier, sector, state) "
    "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE display_name = VALUES(display_name), "
    "tier = VALUES(tier), sector = VALUES(sector), state = VALUES(state)",
    "");
const db::Query kGet(
    "SELECT display_name, tier, sector, state FROM member WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kNames(
    "SELECT id, display_name FROM member FORCE INDEX (PRIMARY) WHERE alliance_id = ? "
    "ORDER BY id LIMIT ?",
    "PRIMARY");
const db::Query kPutCharter(
    "INSERT INTO charter_holidays (alliance_id, version, body) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE body = VALUES(body)",
    "");
const db::Query kCharters(
    "SELECT body FROM charter_holidays WHERE alliance_id = ? ORDER BY version", "PRIMARY");

// Waiting for an entry that can't be understood would stop the following for ever.
absl::Status PassOver(const journal::v1::Entry& entry) {
  log::Error("entry passed over", {{"number", entry.number()}, {"resource", entry.resource()}});
  return absl::OkStatus();
}

absl::Status PutMember(db::Connection& connection, const journal::v1::Entry& entry) {
  alliance::v1::Member member;
  const bool whole = entry.after().UnpackTo(&member);
  const auto ids = api::MatchName("alliances/*/members/*", member.name());
  if (!whole || !ids.has_value()) return PassOver(entry);
  return connection
      .Execute(kPut, {ids->at(0), ids->at(1), member.display_name(), int{member.tier()},
                      int{member.sector()}, int{member.state()}})
      .status();
}

absl::Status PutCharter(db::Connection& connection, const journal::v1::Entry& entry) {
  alliance::v1::Charter charter;
  const bool whole = entry.after().UnpackTo(&charter);
  const auto ids = api::MatchName("alliances/*/charters/*", charter.name());
  if (!whole || !ids.has_value()) return PassOver(entry);
  alliance::v1::Charter kept;
  *kept.mutable_effective_date() = charter.effective_date();
  *kept.mutable_holidays() = charter.holidays();
  *kept.mutable_booking_quotas() = charter.booking_quotas();
  return connection.Execute(kPutCharter, {ids->at(0), charter.version(), kept.SerializeAsString()})
      .status();
}

}  // namespace

absl::Status MemberStore::Apply(db::Connection& connection, const journal::v1::Entry& entry) {
  if (entry.after().Is<alliance::v1::Member>()) return PutMember(connection, entry);
  if (entry.after().Is<alliance::v1::Charter>()) return PutCharter(connection, entry);
  return absl::OkStatus();
}

absl::StatusOr<alliance::v1::Member> MemberStore::Get(db::Connection& connection,
                                                      const std::string& name) {
  alliance::v1::Member member;
  JH_ASSIGN_OR_RETURN(
      const int64_t rows,
      connection.Select(kGet, {AllianceId(name), LastId(name)}, [&](const db::Row& row) {
        member.set_name(name);
        member.set_display_name(row.Text(0));
        member.set_tier(static_cast<alliance::v1::Tier>(row.Int(1)));
        member.set_sector(static_cast<alliance::v1::Sector>(row.Int(2)));
        member.set_state(static_cast<alliance::v1::Member::State>(row.Int(3)));
      }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return member;
}

absl::StatusOr<MemberStore::Names> MemberStore::NamesOf(db::Connection& connection,
                                                        const std::string& alliance) {
  Names names;
  JH_RETURN_IF_ERROR(connection
                         .Select(kNames, {AllianceId(alliance), kMostNames},
                                 [&](const db::Row& row) { names[row.Text(0)] = row.Text(1); })
                         .status());
  return names;
}

absl::StatusOr<bool> MemberStore::IsActive(db::Connection& connection, const std::string& name) {
  const auto member = Get(connection, name);
  if (absl::IsNotFound(member.status())) return false;
  JH_RETURN_IF_ERROR(member.status());
  return member->state() == alliance::v1::Member::STATE_ACTIVE;
}

absl::Status MemberStore::CheckActive(db::Connection& connection, const std::string& name) {
  JH_ASSIGN_OR_RETURN(const alliance::v1::Member member, Get(connection, name));
  return CheckState(member, {alliance::v1::Member::STATE_ACTIVE});
}

absl::StatusOr<std::shared_ptr<const AllianceRules>> MemberStore::Rules(
    db::Connection& connection, const std::string& alliance) {
  std::vector<alliance::v1::Charter> charters;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCharters, {AllianceId(alliance)},
                                 [&](const db::Row& row) { row.Parse(0, charters.emplace_back()); })
                         .status());
  return std::make_shared<const AllianceRules>(charters);
}

}  // namespace jinhuan::resource
