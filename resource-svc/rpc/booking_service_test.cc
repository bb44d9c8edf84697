#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::BookingService::Stub;

const db::Query kSlotsUsed("SELECT COALESCE(SUM(used), 0) FROM slot", "");
const db::Query kQuotasUsed("SELECT COALESCE(SUM(used), 0) FROM quota_use", "");

class BookingServiceTest : public ServiceTest {
 protected:
  absl::StatusOr<v1::Booking> Get(const auth::v1::Caller& caller, const std::string& name) {
    v1::GetBookingRequest request;
    request.set_name(name);
    return Call(*booking_stub_, &Stub::GetBooking, caller, request);
  }

  // The start hours of all pages, as the list gives them.
  std::vector<int> List(const auth::v1::Caller& caller, v1::ListBookingsRequest request = {}) {
    request.set_parent("alliances/a");
    if (request.page_size() == 0) request.set_page_size(2);
    std::vector<int> hours;
    do {
      const auto page = Call(*booking_stub_, &Stub::ListBookings, caller, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_LE(page->bookings_size(), request.page_size());
      for (const v1::Booking& booking : page->bookings()) {
        hours.push_back(
            absl::ToCivilHour(api::FromProto(booking.start_time()), absl::FixedTimeZone(8 * 3600))
                .hour());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return hours;
  }

  absl::StatusOr<v1::SearchAvailabilityResponse> Search(
      const auth::v1::Caller& caller, absl::Time from, absl::Time to,
      v1::SearchAvailabilityRequest request = {}) {
    request.set_parent("alliances/a");
    *request.mutable_start_time() = api::ToProto(from);
    *request.mutable_end_time() = api::ToProto(to);
    return Call(*booking_stub_, &Stub::SearchAvailability, caller, request);
  }
};

TEST_F(BookingServiceTest, BooksAndCancels) {
  v1::Window daily = Daily(2);
  daily.set_price_fen(500);
  v1::Quota& quota = *daily.add_quotas();
  quota.set_subject(v1::QUOTA_SUBJECT_PERSON);
  quota.set_period(v1::QUOTA_PERIOD_DAY);
  quota.set_limit(1);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, daily);
  auto request = Booking(window.name(), At(24, 9), 3);
  request.mutable_booking()->set_plate("沪a·12345");
  const auto booking = Book(Staff("s", "m1"), request);
  ASSERT_TRUE(booking.ok()) << booking.status();
  EXPECT_EQ(booking->member(), "alliances/a/members/m1");
  EXPECT_EQ(booking->user(), "users/s");
  EXPECT_EQ(booking->plate(), "沪A12345");
  EXPECT_EQ(booking->price_fen(), 1500);
  EXPECT_EQ(booking->facility_display_name(), "金色中环停车场");
  EXPECT_EQ(Number(kSlotsUsed), 3);
  EXPECT_EQ(Number(kQuotasUsed), 1);
  EXPECT_EQ(Get(Staff("s", "m1"), booking->name())->SerializeAsString(),
            booking->SerializeAsString());
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), request).status()), "QUOTA_USED_UP");

  const auto cancelled = Cancel(Staff("s", "m1"), booking->name(), "c-1");
  ASSERT_TRUE(cancelled.ok()) << cancelled.status();
  EXPECT_EQ(cancelled->state(), v1::Booking::STATE_CANCELLED);
  EXPECT_EQ(cancelled->cancel_reason(), "行程有变");
  EXPECT_EQ(Number(kSlotsUsed), 0);
  EXPECT_EQ(Number(kQuotasUsed), 0);
  EXPECT_EQ(Get(Staff("s", "m1"), booking->name())->state(), v1::Booking::STATE_CANCELLED);
  EXPECT_EQ(Cancel(Staff("s", "m1"), booking->name(), "c-1")->SerializeAsString(),
            cancelled->SerializeAsString());
  EXPECT_EQ(ReasonOf(Cancel(Staff("s", "m1"), booking->name()).status()), "STATE_WRONG");
  EXPECT_TRUE(Book(Staff("s", "m1"), request).ok());
}

