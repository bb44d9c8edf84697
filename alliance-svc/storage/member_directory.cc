#include "alliance-svc/storage/member_directory.h"

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/storage/member_row.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/text/pinyin.h"

namespace jinhuan::alliance {
namespace {

// An alliance has some tens to a few thousand members, so the filters are looked at
// along the way through the alliance's part of the order's index.
#define FILTERS                                                             \
  "(? = 0 OR state = ?) AND (? = 0 OR sector = ?) AND (? = 0 OR tier = ?) " \
  "AND (? = '' OR joint_branch = ?) "                                       \
  "AND (LOCATE(?, display_name) > 0 OR LOCATE(?, initials) > 0) "
const db::Query kByPinyin("SELECT " JH_MEMBER_COLUMNS
                          " FROM member FORCE INDEX (member_by_pinyin) WHERE alliance_id = ? "
                          "AND sort_key >= ? AND (sort_key > ? OR member_id > ?) AND " FILTERS
                          "ORDER BY sort_key, member_id LIMIT ?",
                          "member_by_pinyin");
const db::Query kByPartyMembers(
    "SELECT " JH_MEMBER_COLUMNS
    " FROM member FORCE INDEX (member_by_party_members) WHERE alliance_id = ? "
    "AND party_member_count <= ? AND (party_member_count < ? OR member_id < ?) AND " FILTERS
    "ORDER BY party_member_count DESC, member_id DESC LIMIT ?",
    "member_by_party_members");
// Ids sort by the time at which they were made.
const db::Query kByAge("SELECT " JH_MEMBER_COLUMNS
                       " FROM member FORCE INDEX (PRIMARY) WHERE alliance_id = ? "
                       "AND member_id < ? AND " FILTERS "ORDER BY member_id DESC LIMIT ?",
                       "PRIMARY");
const db::Query kCount(
    "SELECT COUNT(*) FROM member FORCE INDEX (member_by_pinyin) "
    "WHERE alliance_id = ? AND " FILTERS,
    "member_by_pinyin");
#undef FILTERS
const db::Query kUnsorted(
    "SELECT alliance_id, member_id, version, display_name FROM member "
    "FORCE INDEX (member_by_sort_version) WHERE sort_version < ? OR sort_version > ? LIMIT ?",
    "member_by_sort_version");
const db::Query kResort(
    "UPDATE member FORCE INDEX (PRIMARY) SET initials = ?, sort_key = ?, sort_version = ? "
    "WHERE alliance_id = ? AND member_id = ? AND version = ?",
    "PRIMARY");

constexpr char kAfterEveryId[] = "~";
// No initials contain it.
constexpr char kNoInitials[] = "-";

// What of a query can stand in initials: all of it, or nothing.
std::string InitialsOf(const std::string& query) {
  const bool plain = std::all_of(query.begin(), query.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c));
  });
  return plain ? absl::AsciiStrToLower(query) : kNoInitials;
}

// What FILTERS asks for, in FILTER_VALUES(f).
struct Filter {
  explicit Filter(const v1::ListMembersRequest& request)
      : state(request.state()),
        sector(request.sector()),
        tier(request.tier()),
        branch(request.joint_branch()),
        query(request.query()),
        initials(InitialsOf(query)) {}

  const int state, sector, tier;
  const std::string branch, query, initials;
};
#define FILTER_VALUES(f) \
  f.state, f.state, f.sector, f.sector, f.tier, f.tier, f.branch, f.branch, f.query, f.initials

absl::StatusOr<std::string> BytesOf(const std::string& hex) {
  const bool valid = hex.size() % 2 == 0 && std::all_of(hex.begin(), hex.end(), [](char c) {
                       return absl::ascii_isxdigit(static_cast<unsigned char>(c));
                     });
  if (!valid) return Error(error::v1::COMMON_REASON_PAGE_TOKEN_INVALID);
  return absl::HexStringToBytes(hex);
}

