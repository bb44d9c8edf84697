#include "resource-svc/rpc/lottery_service.h"

#include <fmt/format.h>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/lottery.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/rpc/booking_checks.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

using Request = v1::LotteryRequest;

constexpr char kAlliance[] = "alliances/*";
constexpr char kDraw[] = "alliances/*/facilities/*/windows/*/draws/*";
constexpr char kRequest[] = "alliances/*/facilities/*/windows/*/draws/*/lotteryRequests/*";

absl::Status Closed(absl::Time close) {
  return Error(
      v1::ERROR_REASON_LOTTERY_CLOSED,
      {{"close_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", close, absl::UTCTimeZone())}});
}

// As it is published: without what is nobody else's business.
Request ShownTo(const api::Call& call, Request request) {
  if (request.user() == call.caller.name()) return request;
  request.clear_user();
  request.clear_plate();
  request.clear_guests();
  request.clear_needs();
  request.clear_booking();
  return request;
}

}  // namespace

grpc::Status LotteryService::SubmitLotteryRequest(grpc::ServerContext* context,
                                                  const v1::SubmitLotteryRequestRequest* request,
                                                  Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Submit(call, *request); });
}

absl::StatusOr<Request> LotteryService::Submit(const api::Call& call,
                                               const v1::SubmitLotteryRequestRequest& request) {
  JH_RETURN_IF_ERROR(CheckRequest(call, request.parent(), request.booking()));
  Violations violations;
  CheckNeeds(request.needs(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<Request>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<Request> {
        JH_ASSIGN_OR_RETURN(const Supply supply,
                            windows_.GetSupply(connection, request.booking().window()));
        std::vector<Slot> opening;
        JH_ASSIGN_OR_RETURN(Request made, Accept(call, supply, request, opening));
        JH_RETURN_IF_ERROR(CheckActiveUnit(connection, call, members_, made.member()));
        JH_RETURN_IF_ERROR(Claim(connection, call, supply, opening));
        JH_ASSIGN_OR_RETURN(*made.mutable_name(),
                            OwnName(connection, call, DrawOf(supply, opening)));
        JH_RETURN_IF_ERROR(lotteries_.Put(connection, call, made));
        return made;
      });
}

absl::StatusOr<std::string> LotteryService::OwnName(db::Connection& connection,
                                                    const api::Call& call,
                                                    const std::string& draw) {
  JH_ASSIGN_OR_RETURN(const auto secrets, lotteries_.SecretsOf(connection, draw));
  return fmt::format("{}/lotteryRequests/{}", draw,
                     LotteryRequestId(draw, call.caller.name(), secrets.id_key));
}

absl::StatusOr<Request> LotteryService::Accept(const api::Call& call, const Supply& supply,
                                               const v1::SubmitLotteryRequestRequest& request,
                                               std::vector<Slot>& opening) {
  Violations violations;
  violations.Check("booking.window", supply.window.has_lottery(), "one that opens by lottery",
                   "实行摇号的开放时段");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const v1::Booking& wish = request.booking();
  JH_ASSIGN_OR_RETURN(const std::string unit, ActingUnit(call, wish.member(), "booking.member"));
  JH_RETURN_IF_ERROR(CheckAudience(call, supply.window, unit));
  JH_ASSIGN_OR_RETURN(
      const std::vector<Slot> slots,
      SlotsOf(supply, api::FromProto(wish.start_time()), api::FromProto(wish.end_time())));
  opening = CalendarOf(supply).OpeningAt(slots.front().start);
  const absl::Time close = LotteryCloseTime(supply, opening);
  if (call.now >= close) return Closed(close);
  JH_ASSIGN_OR_RETURN(const v1::Booking booking, Admit(wish, supply, slots, call.now));
  JH_RETURN_IF_ERROR(CheckGuests(call, booking));
  Request made;
  made.set_window(booking.window());
  *made.mutable_start_time() = booking.start_time();
  *made.mutable_end_time() = booking.end_time();
  made.set_quantity(booking.quantity());
  made.set_plate(booking.plate());
  *made.mutable_guests() = booking.guests();
  made.set_member(unit);
  made.set_user(call.caller.name());
  *made.mutable_needs() = request.needs();
  made.set_state(Request::STATE_SEALED);
  *made.mutable_create_time() = api::ToProto(call.now);
  made.set_facility_display_name(supply.facility.display_name());
  *made.mutable_close_time() = api::ToProto(close);
  return made;
}

absl::Status LotteryService::Claim(db::Connection& connection, const api::Call& call,
                                   const Supply& supply, const std::vector<Slot>& opening) {
  const std::string draw = DrawOf(supply, opening);
  JH_ASSIGN_OR_RETURN(bool claimed, lotteries_.Claim(connection, draw));
  if (claimed) return absl::OkStatus();
  // Whoever is quicker than the keeper opens it.
  JH_RETURN_IF_ERROR(lottery_.Open(connection, call, supply, opening));
  JH_ASSIGN_OR_RETURN(claimed, lotteries_.Claim(connection, draw));
  return claimed ? absl::OkStatus() : Closed(LotteryCloseTime(supply, opening));
}

grpc::Status LotteryService::WithdrawLotteryRequest(
    grpc::ServerContext* context, const v1::WithdrawLotteryRequestRequest* request,
    Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Withdraw(call, *request); });
}

