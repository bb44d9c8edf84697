#include "alliance-svc/storage/member_store.h"

#include <optional>

#include "alliance-svc/domain/phone.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

#define COLUMNS "alliance_id, member_id, version, state, liaison_phone, body"
// An alliance has some tens to a few thousand members, so the filters are
// looked at along the way through the alliance's part of one index.
#define FILTERS "(? = 0 OR state = ?) AND (? = 0 OR sector = ?) AND LOCATE(?, display_name) > 0 "
const db::Query kGet("SELECT " COLUMNS " FROM member WHERE alliance_id = ? AND member_id = ?",
                     "PRIMARY");
const db::Query kList("SELECT " COLUMNS
                      " FROM member FORCE INDEX (member_by_display_name) WHERE alliance_id = ? "
                      "AND (display_name > ? OR (display_name = ? AND member_id > ?)) AND " FILTERS
                      "ORDER BY display_name, member_id LIMIT ?",
                      "member_by_display_name");
const db::Query kCount(
    "SELECT COUNT(*) FROM member FORCE INDEX (member_by_display_name) "
    "WHERE alliance_id = ? AND " FILTERS,
    "member_by_display_name");
const db::Query kInsert(
    "INSERT INTO member (alliance_id, member_id, version, state, sector, tier, "
    "party_member_count, display_name, liaison_phone, body) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
    "");
const db::Query kUpdate(
    "UPDATE member FORCE INDEX (PRIMARY) SET version = version + 1, state = ?, sector = ?, tier = "
    "?, "
    "party_member_count = ?, display_name = ?, liaison_phone = COALESCE(?, liaison_phone), "
    "body = ? WHERE alliance_id = ? AND member_id = ? AND version = ?",
    "PRIMARY");
#undef COLUMNS
#undef FILTERS

std::string Body(v1::Member member) {
  member.clear_name();
  member.clear_etag();
  member.clear_state();
  member.clear_liaison_phone();
  return member.SerializeAsString();
}

v1::Member FromRow(const db::Row& row) {
  v1::Member member;
  row.Parse(5, member);
  member.set_name(MemberName(row.Text(0), row.Text(1)));
  member.set_etag(row.Text(2));
  member.set_state(static_cast<v1::Member::State>(row.Int(3)));
  member.set_liaison_phone(MaskPhone(row.Text(4)));
  return member;
}

}  // namespace

absl::StatusOr<v1::Member> MemberStore::Get(db::Connection& connection,
                                            const std::string& name) const {
  v1::Member member;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {AllianceIdOf(name), LastSegment(name)},
                                        [&](const db::Row& row) { member = FromRow(row); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return member;
}

absl::StatusOr<std::vector<v1::Member>> MemberStore::List(db::Connection& connection,
                                                          const v1::ListMembersRequest& request,
                                                          const api::Page& page) const {
  const std::string name = page.first() ? "" : page.after[0];
  const std::string id = page.first() ? "" : page.after[1];
  std::vector<v1::Member> members;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList,
                  {AllianceIdOf(request.parent()), name, name, id, request.state(), request.state(),
                   request.sector(), request.sector(), request.query(), page.limit()},
                  [&](const db::Row& row) { members.push_back(FromRow(row)); })
          .status());
  return members;
}

absl::StatusOr<int64_t> MemberStore::Count(db::Connection& connection,
                                           const v1::ListMembersRequest& request) const {
  int64_t count = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCount,
                                 {AllianceIdOf(request.parent()), request.state(), request.state(),
                                  request.sector(), request.sector(), request.query()},
                                 [&](const db::Row& row) { count = row.Int(0); })
                         .status());
  return count;
}

absl::StatusOr<v1::Member> MemberStore::Insert(db::Connection& connection, const api::Call& call,
                                               v1::Member member) const {
  const std::string phone = member.liaison_phone();
  member.set_liaison_phone(MaskPhone(phone));
  member.set_etag("1");
  JH_RETURN_IF_ERROR(connection
                         .Execute(kInsert, {AllianceIdOf(member.name()), LastSegment(member.name()),
                                            member.state(), member.sector(), member.tier(),
                                            member.party_member_count(), member.display_name(),
                                            phone, Body(member)})
                         .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = member.name(), .after = &member}));
  return member;
}

absl::StatusOr<v1::Member> MemberStore::Update(db::Connection& connection, const api::Call& call,
                                               const v1::Member& before, v1::Member after,
                                               const std::string& reason) const {
  const std::string phone = after.liaison_phone();
  const bool same_phone = phone == before.liaison_phone();
  const int64_t version = std::stoll(before.etag());
  after.set_liaison_phone(MaskPhone(phone));
  after.set_etag(std::to_string(version + 1));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {after.state(), after.sector(), after.tier(), after.party_member_count(),
       after.display_name(), same_phone ? db::Value(std::nullopt) : db::Value(phone), Body(after),
       AllianceIdOf(after.name()), LastSegment(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before, .after = &after, .reason = reason}));
  return after;
}

}  // namespace jinhuan::alliance
