// The methods of BookingService that others do: passes and the watch of how full things are.
#include "resource-svc/rpc/booking_service.h"

namespace jinhuan::resource {

grpc::Status BookingService::CreatePass(grpc::ServerContext* context,
                                        const v1::CreatePassRequest* request, v1::Pass* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.Create(call, *request); });
}

grpc::Status BookingService::GetPass(grpc::ServerContext* context,
                                     const v1::GetPassRequest* request, v1::Pass* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.Get(call, *request); });
}

grpc::Status BookingService::ListPasses(grpc::ServerContext* context,
                                        const v1::ListPassesRequest* request,
                                        v1::ListPassesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.List(call, *request); });
}

grpc::Status BookingService::CancelPass(grpc::ServerContext* context,
                                        const v1::CancelPassRequest* request, v1::Pass* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.Cancel(call, *request); });
}

grpc::Status BookingService::ApprovePass(grpc::ServerContext* context,
                                         const v1::ApprovePassRequest* request,
                                         v1::Pass* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.Approve(call, *request); });
}

grpc::Status BookingService::RejectPass(grpc::ServerContext* context,
                                        const v1::RejectPassRequest* request, v1::Pass* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.Reject(call, *request); });
}

grpc::Status BookingService::CheckPlate(grpc::ServerContext* context,
                                        const v1::CheckPlateRequest* request,
                                        v1::CheckPlateResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return passes_.CheckPlate(call, *request); });
}

grpc::Status BookingService::WatchOccupancy(
    grpc::ServerContext* context, const v1::WatchOccupancyRequest* request,
    grpc::ServerWriter<v1::WatchOccupancyResponse>* writer) {
  return handler_.Stream(*context, __func__, *request, [&](const api::Call& call) {
    return occupancy_.Watch(call, *request, *context, *writer);
  });
}

}  // namespace jinhuan::resource
