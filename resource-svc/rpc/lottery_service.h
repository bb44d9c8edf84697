#pragma once

#include <string>

#include "jinhuan/resource/v1/lottery_service.grpc.pb.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"
#include "resource-svc/rpc/lottery.h"
#include "resource-svc/storage/lottery_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Serves jinhuan.resource.v1.LotteryService, as lottery_service.proto states it. Thread-safe.
class LotteryService final : public v1::LotteryService::Service {
 public:
  LotteryService(const rpc::Runtime& runtime, db::Pool& pool, WindowStore& windows,
                 LotteryStore& lotteries, Lottery& lottery)
      : handler_(runtime, v1::LotteryService::service_full_name()),
        pool_(pool),
        windows_(windows),
        lotteries_(lotteries),
        lottery_(lottery) {}

  grpc::Status SubmitLotteryRequest(grpc::ServerContext* context,
                                    const v1::SubmitLotteryRequestRequest* request,
                                    v1::LotteryRequest* response) override;
  grpc::Status WithdrawLotteryRequest(grpc::ServerContext* context,
                                      const v1::WithdrawLotteryRequestRequest* request,
                                      v1::LotteryRequest* response) override;
  grpc::Status ListLotteryRequests(grpc::ServerContext* context,
                                   const v1::ListLotteryRequestsRequest* request,
                                   v1::ListLotteryRequestsResponse* response) override;
  grpc::Status GetDraw(grpc::ServerContext* context, const v1::GetDrawRequest* request,
                       v1::Draw* response) override;
  grpc::Status ListDraws(grpc::ServerContext* context, const v1::ListDrawsRequest* request,
                         v1::ListDrawsResponse* response) override;

 private:
  absl::StatusOr<v1::LotteryRequest> Submit(const api::Call& call,
                                            const v1::SubmitLotteryRequestRequest& request);
  // What is asked for, as it is kept, and the opening that it lies in.
  absl::StatusOr<v1::LotteryRequest> Accept(const api::Call& call, const Supply& supply,
                                            const v1::SubmitLotteryRequestRequest& request,
                                            std::vector<Slot>& opening);
  // What the caller's request in a draw that was opened is called.
  absl::StatusOr<std::string> OwnName(db::Connection& connection, const api::Call& call,
                                      const std::string& draw);
  absl::Status Claim(db::Connection& connection, const api::Call& call, const Supply& supply,
                     const std::vector<Slot>& opening);
  absl::StatusOr<v1::LotteryRequest> Withdraw(const api::Call& call,
                                              const v1::WithdrawLotteryRequestRequest& request);
  absl::StatusOr<v1::ListLotteryRequestsResponse> List(
      const api::Call& call, const v1::ListLotteryRequestsRequest& request);
  absl::StatusOr<v1::ListLotteryRequestsResponse> ListDrawn(
      const api::Call& call, const v1::ListLotteryRequestsRequest& request);
  absl::StatusOr<v1::ListDrawsResponse> ListAll(const api::Call& call,
                                                const v1::ListDrawsRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  WindowStore& windows_;
  LotteryStore& lotteries_;
  Lottery& lottery_;
  MemberStore members_;
};

}  // namespace jinhuan::resource
