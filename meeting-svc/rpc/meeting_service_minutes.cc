// The methods on minutes.
#include "meeting-svc/rpc/meeting_service.h"

namespace jinhuan::meeting {

grpc::Status MeetingService::DraftMinutes(grpc::ServerContext* context,
                                          const v1::DraftMinutesRequest* request,
                                          v1::Minutes* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return minutes_.Draft(call, *request); });
}

grpc::Status MeetingService::GetMinutes(grpc::ServerContext* context,
                                        const v1::GetMinutesRequest* request,
                                        v1::Minutes* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return minutes_.Get(call, request->name()); });
}

grpc::Status MeetingService::UpdateMinutes(grpc::ServerContext* context,
                                           const v1::UpdateMinutesRequest* request,
                                           v1::Minutes* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return minutes_.Update(call, *request); });
}

grpc::Status MeetingService::PublishMinutes(grpc::ServerContext* context,
                                            const v1::PublishMinutesRequest* request,
                                            v1::Minutes* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return minutes_.Publish(call, *request); });
}

grpc::Status MeetingService::ExportMinutes(grpc::ServerContext* context,
                                           const v1::ExportMinutesRequest* request,
                                           v1::ExportMinutesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return minutes_.Export(call, *request); });
}

}  // namespace jinhuan::meeting
