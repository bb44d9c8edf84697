#include "meeting-svc/rpc/meeting_session.h"

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_body.h"
#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/rpc/meeting_names.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using State = v1::Meeting;

absl::Status CheckDoors(const api::Call& call, const v1::Meeting& meeting) {
  if (api::FromProto(meeting.start_time()) - kDoorsOpen <= call.now) return absl::OkStatus();
  return Error(v1::ERROR_REASON_CHECK_IN_EARLY, {{"name", meeting.name()}});
}

bool IsOnAgenda(const v1::Meeting& meeting, const std::string& id) {
  return std::any_of(meeting.agenda_items().begin(), meeting.agenda_items().end(),
                     [&](const v1::AgendaItem& item) { return item.id() == id; });
}

// What one cannot change any more once the units know it.
bool SameAppointment(const v1::Meeting& a, const v1::Meeting& b) {
  return a.title() == b.title() &&
         api::FromProto(a.start_time()) == api::FromProto(b.start_time()) &&
         api::FromProto(a.end_time()) == api::FromProto(b.end_time()) &&
         AreSame(a.body(), b.body());
}

}  // namespace

absl::StatusOr<v1::Meeting> MeetingSession::Change(
    const api::Call& call, const google::protobuf::Message& request, const MeetingKey& key,
    v1::Meeting::State first, v1::Meeting::State last, bool edit,
    absl::FunctionRef<absl::Status(db::Connection& connection, const v1::Meeting& before,
                                   v1::Meeting& after)>
        change) {
  return api::Write<v1::Meeting>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Meeting> {
        JH_RETURN_IF_ERROR(deps_.meetings.Claim(connection, key, first, last));
        JH_ASSIGN_OR_RETURN(const v1::Meeting before,
                            deps_.meetings.Get(connection, key, ViewerOf(call)));
        v1::Meeting after = before;
        JH_RETURN_IF_ERROR(change(connection, before, after));
        return deps_.meetings.Put(connection, call, key, before, after, edit);
      });
}

absl::StatusOr<v1::Meeting> MeetingSession::Create(const api::Call& call,
                                                   const v1::CreateMeetingRequest& request) {
  Violations violations;
  const auto ids = api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckMeeting(request.meeting(), violations);
  violations.Check("meeting.start_time",
                   !request.meeting().has_start_time() ||
                       api::FromProto(request.meeting().start_time()) > call.now,
                   "in the future", "晚于当前时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Meeting>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Meeting> {
        JH_RETURN_IF_ERROR(
            deps_.topics.CheckAgenda(connection, ids->at(0), request.meeting().agenda_items()));
        JH_ASSIGN_OR_RETURN(const auto overdue,
                            deps_.projects.Overdue(connection, request.parent(), call.now));
        v1::Meeting meeting = request.meeting();
        LookBack(overdue, meeting);
        return deps_.meetings.Create(connection, call, ids->at(0), meeting);
      });
}

absl::StatusOr<v1::Meeting> MeetingSession::Convene(const api::Call& call,
                                                    const v1::ConveneMeetingRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  return api::Write<v1::Meeting>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Meeting> {
        JH_RETURN_IF_ERROR(
            deps_.meetings.Claim(connection, key, State::STATE_DRAFT, State::STATE_DRAFT));
        JH_ASSIGN_OR_RETURN(const v1::Meeting draft,
                            deps_.meetings.Get(connection, key, ViewerOf(call)));
        JH_ASSIGN_OR_RETURN(const auto charter,
                            deps_.alliances.CharterAt(connection, call.alliance, call.now));
        JH_ASSIGN_OR_RETURN(const absl::TimeZone zone,
                            deps_.alliances.Zone(connection, call.alliance));
        const int days = charter.meeting().notice_days();
        if (NoticeDeadline(api::FromProto(draft.start_time()), days, zone) < call.now) {
          return Error(v1::ERROR_REASON_NOTICE_TOO_LATE,
                       {{"name", key.name()}, {"days", std::to_string(days)}});
        }
        JH_ASSIGN_OR_RETURN(const auto overdue,
                            deps_.projects.Overdue(connection, call.alliance, call.now));
        return deps_.meetings.Convene(connection, call, key, ViewerOf(call), charter.version(),
                                      overdue);
      });
}

