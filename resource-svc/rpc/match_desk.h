#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "jinhuan/resource/v1/exchange_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "resource-svc/rpc/match_booking.h"
#include "resource-svc/storage/ledger_store.h"
#include "resource-svc/storage/listing_store.h"
#include "resource-svc/storage/match_store.h"
#include "resource-svc/storage/member_store.h"

namespace jinhuan::resource {

// The methods of ExchangeService on matches; errors as exchange_service.proto states
// them. Thread-safe.
class MatchDesk {
 public:
  MatchDesk(db::Pool& pool, IdSource& ids, NeedStore& needs, OfferStore& offers,
            MatchStore& matches, LedgerStore& ledger, MatchBooking& booking)
      : pool_(pool),
        ids_(ids),
        needs_(needs),
        offers_(offers),
        matches_(matches),
        ledger_(ledger),
        booking_(booking) {}

  absl::StatusOr<v1::Match> Claim(const api::Call& call, const v1::ClaimMatchRequest& request);
  absl::StatusOr<v1::Match> Get(const api::Call& call, const v1::GetMatchRequest& request);
  absl::StatusOr<v1::ListMatchesResponse> List(const api::Call& call,
                                               const v1::ListMatchesRequest& request);
  absl::StatusOr<v1::Match> Agree(const api::Call& call, const v1::AgreeMatchRequest& request);
  absl::StatusOr<v1::Match> Complete(const api::Call& call,
                                     const v1::CompleteMatchRequest& request);
  absl::StatusOr<v1::Match> Rate(const api::Call& call, const v1::RateMatchRequest& request);
  absl::StatusOr<v1::Match> Withdraw(const api::Call& call,
                                     const v1::WithdrawMatchRequest& request);

 private:
  // A match that the caller may see.
  absl::StatusOr<MatchStore::Stored> GetCovered(const api::Call& call, db::Connection& connection,
                                                const std::string& name);
  absl::StatusOr<v1::Match> AgreeOnce(const api::Call& call, const v1::AgreeMatchRequest& request);
  // Gives `quantity` back to what the match holds.
  absl::Status GiveBack(db::Connection& connection, const v1::Match& match, int quantity,
                        bool answered);

  db::Pool& pool_;
  IdSource& ids_;
  NeedStore& needs_;
  OfferStore& offers_;
  MatchStore& matches_;
  LedgerStore& ledger_;
  MatchBooking& booking_;
  MemberStore members_;
};

}  // namespace jinhuan::resource
