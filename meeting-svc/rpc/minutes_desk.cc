#include "meeting-svc/rpc/minutes_desk.h"

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/domain/minutes_draft.h"
#include "meeting-svc/domain/minutes_paper.h"
#include "meeting-svc/domain/minutes_rules.h"
#include "meeting-svc/rpc/meeting_names.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kMost = 1000;  // units of an alliance

absl::StatusOr<MeetingKey> MinutesKeyOf(const std::string& name, std::string_view field) {
  JH_ASSIGN_OR_RETURN(const auto ids,
                      api::RequireName("alliances/*/meetings/*/minutes", name, field));
  return MeetingKey{ids[0], ids[1]};
}

absl::Status CheckDraft(const v1::Minutes& minutes) {
  if (minutes.state() == v1::Minutes::STATE_DRAFT) return absl::OkStatus();
  return Error(v1::ERROR_REASON_MINUTES_PUBLISHED, {{"name", minutes.name()}});
}

// Who chaired at a moment: the unit of the term, or who stood in for it. What it is called,
// if it was there: the street may open a meeting too.
std::string ChairOf(const alliance::v1::ChairTerm& term, absl::Time time,
                    const std::vector<v1::Attendance>& attendances) {
  std::string chair = term.member();
  for (const alliance::v1::StandIn& one : term.stand_ins()) {
    if (api::FromProto(one.start_time()) <= time && time < api::FromProto(one.end_time())) {
      chair = one.member();
    }
  }
  for (const v1::Attendance& one : attendances) {
    if (one.member() == chair && !one.observer()) return one.display_name();
  }
  return "";
}

// What a file is called must not reach into folders.
std::string FileName(const std::string& title, const char* ending) {
  std::string name;
  for (const char c : title) name += c == '/' || c == '\\' || c == '\n' ? '_' : c;
  return name + ending;
}

}  // namespace

absl::StatusOr<v1::Minutes> MinutesDesk::FromRecord(db::Connection& connection,
                                                    const api::Call& call,
                                                    const MeetingKey& key) const {
  MeetingRecord record;
  JH_ASSIGN_OR_RETURN(record.meeting, deps_.meetings.Get(connection, key, ViewerOf(call)));
  if (record.meeting.state() != v1::Meeting::STATE_CLOSED) {
    return Error(v1::ERROR_REASON_MEETING_NOT_CLOSED, {{"name", key.name()}});
  }
  const std::string alliance = key.alliance();
  JH_ASSIGN_OR_RETURN(record.zone, deps_.alliances.Zone(connection, alliance));
  JH_ASSIGN_OR_RETURN(record.alliance, deps_.alliances.DisplayName(connection, alliance));
  const absl::Time opened = api::FromProto(record.meeting.open_time());
  JH_ASSIGN_OR_RETURN(const auto term, deps_.alliances.TermAt(connection, alliance, opened));
  const absl::CivilYear year(absl::ToCivilDay(call.now, record.zone));
  JH_ASSIGN_OR_RETURN(record.number,
                      deps_.minutes.TakeNumber(connection, alliance, static_cast<int>(year.year()),
                                               absl::FromCivil(year, record.zone)));
  JH_ASSIGN_OR_RETURN(record.invitations, invitations_.List(connection, key, "", kMost));
  JH_ASSIGN_OR_RETURN(record.attendances, attendances_.List(connection, key, "", kMost));
  if (term.has_value()) record.chair = ChairOf(*term, opened, record.attendances);
  JH_ASSIGN_OR_RETURN(record.ballots, deps_.ballots.All(connection, key));
  std::reverse(record.ballots.begin(), record.ballots.end());
  JH_ASSIGN_OR_RETURN(record.resolutions, deps_.resolutions.All(connection, key));
  return DraftOf(record, call.now);
}

absl::StatusOr<v1::Minutes> MinutesDesk::Draft(const api::Call& call,
                                               const v1::DraftMinutesRequest& request) const {
  JH_ASSIGN_OR_RETURN(const auto ids,
                      api::RequireName("alliances/*/meetings/*", request.name(), "name"));
  const MeetingKey key{ids[0], ids[1]};
  return api::Write<v1::Minutes>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Minutes> {
        JH_ASSIGN_OR_RETURN(const auto drafted, deps_.minutes.Find(connection, key));
        if (drafted.has_value()) return *drafted;
        JH_ASSIGN_OR_RETURN(v1::Minutes minutes, FromRecord(connection, call, key));
        minutes.set_state(v1::Minutes::STATE_DRAFT);
        *minutes.mutable_create_time() = api::ToProto(call.now);
        return deps_.minutes.Insert(connection, call, key, std::move(minutes));
      });
}