absl::StatusOr<v1::Meeting> MeetingSession::Update(const api::Call& call,
                                                   const v1::UpdateMeetingRequest& request) {
  const std::string& name = request.meeting().name();
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(name, "meeting.name"));
  return Change(call, request, key, State::STATE_DRAFT, State::STATE_CONVENED, true,
                [&](db::Connection& connection, const v1::Meeting& before,
                    v1::Meeting& after) -> absl::Status {
                  JH_RETURN_IF_ERROR(api::ApplyMask(
                      request.update_mask(),
                      {"title", "start_time", "end_time", "location", "agenda_items", "body"},
                      request.meeting(), after));
                  Violations violations;
                  CheckMeeting(after, violations);
                  violations.Check("meeting.start_time",
                                   SameAppointment(before, after) ||
                                       api::FromProto(after.start_time()) > call.now,
                                   "in the future", "晚于当前时间");
                  JH_RETURN_IF_ERROR(violations.ToStatus());
                  JH_RETURN_IF_ERROR(api::CheckEtag(request.meeting().etag(), before.etag(), name));
                  if (!SameAppointment(before, after)) {
                    JH_RETURN_IF_ERROR(CheckState(before, {State::STATE_DRAFT}));
                  }
                  JH_RETURN_IF_ERROR(
                      deps_.topics.CheckAgenda(connection, key.alliance_id, after.agenda_items()));
                  JH_ASSIGN_OR_RETURN(const auto overdue,
                                      deps_.projects.Overdue(connection, call.alliance, call.now));
                  LookBack(overdue, after);
                  return absl::OkStatus();
                });
}

absl::StatusOr<v1::Meeting> MeetingSession::LeaveOut(const api::Call& call,
                                                     const v1::LeaveOutProjectRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  Violations violations;
  api::MatchName("alliances/*/projects/*", request.project(), "project", violations);
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, key, State::STATE_DRAFT, State::STATE_CONVENED, true,
                [&](db::Connection&, const v1::Meeting&, v1::Meeting& after) {
                  Violations wrong;
                  wrong.Check(
                      "project",
                      meeting::LeaveOut(request.project(), request.reason(), call.now, after),
                      "a project that an item of the agenda is about", "本次会议议程中的项目");
                  return wrong.ToStatus();
                });
}

absl::StatusOr<v1::Meeting> MeetingSession::Cancel(const api::Call& call,
                                                   const v1::CancelMeetingRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  Violations violations;
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, key, State::STATE_DRAFT, State::STATE_CONVENED, false,
                [&](db::Connection&, const v1::Meeting&, v1::Meeting& after) {
                  after.set_state(State::STATE_CANCELLED);
                  after.set_cancel_reason(request.reason());
                  *after.mutable_close_time() = api::ToProto(call.now);
                  return absl::OkStatus();
                });
}

absl::StatusOr<v1::Meeting> MeetingSession::Open(const api::Call& call,
                                                 const v1::OpenMeetingRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  return Change(call, request, key, State::STATE_CONVENED, State::STATE_CONVENED, false,
                [&](db::Connection& connection, const v1::Meeting& before,
                    v1::Meeting& after) -> absl::Status {
                  JH_RETURN_IF_ERROR(CheckDoors(call, before));
                  JH_ASSIGN_OR_RETURN(const auto overdue,
                                      deps_.projects.Overdue(connection, call.alliance, call.now));
                  LookBack(overdue, after);
                  after.set_state(State::STATE_OPEN);
                  *after.mutable_open_time() = api::ToProto(call.now);
                  JH_ASSIGN_OR_RETURN(*after.mutable_open_quorum(), Quorum(connection, call, key));
                  return absl::OkStatus();
                });
}

absl::StatusOr<v1::Meeting> MeetingSession::SetItem(const api::Call& call,
                                                    const v1::SetCurrentItemRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  return Change(call, request, key, State::STATE_OPEN, State::STATE_OPEN, false,
                [&](db::Connection&, const v1::Meeting& before, v1::Meeting& after) {
                  Violations violations;
                  violations.CheckText("speaker", request.speaker(), 0, 60);
                  violations.Check("item",
                                   request.item().empty() || IsOnAgenda(before, request.item()),
                                   "an item of the agenda", "本次会议议程中的事项");
                  TakeItem(request.item(), after);
                  after.set_speaker(request.speaker());
                  return violations.ToStatus();
                });
}

