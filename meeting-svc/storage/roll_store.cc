#include "meeting-svc/storage/roll_store.h"

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

#define ELECTOR_COLUMNS                                                       \
  "SELECT member_id, member_display_name, votes, present, proxy_holder_id, "  \
  "choice, vote_time, blinded FROM ballot_elector WHERE alliance_id = ? AND " \
  "meeting_id = ? AND ballot_id = ? "

const db::BulkInsert kMake(
    "INSERT INTO ballot_elector (alliance_id, meeting_id, ballot_id, member_id, "
    "member_display_name, votes) VALUES",
    "(?, ?, ?, ?, ?, ?)");
const db::Query kGet(ELECTOR_COLUMNS "AND member_id = ?", "PRIMARY");
const db::Query kList(ELECTOR_COLUMNS "AND member_id > ? ORDER BY member_id LIMIT ?", "PRIMARY");
const db::Query kSetChoice(
    "UPDATE ballot_elector SET choice = ?, vote_time = ? WHERE alliance_id = ? AND "
    "meeting_id = ? AND ballot_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kSetDrawn(
    "UPDATE ballot_elector SET blinded = ? WHERE alliance_id = ? AND meeting_id = ? AND "
    "ballot_id = ? AND member_id = ? AND blinded IS NULL",
    "PRIMARY");
const db::Query kKeepPresence(
    "UPDATE ballot_elector SET present = 1, proxy_holder_id = ? WHERE alliance_id = ? AND "
    "meeting_id = ? AND ballot_id = ? AND member_id = ?",
    "PRIMARY");

std::string MemberName(const MeetingKey& meeting, const std::string& id) {
  return id.empty() ? "" : meeting.alliance() + "/members/" + id;
}

v1::Elector FromRow(const db::Row& row, const BallotId& ballot) {
  v1::Elector elector;
  elector.set_name(ballot.name() + "/electors/" + row.Text(0));
  elector.set_member(MemberName(ballot.meeting, row.Text(0)));
  elector.set_member_display_name(row.Text(1));
  elector.set_votes(static_cast<int32_t>(row.Int(2)));
  elector.set_present(row.Int(3) != 0);
  elector.set_proxy_holder(MemberName(ballot.meeting, row.Text(4)));
  elector.set_choice(static_cast<v1::Choice>(row.Int(5)));
  if (!row.IsNull(6)) *elector.mutable_vote_time() = api::ToProto(row.Time(6));
  elector.set_drawn(!row.IsNull(7));
  return elector;
}

}  // namespace

absl::Status RollStore::Make(db::Connection& connection, const BallotId& ballot,
                             const std::vector<v1::Elector>& roll) const {
  std::vector<std::string> ids;
  for (const v1::Elector& elector : roll) ids.push_back(api::LastId(elector.member()));
  std::vector<db::Value> values;
  values.reserve(roll.size() * 6);
  for (size_t i = 0; i < roll.size(); ++i) {
    values.insert(values.end(), {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id, ids[i],
                                 roll[i].member_display_name(), roll[i].votes()});
  }
  return kMake.Execute(connection, values);
}

absl::StatusOr<RollStore::Entry> RollStore::Get(db::Connection& connection, const BallotId& ballot,
                                                const std::string& member_id) const {
  Entry entry;
  JH_ASSIGN_OR_RETURN(
      const int64_t rows,
      connection.Select(kGet, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id, member_id},
                        [&](const db::Row& row) {
                          entry.elector = FromRow(row, ballot);
                          if (!row.IsNull(7)) entry.blinded = row.Text(7);
                        }));
  if (rows == 0) {
    return Error(v1::ERROR_REASON_NOT_ENTITLED,
                 {{"name", ballot.name()}, {"member", MemberName(ballot.meeting, member_id)}});
  }
  return entry;
}

absl::StatusOr<std::vector<v1::Elector>> RollStore::List(db::Connection& connection,
                                                         const BallotId& ballot,
                                                         const std::string& after_member_id,
                                                         int limit) const {
  std::vector<v1::Elector> roll;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList,
                                 {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id,
                                  after_member_id, limit},
                                 [&](const db::Row& row) { roll.push_back(FromRow(row, ballot)); })
                         .status());
  return roll;
}

absl::Status RollStore::SetChoice(db::Connection& connection, const BallotId& ballot,
                                  const std::string& member_id, v1::Choice choice,
                                  absl::Time now) const {
  return connection
      .Execute(kSetChoice, {int{choice}, now, ballot.meeting.alliance_id, ballot.meeting.id,
                            ballot.id, member_id})
      .status();
}

absl::Status RollStore::SetDrawn(db::Connection& connection, const BallotId& ballot,
                                 const std::string& member_id, const std::string& blinded) const {
  return connection.ExecuteExactly(
      1, kSetDrawn, {blinded, ballot.meeting.alliance_id, ballot.meeting.id, ballot.id, member_id});
}

absl::Status RollStore::KeepPresence(db::Connection& connection, const BallotId& ballot,
                                     const std::vector<v1::Elector>& roll) const {
  for (const v1::Elector& elector : roll) {
    if (!elector.present()) continue;
    JH_RETURN_IF_ERROR(connection
                           .Execute(kKeepPresence, {api::LastId(elector.proxy_holder()),
                                                    ballot.meeting.alliance_id, ballot.meeting.id,
                                                    ballot.id, api::LastId(elector.member())})
                           .status());
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::meeting
