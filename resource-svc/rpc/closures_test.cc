// Closures while people book: nobody keeps a place in what is closed, each who loses one is
// told why and where else, once, and what is lifted is open again.
#include "resource-svc/rpc/closures.h"

#include <algorithm>
#include <atomic>
#include <set>

#include "resource-svc/rpc/service_fixture.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::FacilityService::Stub;
using Slots = v1::SlotAvailability;

const db::Query kUsed("SELECT COALESCE(SUM(used), 0) FROM slot", "");
const db::Query kConfirmed("SELECT COUNT(*) FROM booking WHERE state = 1", "");
const db::Query kRecalled("SELECT COUNT(*) FROM booking WHERE state = 11", "");

class ClosuresTest : public ServiceTest {
 protected:
  v1::Booking Read(const std::string& name) {
    v1::GetBookingRequest request;
    request.set_name(name);
    return *Call(*booking_stub_, &v1::BookingService::Stub::GetBooking, Street(), request);
  }

  absl::StatusOr<v1::Closure> Lift(const std::string& name,
                                   const auth::v1::Caller& caller = Street()) {
    v1::CancelClosureRequest request;
    request.set_name(name);
    return Call(*facility_stub_, &Stub::CancelClosure, caller, request);
  }

  // The states of the slots of the 24th from 9:00 to 12:00, or of another time.
  std::vector<int> States(const std::string& facility, absl::Time from = At(24, 9),
                          absl::Time to = At(24, 12)) {
    v1::SearchAvailabilityRequest request;
    request.set_parent("alliances/a");
    request.set_facility(facility);
    *request.mutable_start_time() = api::ToProto(from);
    *request.mutable_end_time() = api::ToProto(to);
    const auto found = Call(*booking_stub_, &v1::BookingService::Stub::SearchAvailability,
                            Staff("s", "m1"), request);
    std::vector<int> states;
    for (const auto& one : found->facilities()) {
      for (const auto& slot : one.slots()) states.push_back(slot.state());
    }
    return states;
  }

  // A car park of the street's with a window of `capacity`, so far north of another.
  v1::Window OpenAt(double metres_north, int capacity, const std::string& name) {
    v1::CreateFacilityRequest request;
    request.set_parent("alliances/a");
    v1::Facility& facility = *request.mutable_facility();
    facility.set_display_name(name);
    facility.set_kind(v1::FACILITY_KIND_VENUE);
    facility.set_owner("alliances/a/members/m1");
    facility.mutable_location()->set_latitude(31.23 + metres_north / 111'195);
    facility.mutable_location()->set_longitude(121.47);
    const auto made = Call(*facility_stub_, &Stub::CreateFacility, Street(), request);
    EXPECT_TRUE(made.ok()) << made.status();
    return *Open(Street(), made->name(), Daily(capacity));
  }
};

TEST_F(ClosuresTest, APlannedOneAsksAnEmergencyTakes) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const std::string facility = ParentOf(window.name());
  const auto before = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
  const auto inside = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9), 3));
  auto request = Closing(facility, At(24, 10) + absl::Minutes(30), At(24, 11));
  request.set_validate_only(true);
  const auto preview = Close(request);
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_THAT(preview->touched().bookings(), ElementsAre(inside->name()));
  request.set_validate_only(false);
  EXPECT_EQ(ReasonOf(Close(request).status()), "BOOKINGS_TOUCHED");
  EXPECT_EQ(ReasonOf(Close(request, Liaison("m2")).status()), "ROLE_REQUIRED");
  EXPECT_EQ(Read(inside->name()).state(), v1::Booking::STATE_CONFIRMED);
  request.mutable_closure()->set_emergency(true);
  const auto closure = Close(request, Liaison("m1"));
  ASSERT_TRUE(closure.ok()) << closure.status();
  EXPECT_EQ(closure->touched().count(), 1);
  EXPECT_EQ(closure->user(), "users/liaison-m1");
  const v1::Booking recalled = Read(inside->name());
  EXPECT_EQ(recalled.state(), v1::Booking::STATE_RECALLED);
  EXPECT_EQ(recalled.closure(), closure->name());
  EXPECT_EQ(recalled.cancel_reason(), "消防检修");
  EXPECT_EQ(Read(before->name()).state(), v1::Booking::STATE_CONFIRMED);
  EXPECT_EQ(Number(kUsed), 1);
  EXPECT_THAT(States(facility),
              ElementsAre(Slots::STATE_BOOKABLE, Slots::STATE_CLOSED, Slots::STATE_BOOKABLE));
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), Booking(window.name(), At(24, 9), 2)).status()),
            "WINDOW_CLOSED");
  ASSERT_TRUE(Lift(closure->name()).ok());
  EXPECT_EQ(ReasonOf(Lift(closure->name()).status()), "STATE_WRONG");
  EXPECT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 9), 2)).ok());
  EXPECT_EQ(Read(inside->name()).state(), v1::Booking::STATE_RECALLED);
}