TEST_F(BookingServiceTest, ARefusalTellsTheFullSlot) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));
  auto request = Booking(window.name(), At(24, 10));
  request.mutable_booking()->set_quantity(2);
  ASSERT_TRUE(Book(Staff("s", "m1"), request).ok());
  const auto refused = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9), 3));
  EXPECT_EQ(ReasonOf(refused.status()), "SLOT_FULL");
  EXPECT_THAT(refused.status().message(), ::testing::HasSubstr("2026-11-24T02:00:00Z"));
  EXPECT_EQ(Number(kSlotsUsed), 2);
  request = Booking(window.name(), At(25, 10));
  request.mutable_booking()->set_quantity(3);  // more than there are, and no row yet
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), request).status()), "SLOT_FULL");
}

TEST_F(BookingServiceTest, RefusesForTheStatedReasons) {
  v1::Window closed = Daily(2);
  closed.add_audience_tiers(1);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, closed);
  const auto reason = [&](const auth::v1::Caller& caller, const v1::CreateBookingRequest& request) {
    return ReasonOf(Book(caller, request).status());
  };
  const auto council = Person("s", auth::v1::ROLE_STAFF, "m1", "a", 1);
  EXPECT_EQ(reason(council, Booking(window.name(), At(24, 9))), "");
  EXPECT_EQ(reason(Staff("s", "m1"), Booking(window.name(), At(24, 9))), "NOT_IN_AUDIENCE");
  EXPECT_EQ(reason(council, Booking(window.name(), At(24, 20))), "WINDOW_CLOSED");
  EXPECT_EQ(reason(council, Booking(window.name(), At(24, 9) + absl::Minutes(1))),
            "INTERVAL_INVALID");
  EXPECT_EQ(reason(council, Booking(window.name(), At(22, 9))), "TOO_LATE");
  EXPECT_EQ(reason(council, Booking(window.name(), At(24, 9) + absl::Hours(24 * 14))), "TOO_EARLY");
  EXPECT_EQ(reason(council, Booking(window.name() + "x", At(24, 9))), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(reason(council, Booking("", At(24, 9))), "FIELD_REQUIRED");
  EXPECT_EQ(reason(council, Booking("alliances/a/windows/w", At(24, 9))), "NAME_INVALID");
  EXPECT_EQ(reason(council, Booking("alliances/b/facilities/f/windows/w", At(24, 9))),
            "FIELD_INVALID");
  auto request = Booking(window.name(), At(24, 9));
  request.mutable_booking()->set_plate("沪A12345");
  EXPECT_EQ(reason(council, request), "FIELD_INVALID");
  request.mutable_booking()->clear_plate();
  request.mutable_booking()->set_member("alliances/a/members/m2");
  EXPECT_EQ(reason(council, request), "ROLE_REQUIRED");
  // The street books for any unit, and says for which.
  EXPECT_EQ(Book(Street(), request)->member(), "alliances/a/members/m2");
  request.mutable_booking()->clear_member();
  EXPECT_EQ(reason(Street(), request), "FIELD_REQUIRED");
}

