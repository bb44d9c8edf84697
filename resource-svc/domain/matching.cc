#include "resource-svc/domain/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "platform/api/time.h"
#include "resource-svc/domain/exchange_rules.h"

namespace jinhuan::resource {
namespace {

// A need without an end is looked at for this long.
constexpr absl::Duration kAhead = absl::Hours(24 * 365);

struct Interval {
  absl::Time start;
  absl::Time end;
};

template <class Listing>
Interval TimeOf(const Listing& listing, absl::Time now) {
  return {listing.has_start_time() ? std::max(api::FromProto(listing.start_time()), now) : now,
          listing.has_end_time() ? api::FromProto(listing.end_time()) : absl::InfiniteFuture()};
}

void Add(v1::MatchSuggestion& suggestion, v1::MatchReason::Kind kind, int points, std::string en,
         std::string zh) {
  if (points <= 0) return;
  v1::MatchReason& reason = *suggestion.add_reasons();
  reason.set_kind(kind);
  reason.set_points(points);
  reason.set_text_en(std::move(en));
  reason.set_text_zh(std::move(zh));
  suggestion.set_score(suggestion.score() + points);
}

void AddQuantity(const Pairing& pairing, v1::MatchSuggestion& suggestion) {
  const int needed = pairing.need.remaining_quantity();
  const int offered = pairing.offer.remaining_quantity();
  const int met = std::min(needed, offered);
  Add(suggestion, v1::MatchReason::KIND_QUANTITY, kQuantityPoints * met / needed,
      met == needed ? fmt::format("offers all of the {} needed", needed)
                    : fmt::format("offers {} of the {} needed", met, needed),
      met == needed ? fmt::format("可满足全部需求（{}）", needed)
                    : fmt::format("可满足需求 {} 中的 {}", needed, met));
}

// False when they never meet.
bool AddTime(const Pairing& pairing, absl::Time now, v1::MatchSuggestion& suggestion) {
  const Interval need = TimeOf(pairing.need, now);
  const Interval offer = TimeOf(pairing.offer, now);
  const absl::Duration together = std::min(need.end, offer.end) - std::max(need.start, offer.start);
  if (together <= absl::ZeroDuration()) return false;
  const absl::Duration all = std::min(need.end - need.start, kAhead);
  const int64_t percent = absl::ToInt64Minutes(std::min(together, all)) * 100 /
                          std::max<int64_t>(absl::ToInt64Minutes(all), 1);
  Add(suggestion, v1::MatchReason::KIND_TIME, static_cast<int>(kTimePoints * percent / 100),
      fmt::format("free in {}% of the time needed", percent), fmt::format("时间重合 {}%", percent));
  return true;
}

// Metres between two places, over the sphere.
int64_t MetresBetween(const google::type::LatLng& a, const google::type::LatLng& b) {
  constexpr double kEarth = 6'371'000;
  const auto radians = [](double degrees) { return degrees * M_PI / 180; };
  const double height = std::sin(radians(b.latitude() - a.latitude()) / 2);
  const double width = std::sin(radians(b.longitude() - a.longitude()) / 2);
  const double chord = height * height + std::cos(radians(a.latitude())) *
                                             std::cos(radians(b.latitude())) * width * width;
  return std::llround(2 * kEarth * std::asin(std::sqrt(std::min(chord, 1.0))));
}

void AddPlace(const Pairing& pairing, v1::MatchSuggestion& suggestion) {
  const auto& [need, offer, needing, offering] = pairing;
  if (need.has_location() && offer.has_location()) {
    // All points next door, one less for each 200 m.
    const int64_t metres = MetresBetween(need.location(), offer.location());
    const int64_t points = std::max<int64_t>(kPlacePoints - metres / 200, 0);
    Add(suggestion, v1::MatchReason::KIND_PLACE, static_cast<int>(points),
        fmt::format("{} m away", metres), fmt::format("相距约 {} 米", metres));
  } else if (!need.grid().empty() && need.grid() == offer.grid()) {
    Add(suggestion, v1::MatchReason::KIND_PLACE, kPlacePoints * 2 / 3, "in the same grid",
        "同在" + need.grid());
  }
}

void AddRating(const Standing& other, v1::MatchSuggestion& suggestion) {
  if (other.ratings == 0) return;
  // One star gives nothing, five give all.
  const int points = kRatingPoints * (other.stars - other.ratings) / (4 * other.ratings);
  const int tenths = other.stars * 10 / other.ratings;
  const std::string mean = fmt::format("{}.{}", tenths / 10, tenths % 10);
  Add(suggestion, v1::MatchReason::KIND_RATING, points,
      fmt::format("rated {} of 5 in {} matches", mean, other.ratings),
      fmt::format("以往 {} 次对接平均 {} 分", other.ratings, mean));
}

// Who has given more than it used is helped first.
void AddBalance(const Standing& needing, v1::MatchSuggestion& suggestion) {
  const int64_t total = needing.given + needing.used;
  if (total <= 0 || needing.given <= needing.used) return;
  const int64_t points = kBalancePoints * (needing.given - needing.used) / total;
  Add(suggestion, v1::MatchReason::KIND_BALANCE, static_cast<int>(points),
      "the needing unit has given more than it used", "需求单位贡献多于使用");
}

}  // namespace

std::optional<v1::MatchSuggestion> Rate(const Pairing& pairing, Seeker seeker, absl::Time now) {
  const auto& [need, offer, needing, offering] = pairing;
  if (need.category() != offer.category() || need.member() == offer.member() ||
      need.state() != v1::LISTING_STATE_OPEN || offer.state() != v1::LISTING_STATE_OPEN ||
      need.remaining_quantity() <= 0 || offer.remaining_quantity() <= 0 || IsOver(need, now) ||
      IsOver(offer, now)) {
    return std::nullopt;
  }
  v1::MatchSuggestion suggestion;
  Add(suggestion, v1::MatchReason::KIND_CATEGORY, kCategoryPoints, "of the same category",
      "类别相同");
  AddQuantity(pairing, suggestion);
  if (!AddTime(pairing, now, suggestion)) return std::nullopt;
  AddPlace(pairing, suggestion);
  AddRating(seeker == Seeker::kNeed ? offering : needing, suggestion);
  AddBalance(needing, suggestion);
  std::stable_sort(
      suggestion.mutable_reasons()->begin(), suggestion.mutable_reasons()->end(),
      [](const v1::MatchReason& a, const v1::MatchReason& b) { return a.points() > b.points(); });
  *suggestion.mutable_need() = need;
  *suggestion.mutable_offer() = offer;
  return suggestion;
}

std::vector<v1::MatchSuggestion> Best(std::vector<v1::MatchSuggestion> suggestions, size_t limit) {
  std::sort(suggestions.begin(), suggestions.end(),
            [](const v1::MatchSuggestion& a, const v1::MatchSuggestion& b) {
              // Names hold the time of publication (UUIDv7).
              return std::make_tuple(-a.score(), std::string_view(a.need().name()),
                                     std::string_view(a.offer().name())) <
                     std::make_tuple(-b.score(), std::string_view(b.need().name()),
                                     std::string_view(b.offer().name()));
            });
  if (suggestions.size() > limit) suggestions.resize(limit);
  return suggestions;
}

}  // namespace jinhuan::resource
