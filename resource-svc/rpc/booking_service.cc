#include "resource-svc/rpc/booking_service.h"

#include <fmt/format.h>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/acts_for_alliance.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/booking_steps.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/rpc/booking_checks.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kBooking[] = "alliances/*/bookings/*";
constexpr char kPass[] = "alliances/*/passes/*";

// While requests are taken nobody books; from then until it is drawn there are no slot rows to
// book (SlotStore::Prepare).
absl::Status CheckNotDrawn(const Supply& supply, const std::vector<Slot>& slots, absl::Time now) {
  if (!supply.window.has_lottery()) return absl::OkStatus();
  const auto opening = CalendarOf(supply).OpeningAt(slots.front().start);
  const absl::Time close = LotteryCloseTime(supply, opening);
  if (now >= close) return absl::OkStatus();
  return Error(
      v1::ERROR_REASON_LOTTERY_OPEN,
      {{"close_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", close, absl::UTCTimeZone())}});
}

}  // namespace

grpc::Status BookingService::SearchAvailability(grpc::ServerContext* context,
                                                const v1::SearchAvailabilityRequest* request,
                                                v1::SearchAvailabilityResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return availability_.Find(call, *request); });
}

grpc::Status BookingService::CreateBooking(grpc::ServerContext* context,
                                           const v1::CreateBookingRequest* request,
                                           v1::Booking* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Create(call, *request); });
}

absl::StatusOr<v1::Booking> BookingService::Create(const api::Call& call,
                                                   const v1::CreateBookingRequest& request) {
  JH_RETURN_IF_ERROR(CheckRequest(call, request.parent(), request.booking()));
  JH_ASSIGN_OR_RETURN(const auto supply,
                      supplies_.Get(request.booking().window(), call.now, call.deadline));
  absl::StatusOr<v1::Booking> booked;
  const auto alone = [&] {
    booked = BookAlone(call, request, supply);
    return booked.status();
  };
  // What can't be granted as things are goes alone: it may be a repetition of what was
  // granted when things were otherwise.
  std::vector<Slot> slots;
  absl::StatusOr<v1::Booking> granted = Grant(call, request, *supply, slots);
  if (!granted.ok() || !IsOwn(call, granted->member())) {
    alone().IgnoreError();
  } else {
    booked = *granted;
    const absl::Status status = desk_.Book({{call, *supply, slots, *granted}, request}, alone);
    if (!status.ok()) booked = status;
  }
  if (request.join_waitlist() && IsFull(booked.status())) return JoinLine(call, request, *supply);
  return booked;
}

absl::Status BookingService::CheckUnit(db::Connection& connection, const api::Call& call,
                                       const std::string& unit) {
  return CheckActiveUnit(connection, call, members_, unit);
}

absl::StatusOr<v1::Booking> BookingService::JoinLine(const api::Call& call,
                                                     const v1::CreateBookingRequest& request,
                                                     const Supply& supply) {
  auto waiting = api::Write<v1::Booking>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Booking> {
        std::vector<Slot> slots;
        JH_ASSIGN_OR_RETURN(v1::Booking booking, Grant(call, request, supply, slots));
        JH_RETURN_IF_ERROR(CheckUnit(connection, call, booking.member()));
        if (booking.quantity() > supply.window.capacity()) {  // never is there room for it
          return Error(v1::ERROR_REASON_SLOT_FULL,
                       {{"window", supply.window.name()},
                        {"start_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", slots.front().start,
                                                        absl::UTCTimeZone())}});
        }
        JH_ASSIGN_OR_RETURN(booking, Waiting(std::move(booking), call.now));
        JH_RETURN_IF_ERROR(bookings_.Create(connection, call, supply, slots, booking));
        return booking;
      });
  if (waiting.ok()) ServeLine(supply.window.name(), call.now);
  return waiting;
}

absl::StatusOr<v1::Booking> BookingService::BookAlone(const api::Call& call,
                                                      const v1::CreateBookingRequest& request,
                                                      std::shared_ptr<const Supply> supply) {
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<v1::Booking> booked = api::Write<v1::Booking>(
        pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Booking> {
          // What depends on the time and on who asks is judged in here: a repetition of a
          // request that was granted gets its answer, whatever has changed since.
          std::vector<Slot> slots;
          JH_ASSIGN_OR_RETURN(v1::Booking booking, Grant(call, request, *supply, slots));
          JH_RETURN_IF_ERROR(CheckUnit(connection, call, booking.member()));
          JH_RETURN_IF_ERROR(bookings_.Create(connection, call, *supply, slots, booking));
          return booking;
        });
    if (!IsFull(booked.status()) || attempt == kBookingAttempts) return booked;
    JH_RETURN_IF_ERROR(MakeRoom(call, request.booking(), *supply));
    const std::string& window = request.booking().window();
    supplies_.Forget(window);
    JH_ASSIGN_OR_RETURN(supply, supplies_.Get(window, call.now, call.deadline));
  }
}