TEST_F(BookingServiceTest, TheStreetBooksForActiveUnitsAlone) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  Change("UPDATE member SET state = 3 WHERE id = 'm3'");
  const auto reason = [&](const std::string& unit, bool wait = false) {
    auto request = Booking(window.name(), At(24, 9));
    request.mutable_booking()->set_member("alliances/a/members/" + unit);
    request.set_join_waitlist(wait);
    return ReasonOf(Book(Street(), request).status());
  };
  const auto batch = [&](const std::string& unit) {
    v1::BatchCreateBookingsRequest request;
    request.set_parent("alliances/a");
    for (int hour : {10, 11}) {
      auto& each = *request.add_requests();
      each = Booking(window.name(), At(24, hour));
      each.mutable_booking()->set_member("alliances/a/members/" + unit);
    }
    return ReasonOf(
        Call(*booking_stub_, &v1::BookingService::Stub::BatchCreateBookings, Street(), request)
            .status());
  };
  EXPECT_EQ(reason("nobody"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(reason("m3"), "STATE_WRONG");
  EXPECT_EQ(batch("m3"), "STATE_WRONG");
  EXPECT_EQ(batch("m2"), "");
  EXPECT_EQ(reason("m2"), "");
  EXPECT_EQ(reason("m3", /*wait=*/true), "STATE_WRONG");
  EXPECT_EQ(reason("m2", /*wait=*/true), "");  // and joins the line
}

TEST_F(BookingServiceTest, EachSeesAndCancelsItsOwn) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(20));
  const auto booking = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
  ASSERT_TRUE(booking.ok());
  const auth::v1::Caller others[] = {Staff("t", "m1"), Staff("t", "m2"), Liaison("m2"),
                                     Person("x", auth::v1::ROLE_STREET_ADMIN, "", "b")};
  for (const auth::v1::Caller& other : others) {
    EXPECT_EQ(ReasonOf(Get(other, booking->name()).status()), "RESOURCE_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Cancel(other, booking->name()).status()), "RESOURCE_NOT_FOUND");
  }
  EXPECT_TRUE(Get(Staff("s", "m1"), booking->name()).ok());
  EXPECT_TRUE(Get(Liaison("m1"), booking->name()).ok());
  EXPECT_TRUE(Get(Street(), booking->name()).ok());
  clock_.Advance(At(24, 9) - clock_.Now());
  EXPECT_EQ(ReasonOf(Cancel(Liaison("m1"), booking->name()).status()), "CANCEL_TOO_LATE");
  EXPECT_TRUE(Cancel(Street(), booking->name()).ok());
}

TEST_F(BookingServiceTest, ListsTheNewestStartFirst) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(20));
  const auto book = [&](const auth::v1::Caller& caller, int hour) {
    const auto booking = Book(caller, Booking(window.name(), At(24, hour)));
    EXPECT_TRUE(booking.ok()) << booking.status();
    return booking->name();
  };
  book(Staff("s", "m1"), 9);
  book(Staff("s", "m1"), 12);
  book(Staff("t", "m1"), 10);
  book(Liaison("m1"), 11);
  book(Liaison("m1"), 11);  // starts with another one: told apart by id
  book(Staff("u", "m2"), 15);
  const std::string cancelled = book(Staff("s", "m1"), 14);
  ASSERT_TRUE(Cancel(Staff("s", "m1"), cancelled).ok());

  EXPECT_THAT(List(Staff("s", "m1")), ElementsAre(14, 12, 9));
  EXPECT_THAT(List(Liaison("m1")), ElementsAre(14, 12, 11, 11, 10, 9));
  EXPECT_THAT(List(Street()), ElementsAre(15, 14, 12, 11, 11, 10, 9));
  v1::ListBookingsRequest request;
  request.set_mine(true);
  EXPECT_THAT(List(Liaison("m1"), request), ElementsAre(11, 11));
  EXPECT_THAT(List(Street(), request), IsEmpty());
  request = {};
  request.set_state(v1::Booking::STATE_CANCELLED);
  EXPECT_THAT(List(Street(), request), ElementsAre(14));
  request.set_state(v1::Booking::STATE_CONFIRMED);
  *request.mutable_end_after() = api::ToProto(At(24, 12));
  EXPECT_THAT(List(Street(), request), ElementsAre(15, 12));
  // A token is good for the list it came from.
  v1::ListBookingsRequest first;
  first.set_parent("alliances/a");
  first.set_page_size(1);
  first.set_page_token(
      Call(*booking_stub_, &Stub::ListBookings, Street(), first)->next_page_token());
  first.set_mine(true);
  EXPECT_EQ(ReasonOf(Call(*booking_stub_, &Stub::ListBookings, Street(), first).status()),
            "PAGE_TOKEN_INVALID");
}

