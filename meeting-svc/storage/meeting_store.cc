#include "meeting-svc/storage/meeting_store.h"

#include <fmt/format.h>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_rules.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

// A meeting with the invitation of one unit, if it has one.
#define MEETING_COLUMNS                                                                  \
  "SELECT m.body, m.state, m.convene_time, m.invited_count, m.answered_count, "          \
  "m.attending_count, m.id, i.member_id, i.member_display_name, i.answer, i.note, "      \
  "i.answer_time, m.edits, m.present_count, m.leave_count, m.observer_count, m.version " \
  "FROM meeting AS m "
#define OWN_INVITATION                                                                  \
  "LEFT JOIN invitation AS i ON i.alliance_id = m.alliance_id AND i.meeting_id = m.id " \
  "AND i.member_id = ? "
// The page is cut by a range on the start alone, which the index serves, and
// trimmed by id among equal starts.
#define BEHIND_POSITION                                       \
  "AND m.start_time <= ? AND (m.start_time < ? OR m.id < ?) " \
  "ORDER BY m.start_time DESC, m.id DESC LIMIT ?"

const db::Query kCreate(
    "INSERT INTO meeting (alliance_id, id, version, state, start_time, convene_time, "
    "invited_count, answered_count, attending_count, body) VALUES (?, ?, 1, ?, ?, NULL, 0, 0, 0, "
    "?)",
    "");
const db::Query kGet(MEETING_COLUMNS OWN_INVITATION "WHERE m.alliance_id = ? AND m.id = ?",
                     "PRIMARY");
const db::Query kList(MEETING_COLUMNS "FORCE INDEX (meeting_by_start) " OWN_INVITATION
                                      "WHERE m.alliance_id = ? AND m.state > ? " BEHIND_POSITION,
                      "meeting_by_start");
const db::Query kListState(MEETING_COLUMNS
                           "FORCE INDEX (meeting_by_state) " OWN_INVITATION
                           "WHERE m.alliance_id = ? AND m.state = ? " BEHIND_POSITION,
                           "meeting_by_state");
const db::Query kConvene(
    "UPDATE meeting SET version = version + 1, state = ?, convene_time = ? "
    "WHERE alliance_id = ? AND id = ? AND state = ? AND start_time > ?",
    "PRIMARY");
const db::Query kSetInvited("UPDATE meeting SET invited_count = ? WHERE alliance_id = ? AND id = ?",
                            "PRIMARY");
const db::Query kClaimForAnswer(
    "UPDATE meeting SET version = version + 1 "
    "WHERE alliance_id = ? AND id = ? AND state = ? AND start_time > ?",
    "PRIMARY");
const db::Query kCount(
    "UPDATE meeting SET answered_count = answered_count + ?, attending_count = attending_count + ? "
    "WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kSetCounts(
    "UPDATE meeting SET present_count = ?, leave_count = ?, observer_count = ? "
    "WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kSetLeave("UPDATE meeting SET leave_count = ? WHERE alliance_id = ? AND id = ?",
                          "PRIMARY");
const db::Query kClaim(
    "UPDATE meeting SET version = version + 1 "
    "WHERE alliance_id = ? AND id = ? AND state BETWEEN ? AND ?",
    "PRIMARY");
const db::Query kPut(
    "UPDATE meeting SET state = ?, start_time = ?, edits = edits + ?, present_count = ?, "
    "leave_count = ?, observer_count = ?, body = ? WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kStanding("SELECT state, start_time FROM meeting WHERE alliance_id = ? AND id = ?",
                          "PRIMARY");

v1::Meeting FromRow(const db::Row& row, const std::string& alliance_id) {
  v1::Meeting meeting;
  row.Parse(0, meeting);
  meeting.set_state(static_cast<v1::Meeting::State>(row.Int(1)));
  if (!row.IsNull(2)) *meeting.mutable_convene_time() = api::ToProto(row.Time(2));
  meeting.set_invited_count(static_cast<int32_t>(row.Int(3)));
  meeting.set_answered_count(static_cast<int32_t>(row.Int(4)));
  meeting.set_attending_count(static_cast<int32_t>(row.Int(5)));
  meeting.set_etag(fmt::to_string(row.Int(12)));
  meeting.set_present_count(static_cast<int32_t>(row.Int(13)));
  meeting.set_leave_count(static_cast<int32_t>(row.Int(14)));
  meeting.set_observer_count(static_cast<int32_t>(row.Int(15)));
  if (!row.IsNull(7)) {
    *meeting.mutable_own_invitation() =
        InvitationStore::FromRow(row, 7, {alliance_id, row.Text(6)});
  }
  return meeting;
}

}  // namespace

