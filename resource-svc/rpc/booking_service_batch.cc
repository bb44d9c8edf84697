// BatchCreateBookings: all or none.
#include <deque>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/rpc/booking_checks.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/joint_booking.h"

namespace jinhuan::resource {
namespace {

constexpr int kMost = 50;

absl::StatusOr<v1::BatchCreateBookingsRequest> Checked(const api::Call& call,
                                                       v1::BatchCreateBookingsRequest request) {
  Violations violations;
  violations.Check("requests", request.requests_size() >= 1 && request.requests_size() <= kMost,
                   "1 to 50", "1 至 50 个");
  for (v1::CreateBookingRequest& each : *request.mutable_requests()) {
    violations.Check("requests.parent", each.parent().empty() || each.parent() == request.parent(),
                     "empty or the parent of all", "留空或与整批相同");
    violations.Check("requests.request_id", each.request_id().empty(), "empty", "留空");
    violations.Check("requests.join_waitlist", !each.join_waitlist(), "false", "不支持");
    each.set_parent(request.parent());
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  for (const v1::CreateBookingRequest& each : request.requests()) {
    JH_RETURN_IF_ERROR(CheckRequest(call, each.parent(), each.booking()));
  }
  return request;
}

}  // namespace

grpc::Status BookingService::BatchCreateBookings(grpc::ServerContext* context,
                                                 const v1::BatchCreateBookingsRequest* request,
                                                 v1::BatchCreateBookingsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return CreateBatch(call, *request); });
}

absl::StatusOr<v1::BatchCreateBookingsResponse> BookingService::CreateBatch(
    const api::Call& call, const v1::BatchCreateBookingsRequest& raw) {
  JH_ASSIGN_OR_RETURN(const auto request, Checked(call, raw));
  for (int attempt = 1;; ++attempt) {
    std::vector<std::shared_ptr<const Supply>> supplies;
    for (const auto& each : request.requests()) {
      JH_ASSIGN_OR_RETURN(supplies.emplace_back(),
                          supplies_.Get(each.booking().window(), call.now, call.deadline));
    }
    auto made = WriteBatch(call, request, supplies);
    if (!IsFull(made.status()) || attempt == kBookingAttempts) return made;
    // As for one alone: rows may have been missing, or places have come free.
    for (int i = 0; i < request.requests_size(); ++i) {
      const v1::Booking& wanted = request.requests(i).booking();
      JH_RETURN_IF_ERROR(MakeRoom(call, wanted, *supplies[i]));
      supplies_.Forget(wanted.window());
    }
  }
}

absl::StatusOr<v1::BatchCreateBookingsResponse> BookingService::WriteBatch(
    const api::Call& call, const v1::BatchCreateBookingsRequest& request,
    const std::vector<std::shared_ptr<const Supply>>& supplies) {
  std::deque<std::vector<Slot>> slots;
  std::deque<v1::Booking> bookings;
  std::vector<BookingStore::New> news;
  auto made = api::Write<v1::BatchCreateBookingsResponse>(
      pool_, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::BatchCreateBookingsResponse> {
        slots.clear();
        bookings.clear();
        news.clear();
        v1::BatchCreateBookingsResponse response;
        for (int i = 0; i < request.requests_size(); ++i) {
          JH_ASSIGN_OR_RETURN(v1::Booking booking,
                              Grant(call, request.requests(i), *supplies[i], slots.emplace_back()));
          JH_RETURN_IF_ERROR(CheckUnit(connection, call, booking.member()));
          bookings.push_back(booking);
          news.push_back({call, *supplies[i], slots.back(), bookings.back()});
          *response.add_bookings() = std::move(booking);
        }
        JH_RETURN_IF_ERROR(bookings_.CreateAll(connection, news));
        return response;
      });
  if (made.ok() || !DidNotFit(made.status())) return made;
  return WhyNot(pool_, bookings_, call, news);
}

}  // namespace jinhuan::resource
