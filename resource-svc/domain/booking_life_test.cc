#include "resource-svc/domain/booking_life.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>

#include "platform/status/error.h"
#include "platform/status/state_wrong.h"

namespace jinhuan::resource {
namespace {

using Booking = v1::Booking;

std::vector<Booking::State> AllStates() {
  std::vector<Booking::State> states;
  for (int i = 0; i < Booking::State_ARRAYSIZE; ++i) {
    if (Booking::State_IsValid(i)) states.push_back(static_cast<Booking::State>(i));
  }
  return states;
}

// The whole life, by name, as the proto tells it: every pair that is not here is refused.
const std::map<std::string, std::set<std::string>> kMoves = {
    {"PENDING", {"PENDING", "CONFIRMED", "REJECTED", "EXPIRED", "CANCELLED", "RECALLED"}},
    {"CONFIRMED", {"CONFIRMED", "CHECKED_IN", "COMPLETED", "NO_SHOW", "CANCELLED", "RECALLED"}},
    {"WAITLISTED", {"WAITLISTED", "OFFERED", "EXPIRED", "CANCELLED", "RECALLED"}},
    {"OFFERED", {"OFFERED", "CONFIRMED", "PENDING", "EXPIRED", "CANCELLED", "RECALLED"}},
    {"CHECKED_IN", {"CHECKED_IN", "COMPLETED", "RECALLED"}},
};

TEST(BookingLifeTest, EveryPairOfStates) {
  for (const Booking::State from : AllStates()) {
    for (const Booking::State to : AllStates()) {
      const auto found = kMoves.find(std::string(StateName(from)));
      const bool expected =
          found != kMoves.end() && found->second.count(std::string(StateName(to))) > 0;
      EXPECT_EQ(MayMove(from, to), expected) << StateName(from) << " to " << StateName(to);
      Booking booking;
      booking.set_state(from);
      const absl::Status status = CheckMove(booking, to);
      EXPECT_EQ(status.ok(), expected);
      EXPECT_EQ(ReasonOf(status), expected ? "" : "STATE_WRONG");
    }
  }
}

TEST(BookingLifeTest, WhatHoldsPlacesAndQuota) {
  const std::set<std::string> places = {"PENDING", "CONFIRMED", "OFFERED", "CHECKED_IN",
                                        "COMPLETED"};
  for (const Booking::State state : AllStates()) {
    const std::string name = StateName(state);
    EXPECT_EQ(HoldsPlaces(state), places.count(name) == 1) << name;
    EXPECT_EQ(HoldsQuota(state), places.count(name) == 1 || name == "NO_SHOW") << name;
    EXPECT_EQ(IsOver(state), kMoves.count(name) == 0) << name;
  }
}

// Places are taken once and given back once: from a state that has given them back no
// way leads to one that holds them, but from the line to an offer.
TEST(BookingLifeTest, PlacesComeBackOnce) {
  for (const Booking::State from : AllStates()) {
    for (const Booking::State to : AllStates()) {
      if (!MayMove(from, to) || HoldsPlaces(from) || !HoldsPlaces(to)) continue;
      EXPECT_EQ(from, Booking::STATE_WAITLISTED);
      EXPECT_EQ(to, Booking::STATE_OFFERED);
    }
  }
}

TEST(BookingLifeTest, ARefusalNamesWhatIsNeeded) {
  Booking booking;
  booking.set_name("alliances/a/bookings/b");
  booking.set_state(Booking::STATE_COMPLETED);
  const absl::Status status = CheckMove(booking, Booking::STATE_CHECKED_IN);
  EXPECT_THAT(status.message(), ::testing::HasSubstr("COMPLETED"));
  EXPECT_THAT(status.message(), ::testing::HasSubstr("needs CONFIRMED"));
}

}  // namespace
}  // namespace jinhuan::resource
