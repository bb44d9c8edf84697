#include "meeting-svc/storage/attendance_store.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kFind(
    "SELECT body FROM attendance WHERE alliance_id = ? AND meeting_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kPut(
    "INSERT INTO attendance (alliance_id, meeting_id, member_id, present, observer, body) "
    "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE present = VALUES(present), "
    "observer = VALUES(observer), body = VALUES(body)",
    "");
const db::Query kList(
    "SELECT body FROM attendance WHERE alliance_id = ? AND meeting_id = ? AND member_id > ? "
    "ORDER BY member_id LIMIT ?",
    "PRIMARY");
const db::Query kCount(
    "SELECT COALESCE(SUM(NOT a.observer AND m.state = ?), 0), "
    "COALESCE(SUM(a.observer OR m.state <> ?), 0) FROM attendance AS a "
    "LEFT JOIN member AS m ON m.alliance_id = a.alliance_id AND m.id = a.member_id "
    "WHERE a.alliance_id = ? AND a.meeting_id = ? AND a.present = 1",
    "PRIMARY");
const db::Query kCountLeave(
    "SELECT COUNT(*) FROM invitation AS i JOIN member AS m "
    "ON m.alliance_id = i.alliance_id AND m.id = i.member_id AND m.state = ? "
    "LEFT JOIN attendance AS a "
    "ON a.alliance_id = i.alliance_id AND a.meeting_id = i.meeting_id "
    "AND a.member_id = i.member_id WHERE i.alliance_id = ? AND i.meeting_id = ? "
    "AND i.answer = ? AND COALESCE(a.present, 0) = 0",
    "PRIMARY");

constexpr int kActive = alliance::v1::Member::STATE_ACTIVE;

}  // namespace

absl::StatusOr<std::optional<v1::Attendance>> AttendanceStore::Find(db::Connection& connection,
                                                                    const MeetingKey& key,
                                                                    const std::string& id) const {
  std::optional<v1::Attendance> attendance;
  JH_RETURN_IF_ERROR(connection
                         .Select(kFind, {key.alliance_id, key.id, id},
                                 [&](const db::Row& row) { row.Parse(0, attendance.emplace()); })
                         .status());
  return attendance;
}

absl::Status AttendanceStore::Put(db::Connection& connection, const MeetingKey& key,
                                  const v1::Attendance& attendance) const {
  return connection
      .Execute(kPut,
               {key.alliance_id, key.id, api::LastId(attendance.name()), int{attendance.present()},
                int{attendance.observer()}, attendance.SerializeAsString()})
      .status();
}

absl::StatusOr<std::vector<v1::Attendance>> AttendanceStore::List(db::Connection& connection,
                                                                  const MeetingKey& key,
                                                                  const std::string& after_id,
                                                                  int limit) const {
  std::vector<v1::Attendance> attendances;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList, {key.alliance_id, key.id, after_id, limit},
                  [&](const db::Row& row) { row.Parse(0, attendances.emplace_back()); })
          .status());
  return attendances;
}

absl::StatusOr<AttendanceStore::Counts> AttendanceStore::Count(db::Connection& connection,
                                                               const MeetingKey& key) const {
  Counts counts;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCount, {kActive, kActive, key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   counts.present = row.Int(0);
                                   counts.observers = row.Int(1);
                                 })
                         .status());
  JH_RETURN_IF_ERROR(connection
                         .Select(kCountLeave,
                                 {kActive, key.alliance_id, key.id, int{v1::ANSWER_LEAVE}},
                                 [&](const db::Row& row) { counts.leave = row.Int(0); })
                         .status());
  return counts;
}

}  // namespace jinhuan::meeting
