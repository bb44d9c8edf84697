#include "meeting-svc/storage/request_store.h"

#include <fmt/format.h>

#include <set>

#include "meeting-svc/domain/request_merges.h"
#include "meeting-svc/domain/request_rules.h"
#include "meeting-svc/domain/request_steps.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

#define REQUEST_COLUMNS "SELECT body, reporter, version FROM citizen_request "
// As meeting_store.cc cuts its pages; what is narrowed by is looked at row by row.
#define BEHIND_POSITION                                   \
  "AND (state = ? OR ? = 0) AND (type = ? OR ? = 0) "     \
  "AND (open_due <= ? OR ? = 0) "                         \
  "AND create_time <= ? AND (create_time < ? OR id < ?) " \
  "ORDER BY create_time DESC, id DESC LIMIT ?"

const db::Query kCreate(
    "INSERT INTO citizen_request (alliance_id, id, version, state, reporter, member_id, "
    "create_time, type, open_due, overdue_step, merged_into, "
    "source, external_id, alert, body) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "");
const db::Query kGet(REQUEST_COLUMNS "WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kGetAlert(
    "SELECT body, reporter, version, alert FROM citizen_request FORCE INDEX (request_by_source) "
    "WHERE alliance_id = ? AND source = ? AND external_id = ?",
    "request_by_source");
const db::Query kPut(
    "UPDATE citizen_request SET version = version + 1, state = ?, member_id = ?, archive_time = ?, "
    "type = ?, open_due = ?, overdue_step = ?, merged_into = ?, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kList(REQUEST_COLUMNS
                      "FORCE INDEX (request_by_time) WHERE alliance_id = ? "
                      "AND create_time <= ? " BEHIND_POSITION,
                      "request_by_time");
const db::Query kListState(REQUEST_COLUMNS
                           "FORCE INDEX (request_by_state) WHERE alliance_id = ? "
                           "AND state = ? " BEHIND_POSITION,
                           "request_by_state");
const db::Query kListReporter(REQUEST_COLUMNS
                              "FORCE INDEX (request_by_reporter) WHERE alliance_id = ? "
                              "AND reporter = ? " BEHIND_POSITION,
                              "request_by_reporter");
const db::Query kListMember(REQUEST_COLUMNS
                            "FORCE INDEX (request_by_member) WHERE alliance_id = ? "
                            "AND member_id = ? " BEHIND_POSITION,
                            "request_by_member");
// Few are late: they are found by their clock and put in order.
const db::Query kListDue(REQUEST_COLUMNS
                         "FORCE INDEX (request_by_due) WHERE alliance_id = ? "
                         "AND open_due <= ? " BEHIND_POSITION,
                         "request_by_due");
const db::Query kListMerged(REQUEST_COLUMNS
                            "FORCE INDEX (request_by_merged) WHERE alliance_id = ? "
                            "AND merged_into = ? " BEHIND_POSITION,
                            "request_by_merged");
const db::Query kArchived(
    "SELECT alliance_id, id FROM citizen_request FORCE INDEX (request_by_archive) "
    "WHERE archive_time <= ? ORDER BY archive_time LIMIT ?",
    "request_by_archive");
const db::Query kOverdue(
    "SELECT alliance_id, id FROM citizen_request FORCE INDEX (request_by_overdue) "
    "WHERE overdue_step <= ? ORDER BY overdue_step LIMIT ?",
    "request_by_overdue");
const db::Query kGetDue(
    "SELECT body, reporter, version, archive_time <= ?, overdue_step <= ? FROM citizen_request "
    "WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kReschedule(
    "UPDATE citizen_request SET open_due = ?, overdue_step = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kPostpone(
    "UPDATE citizen_request SET archive_time = IF(archive_time <= ?, ?, archive_time), "
    "overdue_step = IF(overdue_step <= ?, ?, overdue_step) WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kAddPhoto(
    "INSERT INTO request_photo (alliance_id, request_id, id, media_type, content) "
    "VALUES (?, ?, ?, ?, ?)",
    "");
const db::Query kGetPhoto(
    "SELECT media_type, content FROM request_photo "
    "WHERE alliance_id = ? AND request_id = ? AND id = ?",
    "PRIMARY");

RequestStore::Stored FromRow(const db::Row& row) {
  RequestStore::Stored stored;
  row.Parse(0, stored.request);
  stored.reporter = row.Text(1);
  stored.version = row.Int(2);
  return stored;
}

// The unit in whose lists it is.
std::string MemberId(const v1::Request& request) {
  const bool none = request.member().empty() || request.state() == v1::Request::STATE_MERGED;
  return none ? "" : api::LastId(request.member());
}

// The id of the request that it goes on in, as long as `request` lives.
db::Value MergedInto(const v1::Request& request) {
  const std::string_view name = request.merged_into();
  if (name.empty()) return std::nullopt;
  return name.substr(name.rfind('/') + 1);
}

}  // namespace

