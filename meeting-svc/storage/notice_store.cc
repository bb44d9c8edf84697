#include "meeting-svc/storage/notice_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "jinhuan/meeting/v1/project.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/notice_rules.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kKept = absl::Hours(24 * 183);
constexpr int kNoLimit = 1'000'000;

const db::Query kAdd(
    "INSERT IGNORE INTO notice (audience, create_time, id, body) VALUES (?, ?, ?, ?)", "");
const db::Query kForget("DELETE FROM notice WHERE create_time < ? ORDER BY create_time LIMIT ?",
                        "notice_by_time");
// Whatever was read that long ago was older still.
const db::Query kForgetRead(
    "DELETE FROM notice_read WHERE read_time < ? ORDER BY read_time LIMIT ?",
    "notice_read_by_time");
// The page is cut by a range on the time alone, which the index serves, and trimmed by id.
const db::Query kList(
    "SELECT n.id, n.create_time, n.body, r.notice_id IS NOT NULL FROM notice AS n "
    "LEFT JOIN notice_read AS r ON r.user_id = ? AND r.notice_id = n.id "
    "WHERE n.audience = ? AND n.create_time <= ? AND (n.create_time < ? OR n.id < ?) "
    "ORDER BY n.create_time DESC, n.id DESC LIMIT ?",
    "PRIMARY");
const db::Query kListUnread(
    "SELECT n.id, n.create_time, n.body, 0 FROM notice AS n "
    "LEFT JOIN notice_read AS r ON r.user_id = ? AND r.notice_id = n.id "
    "WHERE n.audience = ? AND n.create_time <= ? AND (n.create_time < ? OR n.id < ?) "
    "AND n.create_time > ? AND r.notice_id IS NULL "
    "ORDER BY n.create_time DESC, n.id DESC LIMIT ?",
    "PRIMARY");
const db::Query kProject("SELECT body FROM project WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kSeen("SELECT up_to FROM notice_seen WHERE user_id = ?", "PRIMARY");
const db::Query kSee(
    "INSERT INTO notice_seen (user_id, up_to) VALUES (?, ?) "
    "ON DUPLICATE KEY UPDATE up_to = GREATEST(up_to, VALUES(up_to))",
    "");
const db::Query kRead(
    "INSERT IGNORE INTO notice_read (user_id, notice_id, read_time) VALUES (?, ?, ?)", "");

absl::StatusOr<absl::Time> SeenUpTo(db::Connection& connection, const std::string& user_id) {
  absl::Time up_to = absl::UnixEpoch();
  JH_RETURN_IF_ERROR(
      connection.Select(kSeen, {user_id}, [&](const db::Row& row) { up_to = row.Time(0); })
          .status());
  return up_to;
}

}  // namespace

absl::Status NoticeStore::Apply(db::Connection& connection, const journal::v1::Entry& entry) const {
  // It came as it was made, or as this service caught up: either way it is new to people
  // now. What is older than an inbox reaches is no news.
  const absl::Time now = clock_.Now();
  const absl::Time happened = api::FromProto(entry.time());
  if (happened < now - kKept) return absl::OkStatus();
  absl::TimeZone zone = absl::UTCTimeZone();
  // Whom it tells is the same in each zone, and most entries tell nobody.
  if (TellingsOf(entry, zone).empty()) return absl::OkStatus();
  if (!entry.alliance().empty()) {
    JH_ASSIGN_OR_RETURN(zone, alliances_.Zone(connection, entry.alliance()));
  }
  // By what it says: what reaches a person by two circles is one, and two things are two.
  std::map<std::string, std::string> ids;
  for (const Telling& telling : TellingsOf(entry, zone)) {
    const std::string body = telling.notice.SerializeAsString();
    const std::string next =
        ids.empty() ? entry.id() : fmt::format("{}-{}", entry.id(), ids.size() + 1);
    const std::string& id = ids.try_emplace(telling.notice.text(), next).first->second;
    JH_ASSIGN_OR_RETURN(const auto circles, CirclesOf(connection, telling.audience, happened));
    for (const std::string& circle : circles) {
      JH_RETURN_IF_ERROR(connection.Execute(kAdd, {circle, now, id, body}).status());
      JH_RETURN_IF_ERROR(outbox_.Add(connection, {id, circle, telling.notice, happened}, now));
    }
  }
  return absl::OkStatus();
}

// The unit that acts for the chair at a moment: the last of those that stand in, or the chair.
absl::StatusOr<std::vector<std::string>> NoticeStore::Chair(db::Connection& connection,
                                                            const std::string& alliance,
                                                            absl::Time time) const {
  JH_ASSIGN_OR_RETURN(const auto term, alliances_.TermAt(connection, alliance, time));
  if (!term.has_value()) return std::vector<std::string>{};
  std::string unit = term->member();
  for (const auto& one : term->stand_ins()) {
    const bool acts =
        api::FromProto(one.start_time()) <= time && time < api::FromProto(one.end_time());
    if (acts) unit = one.member();
  }
  if (unit.empty()) return std::vector<std::string>{};
  return std::vector{LiaisonsOf(unit)};
}