TEST_F(BookingServiceTest, TellsWhatIsFree) {
  v1::Window narrow = Daily(1);
  narrow.add_audience_members("alliances/a/members/m1");
  narrow.set_horizon_days(2);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, narrow);
  OpenNew(v1::FACILITY_KIND_CANTEEN, Daily(7));
  ASSERT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 9))).ok());
  v1::SearchAvailabilityRequest venues;
  venues.set_kind(v1::FACILITY_KIND_VENUE);
  const auto states = [&](const auth::v1::Caller& caller, absl::Time from, absl::Time to) {
    std::vector<int> found;
    const auto response = Search(caller, from, to, venues);
    EXPECT_TRUE(response.ok()) << response.status();
    for (const auto& facility : response->facilities()) {
      for (const auto& slot : facility.slots()) found.push_back(slot.state());
    }
    return found;
  };
  using Slots = v1::SlotAvailability;
  const absl::Time nine = At(24, 9);
  const absl::Time eleven = At(24, 11);
  EXPECT_THAT(states(Staff("s", "m1"), nine, eleven),
              ElementsAre(Slots::STATE_FULL, Slots::STATE_BOOKABLE));
  EXPECT_THAT(states(Staff("t", "m2"), nine, eleven),
              ElementsAre(Slots::STATE_NOT_FOR_YOU, Slots::STATE_NOT_FOR_YOU));
  EXPECT_THAT(states(Street(), nine, eleven),
              ElementsAre(Slots::STATE_FULL, Slots::STATE_BOOKABLE));
  EXPECT_THAT(states(Staff("s", "m1"), At(22, 9), At(22, 10)), ElementsAre(Slots::STATE_PAST));
  EXPECT_THAT(states(Staff("s", "m1"), At(26, 9), At(26, 10)), ElementsAre(Slots::STATE_NOT_YET));
  EXPECT_THAT(states(Staff("s", "m1"), At(24, 18), At(25, 8)), IsEmpty());

  EXPECT_THAT(states(Staff("s", "m1"), nine + absl::Minutes(30), eleven),
              SizeIs(2));  // one is under way

  const auto all = Search(Street(), At(24, 0), At(25, 0));
  ASSERT_THAT(all->facilities(), SizeIs(2));
  EXPECT_THAT(all->facilities(0).slots(), SizeIs(10));
  EXPECT_EQ(all->facilities(0).slots(1).free(), 0);
  EXPECT_EQ(all->facilities(1).slots(1).free(), 7);
  v1::SearchAvailabilityRequest one;
  one.set_page_size(1);
  const auto first = Search(Street(), At(24, 0), At(25, 0), one);
  ASSERT_THAT(first->facilities(), SizeIs(1));
  one.set_page_token(first->next_page_token());
  const auto second = Search(Street(), At(24, 0), At(25, 0), one);
  ASSERT_THAT(second->facilities(), SizeIs(1));
  EXPECT_EQ(second->facilities(0).facility().name(), all->facilities(1).facility().name());
  EXPECT_EQ(second->next_page_token(), "");
  v1::SearchAvailabilityRequest named;
  named.set_facility(all->facilities(1).facility().name());
  EXPECT_THAT(Search(Street(), At(24, 0), At(25, 0), named)->facilities(), SizeIs(1));
  EXPECT_EQ(ReasonOf(Search(Street(), At(24, 0), At(24, 0)).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Search(Street(), At(1, 0), At(1, 0) + absl::Hours(31 * 24 + 1)).status()),
            "FIELD_INVALID");
}

