#include "resource-svc/domain/booking_clock.h"

#include <gtest/gtest.h>

#include "platform/api/time.h"
#include "platform/status/state_wrong.h"
#include "resource-svc/domain/booking_life.h"

namespace jinhuan::resource {
namespace {

using Booking = v1::Booking;

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);
const absl::Time kEnd = kStart + absl::Hours(2);

Booking In(Booking::State state, v1::FacilityKind kind = v1::FACILITY_KIND_VENUE) {
  Booking booking;
  booking.set_state(state);
  booking.set_facility_kind(kind);
  *booking.mutable_start_time() = api::ToProto(kStart);
  *booking.mutable_end_time() = api::ToProto(kEnd);
  return booking;
}

// The states that the clock makes of it, one after the other, until `now`.
std::vector<Booking::State> StatesUntil(Booking booking, absl::Time now) {
  std::vector<Booking::State> states;
  while (auto next = NextByClock(booking, now)) {
    EXPECT_TRUE(MayMove(booking.state(), next->state()));
    booking = *next;
    states.push_back(booking.state());
  }
  EXPECT_EQ(AsOf(booking, now).SerializeAsString(), booking.SerializeAsString());
  return states;
}

using States = std::vector<Booking::State>;

TEST(BookingClockTest, ConfirmedIsCompletedAtItsEnd) {
  const Booking booking = In(Booking::STATE_CONFIRMED);
  EXPECT_EQ(DueTime(booking), kEnd);
  EXPECT_EQ(StatesUntil(booking, kEnd - absl::Nanoseconds(1)), States());
  EXPECT_EQ(StatesUntil(booking, kEnd), States({Booking::STATE_COMPLETED}));
  EXPECT_FALSE(AsOf(booking, kEnd).has_cancel_time());
}

TEST(BookingClockTest, WhoDoesNotCheckInIsANoShow) {
  Booking booking = In(Booking::STATE_CONFIRMED);
  const absl::Time deadline = kStart + absl::Minutes(15);
  *booking.mutable_check_in_deadline() = api::ToProto(deadline);
  EXPECT_EQ(StatesUntil(booking, deadline - absl::Seconds(1)), States());
  EXPECT_EQ(StatesUntil(booking, kEnd), States({Booking::STATE_NO_SHOW}));
  EXPECT_EQ(api::FromProto(AsOf(booking, kEnd).cancel_time()), deadline);  // not when it was seen
}

TEST(BookingClockTest, WhatNobodyDecidedOrAcceptedExpires) {
  for (const Booking::State state : {Booking::STATE_PENDING, Booking::STATE_OFFERED}) {
    Booking booking = In(state);
    *booking.mutable_expire_time() = api::ToProto(kStart - absl::Hours(1));
    EXPECT_EQ(StatesUntil(booking, kStart - absl::Minutes(61)), States());
    EXPECT_EQ(StatesUntil(booking, kStart - absl::Hours(1)), States({Booking::STATE_EXPIRED}));
    EXPECT_FALSE(AsOf(booking, kStart).has_expire_time());
  }
  EXPECT_EQ(StatesUntil(In(Booking::STATE_WAITLISTED), kStart), States({Booking::STATE_EXPIRED}));
}

TEST(BookingClockTest, ACarThatStaysIsMarkedAndEndsLater) {
  const Booking venue = In(Booking::STATE_CHECKED_IN);
  EXPECT_EQ(StatesUntil(venue, kEnd), States({Booking::STATE_COMPLETED}));
  const Booking car = In(Booking::STATE_CHECKED_IN, v1::FACILITY_KIND_PARKING);
  EXPECT_EQ(StatesUntil(car, kEnd), States({Booking::STATE_CHECKED_IN}));
  EXPECT_TRUE(AsOf(car, kEnd).overstayed());
  EXPECT_EQ(StatesUntil(car, kEnd + kLongestOverstay),
            States({Booking::STATE_CHECKED_IN, Booking::STATE_COMPLETED}));
  EXPECT_TRUE(AsOf(car, kEnd + kLongestOverstay).overstayed());
}

// Whatever the state, the clock comes to an end, and by the table of the life.
TEST(BookingClockTest, EveryStateEndsAtLast) {
  for (int state = 1; state < Booking::State_ARRAYSIZE; ++state) {
    Booking booking = In(static_cast<Booking::State>(state), v1::FACILITY_KIND_PARKING);
    *booking.mutable_expire_time() = api::ToProto(kStart);
    const Booking after = AsOf(booking, kEnd + absl::Hours(100));
    EXPECT_TRUE(IsOver(after.state())) << StateName(after.state());
    EXPECT_EQ(DueTime(after), std::nullopt);
    StatesUntil(booking, kEnd + absl::Hours(100));
  }
}

}  // namespace
}  // namespace jinhuan::resource