TEST_F(ClosuresTest, WhatNobodyHasCountedYetIsClosedToo) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const auto closure = Close(Closing(ParentOf(window.name()), At(24, 10), At(24, 11)));
  ASSERT_TRUE(closure.ok()) << closure.status();
  EXPECT_FALSE(closure->has_touched());
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), Booking(window.name(), At(24, 10))).status()),
            "WINDOW_CLOSED");
  EXPECT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 11))).ok());
  // Closed twice is open once both are lifted; more places don't open it.
  const auto second = Close(Closing(ParentOf(window.name()), At(24, 10), At(24, 12), true));
  ASSERT_TRUE(Resize(window, 9).ok());
  ASSERT_TRUE(Lift(closure->name()).ok());
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), Booking(window.name(), At(24, 10))).status()),
            "WINDOW_CLOSED");
  ASSERT_TRUE(Lift(second->name()).ok());
  EXPECT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 10))).ok());
}

TEST_F(ClosuresTest, OfOneWindowTheOthersStayOpen) {
  const v1::Window day = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  v1::Window evening = Daily(3);
  evening.set_open_minute(18 * 60);
  evening.set_close_minute(22 * 60);
  const auto second = Open(Street(), ParentOf(day.name()), evening);
  auto request = Closing(ParentOf(day.name()), At(24, 0), At(25, 0));
  request.mutable_closure()->set_window(day.name());
  ASSERT_TRUE(Close(request).ok());
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), Booking(day.name(), At(24, 10))).status()),
            "WINDOW_CLOSED");
  EXPECT_TRUE(Book(Staff("s", "m1"), Booking(second->name(), At(24, 19))).ok());
  request.mutable_closure()->set_window(day.name() + "x");
  EXPECT_EQ(ReasonOf(Close(request).status()), "RESOURCE_NOT_FOUND");
  request.mutable_closure()->clear_reason();
  EXPECT_EQ(ReasonOf(Close(request).status()), "FIELD_REQUIRED");
}

TEST_F(ClosuresTest, ANightThatBeganInAClosureIsClosedOnTheNextDayToo) {
  v1::Window night = Daily(3);
  night.set_open_minute(21 * 60);
  night.set_close_minute(31 * 60);
  night.set_slot_minutes(600);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, night);
  const std::string facility = ParentOf(window.name());
  ASSERT_TRUE(Close(Closing(facility, At(24, 0), At(24, 22))).ok());
  EXPECT_THAT(States(facility, At(25, 0), At(25, 12)),
              ElementsAre(v1::SlotAvailability::STATE_CLOSED));
}

TEST_F(ClosuresTest, OffersOtherPlacesTheNearestFirst) {
  const v1::Window closing = OpenAt(0, 10, "此处");
  const v1::Window far = OpenAt(900, 10, "远处");
  const v1::Window near = OpenAt(-300, 1, "近处");
  v1::Window narrow = Daily(10);
  narrow.add_audience_tiers(1);
  OpenNew(v1::FACILITY_KIND_VENUE, narrow);
  OpenNew(v1::FACILITY_KIND_CANTEEN, Daily(10));
  const auto first = Book(Staff("s", "m1"), Booking(closing.name(), At(24, 9), 2));
  clock_.Advance(absl::Milliseconds(2));
  const auto second = Book(Staff("t", "m2"), Booking(closing.name(), At(24, 10)));
  ASSERT_TRUE(Close(Closing(ParentOf(closing.name()), At(24, 8), At(24, 20), true)).ok());
  const auto windows = [&](const std::string& booking) {
    std::vector<std::string> names;
    const v1::Booking recalled = Read(booking);
    for (const auto& alternative : recalled.alternatives()) names.push_back(alternative.window());
    return names;
  };
  // The near one has a single place, which the first is offered first.
  EXPECT_THAT(windows(first->name()), ElementsAre(near.name(), far.name()));
  EXPECT_THAT(windows(second->name()), ElementsAre(far.name()));
  const v1::Alternative nearest = Read(first->name()).alternatives(0);
  EXPECT_EQ(nearest.facility_display_name(), "近处");
  EXPECT_NEAR(nearest.distance_m(), 300, 5);
  EXPECT_TRUE(Book(Staff("s", "m1"), Booking(near.name(), At(24, 9), 2)).ok());
}