absl::StatusOr<v1::Meeting> MeetingSession::Close(const api::Call& call,
                                                  const v1::CloseMeetingRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  return Change(
      call, request, key, State::STATE_OPEN, State::STATE_OPEN, false,
      [&](db::Connection& connection, const v1::Meeting&, v1::Meeting& after) -> absl::Status {
        after.set_state(State::STATE_CLOSED);
        after.clear_current_item();
        after.clear_speaker();
        *after.mutable_close_time() = api::ToProto(call.now);
        JH_ASSIGN_OR_RETURN(*after.mutable_close_quorum(), Quorum(connection, call, key));
        JH_RETURN_IF_ERROR(deps_.ballots.CheckNoneRunning(connection, key));
        return deps_.resolutions.Conclude(connection, call, key);
      });
}

absl::StatusOr<v1::Quorum> MeetingSession::Quorum(db::Connection& connection, const api::Call& call,
                                                  const MeetingKey& key) const {
  JH_ASSIGN_OR_RETURN(const auto charter,
                      deps_.alliances.CharterAt(connection, key.alliance(), call.now));
  return floor_.Quorum(connection, key, charter, call.now);
}

absl::Status MeetingSession::CheckCode(const api::Call& call,
                                       const v1::CheckInDelegateRequest& request,
                                       const std::string& unit) {
  if (SeesDrafts(call.caller, call.alliance)) return absl::OkStatus();
  if (!call.Covers("", unit)) return NotFound(request.name());
  switch (tries_.Try(request.name() + unit, call.now,
                     [&] { return deps_.key.IsCode(request.name(), request.code(), call.now); })) {
    case CodeTries::Outcome::kRight:
      return absl::OkStatus();
    case CodeTries::Outcome::kWrong:
      return Error(v1::ERROR_REASON_CHECK_IN_CODE_WRONG, {{"name", request.name()}});
    case CodeTries::Outcome::kUsedUp:
      break;
  }
  return Error(error::v1::COMMON_REASON_RATE_LIMITED,
               {{"retry_seconds", std::to_string(absl::ToInt64Seconds(CodeTries::kPause))}});
}

absl::StatusOr<v1::Attendance> MeetingSession::Arriving(db::Connection& connection,
                                                        const api::Call& call,
                                                        const v1::Meeting& meeting,
                                                        const v1::CheckInDelegateRequest& request,
                                                        const std::string& unit) {
  v1::Attendance attendance;
  if (unit.empty()) {
    attendance.set_name(meeting.name() + "/attendances/" + deps_.ids.NewId());
    attendance.set_display_name(request.observer_display_name());
    attendance.set_observer(true);
    return attendance;
  }
  const std::string id = api::LastId(unit);
  const MeetingKey key{api::AllianceId(meeting.name()), api::LastId(meeting.name())};
  JH_ASSIGN_OR_RETURN(const auto known, attendances_.Find(connection, key, id));
  if (known.has_value()) attendance = *known;
  if (attendance.present()) return attendance;
  JH_ASSIGN_OR_RETURN(const auto member, deps_.alliances.Member(connection, unit));
  JH_ASSIGN_OR_RETURN(const auto invitation, invitations_.Find(connection, key, id));
  const bool active = member.state() == alliance::v1::Member::STATE_ACTIVE;
  attendance.set_name(meeting.name() + "/attendances/" + id);
  attendance.set_member(unit);
  attendance.set_display_name(invitation.has_value() ? invitation->member_display_name()
                                                     : member.display_name());
  attendance.set_observer(!invitation.has_value() || !active);
  // Who is not due is there without a vote. It lets itself in only where a part of the units
  // meets and it is one of the others.
  const bool welcome = active && !IsPlenary(meeting.body());
  if (attendance.observer() && !welcome && !SeesDrafts(call.caller, call.alliance)) {
    return Error(v1::ERROR_REASON_NOT_INVITED, {{"name", meeting.name()}});
  }
  return attendance;
}

absl::Status MeetingSession::Keep(db::Connection& connection, const api::Call& call,
                                  const MeetingKey& key, const v1::Attendance& attendance) {
  JH_RETURN_IF_ERROR(attendances_.Put(connection, key, attendance));
  return deps_.meetings.Recount(connection, call, key, attendance);
}

