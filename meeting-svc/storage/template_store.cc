#include "meeting-svc/storage/template_store.h"

#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kCreate("INSERT INTO meeting_template (alliance_id, id, body) VALUES (?, ?, ?)",
                        "");
const db::Query kGet("SELECT body FROM meeting_template WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kList(
    "SELECT body FROM meeting_template WHERE alliance_id = ? AND id > ? ORDER BY id LIMIT ?",
    "PRIMARY");
const db::Query kDelete("DELETE FROM meeting_template WHERE alliance_id = ? AND id = ?", "PRIMARY");

}  // namespace

absl::StatusOr<v1::MeetingTemplate> TemplateStore::Create(db::Connection& connection,
                                                          const api::Call& call,
                                                          v1::MeetingTemplate sent) const {
  const std::string id = ids_.NewId();
  sent.set_name(call.alliance + "/meetingTemplates/" + id);
  JH_RETURN_IF_ERROR(
      connection.Execute(kCreate, {api::LastId(call.alliance), id, sent.SerializeAsString()})
          .status());
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = sent.name(), .after = &sent}));
  return sent;
}

absl::StatusOr<std::vector<v1::MeetingTemplate>> TemplateStore::List(db::Connection& connection,
                                                                     const std::string& alliance,
                                                                     const std::string& after_id,
                                                                     int limit) const {
  std::vector<v1::MeetingTemplate> templates;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList, {api::LastId(alliance), after_id, limit},
                  [&](const db::Row& row) { row.Parse(0, templates.emplace_back()); })
          .status());
  return templates;
}

absl::Status TemplateStore::Delete(db::Connection& connection, const api::Call& call,
                                   const std::string& name) const {
  v1::MeetingTemplate before;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {api::AllianceId(name), api::LastId(name)},
                                 [&](const db::Row& row) { row.Parse(0, before); })
                         .status());
  JH_ASSIGN_OR_RETURN(const int64_t deleted,
                      connection.Execute(kDelete, {api::AllianceId(name), api::LastId(name)}));
  if (deleted == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return journal_.Append(connection, call, {.resource = name, .before = &before});
}

}  // namespace jinhuan::meeting