absl::StatusOr<v1::Booking> BookingService::Grant(const api::Call& call,
                                                  const v1::CreateBookingRequest& request,
                                                  const Supply& supply, std::vector<Slot>& slots) {
  JH_ASSIGN_OR_RETURN(const std::string unit,
                      ActingUnit(call, request.booking().member(), "booking.member"));
  JH_RETURN_IF_ERROR(CheckAudience(call, supply.window, unit));
  JH_ASSIGN_OR_RETURN(slots, SlotsOf(supply, api::FromProto(request.booking().start_time()),
                                     api::FromProto(request.booking().end_time())));
  JH_RETURN_IF_ERROR(CheckNotDrawn(supply, slots, call.now));
  JH_ASSIGN_OR_RETURN(v1::Booking booking, Admit(request.booking(), supply, slots, call.now));
  JH_RETURN_IF_ERROR(CheckGuests(call, booking));
  booking.set_name(fmt::format("{}/bookings/{}", request.parent(), ids_.NewId()));
  booking.set_member(unit);
  booking.set_user(call.caller.name());
  return booking;
}

absl::Status BookingService::MakeRoom(const api::Call& call, const v1::Booking& wanted,
                                      const Supply& supply) {
  const absl::Time start = api::FromProto(wanted.start_time());
  JH_ASSIGN_OR_RETURN(const std::vector<Slot> slots,
                      SlotsOf(supply, start, api::FromProto(wanted.end_time())));
  return slots_.Prepare(pool_, call.deadline, supply, slots, std::max(wanted.quantity(), 1),
                        CalendarOf(supply).OpeningAt(start));
}

absl::StatusOr<BookingStore::Stored> BookingService::GetFrom(Side side, const api::Call& call,
                                                             const std::string& name,
                                                             db::Connection& connection) {
  JH_ASSIGN_OR_RETURN(BookingStore::Stored stored, bookings_.Get(connection, name));
  const v1::Booking& booking = stored.booking;
  const bool booker = call.Covers(booking.user(), booking.member());
  const bool lender = call.Covers("", booking.lender());
  if ((booker && side != Side::kLender) || (lender && side != Side::kBooker)) return stored;
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

grpc::Status BookingService::GetBooking(grpc::ServerContext* context,
                                        const v1::GetBookingRequest* request,
                                        v1::Booking* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Booking> {
        JH_RETURN_IF_ERROR(api::RequireName(kBooking, request->name()).status());
        return db::Read<v1::Booking>(
            pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::Booking> {
              JH_ASSIGN_OR_RETURN(auto stored,
                                  GetFrom(Side::kEither, call, request->name(), connection));
              v1::Booking booking = AsOf(std::move(stored.booking), call.now);
              JH_RETURN_IF_ERROR(AddPosition(connection, booking));
              return booking;
            });
      });
}

absl::Status BookingService::AddPosition(db::Connection& connection, v1::Booking& booking) {
  if (booking.state() != v1::Booking::STATE_WAITLISTED) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const int before, bookings_.WaitingBefore(connection, booking));
  booking.set_waitlist_position(before + 1);
  return absl::OkStatus();
}

grpc::Status BookingService::ListBookings(grpc::ServerContext* context,
                                          const v1::ListBookingsRequest* request,
                                          v1::ListBookingsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListBookingsResponse> BookingService::List(
    const api::Call& call, const v1::ListBookingsRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  violations.Check("state", v1::Booking::State_IsValid(request.state()), "a known state",
                   "有效的状态");
  violations.Check("end_after", IsTime(request.end_after()), "a time from 1970 to 9999",
                   "有效的时间");
  violations.Check("start_before", IsTime(request.start_before()), "a time from 1970 to 9999",
                   "有效的时间");
  if (!request.pass().empty()) {
    api::MatchName(kPass, request.pass(), "pass", violations);
    violations.Check("pass", !request.mine() && !request.lent(), "without mine and lent",
                     "不与 mine、lent 同用");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, BookingStore::kPageColumns));
  BookingStore::Filter filter{.everyone = !request.mine() && api::ActsForAlliance(call),
                              .state = request.state()};
  if (!request.lent()) filter.user = call.caller.name();
  if (!request.mine() && !request.lent()) filter.units = call.scope.units;
  if (!request.mine() && request.lent()) filter.lenders = call.scope.units;
  filter.pass = request.pass();
  if (request.has_start_before()) filter.start_before = api::FromProto(request.start_before());
  if (request.has_end_after()) filter.end_after = api::FromProto(request.end_after());
  JH_ASSIGN_OR_RETURN(
      auto bookings,
      db::Read<std::vector<v1::Booking>>(
          pool_, call.deadline,
          [&](db::Connection& connection) -> absl::StatusOr<std::vector<v1::Booking>> {
            if (!filter.pass.empty()) {
              JH_RETURN_IF_ERROR(passes_.CheckSeen(call, filter.pass, connection));
            }
            JH_ASSIGN_OR_RETURN(auto listed,
                                bookings_.List(connection, call.alliance, filter, page));
            for (v1::Booking& booking : listed) {
              booking = AsOf(std::move(booking), call.now);
              JH_RETURN_IF_ERROR(AddPosition(connection, booking));
            }
            return listed;
          }));
  v1::ListBookingsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, bookings, *response.mutable_bookings(), BookingStore::PageKey));
  return response;
}

}  // namespace jinhuan::resource
