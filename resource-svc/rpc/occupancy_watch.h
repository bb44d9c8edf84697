#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>

#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"
#include "resource-svc/rpc/occupancy_board.h"

namespace jinhuan::resource {

// Streams what the boards say. An alliance has one board, for as long as someone watches it.
// Thread-safe.
class OccupancyWatch {
 public:
  explicit OccupancyWatch(const OccupancyBoard::Deps& deps) : deps_(deps) {}

  // As BookingService.WatchOccupancy, until the client goes.
  absl::Status Watch(const api::Call& call, const v1::WatchOccupancyRequest& request,
                     const grpc::ServerContext& context,
                     grpc::ServerWriterInterface<v1::WatchOccupancyResponse>& writer);

 private:
  std::shared_ptr<OccupancyBoard> BoardOf(const std::string& alliance);

  const OccupancyBoard::Deps deps_;
  absl::Mutex mutex_;
  std::map<std::string, std::weak_ptr<OccupancyBoard>> boards_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::resource
