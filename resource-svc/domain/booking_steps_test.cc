#include "resource-svc/domain/booking_steps.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "resource-svc/domain/booking_life.h"

namespace jinhuan::resource {
namespace {

using Booking = v1::Booking;

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

Booking In(Booking::State state) {
  Booking booking;
  booking.set_name("alliances/a/bookings/b");
  booking.set_state(state);
  booking.set_plate("沪A12345");
  *booking.mutable_start_time() = api::ToProto(kStart);
  *booking.mutable_end_time() = api::ToProto(kStart + absl::Hours(1));
  *booking.mutable_expire_time() = api::ToProto(kStart - absl::Hours(1));
  return booking;
}

v1::Window Approving(int minutes) {
  v1::Window window;
  window.set_approval_required(true);
  window.set_approval_minutes(minutes);
  return window;
}

TEST(BookingStepsTest, ApprovalHasItsTimeAtMostUntilTheStart) {
  const auto expires = [](int minutes, absl::Time now) {
    return api::FromProto(
        Promised(In(Booking::STATE_OFFERED), Approving(minutes), now).expire_time());
  };
  const absl::Time now = kStart - absl::Hours(48);
  EXPECT_EQ(expires(30, now), now + absl::Minutes(30));
  EXPECT_EQ(expires(0, now), now + absl::Hours(24));
  EXPECT_EQ(expires(0, kStart - absl::Hours(1)), kStart);
  const Booking at_once = Promised(In(Booking::STATE_OFFERED), v1::Window(), now);
  EXPECT_EQ(at_once.state(), Booking::STATE_CONFIRMED);
  EXPECT_FALSE(at_once.has_expire_time());
}

TEST(BookingStepsTest, AnOfferStandsFifteenMinutesAtMostUntilTheStart) {
  v1::Window window;
  const auto expires = [&](absl::Time now) {
    return api::FromProto(Offered(In(Booking::STATE_WAITLISTED), window, now).expire_time());
  };
  EXPECT_EQ(expires(kStart - absl::Hours(1)), kStart - absl::Minutes(45));
  EXPECT_EQ(expires(kStart - absl::Minutes(3)), kStart);
  window.set_cutoff_minutes(50);  // the kitchen has counted
  EXPECT_EQ(expires(kStart - absl::Hours(1)), kStart - absl::Minutes(50));
  EXPECT_EQ(ReasonOf(Waiting(In(Booking::STATE_CONFIRMED), kStart).status()), "TOO_LATE");
}

// Each step from each state: it is taken from the one that it needs, and what it makes is a move
// of the table.
TEST(BookingStepsTest, EachStepNeedsItsState) {
  using Step = std::function<absl::StatusOr<Booking>(const Booking&)>;
  const std::vector<std::pair<Booking::State, Step>> steps = {
      {Booking::STATE_PENDING, [](const Booking& b) { return Approved(b); }},
      {Booking::STATE_PENDING, [](const Booking& b) { return Rejected(b, "r", kStart); }},
      {Booking::STATE_OFFERED, [](const Booking& b) { return Accepted(b, Approving(5), kStart); }},
      {Booking::STATE_OFFERED, [](const Booking& b) { return Accepted(b, {}, kStart); }},
      {Booking::STATE_CONFIRMED, [](const Booking& b) { return CheckedIn(b, kStart); }},
      {Booking::STATE_CHECKED_IN, [](const Booking& b) { return CheckedOut(b, kStart); }},
  };
  for (size_t i = 0; i < steps.size(); ++i) {
    for (int state = 1; state < Booking::State_ARRAYSIZE; ++state) {
      const Booking before = In(static_cast<Booking::State>(state));
      const absl::StatusOr<Booking> after = steps[i].second(before);
      EXPECT_EQ(after.ok(), state == steps[i].first) << i << " from " << StateName(before.state());
      EXPECT_EQ(ReasonOf(after.status()), after.ok() ? "" : "STATE_WRONG");
      EXPECT_TRUE(!after.ok() || MayMove(before.state(), after->state()));
    }
  }
}

TEST(BookingStepsTest, APlateChangesUntilTheStart) {
  const auto reason = [](const Booking& booking, const char* plate, absl::Time now) {
    return ReasonOf(Replated(booking, plate, now).status());
  };
  const absl::Time before = kStart - absl::Seconds(1);
  const Booking booking = In(Booking::STATE_PENDING);
  EXPECT_EQ(reason(booking, "沪B12345", before), "");
  EXPECT_EQ(reason(booking, "沪B12345", kStart), "PLATE_FIXED");
  EXPECT_EQ(reason(booking, "", before), "FIELD_REQUIRED");
  EXPECT_EQ(reason(booking, "沪I", before), "PLATE_INVALID");
  EXPECT_EQ(reason(In(Booking::STATE_CANCELLED), "沪B12345", before), "STATE_WRONG");
  Booking canteen = booking;
  canteen.clear_plate();
  EXPECT_EQ(reason(canteen, "沪B12345", before), "PLATE_FIXED");
}

}  // namespace
}  // namespace jinhuan::resource