absl::StatusOr<Request> LotteryService::Withdraw(const api::Call& call,
                                                 const v1::WithdrawLotteryRequestRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kRequest, request.name()).status());
  return api::Write<Request>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<Request> {
        JH_ASSIGN_OR_RETURN(const bool claimed,
                            lotteries_.Claim(connection, ParentOf(request.name())));
        JH_ASSIGN_OR_RETURN(auto made, lotteries_.GetRequest(connection, request.name()));
        if (!made || made->user() != call.caller.name()) {
          return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", request.name()}});
        }
        const absl::Time close = api::FromProto(made->close_time());
        if (!claimed || call.now >= close) return Closed(close);
        made->set_state(Request::STATE_WITHDRAWN);
        JH_RETURN_IF_ERROR(lotteries_.Put(connection, call, *made));
        return *std::move(made);
      });
}

grpc::Status LotteryService::ListLotteryRequests(grpc::ServerContext* context,
                                                 const v1::ListLotteryRequestsRequest* request,
                                                 v1::ListLotteryRequestsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return request->draw().empty() ? List(call, *request) : ListDrawn(call, *request);
  });
}

absl::StatusOr<v1::ListLotteryRequestsResponse> LotteryService::List(
    const api::Call& call, const v1::ListLotteryRequestsRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  violations.Check("end_after", IsTime(request.end_after()), "a time from 1970 to 9999",
                   "有效的时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, LotteryStore::kByEndColumns));
  JH_ASSIGN_OR_RETURN(auto made,
                      db::Read<std::vector<Request>>(pool_, call.deadline, [&](db::Connection& c) {
                        return lotteries_.ListBy(c, call.alliance, call.caller.name(),
                                                 api::FromProto(request.end_after()), page);
                      }));
  v1::ListLotteryRequestsResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, made, *response.mutable_lottery_requests(), LotteryStore::ByEnd));
  return response;
}

absl::StatusOr<v1::ListLotteryRequestsResponse> LotteryService::ListDrawn(
    const api::Call& call, const v1::ListLotteryRequestsRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  if (api::MatchName(kDraw, request.draw(), "draw", violations)) {
    violations.Check("draw", api::AllianceOf(request.draw()) == call.alliance,
                     "a draw of the parent", "本联盟的摇号");
  }
  violations.Check("end_after", !request.has_end_after(), "absent with draw",
                   "与摇号场次不能同时指定");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, LotteryStore::kByPlaceColumns));
  std::vector<Request> made;
  JH_RETURN_IF_ERROR(db::Read(pool_, call.deadline, [&](db::Connection& c) -> absl::Status {
    made.clear();
    JH_ASSIGN_OR_RETURN(const v1::Draw draw, lotteries_.Get(c, request.draw()));
    if (draw.state() == v1::Draw::STATE_DRAWN) {
      JH_ASSIGN_OR_RETURN(made, lotteries_.ListOf(c, request.draw(), page));
      return absl::OkStatus();
    }
    JH_ASSIGN_OR_RETURN(const std::string own, OwnName(c, call, request.draw()));
    JH_ASSIGN_OR_RETURN(const auto mine, lotteries_.GetRequest(c, own));
    if (mine && page.first()) made.push_back(*mine);
    return absl::OkStatus();
  }));
  for (Request& each : made) each = ShownTo(call, std::move(each));
  v1::ListLotteryRequestsResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, made, *response.mutable_lottery_requests(), LotteryStore::ByPlace));
  return response;
}

grpc::Status LotteryService::GetDraw(grpc::ServerContext* context,
                                     const v1::GetDrawRequest* request, v1::Draw* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Draw> {
                          JH_RETURN_IF_ERROR(api::RequireName(kDraw, request->name()).status());
                          return db::Read<v1::Draw>(
                              pool_, call.deadline, [&](db::Connection& connection) {
                                return lotteries_.Get(connection, request->name());
                              });
                        });
}

grpc::Status LotteryService::ListDraws(grpc::ServerContext* context,
                                       const v1::ListDrawsRequest* request,
                                       v1::ListDrawsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListAll(call, *request); });
}

absl::StatusOr<v1::ListDrawsResponse> LotteryService::ListAll(const api::Call& call,
                                                              const v1::ListDrawsRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kAlliance, request.parent(), "parent").status());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, LotteryStore::kDrawColumns));
  JH_ASSIGN_OR_RETURN(auto draws,
                      db::Read<std::vector<v1::Draw>>(pool_, call.deadline, [&](db::Connection& c) {
                        return lotteries_.ListDraws(c, call.alliance, page);
                      }));
  v1::ListDrawsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, draws, *response.mutable_draws(), LotteryStore::DrawKey));
  return response;
}

}  // namespace jinhuan::resource
