#pragma once

#include "jinhuan/resource/v1/exchange_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/ledger_store.h"
#include "resource-svc/storage/listing_store.h"
#include "resource-svc/storage/match_store.h"

namespace jinhuan::resource {

// Answers SuggestMatches: reads the newest open listings of the category and what is
// known of their units, and leaves the judging to domain/matching. Thread-safe.
class MatchSuggestions {
 public:
  // How many listings are looked at.
  static constexpr int kCandidates = 200;

  MatchSuggestions(db::Pool& pool, NeedStore& needs, OfferStore& offers, MatchStore& matches,
                   LedgerStore& ledger)
      : pool_(pool), needs_(needs), offers_(offers), matches_(matches), ledger_(ledger) {}

  absl::StatusOr<v1::SuggestMatchesResponse> Suggest(const api::Call& call,
                                                     const v1::SuggestMatchesRequest& request);

 private:
  db::Pool& pool_;
  NeedStore& needs_;
  OfferStore& offers_;
  MatchStore& matches_;
  LedgerStore& ledger_;
};

}  // namespace jinhuan::resource
