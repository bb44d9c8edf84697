#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jinhuan/resource/v1/booking_service.grpc.pb.h"
#include "platform/check_in/check_in_key.h"
#include "platform/check_in/code_tries.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_desk.h"
#include "resource-svc/rpc/occupancy_watch.h"
#include "resource-svc/rpc/passes.h"
#include "resource-svc/rpc/waitlist.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/supply_cache.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Serves jinhuan.resource.v1.BookingService, as booking_service.proto states it.
// Thread-safe.
class BookingService final : public v1::BookingService::Service {
 public:
  struct Stores {
    db::Pool& pool;
    FacilityStore& facilities;
    WindowStore& windows;
    SlotStore& slots;
    BookingStore& bookings;
    MemberStore& members;
  };
  BookingService(const rpc::Runtime& runtime, const Stores& stores, Availability& availability,
                 Waitlist& waitlist, Passes& passes, OccupancyWatch& occupancy,
                 const CheckInKey& key)
      : handler_(runtime, v1::BookingService::service_full_name()),
        ids_(runtime.ids),
        pool_(stores.pool),
        facilities_(stores.facilities),
        windows_(stores.windows),
        supplies_(stores.pool, stores.windows),
        slots_(stores.slots),
        bookings_(stores.bookings),
        members_(stores.members),
        desk_(stores.pool, stores.bookings),
        availability_(availability),
        waitlist_(waitlist),
        passes_(passes),
        occupancy_(occupancy),
        key_(key) {}

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
  grpc::Status BatchCreateBookings(grpc::ServerContext* context,
                                   const v1::BatchCreateBookingsRequest* request,
                                   v1::BatchCreateBookingsResponse* response) override;
  grpc::Status ApproveBooking(grpc::ServerContext* context,
                              const v1::ApproveBookingRequest* request,
                              v1::Booking* response) override;
  grpc::Status RejectBooking(grpc::ServerContext* context, const v1::RejectBookingRequest* request,
                             v1::Booking* response) override;
  grpc::Status AcceptOffer(grpc::ServerContext* context, const v1::AcceptOfferRequest* request,
                           v1::Booking* response) override;
  grpc::Status ChangePlate(grpc::ServerContext* context, const v1::ChangePlateRequest* request,
                           v1::Booking* response) override;
  grpc::Status GetCheckInToken(grpc::ServerContext* context,
                               const v1::GetCheckInTokenRequest* request,
                               v1::CheckInToken* response) override;
  grpc::Status GetCheckInCode(grpc::ServerContext* context,
                              const v1::GetCheckInCodeRequest* request,
                              v1::CheckInCode* response) override;
  grpc::Status CheckIn(grpc::ServerContext* context, const v1::CheckInRequest* request,
                       v1::Booking* response) override;
  grpc::Status CheckOut(grpc::ServerContext* context, const v1::CheckOutRequest* request,
                        v1::Booking* response) override;
  grpc::Status CreatePass(grpc::ServerContext* context, const v1::CreatePassRequest* request,
                          v1::Pass* response) override;
  grpc::Status GetPass(grpc::ServerContext* context, const v1::GetPassRequest* request,
                       v1::Pass* response) override;
  grpc::Status ListPasses(grpc::ServerContext* context, const v1::ListPassesRequest* request,
                          v1::ListPassesResponse* response) override;
  grpc::Status CancelPass(grpc::ServerContext* context, const v1::CancelPassRequest* request,
                          v1::Pass* response) override;
  grpc::Status ApprovePass(grpc::ServerContext* context, const v1::ApprovePassRequest* request,
                           v1::Pass* response) override;
  grpc::Status RejectPass(grpc::ServerContext* context, const v1::RejectPassRequest* request,
                          v1::Pass* response) override;
  grpc::Status CheckPlate(grpc::ServerContext* context, const v1::CheckPlateRequest* request,
                          v1::CheckPlateResponse* response) override;
  grpc::Status WatchOccupancy(grpc::ServerContext* context,
                              const v1::WatchOccupancyRequest* request,
                              grpc::ServerWriter<v1::WatchOccupancyResponse>* writer) override;

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
  absl::StatusOr<v1::Booking> JoinLine(const api::Call& call,
                                       const v1::CreateBookingRequest& request,
                                       const Supply& supply);
  absl::StatusOr<v1::BatchCreateBookingsResponse> CreateBatch(
      const api::Call& call, const v1::BatchCreateBookingsRequest& request);
  absl::StatusOr<v1::BatchCreateBookingsResponse> WriteBatch(
      const api::Call& call, const v1::BatchCreateBookingsRequest& request,
      const std::vector<std::shared_ptr<const Supply>>& supplies);

  // Which side of a booking the caller is on; someone else's looks as if it were not there.
  enum class Side {
    kBooker,  // who booked, its unit's liaison, the street
    kLender,  // the liaison of the unit that lends the facility, the street
    kEither,
  };
  absl::StatusOr<BookingStore::Stored> GetFrom(Side side, const api::Call& call,
                                               const std::string& name, db::Connection& connection);
  // One step of one booking: `decide` makes it of the booking as it is now.
  using Decide = absl::FunctionRef<absl::StatusOr<v1::Booking>(const v1::Booking&, const Supply&)>;
  template <class Request>
  absl::StatusOr<v1::Booking> Take(const api::Call& call, const Request& request, Side side,
                                   Decide decide, const std::string& reason = "",
                                   std::optional<absl::Time> leave_from = {});
  absl::Status CheckProof(const api::Call& call, const v1::CheckInRequest& request,
                          const v1::Booking& booking);
  // Places came free, perhaps: who waits for them gets an offer.
  void ServeLine(const std::string& window, absl::Time now);
  // FAILED_PRECONDITION / STATE_WRONG, NOT_FOUND unless the unit, which the street may have
  // named, is an active one.
  absl::Status CheckUnit(db::Connection& connection, const api::Call& call,
                         const std::string& unit);
  absl::Status AddPosition(db::Connection& connection, v1::Booking& booking);
  absl::StatusOr<v1::ListBookingsResponse> List(const api::Call& call,
                                                const v1::ListBookingsRequest& request);
  absl::StatusOr<v1::Booking> Cancel(const api::Call& call,
                                     const v1::CancelBookingRequest& request);

  rpc::Handler handler_;
  IdSource& ids_;
  db::Pool& pool_;
  FacilityStore& facilities_;
  WindowStore& windows_;
  SupplyCache supplies_;
  SlotStore& slots_;
  BookingStore& bookings_;
  MemberStore& members_;
  BookingDesk desk_;
  Availability& availability_;
  Waitlist& waitlist_;
  Passes& passes_;
  OccupancyWatch& occupancy_;
  const CheckInKey key_;
  CodeTries tries_;
};

}  // namespace jinhuan::resource
