#include "resource-svc/rpc/alternatives.h"

#include <algorithm>
#include <limits>
#include <map>

#include "platform/api/time.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/distance.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr int kMostFacilities = 1000;  // of an alliance and kind
constexpr size_t kNearest = 30;        // that are looked at
constexpr int kOffers = 5;

double MetresFrom(const v1::Facility& here, const v1::Facility& there) {
  return here.has_location() && there.has_location()
             ? MetresBetween(here.location(), there.location())
             : std::numeric_limits<double>::infinity();
}

// Whether `quantity` places are free in each of `slots`.
bool HasRoom(const SlotCounts& counts, const std::vector<Slot>& slots, int quantity, int places) {
  return std::all_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    const auto count = counts.find(slot.start);
    return count == counts.end() ? quantity <= places
                                 : count->second.waiting == 0 &&
                                       count->second.used + quantity <= count->second.capacity;
  });
}

void Reserve(SlotCounts& counts, const std::vector<Slot>& slots, int quantity, int places) {
  for (const Slot& slot : slots) {
    counts.try_emplace(slot.start, SlotCount{0, places}).first->second.used += quantity;
  }
}

v1::Alternative AlternativeOf(const Supply& supply, const std::vector<Slot>& slots, double metres,
                              int quantity) {
  v1::Alternative alternative;
  alternative.set_window(supply.window.name());
  alternative.set_facility_display_name(supply.facility.display_name());
  alternative.set_address(supply.facility.address());
  if (metres < std::numeric_limits<double>::infinity()) {
    alternative.set_distance_m(std::max(1, static_cast<int>(metres)));
  }
  int64_t price = 0;
  for (const Slot& slot : slots) price += PriceOf(supply, slot);
  alternative.set_price_fen(price * quantity);
  return alternative;
}

}  // namespace

absl::StatusOr<std::vector<Alternatives::Candidate>> Alternatives::Find(
    db::Connection& connection, const v1::Facility& facility, absl::Time from, absl::Time to) {
  JH_ASSIGN_OR_RETURN(std::vector<v1::Facility> others,
                      facilities_.List(connection, facility.name(), facility.kind(),
                                       {.size = kMostFacilities, .after = {}}));
  std::erase_if(others, [&](const v1::Facility& other) {
    return other.name() == facility.name() || other.state() != v1::Facility::STATE_ACTIVE;
  });
  std::stable_sort(others.begin(), others.end(), [&](const auto& a, const auto& b) {
    return MetresFrom(facility, a) < MetresFrom(facility, b);
  });
  if (others.size() > kNearest) others.resize(kNearest);
  JH_ASSIGN_OR_RETURN(const std::vector<v1::Closure> closures,
                      closures_.InForce(connection, facility.name(), from, to));
  std::vector<Candidate> candidates;
  for (const v1::Facility& other : others) {
    JH_ASSIGN_OR_RETURN(std::vector<Supply> supplies, windows_.Supplies(connection, other));
    for (Supply& supply : supplies) {
      const std::string window = supply.window.name();
      if (CalendarOf(supply).SlotsOverlapping(from, to).empty()) continue;
      JH_ASSIGN_OR_RETURN(SlotCounts counts, slots_.Counts(connection, window, from, to));
      Candidate& added = candidates.emplace_back(
          Candidate{std::move(supply), MetresFrom(facility, other), std::move(counts), {}});
      for (const v1::Closure& closure : closures) {
        if (Closes(closure, window)) added.closed.push_back(IntervalOf(closure));
      }
    }
  }
  return candidates;
}

absl::Status Alternatives::Offer(db::Connection& connection, const v1::Facility& facility,
                                 absl::Time now, std::vector<v1::Booking>& bookings) {
  absl::Time from = absl::InfiniteFuture();
  absl::Time to = absl::InfinitePast();
  for (const v1::Booking& booking : bookings) {
    from = std::min(from, api::FromProto(booking.start_time()));
    to = std::max(to, api::FromProto(booking.end_time()));
  }
  JH_ASSIGN_OR_RETURN(std::vector<Candidate> candidates, Find(connection, facility, from, to));
  std::map<std::string, auth::v1::Grant> grants;  // what a unit is, as a grant tells it
  for (v1::Booking& booking : bookings) {
    auto [grant, fresh] = grants.try_emplace(booking.member());
    if (fresh) {
      grant->second.set_member(booking.member());
      const auto member = members_.Get(connection, booking.member());
      if (member.ok()) {
        grant->second.set_member_tier(member->tier());
        grant->second.set_member_sector(member->sector());
      } else if (!absl::IsNotFound(member.status())) {
        return member.status();
      }
    }
    for (Candidate& candidate : candidates) {
      if (booking.alternatives_size() == kOffers) break;
      if (!InAudience(candidate.supply.window, grant->second)) continue;
      const auto slots = SlotsOf(candidate.supply, api::FromProto(booking.start_time()),
                                 api::FromProto(booking.end_time()));
      if (!slots.ok()) continue;
      const v1::Window& window = candidate.supply.window;
      const int places = window.has_lottery() ? 0 : window.capacity();  // where nothing is counted
      const bool open = StateOf(candidate.supply, slots->front(), 1, true, now) ==
                        v1::SlotAvailability::STATE_BOOKABLE;
      const bool closed = std::any_of(slots->begin(), slots->end(), [&](const Slot& slot) {
        return OverlapsOneOf(slot, candidate.closed);
      });
      if (!open || closed || !HasRoom(candidate.counts, *slots, booking.quantity(), places)) {
        continue;
      }
      // The others may not fit any more when everybody has taken the first.
      if (booking.alternatives().empty()) {
        Reserve(candidate.counts, *slots, booking.quantity(), places);
      }
      *booking.add_alternatives() =
          AlternativeOf(candidate.supply, *slots, candidate.metres, booking.quantity());
    }
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::resource