// The circles that roles make people belong to: the audience itself, or, for the electors of a
// ballot, the units of its roll, which stands from its opening on; for those invited to a meeting
// these units; for the chair and for the proposer of a project, their unit.
absl::StatusOr<std::vector<std::string>> NoticeStore::CirclesOf(db::Connection& connection,
                                                                const std::string& audience,
                                                                absl::Time time) const {
  const std::string of = audience.substr(0, audience.find('#'));
  if (audience.ends_with(kChair)) return Chair(connection, of, time);
  if (audience.ends_with(kProposer)) {
    v1::Project project;
    JH_RETURN_IF_ERROR(connection
                           .Select(kProject, {api::AllianceId(of), api::LastId(of)},
                                   [&](const db::Row& row) { row.Parse(0, project); })
                           .status());
    return std::vector{project.proposer_member().empty() ? TheStreet(api::AllianceOf(of))
                                                         : LiaisonsOf(project.proposer_member())};
  }
  std::vector<std::string> circles;
  if (audience.ends_with(kInvited)) {
    JH_ASSIGN_OR_RETURN(
        const auto invitations,
        invitations_.List(connection, {api::AllianceId(of), api::LastId(of)}, "", kNoLimit));
    for (const v1::Invitation& one : invitations) circles.push_back(LiaisonsOf(one.member()));
    return circles;
  }
  if (!audience.ends_with(kElectors)) return std::vector{audience};
  const std::string& ballot = of;
  const std::string meeting = api::ParentOf(ballot);
  JH_ASSIGN_OR_RETURN(
      const auto roll,
      roll_.List(connection, {{api::AllianceId(ballot), api::LastId(meeting)}, api::LastId(ballot)},
                 "", kNoLimit));
  for (const v1::Elector& elector : roll) circles.push_back(LiaisonsOf(elector.member()));
  return circles;
}

absl::StatusOr<std::vector<v1::Notice>> NoticeStore::List(db::Connection& connection,
                                                          const Reader& reader, bool unread_only,
                                                          const Position& after, int limit) const {
  const std::string user_id = api::LastId(reader.user);
  JH_ASSIGN_OR_RETURN(const absl::Time seen, SeenUpTo(connection, user_id));
  // By time and id, so that what reaches a person by two circles is one.
  std::map<std::pair<absl::Time, std::string>, v1::Notice, std::greater<>> notices;
  const auto add = [&](const db::Row& row) {
    v1::Notice notice;
    row.Parse(2, notice);
    notice.set_name(reader.user + "/notices/" + row.Text(0));
    *notice.mutable_create_time() = api::ToProto(row.Time(1));
    notice.set_read(row.Time(1) <= seen || row.Int(3) != 0);
    notices.try_emplace({row.Time(1), row.Text(0)}, std::move(notice));
  };
  for (const std::string& audience : reader.audiences) {
    JH_RETURN_IF_ERROR(
        (unread_only
             ? connection.Select(kListUnread,
                                 {user_id, audience, after.time, after.time, after.id, seen, limit},
                                 add)
             : connection.Select(kList,
                                 {user_id, audience, after.time, after.time, after.id, limit}, add))
            .status());
  }
  std::vector<v1::Notice> page;
  for (auto& [key, notice] : notices) {
    if (page.size() == static_cast<size_t>(limit)) break;
    page.push_back(std::move(notice));
  }
  return page;
}

absl::StatusOr<int> NoticeStore::UnreadCount(db::Connection& connection,
                                             const Reader& reader) const {
  JH_ASSIGN_OR_RETURN(const auto unread, List(connection, reader, true, {}, kMostUnread));
  return static_cast<int>(unread.size());
}

absl::Status NoticeStore::MarkRead(db::Connection& connection, const Reader& reader,
                                   const std::vector<std::string>& ids, absl::Time up_to) const {
  const std::string user_id = api::LastId(reader.user);
  JH_RETURN_IF_ERROR(connection.Execute(kSee, {user_id, up_to}).status());
  for (const std::string& id : ids) {
    JH_RETURN_IF_ERROR(connection.Execute(kRead, {user_id, id, clock_.Now()}).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> NoticeStore::ForgetOld(db::Connection& connection, absl::Time now,
                                               int limit) const {
  return connection.Execute(kForget, {now - kKept, limit});
}

absl::StatusOr<int64_t> NoticeStore::ForgetOldRead(db::Connection& connection, absl::Time now,
                                                   int limit) const {
  return connection.Execute(kForgetRead, {now - kKept, limit});
}

}  // namespace jinhuan::meeting