TEST_F(ClosuresTest, AFacilityThatIsRetiredOpensNoMore) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const std::string facility = ParentOf(window.name());
  const auto booking = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
  v1::RetireFacilityRequest request;
  request.set_name(facility);
  EXPECT_EQ(ReasonOf(Call(*facility_stub_, &Stub::RetireFacility, Street(), request).status()),
            "BOOKINGS_TOUCHED");
  request.set_validate_only(true);
  EXPECT_EQ(Call(*facility_stub_, &Stub::RetireFacility, Street(), request)->touched().count(), 1);
  request.set_validate_only(false);
  request.set_recall(true);
  request.set_reason("租约到期");
  const auto retired = Call(*facility_stub_, &Stub::RetireFacility, Street(), request);
  ASSERT_TRUE(retired.ok()) << retired.status();
  EXPECT_EQ(retired->state(), v1::Facility::STATE_RETIRED);
  EXPECT_EQ(Read(booking->name()).state(), v1::Booking::STATE_RECALLED);
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), Booking(window.name(), At(24, 9))).status()),
            "WINDOW_CLOSED");
  EXPECT_EQ(ReasonOf(Open(Street(), facility, Daily(1)).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Call(*facility_stub_, &Stub::RetireFacility, Street(), request).status()),
            "STATE_WRONG");
  EXPECT_THAT(States(facility), IsEmpty());
}

TEST_F(ClosuresTest, ListsWhatEndsFirst) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const std::string facility = ParentOf(window.name());
  for (const int day : {27, 25, 26, 25}) {
    ASSERT_TRUE(Close(Closing(facility, At(day, 8), At(day, 20))).ok());
  }
  v1::ListClosuresRequest request;
  request.set_parent(facility);
  request.set_page_size(3);
  std::vector<int64_t> ends;
  std::vector<std::string> names;
  for (int pages = 0; pages < 2; ++pages) {
    const auto page = Call(*facility_stub_, &Stub::ListClosures, Staff("s", "m2"), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Closure& closure : page->closures()) {
      ends.push_back(closure.end_time().seconds());
      names.push_back(closure.name());
    }
    request.set_page_token(page->next_page_token());
  }
  EXPECT_THAT(ends, SizeIs(4));
  EXPECT_TRUE(std::is_sorted(ends.begin(), ends.end()));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 4u);
  request.clear_page_token();
  *request.mutable_end_after() = api::ToProto(At(26, 20));
  EXPECT_THAT(Call(*facility_stub_, &Stub::ListClosures, Street(), request)->closures(), SizeIs(1));
}

// Two closures at once while 24 people book and cancel.
TEST_F(ClosuresTest, ClosedUnderLoadStrandsNobodyAndGivesBackOnce) {
  for (int round = 0; round < 3; ++round) {
    const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(500));
    const std::string facility = ParentOf(window.name());
    std::atomic<int> closed = 0;
    std::atomic<int> taken_back = 0;
    std::atomic<int> answered = 0;
    OnThreads(26, [&](int i) {
      if (i >= 24) {
        Await(answered, 80 + 60 * round);
        const auto closure = Close(Closing(facility, At(24, 9 + i % 2), At(24, 12), true));
        EXPECT_TRUE(closure.ok()) << closure.status();
        if (closure.ok()) taken_back += closure->touched().count();
        ++closed;
        return;
      }
      const auth::v1::Caller caller = Staff(fmt::format("s{}", i), fmt::format("m{}", i % 5));
      for (int k = 0; k < 10 || closed < 2; ++k) {
        const auto booking =
            Book(caller, Booking(window.name(), At(24, 8 + (i + k) % 5), 1 + k % 2));
        Count(answered);
        EXPECT_TRUE(booking.ok() || ReasonOf(booking.status()) == "WINDOW_CLOSED")
            << booking.status();
        if (booking.ok() && k % 3 == 0) {
          const auto cancelled = Cancel(caller, booking->name());
          EXPECT_TRUE(cancelled.ok() || ReasonOf(cancelled.status()) == "STATE_WRONG")
              << cancelled.status();
        }
      }
    });
    EXPECT_GT(taken_back, 0);
  }
  static const db::Query stranded(
      "SELECT COUNT(*) FROM booking WHERE state = 1 AND start_time < '2026-11-24 04:00:00' AND "
      "end_time > '2026-11-24 01:00:00'",
      "");
  static const db::Query wrong(
      "SELECT COUNT(*) FROM slot AS s WHERE s.used <> (SELECT COUNT(*) FROM booking AS b WHERE "
      "b.window_id = s.window_id AND b.state = 1 AND b.start_time <= s.start_time AND b.end_time > "
      "s.start_time)",
      "");
  EXPECT_EQ(Number(stranded), 0);
  EXPECT_EQ(Number(wrong), 0);
  EXPECT_GT(Number(kRecalled), 20);
  EXPECT_GT(Number(kConfirmed), 20);
}

}  // namespace
}  // namespace jinhuan::resource