absl::StatusOr<v1::Meeting> MeetingStore::Create(db::Connection& connection, const api::Call& call,
                                                 const std::string& alliance_id,
                                                 const v1::Meeting& sent) {
  const MeetingKey key{alliance_id, ids_.NewId()};
  v1::Meeting meeting = Drafted(sent);
  meeting.set_name(key.name());
  meeting.set_state(v1::Meeting::STATE_DRAFT);
  meeting.set_etag("1");
  *meeting.mutable_create_time() = api::ToProto(call.now);
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kCreate, {key.alliance_id, key.id, int{meeting.state()},
                             api::FromProto(meeting.start_time()), meeting.SerializeAsString()})
          .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = key.name(), .after = &meeting}));
  return meeting;
}

absl::StatusOr<v1::Meeting> MeetingStore::Get(db::Connection& connection, const MeetingKey& key,
                                              const Viewer& viewer) {
  v1::Meeting meeting;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGet, {viewer.member_id, key.alliance_id, key.id},
                        [&](const db::Row& row) { meeting = FromRow(row, key.alliance_id); }));
  const bool hidden = meeting.state() == v1::Meeting::STATE_DRAFT && !viewer.sees_drafts;
  if (found == 0 || hidden) return NotFound(key.name());
  return meeting;
}

absl::StatusOr<std::vector<v1::Meeting>> MeetingStore::List(db::Connection& connection,
                                                            const std::string& alliance_id,
                                                            v1::Meeting::State state,
                                                            const Position& after, int limit,
                                                            const Viewer& viewer) {
  std::vector<v1::Meeting> meetings;
  if (!viewer.sees_drafts && state == v1::Meeting::STATE_DRAFT) return meetings;
  const auto add = [&](const db::Row& row) { meetings.push_back(FromRow(row, alliance_id)); };
  JH_RETURN_IF_ERROR(
      (state == v1::Meeting::STATE_UNSPECIFIED
           ? connection.Select(kList,
                               {viewer.member_id, alliance_id, int{!viewer.sees_drafts}, after.time,
                                after.time, after.id, limit},
                               add)
           : connection.Select(kListState,
                               {viewer.member_id, alliance_id, int{state}, after.time, after.time,
                                after.id, limit},
                               add))
          .status());
  return meetings;
}

absl::StatusOr<v1::Meeting> MeetingStore::Convene(db::Connection& connection, const api::Call& call,
                                                  const MeetingKey& key, const Viewer& viewer,
                                                  int32_t charter_version,
                                                  const std::vector<v1::Project>& overdue) {
  JH_ASSIGN_OR_RETURN(
      const int64_t convened,
      connection.Execute(kConvene, {int{v1::Meeting::STATE_CONVENED}, call.now, key.alliance_id,
                                    key.id, int{v1::Meeting::STATE_DRAFT}, call.now}));
  if (convened == 0) {
    return WhyNot(connection, key, viewer, v1::Meeting::STATE_DRAFT, call.now);
  }
  JH_ASSIGN_OR_RETURN(const v1::Meeting draft, Get(connection, key, viewer));
  JH_ASSIGN_OR_RETURN(const int64_t invited,
                      invitations_.InviteActiveMembers(connection, key, draft.body()));
  if (invited == 0) return Error(v1::ERROR_REASON_NOBODY_TO_INVITE, {{"name", key.alliance()}});
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kSetInvited, {invited, key.alliance_id, key.id}));

  JH_ASSIGN_OR_RETURN(const v1::Meeting meeting, Get(connection, key, viewer));
  v1::Meeting after = meeting;
  after.set_charter_version(charter_version);
  v1::Meeting before = meeting;
  before.set_state(v1::Meeting::STATE_DRAFT);
  before.clear_convene_time();
  before.clear_invited_count();
  const bool edit = LookBack(overdue, after);
  JH_RETURN_IF_ERROR(Put(connection, call, key, before, after, edit).status());
  return Get(connection, key, viewer);
}

absl::Status MeetingStore::Claim(db::Connection& connection, const MeetingKey& key,
                                 v1::Meeting::State first, v1::Meeting::State last) {
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kClaim, {key.alliance_id, key.id, int{first}, int{last}}));
  if (claimed == 1) return absl::OkStatus();
  auto state = v1::Meeting::STATE_UNSPECIFIED;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kStanding, {key.alliance_id, key.id}, [&](const db::Row& row) {
        state = static_cast<v1::Meeting::State>(row.Int(0));
      }));
  if (found == 0) return NotFound(key.name());
  if (state >= first && state <= last) return db::RetryTransaction();
  return StateWrong(key.name(), state, StatesBetween(first, last));
}

