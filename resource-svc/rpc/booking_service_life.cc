// The life of a booking that is there: each method is one step of it.
#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/acts_for_alliance.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/booking_steps.h"
#include "resource-svc/rpc/booking_checks.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kBooking[] = "alliances/*/bookings/*";
constexpr char kFacility[] = "alliances/*/facilities/*";

// FAILED_PRECONDITION / DAY_OF_PASS for what is approved and refused with its pass.
absl::Status CheckByItself(const v1::Booking& booking) {
  if (booking.pass().empty()) return absl::OkStatus();
  return Error(v1::ERROR_REASON_DAY_OF_PASS, {{"pass", booking.pass()}});
}

}  // namespace

template <class Request>
absl::StatusOr<v1::Booking> BookingService::Take(const api::Call& call, const Request& request,
                                                 Side side, Decide decide,
                                                 const std::string& reason,
                                                 std::optional<absl::Time> leave_from) {
  JH_RETURN_IF_ERROR(api::RequireName(kBooking, request.name()).status());
  auto taken = api::Write<v1::Booking>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Booking> {
        JH_ASSIGN_OR_RETURN(const auto stored, GetFrom(side, call, request.name(), connection));
        JH_ASSIGN_OR_RETURN(const Supply supply,
                            windows_.GetSupply(connection, stored.booking.window()));
        JH_ASSIGN_OR_RETURN(const v1::Booking after,
                            decide(AsOf(stored.booking, call.now), supply));
        return bookings_.Move(connection, call, {supply, stored, after, reason, leave_from});
      });
  const bool gave = taken.ok() && IsOver(taken->state());
  if (gave) ServeLine(taken->window(), call.now);
  return taken;
}

void BookingService::ServeLine(const std::string& window, absl::Time now) {
  const auto served = waitlist_.Serve(window, now);
  // BookingKeeper does it a moment later.
  if (!served.ok()) log::Warning("line not served", {{"status", served.status().ToString()}});
}

grpc::Status BookingService::CancelBooking(grpc::ServerContext* context,
                                           const v1::CancelBookingRequest* request,
                                           v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    const absl::Status reason = CheckReason(request->reason(), 0);
    if (!reason.ok()) return absl::StatusOr<v1::Booking>(reason);
    return Take(
        call, *request, Side::kBooker,
        [&](const v1::Booking& booking, const Supply&) {
          return Cancelled(booking, request->reason(), api::ActsForAlliance(call), call.now);
        },
        request->reason());
  });
}

grpc::Status BookingService::ApproveBooking(grpc::ServerContext* context,
                                            const v1::ApproveBookingRequest* request,
                                            v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, Side::kLender,
                [](const v1::Booking& booking, const Supply&) -> absl::StatusOr<v1::Booking> {
                  JH_RETURN_IF_ERROR(CheckByItself(booking));
                  return Approved(booking);
                });
  });
}

grpc::Status BookingService::RejectBooking(grpc::ServerContext* context,
                                           const v1::RejectBookingRequest* request,
                                           v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    const absl::Status reason = CheckReason(request->reason(), 1);
    if (!reason.ok()) return absl::StatusOr<v1::Booking>(reason);
    return Take(
        call, *request, Side::kLender,
        [&](const v1::Booking& booking, const Supply&) -> absl::StatusOr<v1::Booking> {
          JH_RETURN_IF_ERROR(CheckByItself(booking));
          return Rejected(booking, request->reason(), call.now);
        },
        request->reason());
  });
}

grpc::Status BookingService::AcceptOffer(grpc::ServerContext* context,
                                         const v1::AcceptOfferRequest* request,
                                         v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, Side::kBooker,
                [&](const v1::Booking& booking, const Supply& supply) {
                  return Accepted(booking, supply.window, call.now);
                });
  });
}

