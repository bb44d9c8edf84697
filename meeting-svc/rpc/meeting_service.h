#pragma once

#include "jinhuan/meeting/v1/meeting_service.grpc.pb.h"
#include "meeting-svc/rpc/meeting_board.h"
#include "meeting-svc/rpc/meeting_session.h"
#include "meeting-svc/rpc/minutes_desk.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/template_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.MeetingService, as meeting_service.proto states it.
// Thread-safe.
class MeetingService final : public v1::MeetingService::Service {
 public:
  struct Deps {
    db::Pool& pool;
    const AllianceStore& alliances;
    MeetingStore& meetings;
    const BallotStore& ballots;
    const ProjectStore& projects;
    const TemplateStore& templates;
    const TopicStore& topics;
    const ResolutionDesk& resolutions;
    const MinutesDesk& minutes;
    IdSource& ids;
    CheckInKey key;
  };
  MeetingService(const rpc::Runtime& runtime, const Deps& deps)
      : handler_(runtime, v1::MeetingService::service_full_name()),
        pool_(deps.pool),
        meetings_(deps.meetings),
        templates_(deps.templates),
        minutes_(deps.minutes),
        session_({deps.pool, deps.alliances, deps.meetings, deps.ballots, deps.projects,
                  deps.topics, deps.resolutions, deps.ids, deps.key}),
        board_(deps.pool, deps.alliances, deps.meetings, deps.ballots, runtime.clock) {}

  grpc::Status CreateMeeting(grpc::ServerContext* context, const v1::CreateMeetingRequest* request,
                             v1::Meeting* response) override;
  grpc::Status GetMeeting(grpc::ServerContext* context, const v1::GetMeetingRequest* request,
                          v1::Meeting* response) override;
  grpc::Status ListMeetings(grpc::ServerContext* context, const v1::ListMeetingsRequest* request,
                            v1::ListMeetingsResponse* response) override;
  grpc::Status ConveneMeeting(grpc::ServerContext* context,
                              const v1::ConveneMeetingRequest* request,
                              v1::Meeting* response) override;
  grpc::Status AnswerNotice(grpc::ServerContext* context, const v1::AnswerNoticeRequest* request,
                            v1::Invitation* response) override;
  grpc::Status UpdateMeeting(grpc::ServerContext* context, const v1::UpdateMeetingRequest* request,
                             v1::Meeting* response) override;
  grpc::Status LeaveOutProject(grpc::ServerContext* context,
                               const v1::LeaveOutProjectRequest* request,
                               v1::Meeting* response) override;
  grpc::Status CancelMeeting(grpc::ServerContext* context, const v1::CancelMeetingRequest* request,
                             v1::Meeting* response) override;
  grpc::Status CheckInDelegate(grpc::ServerContext* context,
                               const v1::CheckInDelegateRequest* request,
                               v1::Attendance* response) override;
  grpc::Status LeaveMeeting(grpc::ServerContext* context, const v1::LeaveMeetingRequest* request,
                            v1::Attendance* response) override;
  grpc::Status GetCheckInCode(grpc::ServerContext* context,
                              const v1::GetCheckInCodeRequest* request,
                              v1::CheckInCode* response) override;
  grpc::Status ListAttendances(grpc::ServerContext* context,
                               const v1::ListAttendancesRequest* request,
                               v1::ListAttendancesResponse* response) override;
  grpc::Status OpenMeeting(grpc::ServerContext* context, const v1::OpenMeetingRequest* request,
                           v1::Meeting* response) override;
  grpc::Status SetCurrentItem(grpc::ServerContext* context,
                              const v1::SetCurrentItemRequest* request,
                              v1::Meeting* response) override;
  grpc::Status CloseMeeting(grpc::ServerContext* context, const v1::CloseMeetingRequest* request,
                            v1::Meeting* response) override;
  grpc::Status WatchMeeting(grpc::ServerContext* context, const v1::WatchMeetingRequest* request,
                            grpc::ServerWriter<v1::WatchMeetingResponse>* writer) override;
  grpc::Status CreateMeetingTemplate(grpc::ServerContext* context,
                                     const v1::CreateMeetingTemplateRequest* request,
                                     v1::MeetingTemplate* response) override;
  grpc::Status ListMeetingTemplates(grpc::ServerContext* context,
                                    const v1::ListMeetingTemplatesRequest* request,
                                    v1::ListMeetingTemplatesResponse* response) override;
  grpc::Status DeleteMeetingTemplate(grpc::ServerContext* context,
                                     const v1::DeleteMeetingTemplateRequest* request,
                                     v1::DeleteMeetingTemplateResponse* response) override;
  grpc::Status DraftMinutes(grpc::ServerContext* context, const v1::DraftMinutesRequest* request,
                            v1::Minutes* response) override;
  grpc::Status GetMinutes(grpc::ServerContext* context, const v1::GetMinutesRequest* request,
                          v1::Minutes* response) override;
  grpc::Status UpdateMinutes(grpc::ServerContext* context, const v1::UpdateMinutesRequest* request,
                             v1::Minutes* response) override;
  grpc::Status PublishMinutes(grpc::ServerContext* context,
                              const v1::PublishMinutesRequest* request,
                              v1::Minutes* response) override;
  grpc::Status ExportMinutes(grpc::ServerContext* context, const v1::ExportMinutesRequest* request,
                             v1::ExportMinutesResponse* response) override;
  grpc::Status ListInvitations(grpc::ServerContext* context,
                               const v1::ListInvitationsRequest* request,
                               v1::ListInvitationsResponse* response) override;

 private:
  absl::StatusOr<v1::ListMeetingsResponse> List(const api::Call& call,
                                                const v1::ListMeetingsRequest& request);
  absl::StatusOr<v1::Invitation> Answer(const api::Call& call,
                                        const v1::AnswerNoticeRequest& request);
  absl::StatusOr<v1::ListInvitationsResponse> ListInvited(
      const api::Call& call, const v1::ListInvitationsRequest& request);
  absl::StatusOr<v1::ListAttendancesResponse> ListCame(const api::Call& call,
                                                       const v1::ListAttendancesRequest& request);
  absl::Status Watch(const api::Call& call, const v1::WatchMeetingRequest& request,
                     const grpc::ServerContext& context,
                     grpc::ServerWriter<v1::WatchMeetingResponse>& writer);
  absl::StatusOr<v1::ListMeetingTemplatesResponse> ListTemplates(
      const api::Call& call, const v1::ListMeetingTemplatesRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  MeetingStore& meetings_;
  const TemplateStore& templates_;
  InvitationStore invitations_;
  AttendanceStore attendances_;
  const MinutesDesk& minutes_;
  MeetingSession session_;
  MeetingBoard board_;
};

}  // namespace jinhuan::meeting
