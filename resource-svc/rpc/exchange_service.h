#pragma once

#include "jinhuan/resource/v1/exchange_service.grpc.pb.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"
#include "resource-svc/rpc/listing_desk.h"
#include "resource-svc/rpc/match_desk.h"
#include "resource-svc/rpc/match_suggestions.h"

namespace jinhuan::resource {

// Serves jinhuan.resource.v1.ExchangeService, as exchange_service.proto states it: each
// method is one of a desk's. Thread-safe.
class ExchangeService final : public v1::ExchangeService::Service {
 public:
  ExchangeService(const rpc::Runtime& runtime, db::Pool& pool, NeedStore& needs, OfferStore& offers,
                  MatchStore& matches, LedgerStore& ledger, MatchBooking& booking)
      : handler_(runtime, v1::ExchangeService::service_full_name()),
        needs_(pool, runtime.ids, needs),
        offers_(pool, runtime.ids, offers),
        matches_(pool, runtime.ids, needs, offers, matches, ledger, booking),
        suggestions_(pool, needs, offers, matches, ledger) {}

  grpc::Status CreateNeed(grpc::ServerContext* context, const v1::CreateNeedRequest* request,
                          v1::Need* response) override;
  grpc::Status GetNeed(grpc::ServerContext* context, const v1::GetNeedRequest* request,
                       v1::Need* response) override;
  grpc::Status ListNeeds(grpc::ServerContext* context, const v1::ListNeedsRequest* request,
                         v1::ListNeedsResponse* response) override;
  grpc::Status UpdateNeed(grpc::ServerContext* context, const v1::UpdateNeedRequest* request,
                          v1::Need* response) override;
  grpc::Status WithdrawNeed(grpc::ServerContext* context, const v1::WithdrawNeedRequest* request,
                            v1::Need* response) override;
  grpc::Status CreateOffer(grpc::ServerContext* context, const v1::CreateOfferRequest* request,
                           v1::Offer* response) override;
  grpc::Status GetOffer(grpc::ServerContext* context, const v1::GetOfferRequest* request,
                        v1::Offer* response) override;
  grpc::Status ListOffers(grpc::ServerContext* context, const v1::ListOffersRequest* request,
                          v1::ListOffersResponse* response) override;
  grpc::Status UpdateOffer(grpc::ServerContext* context, const v1::UpdateOfferRequest* request,
                           v1::Offer* response) override;
  grpc::Status WithdrawOffer(grpc::ServerContext* context, const v1::WithdrawOfferRequest* request,
                             v1::Offer* response) override;
  grpc::Status SuggestMatches(grpc::ServerContext* context,
                              const v1::SuggestMatchesRequest* request,
                              v1::SuggestMatchesResponse* response) override;
  grpc::Status ClaimMatch(grpc::ServerContext* context, const v1::ClaimMatchRequest* request,
                          v1::Match* response) override;
  grpc::Status GetMatch(grpc::ServerContext* context, const v1::GetMatchRequest* request,
                        v1::Match* response) override;
  grpc::Status ListMatches(grpc::ServerContext* context, const v1::ListMatchesRequest* request,
                           v1::ListMatchesResponse* response) override;
  grpc::Status AgreeMatch(grpc::ServerContext* context, const v1::AgreeMatchRequest* request,
                          v1::Match* response) override;
  grpc::Status CompleteMatch(grpc::ServerContext* context, const v1::CompleteMatchRequest* request,
                             v1::Match* response) override;
  grpc::Status RateMatch(grpc::ServerContext* context, const v1::RateMatchRequest* request,
                         v1::Match* response) override;
  grpc::Status WithdrawMatch(grpc::ServerContext* context, const v1::WithdrawMatchRequest* request,
                             v1::Match* response) override;

 private:
  rpc::Handler handler_;
  ListingDesk<NeedList> needs_;
  ListingDesk<OfferList> offers_;
  MatchDesk matches_;
  MatchSuggestions suggestions_;
};

}  // namespace jinhuan::resource