// A month of five-minute slots in several facilities is more than one message
// holds: pages end early, and together they are whole.
TEST_F(BookingServiceTest, AHugeSearchComesInPages) {
  v1::Window window = Daily(1);
  window.set_open_minute(0);
  window.set_close_minute(1440);
  window.set_slot_minutes(5);
  for (int i = 0; i < 3; ++i) OpenNew(v1::FACILITY_KIND_VENUE, window);
  int slots = 0;
  int pages = 0;
  v1::SearchAvailabilityRequest request;
  do {
    const auto page = Search(Street(), At(1, 0), At(1, 0) + absl::Hours(31 * 24), request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LT(page->ByteSizeLong(), 4u << 20);
    for (const auto& facility : page->facilities()) slots += facility.slots_size();
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(slots, 3 * 31 * 288);
  EXPECT_EQ(pages, 3);
}

TEST_F(BookingServiceTest, AHugeSearchNearAPlaceComesInPagesToo) {
  v1::Window window = Daily(1);
  window.set_open_minute(0);
  window.set_close_minute(1440);
  window.set_slot_minutes(5);
  for (int i = 0; i < 4; ++i) {
    const v1::Window opened = OpenNew(v1::FACILITY_KIND_VENUE, window);
    v1::UpdateFacilityRequest move;
    move.mutable_facility()->set_name(opened.name().substr(0, opened.name().find("/windows/")));
    // Two of them at one place.
    move.mutable_facility()->mutable_location()->set_latitude(31.23 + 0.001 * (3 - i / 2));
    move.mutable_facility()->mutable_location()->set_longitude(121.47);
    ASSERT_TRUE(
        Call(*facility_stub_, &v1::FacilityService::Stub::UpdateFacility, Street(), move).ok());
  }
  v1::SearchAvailabilityRequest request;
  request.mutable_near()->set_latitude(31.23);
  request.mutable_near()->set_longitude(121.47);
  request.set_radius_m(5000);
  std::set<std::string> seen;
  int pages = 0;
  int furthest = 0;
  do {
    const auto page = Search(Street(), At(1, 0), At(1, 0) + absl::Hours(31 * 24), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& each : page->facilities()) {
      EXPECT_TRUE(seen.insert(each.facility().name()).second);
      EXPECT_GE(each.distance_m(), furthest);
      furthest = each.distance_m();
      EXPECT_EQ(each.slots_size(), 31 * 288);
    }
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(seen.size(), 4u);
  EXPECT_EQ(pages, 4);
}

TEST_F(BookingServiceTest, AMonthOfAHundredFacilitiesFitsInOneCall) {
  v1::Window window = Daily(3);
  window.set_open_minute(0);
  window.set_close_minute(1440);
  for (int i = 0; i < 100; ++i) {
    if (i % 10 == 0) {
      v1::Window day = window;
      day.set_close_minute(720);
      const v1::Window opened = OpenNew(v1::FACILITY_KIND_VENUE, day);
      day.set_open_minute(720);
      day.set_close_minute(1440);
      ASSERT_TRUE(
          Open(Street(), opened.name().substr(0, opened.name().find("/windows/")), day).ok());
    } else {
      OpenNew(v1::FACILITY_KIND_VENUE, window);
    }
  }
  v1::SearchAvailabilityRequest request;
  request.set_page_size(100);
  request.set_compact(true);
  const auto page = Search(Street(), At(1, 0), At(1, 0) + absl::Hours(31 * 24), request);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->next_page_token(), "");
  ASSERT_EQ(page->facilities_size(), 100);
  int slots = 0;
  for (const auto& facility : page->facilities()) {
    slots += facility.slots_size();
    for (const auto& slot : facility.slots()) {
      ASSERT_EQ(slot.window(), "");
      ASSERT_LT(slot.window_index(), facility.windows_size());
    }
  }
  EXPECT_EQ(slots, 100 * 31 * 24);
  EXPECT_EQ(page->facilities(0).windows_size(), 2);
  EXPECT_NE(page->facilities(0).slots(0).window_index(),
            page->facilities(0).slots(12).window_index());
  EXPECT_LT(page->ByteSizeLong(), 4u << 20);
  RecordProperty("bytes", static_cast<int>(page->ByteSizeLong()));
}

TEST_F(BookingServiceTest, EveryQueryUsesTheIndexItNames) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(100'000));
  OpenNew(v1::FACILITY_KIND_PARKING, Daily(1));
  OnThreads(8, [&](int i) {
    for (int k = 0; k < 40; ++k) {
      const auto start = At(24 + k % 5, 8 + (i + k) % 10);
      EXPECT_TRUE(
          Book(Staff(fmt::format("s{}", i), fmt::format("m{}", k)), Booking(window.name(), start))
              .ok());
    }
  });
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::resource
