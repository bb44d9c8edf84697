#pragma once

#include <map>
#include <vector>

#include "absl/time/time.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {

// What a change of supply does to slots that are counted, and to whom.

// How much of a slot is taken and how much may be, and how many wait in line for it.
struct SlotCount {
  int used = 0;
  int capacity = 0;
  int waiting = 0;

  friend bool operator==(const SlotCount&, const SlotCount&) = default;
};
using SlotCounts = std::map<absl::Time, SlotCount>;  // by start

// What a window offers: its slots by start, each with its end and its places, 0 where
// it is closed.
struct OfferedSlot {
  absl::Time end;
  int places = 0;
};
using Offer = std::map<absl::Time, OfferedSlot>;

// What `supply` offers in the slots that overlap [from, to); none in those that
// overlap one of `closed`.
Offer OfferOf(const Supply& supply, const std::vector<Slot>& closed, absl::Time from,
              absl::Time to);

// What somebody holds in a window: `places` in each slot of [start, end); or waits for in line.
struct Held {
  absl::Time start;
  absl::Time end;
  int places = 0;
  bool waits = false;
};

struct Reshaped {
  SlotCounts counts;
  std::vector<size_t> recalled;  // which of the held, ascending
};

// What becomes of the counted slots `counts` and of those who hold something, first
// made first, when `before` is offered no more and `after` is. At `now`:
// - Who overlaps a slot that opens no more and has not begun, or one that is closed and
//   not over, is recalled.
// - Of a slot that has not begun and has fewer places than are taken, those made last
//   are recalled until it fits; and who waits for more than there are, since it would wait for
//   ever, and keep everybody out.
// - Nobody is let into what has begun and opens no more, nor into what neither offers.
//   Whoever is in stays.
// In the result each slot takes as many as it may, and holds no more.
Reshaped Reshape(const Offer& before, const Offer& after, const SlotCounts& counts,
                 const std::vector<Held>& held, absl::Time now);

}  // namespace jinhuan::resource
