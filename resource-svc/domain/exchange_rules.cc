#include "resource-svc/domain/exchange_rules.h"

#include <algorithm>
#include <cmath>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {
namespace {

constexpr int kMaxListed = 10'000;
constexpr absl::Duration kLongestTerms = absl::Hours(24 * 366);

// The field of a listing or of terms with its prefix.
std::string At(std::string_view prefix, std::string_view field) {
  std::string path(prefix);
  path += '.';
  path += field;
  return path;
}

// An interval of which `open` ends may be absent.
template <class Timed>
void CheckInterval(const Timed& timed, std::string_view prefix, Violations& violations) {
  bool valid = true;
  if (timed.has_start_time()) {
    valid = violations.Check(At(prefix, "start_time"), IsTime(timed.start_time()),
                             "a time from 1970 to 9999", "有效的时间");
  }
  if (!timed.has_end_time()) return;
  const bool after = IsTime(timed.end_time()) &&
                     (!timed.has_start_time() || !valid ||
                      api::FromProto(timed.end_time()) > api::FromProto(timed.start_time()));
  violations.Check(At(prefix, "end_time"), after, "a time after start_time", "晚于开始时间");
}

template <class Listing>
void CheckOf(const Listing& listing, std::string_view prefix, Violations& violations) {
  const std::string category = At(prefix, "category");
  if (violations.Require(category, listing.category() != v1::EXCHANGE_CATEGORY_UNSPECIFIED)) {
    violations.Check(category, v1::ExchangeCategory_IsValid(listing.category()), "a known category",
                     "有效的类别");
  }
  violations.CheckText(At(prefix, "title"), listing.title(), 1, 60);
  violations.CheckText(At(prefix, "description"), listing.description(), 0, 1000);
  violations.Check(At(prefix, "quantity"),
                   listing.quantity() >= 0 && listing.quantity() <= kMaxListed, "1 to 10000",
                   "1 至 10000");
  violations.CheckText(At(prefix, "quantity_unit"), listing.quantity_unit(), 0, 10);
  violations.CheckText(At(prefix, "address"), listing.address(), 0, 120);
  violations.CheckText(At(prefix, "grid"), listing.grid(), 0, 40);
  CheckInterval(listing, prefix, violations);
  if (listing.has_location()) {
    // Written so that what is not a number is refused too.
    violations.Check(At(prefix, "location"),
                     std::abs(listing.location().latitude()) <= 90 &&
                         std::abs(listing.location().longitude()) <= 180,
                     "a place on earth", "有效的经纬度");
  }
}

template <class Listing>
bool EndsBefore(const Listing& listing, absl::Time now) {
  return listing.has_end_time() && api::FromProto(listing.end_time()) <= now;
}

}  // namespace

const std::vector<std::string_view>& ListingFields() {
  static const auto& fields = *new std::vector<std::string_view>{
      "title",    "description", "quantity", "quantity_unit", "start_time",
      "end_time", "address",     "grid",     "location"};
  return fields;
}

void CheckListing(const v1::Need& need, Violations& violations) {
  CheckOf(need, "need", violations);
}
void CheckListing(const v1::Offer& offer, Violations& violations) {
  CheckOf(offer, "offer", violations);
}

bool IsOver(const v1::Need& need, absl::Time now) { return EndsBefore(need, now); }
bool IsOver(const v1::Offer& offer, absl::Time now) { return EndsBefore(offer, now); }

void CheckClaim(const v1::Match& claim, Violations& violations) {
  violations.Require("match.need", !claim.need().empty() || !claim.offer().empty());
  violations.Check("match.quantity", claim.quantity() >= 0 && claim.quantity() <= kMaxListed,
                   "1 to 10000", "1 至 10000");
  violations.CheckText("match.message", claim.message(), 0, 500);
}

absl::StatusOr<v1::Match> SettleClaim(const v1::Match& wanted, const v1::Need* need,
                                      const v1::Offer* offer, const std::string& unit) {
  const bool own_need = need != nullptr && need->member() == unit;
  const bool own_offer = offer != nullptr && offer->member() == unit;
  if ((need == nullptr || own_need) && (offer == nullptr || own_offer)) {
    return Error(v1::ERROR_REASON_OWN_LISTING,
                 {{"name", need != nullptr ? need->name() : offer->name()}});
  }
  if (need != nullptr && offer != nullptr) {
    Violations violations;
    violations.Check("match.offer", own_need || own_offer,
                     "with a need or an offer of the claimant", "其中一项须由认领单位发布");
    violations.Check("match.offer", need->category() == offer->category(),
                     "of the category of the need", "与需求类别相同");
    if (!violations.empty()) return violations.ToStatus();
  }
  const bool claims_need = offer == nullptr || own_offer;
  v1::Match match;
  if (need != nullptr) match.set_need(need->name());
  if (offer != nullptr) match.set_offer(offer->name());
  match.set_quantity(std::max(wanted.quantity(), 1));
  match.set_message(wanted.message());
  match.set_claimant(unit);
  match.set_publisher(claims_need ? need->member() : offer->member());
  match.set_taker(claims_need ? need->member() : unit);
  match.set_giver(claims_need ? unit : offer->member());
  match.set_category(claims_need ? need->category() : offer->category());
  match.set_title(claims_need ? need->title() : offer->title());
  match.set_quantity_unit(claims_need ? need->quantity_unit() : offer->quantity_unit());
  match.set_state(v1::Match::STATE_CLAIMED);
  match.set_awaits(match.publisher());
  return match;
}

void CheckTerms(const v1::MatchTerms& terms, int claimed, Violations& violations) {
  violations.CheckText("terms.description", terms.description(), 1, 500);
  violations.Check("terms.quantity", terms.quantity() >= 0 && terms.quantity() <= claimed,
                   "1 to what was claimed", "1 至认领的数量");
  CheckInterval(terms, "terms", violations);
  // Half an interval says nothing of how long.
  const bool timed = terms.has_start_time() || terms.has_end_time() || !terms.window().empty();
  violations.Require("terms.start_time", !timed || terms.has_start_time());
  violations.Require("terms.end_time", !timed || terms.has_end_time());
  if (!violations.empty() || !timed) return;
  const absl::Time start = api::FromProto(terms.start_time());
  violations.Check("terms.end_time", api::FromProto(terms.end_time()) <= start + kLongestTerms,
                   "at most 366 days after start_time", "不晚于开始后 366 天");
}

absl::Status CheckBegun(const v1::Match& match, absl::Time now) {
  if (!match.terms().has_start_time()) return absl::OkStatus();
  const absl::Time start = api::FromProto(match.terms().start_time());
  if (start <= now) return absl::OkStatus();
  return Error(
      v1::ERROR_REASON_NOT_BEGUN,
      {{"name", match.name()},
       {"start_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", start, absl::UTCTimeZone())}});
}

void CheckRating(const v1::MatchRating& rating, Violations& violations) {
  if (violations.Require("rating.score", rating.score() != 0)) {
    violations.Check("rating.score", rating.score() >= 1 && rating.score() <= 5, "1 to 5",
                     "1 至 5");
  }
  violations.CheckText("rating.text", rating.text(), 0, 500);
}

}  // namespace jinhuan::resource
