#include "resource-svc/domain/ledger_rules.h"

#include <algorithm>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

int64_t MinutesUntil(absl::Time until, const google::protobuf::Timestamp& start) {
  return absl::ToInt64Minutes(until - api::FromProto(start));
}

// What was given, and the same as what the other unit used.
std::vector<v1::LedgerEntry> BothSides(v1::LedgerEntry given) {
  v1::LedgerEntry used = given;
  used.set_member(given.counterpart());
  used.set_counterpart(given.member());
  used.set_direction(v1::LEDGER_DIRECTION_USED);
  return {std::move(given), std::move(used)};
}

// The two entries of what went from one unit to another; none when there is nothing.
std::vector<v1::LedgerEntry> Pair(const std::string& giver, const std::string& taker,
                                  v1::LedgerKind kind, int64_t quantity, const std::string& source,
                                  const google::protobuf::Timestamp& occur_time) {
  if (giver == taker || giver.empty() || taker.empty() || quantity <= 0) return {};
  v1::LedgerEntry given;
  given.set_member(giver);
  given.set_counterpart(taker);
  given.set_kind(kind);
  given.set_direction(v1::LEDGER_DIRECTION_GIVEN);
  given.set_quantity(quantity);
  given.set_source(source);
  *given.mutable_occur_time() = occur_time;
  return BothSides(std::move(given));
}

}  // namespace

std::vector<v1::LedgerEntry> EntriesOf(const v1::Booking& booking, const std::string& lender,
                                       absl::Time until) {
  const int64_t minutes = MinutesUntil(until, booking.start_time()) * booking.quantity();
  if (booking.state() != v1::Booking::STATE_COMPLETED || minutes <= 0) return {};
  const auto pair = [&](v1::LedgerKind kind, int64_t quantity) {
    return Pair(lender, booking.member(), kind, quantity, booking.name(), api::ToProto(until));
  };
  switch (booking.facility_kind()) {
    case v1::FACILITY_KIND_PARKING:
      return pair(v1::LEDGER_KIND_SPACE_HOURS, minutes);
    case v1::FACILITY_KIND_CANTEEN:
      return pair(v1::LEDGER_KIND_MEALS, booking.quantity());
    case v1::FACILITY_KIND_VENUE:
      return pair(v1::LEDGER_KIND_VENUE_HOURS, minutes);
    case v1::FACILITY_KIND_SERVICE:
      return pair(v1::LEDGER_KIND_SERVICE_HOURS, minutes);
    default:
      return {};
  }
}

std::vector<v1::LedgerEntry> EntriesOf(const v1::Match& match) {
  const v1::MatchTerms& terms = match.terms();
  if (match.state() != v1::Match::STATE_COMPLETED || !match.booking().empty() ||
      !terms.has_start_time() || !terms.has_end_time()) {
    return {};
  }
  // It was over when both had said so, at the latest.
  absl::Time over = api::FromProto(terms.end_time());
  if (match.has_complete_time()) over = std::min(over, api::FromProto(match.complete_time()));
  const int64_t minutes = MinutesUntil(over, terms.start_time());
  const auto pair = [&](v1::LedgerKind kind, int64_t quantity) {
    return Pair(match.giver(), match.taker(), kind, quantity, match.name(), api::ToProto(over));
  };
  switch (match.category()) {
    case v1::EXCHANGE_CATEGORY_VENUES:
      return pair(v1::LEDGER_KIND_VENUE_HOURS, minutes * match.quantity());
    case v1::EXCHANGE_CATEGORY_VOLUNTEERS:
    case v1::EXCHANGE_CATEGORY_SERVICE_POINTS:
      return pair(v1::LEDGER_KIND_SERVICE_HOURS, minutes * match.quantity());
    case v1::EXCHANGE_CATEGORY_TRAINING:
      return pair(v1::LEDGER_KIND_SERVICE_HOURS, minutes);
    default:
      return {};
  }
}

std::vector<v1::LedgerEntry> CorrectionOf(const v1::LedgerEntry& given, int64_t difference,
                                          const std::string& reason) {
  v1::LedgerEntry correction = given;
  correction.clear_name();
  correction.set_quantity(difference);
  correction.set_source(given.name());
  correction.set_reason(reason);
  return BothSides(std::move(correction));
}

int LedgerMonth(absl::Time time) {
  const absl::CivilMonth month = absl::ToCivilMonth(time, absl::FixedTimeZone(8 * 60 * 60));
  return static_cast<int>(month.year()) * 100 + month.month();
}

}  // namespace jinhuan::resource
