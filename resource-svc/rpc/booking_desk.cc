#include "resource-svc/rpc/booking_desk.h"

#include "platform/api/write.h"

namespace jinhuan::resource {

absl::Status BookingDesk::Book(const Wish& wish, absl::FunctionRef<absl::Status()> alone) {
  Place place{wish};
  std::vector<Place*> together;
  {
    absl::MutexLock lock(&mutex_);
    if (under_way_ < transactions_) {
      ++under_way_;
      place.turn = Place::Turn::kLeads;
    } else {
      line_.push_back(&place);
      const auto called = [&place] { return place.turn != Place::Turn::kWaits; };
      mutex_.Await(absl::Condition(&called));
    }
    if (place.turn == Place::Turn::kLeads) together = TakeAlong(place);
  }
  if (place.turn == Place::Turn::kDone) {
    const bool settled = place.status.ok() || absl::IsUnavailable(place.status);
    return settled ? place.status : alone();
  }
  const bool shared = together.size() > 1;
  absl::Status status = shared ? BookTogether(together) : alone();
  {
    absl::MutexLock lock(&mutex_);
    for (Place* other : together) {
      if (other == &place) continue;
      other->status = status;
      other->turn = Place::Turn::kDone;
    }
    HandOver();
  }
  const bool settled = !shared || status.ok() || absl::IsUnavailable(status);
  return settled ? status : alone();
}

std::vector<BookingDesk::Place*> BookingDesk::TakeAlong(Place& first) {
  std::vector<Place*> together = {&first};
  while (together.size() < kTogether && !line_.empty()) {
    together.push_back(line_.front());
    line_.pop_front();
  }
  return together;
}

void BookingDesk::HandOver() {
  if (line_.empty()) {
    --under_way_;
    return;
  }
  line_.front()->turn = Place::Turn::kLeads;
  line_.pop_front();
}

absl::Status BookingDesk::BookTogether(const std::vector<Place*>& places) {
  std::vector<api::JointWrite> writes;
  std::vector<BookingStore::New> bookings;
  absl::Time deadline = absl::InfinitePast();
  for (const Place* place : places) {
    const BookingStore::New& booking = place->wish.booking;
    writes.push_back({booking.call, place->wish.request, booking.booking});
    bookings.push_back(booking);
    deadline = std::max(deadline, booking.call.deadline);
  }
  return api::WriteJointly(pool_, deadline, writes, [&](db::Connection& connection) {
    return bookings_.CreateAll(connection, bookings);
  });
}

}  // namespace jinhuan::resource
