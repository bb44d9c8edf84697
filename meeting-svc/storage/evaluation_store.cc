#include "meeting-svc/storage/evaluation_store.h"

#include <fmt/format.h>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/api/resource_name.h"
#include "platform/id_bound.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);
// By how much an id may tell another time than its resource does: the clocks of two processes.
constexpr absl::Duration kIdMargin = absl::Hours(1);

const db::Query kRequests(
    "SELECT state, body FROM citizen_request FORCE INDEX (request_by_time) "
    "WHERE alliance_id = ? AND create_time BETWEEN ? AND ? LIMIT ?",
    "request_by_time");
const db::Query kProjects(
    "SELECT state, body FROM project FORCE INDEX (project_by_due) "
    "WHERE alliance_id = ? AND due_day BETWEEN ? AND ? LIMIT ?",
    "project_by_due");
const db::Query kTopics(
    "SELECT state, body FROM topic FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND id BETWEEN ? AND ? LIMIT ?",
    "PRIMARY");
const db::Query kSupervision(
    "SELECT p.lead_id, n.body FROM supervision_notice AS n FORCE INDEX (supervision_by_time) "
    "STRAIGHT_JOIN project AS p FORCE INDEX (PRIMARY) ON p.alliance_id = n.alliance_id AND p.id = "
    "n.project_id "
    "WHERE n.alliance_id = ? AND n.id BETWEEN ? AND ? LIMIT ?",
    "supervision_by_time");
#define HELD_MEETINGS "FROM meeting AS m FORCE INDEX (meeting_by_state) STRAIGHT_JOIN "
#define IN_PERIOD "WHERE m.alliance_id = ? AND m.state = ? AND m.start_time BETWEEN ? AND ? LIMIT ?"
const db::Query kInvited(
    "SELECT m.start_time, i.member_id, i.answer, a.member_id IS NOT NULL " HELD_MEETINGS
    "invitation AS i ON i.alliance_id = m.alliance_id AND i.meeting_id = m.id "
    "LEFT JOIN attendance AS a ON a.alliance_id = i.alliance_id AND a.meeting_id = i.meeting_id "
    "AND a.member_id = i.member_id AND a.observer = 0 " IN_PERIOD,
    "meeting_by_state");
const db::Query kResolutions("SELECT m.start_time, r.state, r.body " HELD_MEETINGS
                             "resolution AS r FORCE INDEX (resolution_by_meeting) "
                             "ON r.alliance_id = m.alliance_id AND r.meeting_id = m.id " IN_PERIOD,
                             "meeting_by_state");
const db::Query kNeeds(
    "SELECT member_id, create_time, withdrawn, met, agree_time FROM need "
    "FORCE INDEX (need_by_time) "
    "WHERE alliance_id = ? AND create_time BETWEEN ? AND ? LIMIT ?",
    "need_by_time");

// What the columns `state`, `body` hold that begin at `column`.
template <class Resource>
Resource Stored(const db::Row& row, int column = 0) {
  Resource resource;
  row.Parse(column + 1, resource);
  resource.set_state(static_cast<typename Resource::State>(row.Int(column)));
  return resource;
}

}  // namespace

absl::Status EvaluationStore::Each(db::Connection& connection, const db::Query& query,
                                   std::initializer_list<db::Value> values,
                                   absl::FunctionRef<void(const db::Row&)> each) const {
  JH_ASSIGN_OR_RETURN(const int64_t found, connection.Select(query, values, each));
  if (found <= most_) return absl::OkStatus();
  return Error(v1::ERROR_REASON_EVALUATION_TOO_LARGE, {{"limit", fmt::to_string(most_)}});
}

absl::Status EvaluationStore::CountAll(db::Connection& connection,
                                       const EvaluationQuestion& question, const Moment& moment,
                                       Evaluation& evaluation) const {
  const std::string id = api::LastId(question.alliance);
  const auto name_of = [&](const std::string& member_id) {
    return fmt::format("{}/members/{}", question.alliance, member_id);
  };
  const absl::Time start = absl::FromCivil(question.first, moment.zone);
  // The last that the columns can hold: BETWEEN takes both ends.
  const absl::Time end = absl::FromCivil(question.last + 1, moment.zone) - absl::Microseconds(1);
  const std::string first_id = FirstIdOf(start - kIdMargin);
  const std::string last_id = FirstIdOf(end + kIdMargin);
  const int held = v1::Meeting::STATE_CLOSED;
  const int limit = most_ + 1;

  JH_RETURN_IF_ERROR(Each(connection, kRequests, {id, start, end, limit}, [&](const db::Row& row) {
    Count(Stored<v1::Request>(row), moment, evaluation);
  }));
  JH_RETURN_IF_ERROR(
      Each(connection, kProjects, {id, question.first - kEpoch, question.last - kEpoch, limit},
           [&](const db::Row& row) { Count(Stored<v1::Project>(row), moment, evaluation); }));
  JH_RETURN_IF_ERROR(
      Each(connection, kTopics, {id, first_id, last_id, limit},
           [&](const db::Row& row) { Count(Stored<v1::Topic>(row), moment, evaluation); }));
  JH_RETURN_IF_ERROR(
      Each(connection, kSupervision, {id, first_id, last_id, limit}, [&](const db::Row& row) {
        v1::SupervisionNotice notice;
        row.Parse(1, notice);
        // Whoever led then; of before that was kept, whoever leads now.
        const std::string lead =
            notice.lead_member().empty() ? name_of(row.Text(0)) : notice.lead_member();
        Count(notice, lead, moment, evaluation);
      }));
  JH_RETURN_IF_ERROR(
      Each(connection, kInvited, {id, held, start, end, limit}, [&](const db::Row& row) {
        Count(Invited{.member = name_of(row.Text(1)),
                      .start = row.Time(0),
                      .answered = row.Int(2) != v1::ANSWER_UNSPECIFIED,
                      .came = row.Int(3) != 0},
              moment, evaluation);
      }));
  JH_RETURN_IF_ERROR(
      Each(connection, kResolutions, {id, held, start, end, limit}, [&](const db::Row& row) {
        Count(Stored<v1::Resolution>(row, 1), row.Time(0), moment, evaluation);
      }));
  return Each(connection, kNeeds, {id, start, end, limit}, [&](const db::Row& row) {
    NeedFact need{.member = name_of(row.Text(0)),
                  .publish = row.Time(1),
                  .withdrawn = row.Int(2) != 0,
                  .met = row.Int(3) != 0,
                  .agree = std::nullopt};
    if (!row.IsNull(4)) need.agree = row.Time(4);
    Count(need, moment, evaluation);
  });
}

}  // namespace jinhuan::meeting
