#include "resource-svc/rpc/exchange_service.h"

namespace jinhuan::resource {

grpc::Status ExchangeService::CreateNeed(grpc::ServerContext* context,
                                         const v1::CreateNeedRequest* request, v1::Need* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return needs_.Create(call, *request); });
}

grpc::Status ExchangeService::GetNeed(grpc::ServerContext* context,
                                      const v1::GetNeedRequest* request, v1::Need* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return needs_.Get(call, request->name()); });
}

grpc::Status ExchangeService::ListNeeds(grpc::ServerContext* context,
                                        const v1::ListNeedsRequest* request,
                                        v1::ListNeedsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return needs_.List(call, *request); });
}

grpc::Status ExchangeService::UpdateNeed(grpc::ServerContext* context,
                                         const v1::UpdateNeedRequest* request, v1::Need* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return needs_.Update(call, *request); });
}

grpc::Status ExchangeService::WithdrawNeed(grpc::ServerContext* context,
                                           const v1::WithdrawNeedRequest* request,
                                           v1::Need* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return needs_.Withdraw(call, *request); });
}

grpc::Status ExchangeService::CreateOffer(grpc::ServerContext* context,
                                          const v1::CreateOfferRequest* request,
                                          v1::Offer* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return offers_.Create(call, *request); });
}

grpc::Status ExchangeService::GetOffer(grpc::ServerContext* context,
                                       const v1::GetOfferRequest* request, v1::Offer* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return offers_.Get(call, request->name()); });
}

grpc::Status ExchangeService::ListOffers(grpc::ServerContext* context,
                                         const v1::ListOffersRequest* request,
                                         v1::ListOffersResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return offers_.List(call, *request); });
}

grpc::Status ExchangeService::UpdateOffer(grpc::ServerContext* context,
                                          const v1::UpdateOfferRequest* request,
                                          v1::Offer* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return offers_.Update(call, *request); });
}

grpc::Status ExchangeService::WithdrawOffer(grpc::ServerContext* context,
                                            const v1::WithdrawOfferRequest* request,
                                            v1::Offer* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return offers_.Withdraw(call, *request); });
}

grpc::Status ExchangeService::SuggestMatches(grpc::ServerContext* context,
                                             const v1::SuggestMatchesRequest* request,
                                             v1::SuggestMatchesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return suggestions_.Suggest(call, *request);
  });
}

grpc::Status ExchangeService::ClaimMatch(grpc::ServerContext* context,
                                         const v1::ClaimMatchRequest* request,
                                         v1::Match* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.Claim(call, *request); });
}

grpc::Status ExchangeService::GetMatch(grpc::ServerContext* context,
                                       const v1::GetMatchRequest* request, v1::Match* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.Get(call, *request); });
}

grpc::Status ExchangeService::ListMatches(grpc::ServerContext* context,
                                          const v1::ListMatchesRequest* request,
                                          v1::ListMatchesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.List(call, *request); });
}

grpc::Status ExchangeService::AgreeMatch(grpc::ServerContext* context,
                                         const v1::AgreeMatchRequest* request,
                                         v1::Match* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.Agree(call, *request); });
}

grpc::Status ExchangeService::CompleteMatch(grpc::ServerContext* context,
                                            const v1::CompleteMatchRequest* request,
                                            v1::Match* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.Complete(call, *request); });
}

grpc::Status ExchangeService::RateMatch(grpc::ServerContext* context,
                                        const v1::RateMatchRequest* request, v1::Match* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.Rate(call, *request); });
}

grpc::Status ExchangeService::WithdrawMatch(grpc::ServerContext* context,
                                            const v1::WithdrawMatchRequest* request,
                                            v1::Match* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return matches_.Withdraw(call, *request); });
}

}  // namespace jinhuan::resource