std::string RequestStore::NewName(const std::string& alliance) const {
  return alliance + "/requests/" + ids_.NewId();
}

absl::StatusOr<bool> RequestStore::Create(db::Connection& connection, const api::Call& call,
                                          const v1::Request& request, const v1::Request* sent) {
  const std::string& name = request.name();
  const std::string alert = sent == nullptr ? "" : sent->SerializeAsString();
  const auto unless_person = [&](const std::string& value) {
    return sent == nullptr ? db::Value(std::nullopt) : db::Value(value);
  };
  const absl::Status status =
      connection
          .Execute(kCreate, {api::AllianceId(name), api::LastId(name), int{request.state()},
                             call.caller.name(), MemberId(request),
                             api::FromProto(request.create_time()), int{request.type()},
                             OpenDue(request), OverdueStep(request), MergedInto(request),
                             unless_person(request.source()), unless_person(request.external_id()),
                             unless_person(alert), request.SerializeAsString()})
          .status();
  if (sent != nullptr && db::IsDuplicate(status)) return false;
  JH_RETURN_IF_ERROR(status);
  const v1::Request after = ForJournal(request, call.caller.name());
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = name, .after = &after}));
  return true;
}

absl::StatusOr<std::vector<std::string>> RequestStore::AddPhotos(db::Connection& connection,
                                                                 const std::string& request,
                                                                 const std::vector<Photo>& photos) {
  std::vector<std::string> names;
  for (const Photo& photo : photos) {
    const std::string id = ids_.NewId();
    JH_RETURN_IF_ERROR(connection
                           .Execute(kAddPhoto, {api::AllianceId(request), api::LastId(request), id,
                                                photo.media_type, photo.content})
                           .status());
    names.push_back(request + "/photos/" + id);
  }
  return names;
}

absl::StatusOr<RequestStore::Stored> RequestStore::Get(db::Connection& connection,
                                                       const std::string& name) {
  Stored stored;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {api::AllianceId(name), api::LastId(name)},
                                        [&](const db::Row& row) { stored = FromRow(row); }));
  if (found == 0) return NotFound(name);
  return stored;
}

absl::StatusOr<RequestStore::Alert> RequestStore::GetAlert(db::Connection& connection,
                                                           const std::string& alliance,
                                                           const v1::Request& sent) {
  Alert alert;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGetAlert, {api::LastId(alliance), sent.source(), sent.external_id()},
                        [&](const db::Row& row) {
                          alert = {.stored = FromRow(row),
                                   .same = row.Text(3) == sent.SerializeAsString()};
                        }));
  if (found == 0) return db::RetryTransaction();  // whoever had the key has given it up
  return alert;
}

absl::StatusOr<v1::RequestPhoto> RequestStore::GetPhoto(db::Connection& connection,
                                                        const std::string& photo) {
  const std::string request = api::ParentOf(photo);
  v1::RequestPhoto found;
  JH_ASSIGN_OR_RETURN(
      const int64_t count,
      connection.Select(kGetPhoto,
                        {api::AllianceId(request), api::LastId(request), api::LastId(photo)},
                        [&](const db::Row& row) {
                          found.set_media_type(row.Text(0));
                          found.set_content(row.Text(1));
                        }));
  if (count == 0) return NotFound(photo);
  found.set_name(photo);
  return found;
}

absl::Status RequestStore::Put(db::Connection& connection, const api::Call& call,
                               const Stored& before, const v1::Request& after,
                               std::optional<absl::Time> archive, std::string_view reason) {
  const std::string& name = after.name();
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kPut,
      {int{after.state()}, MemberId(after), archive, int{after.type()}, OpenDue(after),
       OverdueStep(after), MergedInto(after), after.SerializeAsString(), api::AllianceId(name),
       api::LastId(name), before.version}));
  const v1::Request was = ForJournal(before.request, before.reporter);
  const v1::Request is = ForJournal(after, before.reporter);
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = name, .before = &was, .after = &is, .reason = std::string(reason)}));
  return TellMerged(connection, call, before.request, after);
}

