#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

// The fields of a need or an offer that its unit may change.
const std::vector<std::string_view>& ListingFields();

// Adds what is wrong with a need or an offer at fields "need.…" or "offer.…". Names are
// not looked at.
void CheckListing(const v1::Need& need, Violations& violations);
void CheckListing(const v1::Offer& offer, Violations& violations);

// Whether a need or an offer can be claimed at `now`, as far as its time goes.
bool IsOver(const v1::Need& need, absl::Time now);
bool IsOver(const v1::Offer& offer, absl::Time now);

// Adds what is wrong with a claim, at fields "match.…"; its names are not looked at.
void CheckClaim(const v1::Match& claim, Violations& violations);

// The match that `unit` makes of a need, an offer or both (nullptr: none), with quantity
// and message of `wanted`: who gives, takes and has to answer, and what it is about. Errors:
// FAILED_PRECONDITION / OWN_LISTING when the unit published all of it; INVALID_ARGUMENT /
// FIELD_INVALID when neither of two is its own, or they are of different categories.
absl::StatusOr<v1::Match> SettleClaim(const v1::Match& wanted, const v1::Need* need,
                                      const v1::Offer* offer, const std::string& unit);

// Whether the need is what was claimed, and not the claimant's own.
inline bool NeedIsClaimed(const v1::Match& match) { return match.publisher() == match.taker(); }

// Adds what is wrong with terms on which to agree to a claim of `claimed`, at fields
// "terms.…"; the name of the window is not looked at.
void CheckTerms(const v1::MatchTerms& terms, int claimed, Violations& violations);

// FAILED_PRECONDITION / NOT_BEGUN when what was agreed has not begun at `now`.
absl::Status CheckBegun(const v1::Match& match, absl::Time now);

// Adds what is wrong with a rating, at fields "rating.…".
void CheckRating(const v1::MatchRating& rating, Violations& violations);

}  // namespace jinhuan::resource
