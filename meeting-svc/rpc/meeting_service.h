#pragma once

#include "jinhuan/meeting/v1/meeting_service.grpc.pb.h"
#include "meeting-svc/storage/meeting_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.MeetingService, as meeting_service.proto states it.
// Thread-safe.
class MeetingService final : public v1::MeetingService::Service {
 public:
  MeetingService(const rpc::Runtime& runtime, db::Pool& pool, MeetingStore& meetings)
      : handler_(runtime, v1::MeetingService::service_full_name()),
        pool_(pool),
        meetings_(meetings) {}

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

  rpc::Handler handler_;
  db::Pool& pool_;
  MeetingStore& meetings_;
  InvitationStore invitations_;
};

}  // namespace jinhuan::meeting