absl::Status RequestStore::TellMerged(db::Connection& connection, const api::Call& call,
                                      const v1::Request& before, const v1::Request& after) {
  const v1::RequestProgress from = ForJournal(ProgressOf(before));
  const v1::RequestProgress to = ForJournal(ProgressOf(after));
  const bool moved = from.state() != to.state() || from.member() != to.member();
  if (after.merged_count() == 0 || !moved) return absl::OkStatus();
  const Filter filter{.alliance = api::AllianceOf(after.name()), .merged_into = after.name()};
  JH_ASSIGN_OR_RETURN(const auto merged, List(connection, filter, {}, kMostMerged));
  for (const Stored& each : merged) {
    v1::Request was = ForJournal(each.request, each.reporter);
    v1::Request is = was;
    *was.mutable_progress() = from;
    *is.mutable_progress() = to;
    JH_RETURN_IF_ERROR(journal_.Append(
        connection, call, {.resource = each.request.name(), .before = &was, .after = &is}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RequestStore::Stored>> RequestStore::List(db::Connection& connection,
                                                                     const Filter& filter,
                                                                     const Position& after,
                                                                     int limit) {
  std::vector<Stored> requests;
  const auto add = [&](const db::Row& row) { requests.push_back(FromRow(row)); };
  const std::string alliance = api::LastId(filter.alliance);
  const std::string member = filter.member.empty() ? "" : api::LastId(filter.member);
  const std::string into = filter.merged_into.empty() ? "" : api::LastId(filter.merged_into);
  const int state = filter.state;
  const int type = filter.type;
  const bool due = filter.due_by.has_value();
  const auto select = [&](const db::Query& query, const db::Value& key) {
    return connection.Select(query,
                             {alliance, key, state, state, type, type, filter.due_by, due,
                              after.time, after.time, after.id, limit},
                             add);
  };
  JH_RETURN_IF_ERROR((!into.empty()              ? select(kListMerged, into)
                      : !filter.reporter.empty() ? select(kListReporter, filter.reporter)
                      : !member.empty()          ? select(kListMember, member)
                      : due                      ? select(kListDue, filter.due_by)
                      : state != 0               ? select(kListState, state)
                                                 : select(kList, after.time))
                         .status());
  return requests;
}

absl::StatusOr<std::vector<std::string>> RequestStore::Due(db::Connection& connection,
                                                           absl::Time now, int limit) {
  std::set<std::string> names;
  for (const db::Query* query : {&kArchived, &kOverdue}) {
    JH_RETURN_IF_ERROR(connection
                           .Select(*query, {now, limit},
                                   [&](const db::Row& row) {
                                     names.insert(fmt::format("alliances/{}/requests/{}",
                                                              row.Text(0), row.Text(1)));
                                   })
                           .status());
  }
  return std::vector<std::string>(names.begin(), names.end());
}

absl::StatusOr<RequestStore::DueStep> RequestStore::GetDue(db::Connection& connection,
                                                           const std::string& name,
                                                           absl::Time now) {
  DueStep step;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGetDue, {now, now, api::AllianceId(name), api::LastId(name)},
                        [&](const db::Row& row) {
                          step = {.stored = FromRow(row),
                                  .archive = !row.IsNull(3) && row.Int(3) != 0,
                                  .overdue = !row.IsNull(4) && row.Int(4) != 0};
                        }));
  if (found == 0) return NotFound(name);
  // What was worked out by a process of before, or not at all, is not what it says.
  const std::optional<absl::Time> due = OverdueStep(step.stored.request);
  step.overdue = step.overdue && due.has_value() && *due <= now;
  return step;
}

absl::Status RequestStore::Reschedule(db::Connection& connection, const Stored& stored) {
  const std::string& name = stored.request.name();
  return connection
      .Execute(kReschedule, {OpenDue(stored.request), OverdueStep(stored.request),
                             api::AllianceId(name), api::LastId(name), stored.version})
      .status();
}

absl::Status RequestStore::Postpone(db::Connection& connection, const std::string& name,
                                    absl::Time now, absl::Time then) {
  return connection
      .Execute(kPostpone, {now, then, now, then, api::AllianceId(name), api::LastId(name)})
      .status();
}

}  // namespace jinhuan::meeting
