#include "meeting-svc/storage/resolution_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kMostOfAMeeting = 200;

const db::Query kInsert(
    "INSERT INTO resolution (alliance_id, id, version, meeting_id, state, body) "
    "VALUES (?, ?, 1, ?, ?, ?)",
    "");
const db::Query kGet("SELECT version, body FROM resolution WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kUpdate(
    "UPDATE resolution SET version = version + 1, state = ?, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kWithdraw("DELETE FROM resolution WHERE alliance_id = ? AND id = ? AND version = ?",
                          "PRIMARY");
const db::Query kList(
    "SELECT version, body FROM resolution FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "PRIMARY");
const db::Query kListState(
    "SELECT version, body FROM resolution FORCE INDEX (resolution_by_state) "
    "WHERE alliance_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "resolution_by_state");
const db::Query kListMeeting(
    "SELECT version, body FROM resolution FORCE INDEX (resolution_by_meeting) "
    "WHERE alliance_id = ? AND meeting_id = ? AND id < ? AND (state = ? OR ? = 0) "
    "ORDER BY id DESC LIMIT ?",
    "resolution_by_meeting");
const db::Query kCount(
    "SELECT COUNT(*) FROM resolution FORCE INDEX (resolution_by_meeting) "
    "WHERE alliance_id = ? AND meeting_id = ?",
    "resolution_by_meeting");

v1::Resolution FromRow(const db::Row& row) {
  v1::Resolution resolution;
  row.Parse(1, resolution);
  resolution.set_etag(fmt::to_string(row.Int(0)));
  return resolution;
}

}  // namespace

absl::StatusOr<v1::Resolution> ResolutionStore::Record(db::Connection& connection,
                                                       const api::Call& call,
                                                       v1::Resolution resolution) const {
  // Who records has claimed the meeting, so nobody adds one in between.
  int64_t recorded = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCount,
                                 {api::LastId(call.alliance), api::LastId(resolution.meeting())},
                                 [&](const db::Row& row) { recorded = row.Int(0); })
                         .status());
  if (recorded >= kMostOfAMeeting) {
    return Error(v1::ERROR_REASON_RESOLUTIONS_FULL,
                 {{"name", resolution.meeting()}, {"limit", std::to_string(kMostOfAMeeting)}});
  }
  const std::string id = ids_.NewId();
  resolution.set_name(call.alliance + "/resolutions/" + id);
  resolution.set_etag("1");
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kInsert, {api::LastId(call.alliance), id, api::LastId(resolution.meeting()),
                             int{resolution.state()}, resolution.SerializeAsString()})
          .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = resolution.name(), .after = &resolution}));
  return resolution;
}

absl::StatusOr<v1::Resolution> ResolutionStore::Get(db::Connection& connection,
                                                    const std::string& name) const {
  v1::Resolution resolution;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {api::AllianceId(name), api::LastId(name)},
                                        [&](const db::Row& row) { resolution = FromRow(row); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return resolution;
}

absl::StatusOr<v1::Resolution> ResolutionStore::Update(db::Connection& connection,
                                                       const api::Call& call,
                                                       const v1::Resolution& before,
                                                       v1::Resolution after) const {
  const int64_t version = std::stoll(before.etag());
  after.set_etag(fmt::to_string(version + 1));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {int{after.state()}, after.SerializeAsString(), api::AllianceId(after.name()),
       api::LastId(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &before, .after = &after}));
  return after;
}

absl::Status ResolutionStore::Withdraw(db::Connection& connection, const api::Call& call,
                                       const std::string& name, const std::string& reason) const {
  JH_ASSIGN_OR_RETURN(const v1::Resolution before, Get(connection, name));
  const int64_t version = std::stoll(before.etag());
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kWithdraw, {api::AllianceId(name), api::LastId(name), version}));
  return journal_.Append(connection, call, {.resource = name, .before = &before, .reason = reason});
}

absl::StatusOr<std::vector<v1::Resolution>> ResolutionStore::List(db::Connection& connection,
                                                                  const std::string& alliance,
                                                                  v1::Resolution::State state,
                                                                  const std::string& before_id,
                                                                  int limit) const {
  std::vector<v1::Resolution> resolutions;
  const auto add = [&](const db::Row& row) { resolutions.push_back(FromRow(row)); };
  const std::string alliance_id = api::LastId(alliance);
  JH_RETURN_IF_ERROR(
      (state == v1::Resolution::STATE_UNSPECIFIED
           ? connection.Select(kList, {alliance_id, before_id, limit}, add)
           : connection.Select(kListState, {alliance_id, int{state}, before_id, limit}, add))
          .status());
  return resolutions;
}

absl::StatusOr<std::vector<v1::Resolution>> ResolutionStore::ListOf(db::Connection& connection,
                                                                    const MeetingKey& meeting,
                                                                    v1::Resolution::State state,
                                                                    const std::string& before_id,
                                                                    int limit) const {
  std::vector<v1::Resolution> resolutions;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kListMeeting,
                  {meeting.alliance_id, meeting.id, before_id, int{state}, int{state}, limit},
                  [&](const db::Row& row) { resolutions.push_back(FromRow(row)); })
          .status());
  return resolutions;
}

absl::StatusOr<std::vector<v1::Resolution>> ResolutionStore::All(db::Connection& connection,
                                                                 const MeetingKey& meeting) const {
  JH_ASSIGN_OR_RETURN(auto all, ListOf(connection, meeting, v1::Resolution::STATE_UNSPECIFIED, "~",
                                       kMostOfAMeeting));
  std::reverse(all.begin(), all.end());
  return all;
}

}  // namespace jinhuan::meeting
