#include "meeting-svc/storage/procedure_store.h"

#include <algorithm>

#include "meeting-svc/domain/procedure_rules.h"
#include "meeting-svc/domain/procedure_templates.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using v1::Procedure;
using v1::ProcedureTemplate;

const db::Query kTemplates(
    "SELECT body, version FROM procedure_template WHERE alliance_id = ? ORDER BY id", "PRIMARY");
const db::Query kAddTemplate(
    "INSERT INTO procedure_template (alliance_id, id, version, body) VALUES (?, ?, 1, ?)", "");
const db::Query kSetTemplate(
    "UPDATE procedure_template SET version = version + 1, body = ? WHERE alliance_id = ? AND "
    "id = ? AND version = ?",
    "PRIMARY");
const db::Query kStart(
    "INSERT INTO procedure_run (alliance_id, id, version, state, body) VALUES (?, ?, 1, ?, ?)", "");
const db::Query kClaim(
    "UPDATE procedure_run SET version = version + 1 WHERE alliance_id = ? AND id = ? AND state = ?",
    "PRIMARY");
const db::Query kSave(
    "UPDATE procedure_run SET state = ?, body = ? WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kGet("SELECT body, state FROM procedure_run WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kList(
    "SELECT body, state FROM procedure_run WHERE alliance_id = ? AND id < ? "
    "ORDER BY id DESC LIMIT ?",
    "PRIMARY");
const db::Query kListState(
    "SELECT body, state FROM procedure_run FORCE INDEX (procedure_by_state) WHERE alliance_id = ? "
    "AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "procedure_by_state");

Procedure FromRow(const db::Row& row) {
  Procedure procedure;
  row.Parse(0, procedure);
  procedure.set_state(static_cast<Procedure::State>(row.Int(1)));
  return procedure;
}

}  // namespace

absl::StatusOr<std::vector<ProcedureTemplate>> ProcedureStore::Templates(
    db::Connection& connection, const std::string& alliance) const {
  std::vector<ProcedureTemplate> templates;
  JH_RETURN_IF_ERROR(connection
                         .Select(kTemplates, {api::LastId(alliance)},
                                 [&](const db::Row& row) {
                                   row.Parse(0, templates.emplace_back());
                                   templates.back().set_etag(std::to_string(row.Int(1)));
                                 })
                         .status());
  for (ProcedureTemplate& built_in : BuiltInTemplates(alliance)) {
    const bool changed = std::any_of(
        templates.begin(), templates.end(),
        [&](const ProcedureTemplate& stored) { return stored.name() == built_in.name(); });
    if (!changed) templates.push_back(std::move(built_in));
  }
  std::sort(templates.begin(), templates.end(),
            [](const auto& a, const auto& b) { return a.name() < b.name(); });
  return templates;
}

absl::StatusOr<ProcedureTemplate> ProcedureStore::PutTemplate(db::Connection& connection,
                                                              const api::Call& call,
                                                              const ProcedureTemplate& sent) {
  const std::string alliance = api::AllianceOf(sent.name());
  JH_ASSIGN_OR_RETURN(const auto templates, Templates(connection, alliance));
  const auto found =
      std::find_if(templates.begin(), templates.end(),
                   [&](const ProcedureTemplate& stored) { return stored.name() == sent.name(); });
  const std::string etag = found == templates.end() ? "" : found->etag();
  JH_RETURN_IF_ERROR(api::CheckEtag(sent.etag(), etag, sent.name()));
  ProcedureTemplate after = sent;
  after.clear_etag();
  const std::string body = after.SerializeAsString();
  if (etag.empty()) {
    const absl::Status added =
        connection.Execute(kAddTemplate, {api::LastId(alliance), api::LastId(sent.name()), body})
            .status();
    if (db::IsDuplicate(added)) return db::RetryTransaction();
    JH_RETURN_IF_ERROR(added);
    after.set_etag("1");
  } else {
    const int64_t version = std::stoll(etag);
    JH_RETURN_IF_ERROR(connection.ExecuteExactly(
        1, kSetTemplate, {body, api::LastId(alliance), api::LastId(sent.name()), version}));
    after.set_etag(std::to_string(version + 1));
  }
  JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                     {.resource = sent.name(),
                                      .before = found == templates.end() ? nullptr : &*found,
                                      .after = &after}));
  return after;
}

absl::StatusOr<Procedure> ProcedureStore::Start(db::Connection& connection, const api::Call& call,
                                                const std::string& alliance,
                                                const Procedure& sent) {
  JH_ASSIGN_OR_RETURN(const auto templates, Templates(connection, alliance));
  const auto found = std::find_if(
      templates.begin(), templates.end(),
      [&](const ProcedureTemplate& stored) { return stored.name() == sent.template_(); });
  if (found == templates.end()) return NotFound(sent.template_());
  if (!sent.topic().empty()) {
    const TopicKey topic{api::AllianceId(sent.topic()), api::LastId(sent.topic())};
    JH_RETURN_IF_ERROR(topics_.Get(connection, topic, "").status());
  }
  Procedure procedure = Begun(sent, *found, call.now);
  const std::string id = ids_.NewId();
  procedure.set_name(alliance + "/procedures/" + id);
  const std::string body = procedure.SerializeAsString();
  JH_RETURN_IF_ERROR(
      connection.Execute(kStart, {api::LastId(alliance), id, int{procedure.state()}, body})
          .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = procedure.name(), .after = &procedure}));
  return procedure;
}

