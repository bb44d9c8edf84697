#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::resource {

// Which needs or offers to list.
struct ListingFilter {
  v1::ExchangeCategory category = v1::EXCHANGE_CATEGORY_UNSPECIFIED;  // unspecified: every one
  v1::ListingState state = v1::LISTING_STATE_UNSPECIFIED;             // unspecified: every one
  std::string member = {};                                            // empty: every one
};

// Keeps one of the two lists: Listing is v1::Need or v1::Offer. Thread-safe; every change
// of what is published is journalled in the caller's transaction (a claim is journalled
// as the match that it makes). Both lists lie in one table, by kind.
template <class Listing>
class ListingStore {
 public:
  explicit ListingStore(journal::Journal& journal) : journal_(journal) {}

  // Publishes a listing, whose name, unit, quantity and time are set; returns it as it is
  // read.
  absl::StatusOr<Listing> Create(db::Connection& connection, const api::Call& call,
                                 Listing listing);

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<Listing> Get(db::Connection& connection, const std::string& name);

  // Replaces the listing that was read as `before`. RetryTransaction() when it changed
  // since, or when more is claimed than the new quantity.
  absl::StatusOr<Listing> Update(db::Connection& connection, const api::Call& call,
                                 const Listing& before, Listing after);

  // Takes the listing that was read as `before`, and has no claim waiting, back.
  // RetryTransaction() when it changed since.
  absl::StatusOr<Listing> Withdraw(db::Connection& connection, const api::Call& call,
                                   const Listing& before, const std::string& reason);

  // Holds `quantity` of it at `now`, with a claim that waits for an answer if `waits`.
  // Must come before anything else that decides. NOT_FOUND / RESOURCE_NOT_FOUND;
  // FAILED_PRECONDITION / LISTING_CLOSED; RESOURCE_EXHAUSTED / LISTING_TAKEN.
  absl::Status Claim(db::Connection& connection, const std::string& name, int quantity, bool waits,
                     absl::Time now);

  // Gives `quantity` back, 0 or more, and counts `answered` claims less as waiting. The
  // caller makes sure that it happens once.
  absl::Status GiveBack(db::Connection& connection, const std::string& name, int quantity,
                        int answered);

  // A page, the newest first, with one more than it holds if there is one. The key of a
  // page is the id.
  absl::StatusOr<std::vector<Listing>> List(db::Connection& connection, const std::string& alliance,
                                            const ListingFilter& filter, const api::Page& page);

 private:
  journal::Journal& journal_;
};

using NeedStore = ListingStore<v1::Need>;
using OfferStore = ListingStore<v1::Offer>;

extern template class ListingStore<v1::Need>;
extern template class ListingStore<v1::Offer>;

}  // namespace jinhuan::resource