grpc::Status BookingService::ChangePlate(grpc::ServerContext* context,
                                         const v1::ChangePlateRequest* request,
                                         v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, Side::kBooker, [&](const v1::Booking& booking, const Supply&) {
      return Replated(booking, request->plate(), call.now);
    });
  });
}

grpc::Status BookingService::CheckIn(grpc::ServerContext* context,
                                     const v1::CheckInRequest* request, v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, Side::kEither,
                [&](const v1::Booking& booking, const Supply&) -> absl::StatusOr<v1::Booking> {
                  JH_RETURN_IF_ERROR(CheckProof(call, *request, booking));
                  return CheckedIn(booking, call.now);
                });
  });
}

absl::Status BookingService::CheckProof(const api::Call& call, const v1::CheckInRequest& request,
                                        const v1::Booking& booking) {
  const bool lender = call.Covers("", booking.lender());
  if (lender && !request.token().empty()) {
    if (key_.IsToken(booking.name(), request.token(), call.now)) return absl::OkStatus();
    return Error(v1::ERROR_REASON_CHECK_IN_TOKEN_INVALID);
  }
  if (request.code().empty()) {
    Violations violations;
    violations.Require("code", lender);
    return violations.ToStatus();
  }
  switch (tries_.Try(booking.name(), call.now, [&] {
    return key_.IsCode(ParentOf(booking.window()), request.code(), call.now);
  })) {
    case CodeTries::Outcome::kRight:
      return absl::OkStatus();
    case CodeTries::Outcome::kWrong:
      return Error(v1::ERROR_REASON_CHECK_IN_CODE_WRONG);
    case CodeTries::Outcome::kUsedUp:
      break;
  }
  return Error(v1::ERROR_REASON_CODE_TRIES_USED_UP,
               {{"minutes", std::to_string(absl::ToInt64Minutes(CodeTries::kPause))}});
}

grpc::Status BookingService::CheckOut(grpc::ServerContext* context,
                                      const v1::CheckOutRequest* request, v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(
        call, *request, Side::kEither,
        [&](const v1::Booking& booking, const Supply&) { return CheckedOut(booking, call.now); },
        "", call.now);
  });
}

grpc::Status BookingService::GetCheckInToken(grpc::ServerContext* context,
                                             const v1::GetCheckInTokenRequest* request,
                                             v1::CheckInToken* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::CheckInToken> {
        JH_RETURN_IF_ERROR(api::RequireName(kBooking, request->name()).status());
        return db::Read<v1::CheckInToken>(
            pool_, call.deadline, [&](db::Connection& c) -> absl::StatusOr<v1::CheckInToken> {
              JH_ASSIGN_OR_RETURN(const auto stored,
                                  GetFrom(Side::kBooker, call, request->name(), c));
              JH_RETURN_IF_ERROR(
                  CheckMove(AsOf(stored.booking, call.now), v1::Booking::STATE_CHECKED_IN));
              const auto made = key_.MakeToken(request->name(), call.now);
              v1::CheckInToken token;
              token.set_token(made.text);
              *token.mutable_expire_time() = api::ToProto(made.expire_time);
              return token;
            });
      });
}

grpc::Status BookingService::GetCheckInCode(grpc::ServerContext* context,
                                            const v1::GetCheckInCodeRequest* request,
                                            v1::CheckInCode* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::CheckInCode> {
        JH_RETURN_IF_ERROR(api::RequireName(kFacility, request->name()).status());
        JH_ASSIGN_OR_RETURN(const auto facility,
                            db::Read<v1::Facility>(pool_, call.deadline, [&](db::Connection& c) {
                              return facilities_.Get(c, request->name());
                            }));
        if (!call.Covers("", facility.owner())) {
          return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", request->name()}});
        }
        const auto made = key_.MakeCode(request->name(), call.now);
        v1::CheckInCode code;
        code.set_code(made.text);
        *code.mutable_expire_time() = api::ToProto(made.expire_time);
        return code;
      });
}

}  // namespace jinhuan::resource
