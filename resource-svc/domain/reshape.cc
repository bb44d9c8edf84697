#include "resource-svc/domain/reshape.h"

#include <algorithm>

namespace jinhuan::resource {
namespace {

bool Overlaps(const Held& held, absl::Time start, absl::Time end) {
  return held.start < end && start < held.end;
}

// Takes `held` out of the counts.
void GiveBack(const Held& held, SlotCounts& counts) {
  if (held.waits) return;
  for (auto it = counts.lower_bound(held.start); it != counts.end() && it->first < held.end; ++it) {
    it->second.used = std::max(it->second.used - held.places, 0);
  }
}

// Whether whoever holds something in a slot, as it was offered before, loses it.
bool IsLost(absl::Time start, const OfferedSlot& before, const Offer& after, absl::Time now) {
  const auto found = after.find(start);
  if (found == after.end()) return start >= now;
  return found->second.places == 0 && before.end > now;
}

}  // namespace

Offer OfferOf(const Supply& supply, const std::vector<Slot>& closed, absl::Time from,
              absl::Time to) {
  Offer offer;
  for (const Slot& slot : CalendarOf(supply).SlotsOverlapping(from, to)) {
    const bool shut = OverlapsOneOf(slot, closed);
    offer.emplace_hint(offer.end(), slot.start,
                       OfferedSlot{slot.end, shut ? 0 : supply.window.capacity()});
  }
  return offer;
}

Reshaped Reshape(const Offer& before, const Offer& after, const SlotCounts& counts,
                 const std::vector<Held>& held, absl::Time now) {
  Reshaped result{counts, {}};
  std::vector<bool> recalled(held.size());
  const auto recall = [&](size_t i) {
    recalled[i] = true;
    GiveBack(held[i], result.counts);
  };
  for (const auto& [start, slot] : before) {
    if (!IsLost(start, slot, after, now)) continue;
    for (size_t i = 0; i < held.size(); ++i) {
      if (!recalled[i] && Overlaps(held[i], start, slot.end)) recall(i);
    }
  }
  for (auto& [start, count] : result.counts) {
    const auto offered = after.find(start);
    count.capacity = offered == after.end() ? 0 : offered->second.places;
    const bool holds_to_it = offered != after.end() && start >= now;
    for (size_t i = held.size(); holds_to_it && i-- > 0 && count.used > count.capacity;) {
      if (recalled[i] || held[i].waits) continue;
      if (Overlaps(held[i], start, offered->second.end)) recall(i);
    }
    for (size_t i = 0; holds_to_it && i < held.size(); ++i) {
      if (recalled[i] || !held[i].waits || held[i].places <= count.capacity) continue;
      if (Overlaps(held[i], start, offered->second.end)) recall(i);
    }
  }
  // Only now: a later slot may have given places of an earlier one back.
  for (auto& [start, count] : result.counts) count.capacity = std::max(count.capacity, count.used);
  for (size_t i = 0; i < held.size(); ++i) {
    if (recalled[i]) result.recalled.push_back(i);
  }
  return result;
}

}  // namespace jinhuan::resource
