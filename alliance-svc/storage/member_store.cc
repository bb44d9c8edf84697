#include "alliance-svc/storage/member_store.h"

#include <optional>

#include "alliance-svc/storage/member_row.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/text/pinyin.h"

namespace jinhuan::alliance {
namespace {

const db::Query kGet("SELECT " JH_MEMBER_COLUMNS
                     " FROM member WHERE alliance_id = ? AND member_id = ?",
                     "PRIMARY");
const db::Query kFindByReceipt("SELECT " JH_MEMBER_COLUMNS " FROM member WHERE receipt_hash = ?",
                               "member_by_receipt");
// State 1 is APPLIED, 2 ACTIVE, 4 SUSPENDED.
const db::Query kCountOpen(
    "SELECT COUNT(*) FROM member FORCE INDEX (member_by_filing) "
    "WHERE alliance_id = ? AND state = 1 AND self_filed = TRUE",
    "member_by_filing");
const db::Query kLiving("SELECT " JH_MEMBER_COLUMNS
                        ", self_filed FROM member FORCE INDEX (member_by_filing) "
                        "WHERE alliance_id = ? AND state IN (1, 2, 4)",
                        "member_by_filing");
static_assert(v1::Member::STATE_APPLIED == 1 && v1::Member::STATE_ACTIVE == 2 &&
              v1::Member::STATE_SUSPENDED == 4);
const db::BulkInsert kInsert(
    "INSERT INTO member (alliance_id, member_id, version, state, self_filed, sector, tier, "
    "party_member_count, display_name, joint_branch, initials, sort_key, sort_version, "
    "liaison_phone, deputy_liaison_phone, receipt_hash, body) VALUES",
    "(?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
const db::Query kUpdate(
    "UPDATE member FORCE INDEX (PRIMARY) SET version = version + 1, state = ?, sector = ?, "
    "tier = ?, party_member_count = ?, display_name = ?, joint_branch = ?, initials = ?, "
    "sort_key = ?, sort_version = ?, liaison_phone = COALESCE(?, liaison_phone), "
    "deputy_liaison_phone = COALESCE(?, deputy_liaison_phone), body = ? "
    "WHERE alliance_id = ? AND member_id = ? AND version = ?",
    "PRIMARY");

// The number for a column, or NULL for "as it is".
db::Value Phone(const std::string& number, const std::string& masked_before) {
  return number == masked_before ? db::Value(std::nullopt) : db::Value(number);
}

absl::StatusOr<v1::Member> Find(db::Connection& connection, const db::Query& query,
                                std::initializer_list<db::Value> key, const std::string& name) {
  v1::Member member;
  JH_ASSIGN_OR_RETURN(const int64_t found, connection.Select(query, key, [&](const db::Row& row) {
    member = MemberFromRow(row);
  }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return member;
}

}  // namespace

absl::StatusOr<v1::Member> MemberStore::Get(db::Connection& connection,
                                            const std::string& name) const {
  return Find(connection, kGet, {AllianceIdOf(name), LastSegment(name)}, name);
}

absl::StatusOr<v1::Member> MemberStore::FindByReceipt(db::Connection& connection,
                                                      const std::string& receipt_hash) const {
  return Find(connection, kFindByReceipt, {receipt_hash}, "application");
}

absl::StatusOr<int64_t> MemberStore::CountOpenApplications(db::Connection& connection,
                                                           const std::string& alliance) const {
  int64_t count = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCountOpen, {AllianceIdOf(alliance)},
                                 [&](const db::Row& row) { count = row.Int(0); })
                         .status());
  return count;
}

absl::StatusOr<std::vector<MemberWithPhones>> MemberStore::Living(
    db::Connection& connection, const std::string& alliance) const {
  std::vector<MemberWithPhones> living;
  JH_RETURN_IF_ERROR(
      connection
          .Select(
              kLiving, {AllianceIdOf(alliance)},
              [&](const db::Row& row) {
                living.push_back({MemberFromRow(row), row.Text(4), row.Text(5), row.Int(7) != 0});
              })
          .status());
  return living;
}

absl::StatusOr<std::vector<v1::Member>> MemberStore::InsertRows(
    db::Connection& connection, const std::vector<v1::Member>& members, const Filing& filing) {
  struct Made {
    std::string alliance_id, member_id, initials, sort_key, body;
  };
  std::vector<Made> made;  // what the values below point into
  made.reserve(members.size());
  std::vector<db::Value> values;
  const std::string sort_version = PinyinVersion();
  const db::Value receipt =
      filing.receipt_hash.empty() ? db::Value(std::nullopt) : db::Value(filing.receipt_hash);
  for (const v1::Member& member : members) {
    const std::string& title = member.display_name();
    const Made& m =
        made.emplace_back(Made{AllianceIdOf(member.name()), LastSegment(member.name()),
                               PinyinInitials(title), PinyinSortKey(title), MemberBody(member)});
    values.insert(
        values.end(),
        {m.alliance_id, m.member_id, member.state(), filing.self, member.sector(), member.tier(),
         member.party_member_count(), title, member.joint_branch(), m.initials, m.sort_key,
         sort_version, member.liaison_phone(), member.deputy_liaison_phone(), receipt, m.body});
  }
  JH_RETURN_IF_ERROR(kInsert.Execute(connection, values));
  std::vector<v1::Member> shown;
  for (const v1::Member& member : members) shown.push_back(ShownAsNew(member));
  return shown;
}

absl::StatusOr<v1::Member> MemberStore::Insert(db::Connection& connection, const api::Call& call,
                                               const v1::Member& member,
                                               const Filing& filing) const {
  JH_ASSIGN_OR_RETURN(std::vector<v1::Member> shown, InsertRows(connection, {member}, filing));
  v1::Member& made = shown[0];
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = made.name(), .after = &made, .reason = ""}));
  JH_RETURN_IF_ERROR(
      rotations_.NoteMemberChanges(connection, call, {{.before = nullptr, .after = &made}}, ""));
  return std::move(made);
}