absl::StatusOr<v1::Meeting> MeetingStore::Put(db::Connection& connection, const api::Call& call,
                                              const MeetingKey& key, v1::Meeting before,
                                              v1::Meeting after, bool edit) {
  JH_ASSIGN_OR_RETURN(const AttendanceStore::Counts counts, attendances_.Count(connection, key));
  after.set_present_count(static_cast<int32_t>(counts.present));
  after.set_leave_count(static_cast<int32_t>(counts.leave));
  after.set_observer_count(static_cast<int32_t>(counts.observers));
  // The caller's view, not the meeting's.
  before.clear_own_invitation();
  after.clear_own_invitation();
  JH_RETURN_IF_ERROR(connection
                         .Execute(kPut, {int{after.state()}, api::FromProto(after.start_time()),
                                         int{edit}, counts.present, counts.leave, counts.observers,
                                         after.SerializeAsString(), key.alliance_id, key.id})
                         .status());
  if (edit) after.set_etag(fmt::to_string(std::stoll(before.etag()) + 1));
  JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                     {.resource = key.name(), .before = &before, .after = &after}));
  return after;
}

absl::Status MeetingStore::Recount(db::Connection& connection, const api::Call& call,
                                   const MeetingKey& key, const v1::Attendance& attendance) {
  JH_ASSIGN_OR_RETURN(const AttendanceStore::Counts counts, attendances_.Count(connection, key));
  JH_RETURN_IF_ERROR(connection
                         .Execute(kSetCounts, {counts.present, counts.leave, counts.observers,
                                               key.alliance_id, key.id})
                         .status());
  return journal_.Append(connection, call, {.resource = attendance.name(), .after = &attendance});
}

absl::StatusOr<v1::Meeting> MeetingStore::See(db::Connection& connection, const MeetingKey& key) {
  v1::Meeting meeting;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGet, {"", key.alliance_id, key.id},
                        [&](const db::Row& row) { meeting = FromRow(row, key.alliance_id); }));
  if (found == 0) return NotFound(key.name());
  return meeting;
}

absl::StatusOr<v1::Invitation> MeetingStore::Answer(db::Connection& connection,
                                                    const api::Call& call, const MeetingKey& key,
                                                    const Viewer& viewer, v1::Answer answer,
                                                    std::string_view note) {
  JH_ASSIGN_OR_RETURN(
      const int64_t claimed,
      connection.Execute(kClaimForAnswer,
                         {key.alliance_id, key.id, int{v1::Meeting::STATE_CONVENED}, call.now}));
  if (claimed == 0) {
    return WhyNot(connection, key, viewer, v1::Meeting::STATE_CONVENED, call.now);
  }
  JH_ASSIGN_OR_RETURN(
      const InvitationStore::Answered changed,
      invitations_.Answer(connection, key, viewer.member_id, answer, note, call.now));
  const Tally was = TallyOf(changed.before.answer());
  const Tally is = TallyOf(changed.after.answer());
  JH_RETURN_IF_ERROR(connection
                         .Execute(kCount, {is.answered - was.answered, is.attending - was.attending,
                                           key.alliance_id, key.id})
                         .status());
  JH_ASSIGN_OR_RETURN(const AttendanceStore::Counts counts, attendances_.Count(connection, key));
  JH_RETURN_IF_ERROR(
      connection.Execute(kSetLeave, {counts.leave, key.alliance_id, key.id}).status());
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = changed.after.name(), .before = &changed.before, .after = &changed.after}));
  return changed.after;
}

// Why no row answered to a conditional UPDATE: nothing is decided by it but the
// error. A meeting that has nothing against it changed in between.
absl::Status MeetingStore::WhyNot(db::Connection& connection, const MeetingKey& key,
                                  const Viewer& viewer, v1::Meeting::State needs, absl::Time now) {
  auto state = v1::Meeting::STATE_UNSPECIFIED;
  absl::Time start;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kStanding, {key.alliance_id, key.id}, [&](const db::Row& row) {
        state = static_cast<v1::Meeting::State>(row.Int(0));
        start = row.Time(1);
      }));
  if (found == 0 || (state == v1::Meeting::STATE_DRAFT && !viewer.sees_drafts)) {
    return NotFound(key.name());
  }
  if (state != needs) return StateWrong(key.name(), state, {needs});
  if (start <= now) return Error(v1::ERROR_REASON_MEETING_BEGUN, {{"name", key.name()}});
  return db::RetryTransaction();
}

}  // namespace jinhuan::meeting
