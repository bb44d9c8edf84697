#include "meeting-svc/rpc/meeting_service.h"

#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/rpc/meeting_names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

std::vector<std::string> SortKey(const v1::Meeting& meeting) {
  return api::TimeKey(api::FromProto(meeting.start_time()),
                      meeting.name().substr(meeting.name().rfind('/') + 1));
}

}  // namespace

grpc::Status MeetingService::CreateMeeting(grpc::ServerContext* context,
                                           const v1::CreateMeetingRequest* request,
                                           v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Create(call, *request); });
}

grpc::Status MeetingService::GetMeeting(grpc::ServerContext* context,
                                        const v1::GetMeetingRequest* request,
                                        v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Meeting> {
                          JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request->name(), "name"));
                          return db::Read<v1::Meeting>(
                              pool_, call.deadline, [&](db::Connection& connection) {
                                return meetings_.Get(connection, key, ViewerOf(call));
                              });
                        });
}

grpc::Status MeetingService::ListMeetings(grpc::ServerContext* context,
                                          const v1::ListMeetingsRequest* request,
                                          v1::ListMeetingsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListMeetingsResponse> MeetingService::List(
    const api::Call& call, const v1::ListMeetingsRequest& request) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName("alliances/*", request.parent(), "parent"));
  Violations violations;
  violations.Check("state", v1::Meeting::State_IsValid(request.state()), "a known state",
                   "已有的会议状态");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 2));
  JH_ASSIGN_OR_RETURN(const MeetingStore::Position after, api::TimePositionOf(page));
  JH_ASSIGN_OR_RETURN(
      auto meetings,
      db::Read<std::vector<v1::Meeting>>(pool_, call.deadline, [&](db::Connection& connection) {
        return meetings_.List(connection, ids[0], request.state(), after, page.limit(),
                              ViewerOf(call));
      }));
  v1::ListMeetingsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, meetings, *response.mutable_meetings(), SortKey));
  return response;
}

grpc::Status MeetingService::ConveneMeeting(grpc::ServerContext* context,
                                            const v1::ConveneMeetingRequest* request,
                                            v1::Meeting* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return session_.Convene(call, *request); });
}

grpc::Status MeetingService::AnswerNotice(grpc::ServerContext* context,
                                          const v1::AnswerNoticeRequest* request,
                                          v1::Invitation* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Answer(call, *request); });
}

absl::StatusOr<v1::Invitation> MeetingService::Answer(const api::Call& call,
                                                      const v1::AnswerNoticeRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.name(), "name"));
  const std::string unit = call.ActingUnit(request.member());
  Violations violations;
  CheckAnswer(request.answer(), request.note(), violations);
  // Who acts for several units must say for which.
  violations.Require("member", !unit.empty() || !request.member().empty());
  JH_RETURN_IF_ERROR(violations.ToStatus());
  // A unit the caller only belongs to, without being its liaison, is not its own
  // to answer for.
  if (unit.empty() || !call.Covers("", unit)) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND,
                 {{"name", unit.empty() ? request.member() : unit}});
  }
  return api::Write<v1::Invitation>(pool_, call, request, [&](db::Connection& connection) {
    return meetings_.Answer(connection, call, key, ViewerOf(call, unit), request.answer(),
                            request.note());
  });
}

grpc::Status MeetingService::ListInvitations(grpc::ServerContext* context,
                                             const v1::ListInvitationsRequest* request,
                                             v1::ListInvitationsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListInvited(call, *request); });
}

absl::StatusOr<v1::ListInvitationsResponse> MeetingService::ListInvited(
    const api::Call& call, const v1::ListInvitationsRequest& request) {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(request.parent(), "parent"));
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  using Invitations = std::vector<v1::Invitation>;
  JH_ASSIGN_OR_RETURN(
      auto invitations,
      db::Read<Invitations>(
          pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Invitations> {
            JH_RETURN_IF_ERROR(meetings_.Get(connection, key, ViewerOf(call)).status());
            return invitations_.List(connection, key, page.first() ? "" : page.after[0],
                                     page.limit());
          }));
  v1::ListInvitationsResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, invitations, *response.mutable_invitations(),
      [](const v1::Invitation& invitation) {
        return std::vector{invitation.member().substr(invitation.member().rfind('/') + 1)};
      }));
  return response;
}

}  // namespace jinhuan::meeting