absl::StatusOr<v1::Member> MemberStore::UpdateRow(db::Connection& connection,
                                                  const v1::Member& before,
                                                  const v1::Member& after) {
  const std::string& title = after.display_name();
  const int64_t version = std::stoll(before.etag());
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {after.state(), after.sector(), after.tier(), after.party_member_count(), title,
       after.joint_branch(), PinyinInitials(title), PinyinSortKey(title), PinyinVersion(),
       Phone(after.liaison_phone(), before.liaison_phone()),
       Phone(after.deputy_liaison_phone(), before.deputy_liaison_phone()), MemberBody(after),
       AllianceIdOf(after.name()), LastSegment(after.name()), version}));
  v1::Member shown = Shown(after);
  shown.set_etag(std::to_string(version + 1));
  return shown;
}

absl::StatusOr<v1::Member> MemberStore::Update(db::Connection& connection, const api::Call& call,
                                               const v1::Member& before, const v1::Member& after,
                                               const std::string& reason) const {
  JH_ASSIGN_OR_RETURN(v1::Member shown, UpdateRow(connection, before, after));
  const v1::Member shown_before = Shown(before);
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = shown.name(), .before = &shown_before, .after = &shown, .reason = reason}));
  JH_RETURN_IF_ERROR(rotations_.NoteMemberChanges(
      connection, call, {{.before = &shown_before, .after = &shown}}, after.state_reason()));
  return shown;
}

absl::Status MemberStore::Import(db::Connection& connection, const api::Call& call,
                                 const std::vector<RosterChange>& changes,
                                 const std::string& reason) const {
  std::vector<v1::Member> added;
  for (const RosterChange& change : changes) {
    if (change.before == nullptr) added.push_back(change.after);
  }
  JH_ASSIGN_OR_RETURN(std::vector<v1::Member> after, InsertRows(connection, added, {}));
  std::vector<v1::Member> before;
  for (const RosterChange& change : changes) {
    if (change.before == nullptr) continue;
    JH_ASSIGN_OR_RETURN(after.emplace_back(), UpdateRow(connection, *change.before, change.after));
    before.push_back(Shown(*change.before));
  }
  // Those that were there come after the new ones.
  std::vector<MemberChange> told;
  std::vector<journal::Journal::CallChange> entries;
  for (size_t i = 0; i < after.size(); ++i) {
    const v1::Member* was = i < added.size() ? nullptr : &before[i - added.size()];
    told.push_back({.before = was, .after = &after[i]});
    entries.push_back(
        {call, {.resource = after[i].name(), .before = was, .after = &after[i], .reason = reason}});
  }
  JH_RETURN_IF_ERROR(journal_.AppendAll(connection, entries));
  return rotations_.NoteMemberChanges(connection, call, told, reason);
}

}  // namespace jinhuan::alliance