absl::StatusOr<std::vector<v1::Member>> Read(db::Connection& connection, const db::Query& query,
                                             std::initializer_list<db::Value> values) {
  std::vector<v1::Member> members;
  JH_RETURN_IF_ERROR(connection
                         .Select(query, values,
                                 [&](const db::Row& row) {
                                   members.push_back(MemberFromRow(row));
                                   ClearHistory(members.back());
                                 })
                         .status());
  return members;
}

}  // namespace

size_t MemberDirectory::KeyColumns(v1::MemberOrder order) {
  return order == v1::MEMBER_ORDER_NEWEST ? 1 : 2;
}

std::vector<std::string> MemberDirectory::KeyOf(v1::MemberOrder order, const v1::Member& member) {
  const std::string id = LastSegment(member.name());
  switch (order) {
    case v1::MEMBER_ORDER_NEWEST:
      return {id};
    case v1::MEMBER_ORDER_PARTY_MEMBERS:
      return {std::to_string(member.party_member_count()), id};
    default:
      return {absl::BytesToHexString(PinyinSortKey(member.display_name())), id};
  }
}

absl::StatusOr<std::vector<v1::Member>> MemberDirectory::List(db::Connection& connection,
                                                              const v1::ListMembersRequest& request,
                                                              const api::Page& page) const {
  const std::string alliance = AllianceIdOf(request.parent());
  const Filter f(request);
  if (request.order() == v1::MEMBER_ORDER_NEWEST) {
    const std::string id = page.first() ? kAfterEveryId : page.after[0];
    return Read(connection, kByAge, {alliance, id, FILTER_VALUES(f), page.limit()});
  }
  if (request.order() == v1::MEMBER_ORDER_PARTY_MEMBERS) {
    int64_t count = std::numeric_limits<int32_t>::max();
    if (!page.first()) {
      JH_ASSIGN_OR_RETURN(count, api::NumberOf(page.after[0]));
    }
    const std::string id = page.first() ? kAfterEveryId : page.after[1];
    return Read(connection, kByPartyMembers,
                {alliance, count, count, id, FILTER_VALUES(f), page.limit()});
  }
  JH_ASSIGN_OR_RETURN(const std::string key, BytesOf(page.first() ? "" : page.after[0]));
  const std::string id = page.first() ? "" : page.after[1];
  return Read(connection, kByPinyin, {alliance, key, key, id, FILTER_VALUES(f), page.limit()});
}

absl::StatusOr<int64_t> MemberDirectory::Count(db::Connection& connection,
                                               const v1::ListMembersRequest& request) const {
  int64_t count = 0;
  const std::string alliance = AllianceIdOf(request.parent());
  const Filter f(request);
  JH_RETURN_IF_ERROR(connection
                         .Select(kCount, {alliance, FILTER_VALUES(f)},
                                 [&](const db::Row& row) { count = row.Int(0); })
                         .status());
  return count;
}

absl::StatusOr<int64_t> MemberDirectory::Resort(db::Connection& connection, int limit) const {
  struct Found {
    std::string alliance_id, member_id, display_name;
    int64_t version;
  };
  std::vector<Found> unsorted;
  const std::string made_by = PinyinVersion();
  JH_RETURN_IF_ERROR(
      connection
          .Select(kUnsorted, {made_by, made_by, limit},
                  [&](const db::Row& row) {
                    unsorted.push_back({row.Text(0), row.Text(1), row.Text(3), row.Int(2)});
                  })
          .status());
  for (const Found& member : unsorted) {
    JH_RETURN_IF_ERROR(connection
                           .Execute(kResort, {PinyinInitials(member.display_name),
                                              PinyinSortKey(member.display_name), made_by,
                                              member.alliance_id, member.member_id, member.version})
                           .status());
  }
  return static_cast<int64_t>(unsorted.size());
}

}  // namespace jinhuan::alliance
