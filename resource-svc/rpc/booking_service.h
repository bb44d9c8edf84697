#pragma once

#include "jinhuan/resource/v1/booking_service.grpc.pb.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_desk.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/supply_cache.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Serves jinhuan.resource.v1.BookingService, as booking_service.proto states it.
// Thread-safe.
class BookingService final : public v1::BookingService::Service {
 public:
  BookingService(const rpc::Runtime& runtime, db::Pool& pool, WindowStore& windows,
                 SlotStore& slots, BookingStore& bookings, Availability& availability)
      : handler_(runtime, v1::BookingService::service_full_name()),
        ids_(runtime.ids),
        pool_(pool),
        windows_(windows),
        supplies_(pool, windows),
        slots_(slots),
        bookings_(bookings),
        desk_(pool, bookings),
        availability_(availability) {}

  grpc::Status SearchAvailability(grpc::ServerContext* context,
                                  const v1::SearchAvailabilityRequest* request,
                                  v1::SearchAvailabilityResponse* response) override;
  grpc::Status CreateBooking(grpc::ServerContext* context, const v1::CreateBookingRequest* request,
                             v1::Booking* response) override;
  grpc::Status GetBooking(grpc::ServerContext* context, const v1::GetBookingRequest* request,
                          v1::Booking* response) override;
  grpc::Status ListBookings(grpc::ServerContext* context, const v1::ListBookingsRequest* request,
                            v1::ListBookingsResponse* response) override;
  grpc::Status CancelBooking(grpc::ServerContext* context, const v1::CancelBookingRequest* request,
                             v1::Booking* response) override;

 private:
  absl::StatusOr<v1::Booking> Create(const api::Call& call,
                                     const v1::CreateBookingRequest& request);
  absl::StatusOr<v1::Booking> BookAlone(const api::Call& call,
                                        const v1::CreateBookingRequest& request,
                                        std::shared_ptr<const Supply> supply);
  // The booking as it would be kept, and the slots it takes.
  absl::StatusOr<v1::Booking> Grant(const api::Call& call, const v1::CreateBookingRequest& request,
                                    const Supply& supply, std::vector<Slot>& slots);
  absl::Status MakeRoom(const api::Call& call, const v1::Booking& wanted, const Supply& supply);
  absl::StatusOr<BookingStore::Stored> GetCovered(const api::Call& call, const std::string& name,
                                                  db::Connection& connection);
  absl::StatusOr<v1::ListBookingsResponse> List(const api::Call& call,
                                                const v1::ListBookingsRequest& request);
  absl::StatusOr<v1::Booking> Cancel(const api::Call& call,
                                     const v1::CancelBookingRequest& request);

  rpc::Handler handler_;
  IdSource& ids_;
  db::Pool& pool_;
  WindowStore& windows_;
  SupplyCache supplies_;
  SlotStore& slots_;
  BookingStore& bookings_;
  BookingDesk desk_;
  Availability& availability_;
};

}  // namespace jinhuan::resource
