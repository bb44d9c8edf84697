#pragma once

#include "jinhuan/meeting/v1/ballot_service.grpc.pb.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/proxy_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.BallotService, as ballot_service.proto states it.
// Thread-safe.
class BallotService final : public v1::BallotService::Service {
 public:
  BallotService(const rpc::Runtime& runtime, db::Pool& pool, BallotStore& ballots,
                ProxyStore& proxies)
      : handler_(runtime, v1::BallotService::service_full_name()),
        pool_(pool),
        ballots_(ballots),
        proxies_(proxies) {}

  grpc::Status OpenBallot(grpc::ServerContext* context, const v1::OpenBallotRequest* request,
                          v1::Ballot* response) override;
  grpc::Status CastVote(grpc::ServerContext* context, const v1::CastVoteRequest* request,
                        v1::Elector* response) override;
  grpc::Status DrawPaper(grpc::ServerContext* context, const v1::DrawPaperRequest* request,
                         v1::DrawPaperResponse* response) override;
  grpc::Status OpenBox(grpc::ServerContext* context, const v1::OpenBoxRequest* request,
                       v1::Ballot* response) override;
  grpc::Status CastPaper(grpc::ServerContext* context, const v1::CastPaperRequest* request,
                         v1::CastPaperResponse* response) override;
  grpc::Status CloseBallot(grpc::ServerContext* context, const v1::CloseBallotRequest* request,
                           v1::Ballot* response) override;
  grpc::Status CancelBallot(grpc::ServerContext* context, const v1::CancelBallotRequest* request,
                            v1::Ballot* response) override;
  grpc::Status GetBallot(grpc::ServerContext* context, const v1::GetBallotRequest* request,
                         v1::Ballot* response) override;
  grpc::Status ListBallots(grpc::ServerContext* context, const v1::ListBallotsRequest* request,
                           v1::ListBallotsResponse* response) override;
  grpc::Status ListElectors(grpc::ServerContext* context, const v1::ListElectorsRequest* request,
                            v1::ListElectorsResponse* response) override;
  grpc::Status ListPapers(grpc::ServerContext* context, const v1::ListPapersRequest* request,
                          v1::ListPapersResponse* response) override;
  grpc::Status GrantProxy(grpc::ServerContext* context, const v1::GrantProxyRequest* request,
                          v1::Proxy* response) override;
  grpc::Status RevokeProxy(grpc::ServerContext* context, const v1::RevokeProxyRequest* request,
                           v1::Proxy* response) override;
  grpc::Status ListProxies(grpc::ServerContext* context, const v1::ListProxiesRequest* request,
                           v1::ListProxiesResponse* response) override;

 private:
  absl::StatusOr<v1::Elector> Vote(const api::Call& call, const v1::CastVoteRequest& request);
  absl::StatusOr<v1::DrawPaperResponse> Draw(const api::Call& call,
                                             const v1::DrawPaperRequest& request);
  absl::StatusOr<v1::CastPaperResponse> Cast(absl::Time deadline,
                                             const v1::CastPaperRequest& request);
  absl::StatusOr<v1::Proxy> Grant(const api::Call& call, const v1::GrantProxyRequest& request);
  absl::StatusOr<v1::Proxy> Revoke(const api::Call& call, const v1::RevokeProxyRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  BallotStore& ballots_;
  ProxyStore& proxies_;
};

}  // namespace jinhuan::meeting