absl::StatusOr<Procedure> ProcedureStore::MoveOn(db::Connection& connection, const api::Call& call,
                                                 const v1::AdvanceProcedureRequest& request) {
  JH_ASSIGN_OR_RETURN(const Procedure before, Claim(connection, request.name()));
  const std::string alliance = api::AllianceOf(request.name());
  StageResult result{.step = request.step(), .record = request.record()};
  std::string meeting = request.meeting();
  if (!request.ballot().empty()) {
    const auto ids = api::MatchName("alliances/*/meetings/*/ballots/*", request.ballot());
    if (!ids.has_value() || api::AllianceOf(request.ballot()) != alliance) {
      return NotFound(request.ballot());
    }
    JH_ASSIGN_OR_RETURN(result.ballot,
                        ballots_.Peek(connection, {{ids->at(0), ids->at(1)}, ids->at(2)}));
    if (meeting.empty()) meeting = api::ParentOf(request.ballot());
  }
  if (!meeting.empty()) {
    const auto ids = api::MatchName("alliances/*/meetings/*", meeting);
    if (!ids.has_value() || api::AllianceOf(meeting) != alliance) return NotFound(meeting);
    JH_ASSIGN_OR_RETURN(result.meeting,
                        meetings_.Get(connection, {ids->at(0), ids->at(1)}, Viewer()));
  }
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, alliance));
  JH_ASSIGN_OR_RETURN(const alliance::WorkingCalendar days, alliances_.Days(connection, alliance));
  Procedure after = before;
  JH_RETURN_IF_ERROR(Advance(
      result, {.now = call.now, .today = absl::ToCivilDay(call.now, zone), .days = days}, after));
  JH_RETURN_IF_ERROR(Save(connection, call, before, after));
  return after;
}

absl::StatusOr<Procedure> ProcedureStore::Stop(db::Connection& connection, const api::Call& call,
                                               const std::string& name, const std::string& reason) {
  JH_ASSIGN_OR_RETURN(const Procedure before, Claim(connection, name));
  Procedure after = before;
  after.set_state(Procedure::STATE_STOPPED);
  after.set_stop_reason(reason);
  *after.mutable_update_time() = api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(call.now)));
  JH_RETURN_IF_ERROR(Save(connection, call, before, after));
  return after;
}

absl::StatusOr<Procedure> ProcedureStore::Get(db::Connection& connection,
                                              const std::string& name) const {
  Procedure procedure;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {api::AllianceId(name), api::LastId(name)},
                                        [&](const db::Row& row) { procedure = FromRow(row); }));
  if (rows == 0) return NotFound(name);
  return procedure;
}

absl::StatusOr<std::vector<Procedure>> ProcedureStore::List(db::Connection& connection,
                                                            const std::string& alliance,
                                                            Procedure::State state,
                                                            const std::string& before,
                                                            int limit) const {
  std::vector<Procedure> procedures;
  const auto add = [&](const db::Row& row) { procedures.push_back(FromRow(row)); };
  const std::string id = api::LastId(alliance);
  JH_RETURN_IF_ERROR((state == Procedure::STATE_UNSPECIFIED
                          ? connection.Select(kList, {id, before, limit}, add)
                          : connection.Select(kListState, {id, int{state}, before, limit}, add))
                         .status());
  return procedures;
}

// The running procedure, whose row this transaction has updated and so holds.
absl::StatusOr<Procedure> ProcedureStore::Claim(db::Connection& connection,
                                                const std::string& name) const {
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kClaim, {api::AllianceId(name), api::LastId(name),
                                                  int{Procedure::STATE_RUNNING}}));
  JH_ASSIGN_OR_RETURN(Procedure procedure, Get(connection, name));
  if (claimed == 1) return procedure;
  JH_RETURN_IF_ERROR(CheckState(procedure, {Procedure::STATE_RUNNING}));
  return db::RetryTransaction();
}

absl::Status ProcedureStore::Save(db::Connection& connection, const api::Call& call,
                                  const Procedure& before, const Procedure& after) {
  const std::string body = after.SerializeAsString();
  JH_RETURN_IF_ERROR(connection
                         .Execute(kSave, {int{after.state()}, body, api::AllianceId(after.name()),
                                          api::LastId(after.name())})
                         .status());
  return journal_.Append(connection, call,
                         {.resource = after.name(),
                          .before = &before,
                          .after = &after,
                          .reason = after.stop_reason()});
}

}  // namespace jinhuan::meeting
