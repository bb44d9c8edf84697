#include "resource-svc/domain/booking_life.h"

#include <algorithm>
#include <string>
#include <vector>

#include "platform/status/state_wrong.h"

namespace jinhuan::resource {
namespace {

using Booking = v1::Booking;

struct Life {
  Booking::State state;
  bool places;
  bool quota;
  std::vector<Booking::State> next;  // empty: it is over
};

// One line a state; what stands in no line holds nothing and goes nowhere.
const std::vector<Life>& Lives() {
  static const auto& lives = *new std::vector<Life>{
      {Booking::STATE_PENDING,
       true,
       true,
       {Booking::STATE_CONFIRMED, Booking::STATE_REJECTED, Booking::STATE_EXPIRED,
        Booking::STATE_CANCELLED, Booking::STATE_RECALLED}},
      {Booking::STATE_CONFIRMED,
       true,
       true,
       {Booking::STATE_CHECKED_IN, Booking::STATE_COMPLETED, Booking::STATE_NO_SHOW,
        Booking::STATE_CANCELLED, Booking::STATE_RECALLED}},
      {Booking::STATE_WAITLISTED,
       false,
       false,
       {Booking::STATE_OFFERED, Booking::STATE_EXPIRED, Booking::STATE_CANCELLED,
        Booking::STATE_RECALLED}},
      {Booking::STATE_OFFERED,
       true,
       true,
       {Booking::STATE_CONFIRMED, Booking::STATE_PENDING, Booking::STATE_EXPIRED,
        Booking::STATE_CANCELLED, Booking::STATE_RECALLED}},
      {Booking::STATE_CHECKED_IN, true, true, {Booking::STATE_COMPLETED, Booking::STATE_RECALLED}},
      {Booking::STATE_COMPLETED, true, true, {}},
      {Booking::STATE_NO_SHOW, false, true, {}},
      {Booking::STATE_CANCELLED, false, false, {}},
      {Booking::STATE_REJECTED, false, false, {}},
      {Booking::STATE_EXPIRED, false, false, {}},
      {Booking::STATE_RECALLED, false, false, {}},
  };
  return lives;
}

const Life& LifeOf(Booking::State state) {
  static const auto& none = *new Life{Booking::STATE_UNSPECIFIED, false, false, {}};
  const auto found = std::find_if(Lives().begin(), Lives().end(),
                                  [&](const Life& life) { return life.state == state; });
  return found == Lives().end() ? none : *found;
}

}  // namespace

bool HoldsPlaces(Booking::State state) { return LifeOf(state).places; }

bool HoldsQuota(Booking::State state) { return LifeOf(state).quota; }

bool IsOver(Booking::State state) { return LifeOf(state).next.empty(); }

bool MayMove(Booking::State from, Booking::State to) {
  const std::vector<Booking::State>& next = LifeOf(from).next;
  if (from == to) return !next.empty();
  return std::find(next.begin(), next.end(), to) != next.end();
}

absl::Status CheckMove(const Booking& booking, Booking::State to) {
  if (MayMove(booking.state(), to)) return absl::OkStatus();
  std::vector<Booking::State> needs;
  for (const Life& life : Lives()) {
    if (life.state != to && MayMove(life.state, to)) needs.push_back(life.state);
  }
  return StateWrong(booking.name(), booking.state(), needs);
}

}  // namespace jinhuan::resource
