#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/exchange.pb.h"

namespace jinhuan::resource {

// What is known of a unit besides what it publishes.
struct Standing {
  int ratings = 0;    // how many it got
  int stars = 0;      // their sum
  int64_t given = 0;  // of the ledger, all kinds: minutes, and a meal counts kMealMinutes
  int64_t used = 0;   // likewise
};

// How much a portion weighs beside a minute, where kinds of the ledger are added up.
inline constexpr int64_t kMealMinutes = 30;

// A need with an offer that might meet it, and what is known of their units.
struct Pairing {
  const v1::Need& need;
  const v1::Offer& offer;
  Standing needing;   // the need's unit
  Standing offering;  // the offer's unit
};

// For whom the score is: the unit that looks for an offer judges the offering unit's
// ratings, the one that looks for a need the needing unit's.
enum class Seeker { kNeed, kOffer };

// The most points that each kind of reason gives; together 100.
inline constexpr int kCategoryPoints = 30;
inline constexpr int kQuantityPoints = 20;
inline constexpr int kTimePoints = 20;
inline constexpr int kPlacePoints = 15;
inline constexpr int kRatingPoints = 10;
inline constexpr int kBalancePoints = 5;

// How well they fit at `now`, in whole points, with the reasons that gave any, the
// weightiest first. Nothing when they can't go together: of two categories, of one unit,
// one of them over or used up, or never at the same time. Depends on nothing else.
std::optional<v1::MatchSuggestion> Rate(const Pairing& pairing, Seeker seeker, absl::Time now);

// The best first; what scores the same in the order of publication, then of names.
// At most `limit`.
std::vector<v1::MatchSuggestion> Best(std::vector<v1::MatchSuggestion> suggestions, size_t limit);

}  // namespace jinhuan::resource