absl::StatusOr<v1::Attendance> MeetingSession::CheckIn(const api::Call& call,
                                                       const v1::CheckInDelegateRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  const bool runs = SeesDrafts(call.caller, call.alliance);
  const bool outsider =
      runs && request.member().empty() && !request.observer_display_name().empty();
  const std::string unit = outsider                            ? ""
                           : runs && !request.member().empty() ? request.member()
                                                               : call.ActingUnit(request.member());
  Violations violations;
  violations.CheckText("delegate_title", request.delegate_title(), 0, 60);
  violations.CheckText("observer_display_name", request.observer_display_name(), 0, 60);
  if (violations.Require("member", outsider || !unit.empty() || !request.member().empty()) &&
      !request.member().empty()) {
    violations.Check("member", api::AllianceOf(request.member()) == key.alliance(),
                     "a unit of the alliance", "本联盟的成员单位");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  if (!outsider && unit.empty()) return NotFound(request.member());
  return api::Write<v1::Attendance>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Attendance> {
        // In here: a repetition gets its answer, whatever code is good by now.
        JH_RETURN_IF_ERROR(CheckCode(call, request, unit));
        JH_RETURN_IF_ERROR(
            deps_.meetings.Claim(connection, key, State::STATE_CONVENED, State::STATE_OPEN));
        JH_ASSIGN_OR_RETURN(const v1::Meeting meeting,
                            deps_.meetings.Get(connection, key, ViewerOf(call)));
        JH_RETURN_IF_ERROR(CheckDoors(call, meeting));
        JH_ASSIGN_OR_RETURN(v1::Attendance attendance,
                            Arriving(connection, call, meeting, request, unit));
        if (attendance.present()) return attendance;
        attendance.set_present(true);
        attendance.set_substitute(request.substitute() && !attendance.observer());
        attendance.set_delegate_title(request.delegate_title());
        *attendance.mutable_check_in_time() = api::ToProto(call.now);
        attendance.clear_leave_time();
        JH_RETURN_IF_ERROR(Keep(connection, call, key, attendance));
        return attendance;
      });
}

absl::StatusOr<v1::Attendance> MeetingSession::Leave(const api::Call& call,
                                                     const v1::LeaveMeetingRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  const bool runs = SeesDrafts(call.caller, call.alliance);
  const std::string& named = request.attendance();
  const std::string unit =
      runs && !request.member().empty() ? request.member() : call.ActingUnit(request.member());
  Violations violations;
  if (named.empty()) {
    violations.Require("member", !unit.empty() || !request.member().empty());
  } else if (api::MatchName("alliances/*/meetings/*/attendances/*", named, "attendance",
                            violations)) {
    violations.Check("attendance", api::ParentOf(named) == key.name(), "of this meeting",
                     "本次会议的签到记录");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const bool may = named.empty() ? !unit.empty() && (runs || call.Covers("", unit)) : runs;
  const std::string& whose = named.empty() ? unit : named;
  if (!may) return NotFound(named.empty() ? request.member() : named);
  return api::Write<v1::Attendance>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Attendance> {
        JH_RETURN_IF_ERROR(
            deps_.meetings.Claim(connection, key, State::STATE_CONVENED, State::STATE_OPEN));
        JH_ASSIGN_OR_RETURN(const auto known,
                            attendances_.Find(connection, key, api::LastId(whose)));
        if (!known.has_value()) return NotFound(whose);
        v1::Attendance attendance = *known;
        if (!attendance.present()) return attendance;
        attendance.set_present(false);
        *attendance.mutable_leave_time() = api::ToProto(call.now);
        JH_RETURN_IF_ERROR(Keep(connection, call, key, attendance));
        return attendance;
      });
}

absl::StatusOr<v1::CheckInCode> MeetingSession::Code(const api::Call& call,
                                                     const v1::GetCheckInCodeRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  JH_RETURN_IF_ERROR(
      db::Read<v1::Meeting>(deps_.pool, call.deadline, [&](db::Connection& connection) {
        return deps_.meetings.Get(connection, key, ViewerOf(call));
      }).status());
  const CheckInKey::Timed code = deps_.key.MakeCode(request.name(), call.now);
  v1::CheckInCode answer;
  answer.set_code(code.text);
  *answer.mutable_expire_time() = api::ToProto(code.expire_time);
  return answer;
}

}  // namespace jinhuan::meeting