absl::StatusOr<v1::Minutes> MinutesDesk::Get(const api::Call& call, const std::string& name) const {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, MinutesKeyOf(name, "name"));
  return db::Read<v1::Minutes>(
      deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::Minutes> {
        JH_ASSIGN_OR_RETURN(v1::Minutes minutes, deps_.minutes.Get(connection, key));
        if (minutes.state() == v1::Minutes::STATE_DRAFT &&
            !SeesDrafts(call.caller, call.alliance)) {
          return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
        }
        return minutes;
      });
}

absl::StatusOr<v1::Minutes> MinutesDesk::Update(const api::Call& call,
                                                const v1::UpdateMinutesRequest& request) const {
  const std::string& name = request.minutes().name();
  JH_ASSIGN_OR_RETURN(const MeetingKey key, MinutesKeyOf(name, "minutes.name"));
  return api::Write<v1::Minutes>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Minutes> {
        JH_ASSIGN_OR_RETURN(const v1::Minutes before, deps_.minutes.Get(connection, key));
        v1::Minutes after = before;
        JH_RETURN_IF_ERROR(api::ApplyMask(
            request.update_mask(),
            {"masthead", "number", "title", "opening", "sections", "present", "on_leave",
             "in_attendance", "tasks", "signature", "issue_date", "copies"},
            request.minutes(), after));
        Violations violations;
        CheckMinutes(after, violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_RETURN_IF_ERROR(CheckDraft(before));
        JH_RETURN_IF_ERROR(api::CheckEtag(request.minutes().etag(), before.etag(), name));
        return deps_.minutes.Update(connection, call, key, before, std::move(after));
      });
}

absl::StatusOr<v1::Minutes> MinutesDesk::Publish(const api::Call& call,
                                                 const v1::PublishMinutesRequest& request) const {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, MinutesKeyOf(request.name(), "name"));
  return api::Write<v1::Minutes>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Minutes> {
        JH_ASSIGN_OR_RETURN(const v1::Minutes before, deps_.minutes.Get(connection, key));
        JH_RETURN_IF_ERROR(CheckDraft(before));
        JH_RETURN_IF_ERROR(api::CheckEtag(request.etag(), before.etag(), request.name()));
        v1::Minutes after = before;
        after.set_state(v1::Minutes::STATE_PUBLISHED);
        *after.mutable_publish_time() = api::ToProto(call.now);
        return deps_.minutes.Update(connection, call, key, before, std::move(after));
      });
}

absl::StatusOr<v1::ExportMinutesResponse> MinutesDesk::Export(
    const api::Call& call, const v1::ExportMinutesRequest& request) const {
  Violations violations;
  violations.Require("format", request.format() != v1::MINUTES_FORMAT_UNSPECIFIED);
  violations.Check("format", v1::MinutesFormat_IsValid(request.format()), "a known format",
                   "已有的格式");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const v1::Minutes minutes, Get(call, request.name()));
  v1::ExportMinutesResponse response;
  switch (request.format()) {
    case v1::MINUTES_FORMAT_PDF: {
      JH_ASSIGN_OR_RETURN(*response.mutable_content(), paper::WritePdf(PaperOf(minutes, call.now)));
      response.set_content_type("application/pdf");
      response.set_filename(FileName(minutes.title(), ".pdf"));
      break;
    }
    case v1::MINUTES_FORMAT_ODT: {
      JH_ASSIGN_OR_RETURN(*response.mutable_content(), paper::WriteOdt(PaperOf(minutes, call.now)));
      response.set_content_type("application/vnd.oasis.opendocument.text");
      response.set_filename(FileName(minutes.title(), ".odt"));
      break;
    }
    default: {
      JH_ASSIGN_OR_RETURN(*response.mutable_content(),
                          table::WriteXlsx(TasksOf(minutes, call.now)));
      response.set_content_type(table::kXlsxMediaType);
      response.set_filename(FileName(minutes.title(), ".xlsx"));
    }
  }
  return response;
}

}  // namespace jinhuan::meeting
