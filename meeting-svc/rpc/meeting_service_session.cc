// The methods of a meeting in session, and of templates.
#include "absl/time/clock.h"
#include "meeting-svc/rpc/meeting_names.h"
#include "meeting-svc/rpc/meeting_service.h"
#include "platform/api/page.h"
#include "platform/api/write.h"
#include "platform/rpc/heartbeat.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {}  // namespace

grpc::Status MeetingService::UpdateMeeting(grpc::ServerContext* context,
                                           const v1::UpdateMeetingRequest* request,
                                           v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Update(call, *request); });
}

grpc::Status MeetingService::LeaveOutProject(grpc::ServerContext* context,
                                             const v1::LeaveOutProjectRequest* request,
                                             v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.LeaveOut(call, *request); });
}

grpc::Status MeetingService::CancelMeeting(grpc::ServerContext* context,
                                           const v1::CancelMeetingRequest* request,
                                           v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Cancel(call, *request); });
}

grpc::Status MeetingService::CheckInDelegate(grpc::ServerContext* context,
                                             const v1::CheckInDelegateRequest* request,
                                             v1::Attendance* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.CheckIn(call, *request); });
}

grpc::Status MeetingService::LeaveMeeting(grpc::ServerContext* context,
                                          const v1::LeaveMeetingRequest* request,
                                          v1::Attendance* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Leave(call, *request); });
}

grpc::Status MeetingService::GetCheckInCode(grpc::ServerContext* context,
                                            const v1::GetCheckInCodeRequest* request,
                                            v1::CheckInCode* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Code(call, *request); });
}

grpc::Status MeetingService::OpenMeeting(grpc::ServerContext* context,
                                         const v1::OpenMeetingRequest* request,
                                         v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Open(call, *request); });
}

grpc::Status MeetingService::SetCurrentItem(grpc::ServerContext* context,
                                            const v1::SetCurrentItemRequest* request,
                                            v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.SetItem(call, *request); });
}

grpc::Status MeetingService::CloseMeeting(grpc::ServerContext* context,
                                          const v1::CloseMeetingRequest* request,
                                          v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Close(call, *request); });
}

grpc::Status MeetingService::ListAttendances(grpc::ServerContext* context,
                                             const v1::ListAttendancesRequest* request,
                                             v1::ListAttendancesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListCame(call, *request); });
}

absl::StatusOr<v1::ListAttendancesResponse> MeetingService::ListCame(
    const api::Call& call, const v1::ListAttendancesRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.parent(), "parent"));
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  using Attendances = std::vector<v1::Attendance>;
  JH_ASSIGN_OR_RETURN(
      auto attendances,
      db::Read<Attendances>(
          pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Attendances> {
            JH_RETURN_IF_ERROR(meetings_.Get(connection, key, ViewerOf(call)).status());
            return attendances_.List(connection, key, page.first() ? "" : page.after[0],
                                     page.limit());
          }));
  v1::ListAttendancesResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, attendances, *response.mutable_attendances(),
                    [](const auto& one) { return std::vector{api::LastId(one.name())}; }));
  return response;
}

grpc::Status MeetingService::WatchMeeting(grpc::ServerContext* context,
                                          const v1::WatchMeetingRequest* request,
                                          grpc::ServerWriter<v1::WatchMeetingResponse>* writer) {
  return handler_.Stream(*context, __func__, *request, [&](const api::Call& call) {
    return Watch(call, *request, *context, *writer);
  });
}

absl::Status MeetingService::Watch(const api::Call& call, const v1::WatchMeetingRequest& request,
                                   const grpc::ServerContext& context,
                                   grpc::ServerWriter<v1::WatchMeetingResponse>& writer) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  JH_RETURN_IF_ERROR(
      db::Read<v1::Meeting>(pool_, absl::Now() + absl::Seconds(5), [&](db::Connection& connection) {
        return meetings_.Get(connection, key, ViewerOf(call));
      }).status());
  const auto page = board_.PageOf(key);
  int64_t seen = 0;
  absl::Time beat = absl::InfinitePast();
  while (!context.IsCancelled()) {
    // Short, so that a client that left frees its thread soon.
    JH_RETURN_IF_ERROR(handler_.Going());
    JH_ASSIGN_OR_RETURN(const auto now, board_.Next(*page, seen, absl::Now() + absl::Seconds(1)));
    if (now.revision() == seen && absl::Now() - beat < rpc::kHeartbeat) continue;
    if (!writer.Write(now)) break;
    seen = now.revision();
    beat = absl::Now();
  }
  return absl::OkStatus();
}

grpc::Status MeetingService::CreateMeetingTemplate(grpc::ServerContext* context,
                                                   const v1::CreateMeetingTemplateRequest* request,
                                                   v1::MeetingTemplate* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::MeetingTemplate> {
                          Violations violations;
                          api::MatchName("alliances/*", request->parent(), "parent", violations);
                          CheckTemplate(request->meeting_template(), violations);
                          JH_RETURN_IF_ERROR(violations.ToStatus());
                          return api::Write<v1::MeetingTemplate>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return templates_.Create(connection, call,
                                                         request->meeting_template());
                              });
                        });
}

grpc::Status MeetingService::ListMeetingTemplates(grpc::ServerContext* context,
                                                  const v1::ListMeetingTemplatesRequest* request,
                                                  v1::ListMeetingTemplatesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListTemplates(call, *request); });
}

absl::StatusOr<v1::ListMeetingTemplatesResponse> MeetingService::ListTemplates(
    const api::Call& call, const v1::ListMeetingTemplatesRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request.parent(), "parent").status());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(auto templates, db::Read<std::vector<v1::MeetingTemplate>>(
                                          pool_, call.deadline, [&](db::Connection& connection) {
                                            return templates_.List(
                                                connection, request.parent(),
                                                page.first() ? "" : page.after[0], page.limit());
                                          }));
  v1::ListMeetingTemplatesResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, templates, *response.mutable_meeting_templates(),
                    [](const auto& one) { return std::vector{api::LastId(one.name())}; }));
  return response;
}

grpc::Status MeetingService::DeleteMeetingTemplate(grpc::ServerContext* context,
                                                   const v1::DeleteMeetingTemplateRequest* request,
                                                   v1::DeleteMeetingTemplateResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::DeleteMeetingTemplateResponse> {
        JH_RETURN_IF_ERROR(
            api::RequireName("alliances/*/meetingTemplates/*", request->name()).status());
        return api::Write<v1::DeleteMeetingTemplateResponse>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::DeleteMeetingTemplateResponse> {
              JH_RETURN_IF_ERROR(templates_.Delete(connection, call, request->name()));
              return v1::DeleteMeetingTemplateResponse();
            });
      });
}

}  // namespace jinhuan::meeting
