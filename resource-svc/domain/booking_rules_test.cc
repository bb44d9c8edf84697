#include "resource-svc/domain/booking_rules.h"

#include <gmock/gmock.h>

#include "platform/api/time.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/domain/random_window.h"

namespace jinhuan::resource {
namespace {

using ::testing::SizeIs;

// A car park of 20, every day from 8:00 to 18:00 in hours, at 5 yuan.
Supply CarPark() {
  Supply supply;
  supply.zone = *FindTimeZone(kDefaultTimeZone);
  supply.facility.set_kind(v1::FACILITY_KIND_PARKING);
  supply.facility.set_display_name("停车场");
  supply.window.set_name("alliances/a/facilities/f/windows/w");
  *supply.window.mutable_start_date() = ToDate(absl::CivilDay(2026, 11, 1));
  supply.window.set_open_minute(8 * 60);
  supply.window.set_close_minute(18 * 60);
  supply.window.set_slot_minutes(60);
  supply.window.set_capacity(20);
  supply.window.set_price_fen(500);
  return supply;
}

absl::Time At(int day, int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(2026, 11, day, hour, minute),
                         *FindTimeZone(kDefaultTimeZone));
}

absl::StatusOr<v1::Booking> Try(const Supply& supply, v1::Booking booking, absl::Time start,
                                absl::Time end, absl::Time now) {
  *booking.mutable_start_time() = api::ToProto(start);
  *booking.mutable_end_time() = api::ToProto(end);
  const auto slots = SlotsOf(supply, start, end);
  if (!slots.ok()) return slots.status();
  return Admit(booking, supply, *slots, now);
}

v1::Booking Car(const char* plate = "沪a·12345") {
  v1::Booking booking;
  booking.set_plate(plate);
  return booking;
}

std::string ReasonAt(const Supply& supply, absl::Time start, absl::Time end, absl::Time now) {
  return ReasonOf(Try(supply, Car(), start, end, now).status());
}

TEST(BookingRulesTest, AnIntervalIsWholeSlotsOfOneOpening) {
  const Supply supply = CarPark();
  const auto slots = SlotsOf(supply, At(24, 9), At(24, 12));
  ASSERT_TRUE(slots.ok());
  EXPECT_THAT(*slots, SizeIs(3));
  const absl::Time now = At(23, 12);
  EXPECT_EQ(ReasonAt(supply, At(24, 9), At(24, 18), now), "");
  EXPECT_EQ(ReasonAt(supply, At(24, 9), At(24, 9, 30), now), "INTERVAL_INVALID");
  EXPECT_EQ(ReasonAt(supply, At(24, 9, 30), At(24, 11), now), "INTERVAL_INVALID");
  EXPECT_EQ(ReasonAt(supply, At(24, 17), At(25, 9), now), "INTERVAL_INVALID");
  EXPECT_EQ(ReasonAt(supply, At(24, 11), At(24, 10), now), "INTERVAL_INVALID");
  EXPECT_EQ(ReasonAt(supply, At(24, 9), At(24, 9), now), "INTERVAL_INVALID");
  EXPECT_EQ(ReasonAt(supply, At(24, 18), At(24, 19), now), "WINDOW_CLOSED");
  EXPECT_EQ(ReasonAt(supply, At(24, 7), At(24, 9), now), "WINDOW_CLOSED");
}

TEST(BookingRulesTest, OpensAtMidnightSoManyDaysAhead) {
  Supply supply = CarPark();
  supply.window.set_horizon_days(3);
  EXPECT_EQ(ReasonAt(supply, At(26, 17), At(26, 18), At(23, 0)), "");
  EXPECT_EQ(ReasonAt(supply, At(26, 8), At(26, 9), At(22, 23, 59)), "TOO_EARLY");
  supply.window.set_horizon_days(0);  // means 14
  EXPECT_EQ(ReasonAt(supply, At(15, 8), At(15, 9), At(1, 0)), "");
  EXPECT_EQ(ReasonAt(supply, At(16, 8), At(16, 9), At(1, 23)), "TOO_EARLY");
}

TEST(BookingRulesTest, ClosesAtTheCutOff) {
  Supply supply = CarPark();
  const auto reason = [&](absl::Time now) { return ReasonAt(supply, At(24, 9), At(24, 11), now); };
  EXPECT_EQ(reason(At(24, 9, 59)), "");  // no cut-off: until the first slot ends
  EXPECT_EQ(reason(At(24, 10)), "TOO_LATE");
  supply.window.set_cutoff_minutes(30);
  EXPECT_EQ(reason(At(24, 8, 29)), "");
  EXPECT_EQ(reason(At(24, 8, 30)), "TOO_LATE");
}

TEST(BookingRulesTest, FillsInWhatTheServerOwns) {
  Supply supply = CarPark();
  supply.window.set_cancel_minutes(60);
  v1::Booking wanted = Car();
  wanted.set_price_fen(1);
  wanted.set_state(v1::Booking::STATE_CANCELLED);
  wanted.set_cancel_reason("x");
  const auto booking = Try(supply, wanted, At(24, 9), At(24, 12), At(23, 12));
  ASSERT_TRUE(booking.ok()) << booking.status();
  EXPECT_EQ(booking->plate(), "沪A12345");
  EXPECT_EQ(booking->quantity(), 1);
  EXPECT_EQ(booking->price_fen(), 1500);
  EXPECT_EQ(booking->state(), v1::Booking::STATE_CONFIRMED);
  EXPECT_EQ(booking->facility_display_name(), "停车场");
  EXPECT_EQ(booking->facility_kind(), v1::FACILITY_KIND_PARKING);
  EXPECT_EQ(api::FromProto(booking->cancel_deadline()), At(24, 8));
  EXPECT_EQ(api::FromProto(booking->create_time()), At(23, 12));
  EXPECT_EQ(booking->cancel_reason(), "");
}

TEST(BookingRulesTest, ACarParkTakesOneCarWithAPlateOthersNone) {
  Supply supply = CarPark();
  const auto reason = [&](const v1::Booking& booking) {
    return ReasonOf(Try(supply, booking, At(24, 9), At(24, 10), At(23, 12)).status());
  };
  v1::Booking two = Car();
  two.set_quantity(2);
  EXPECT_EQ(reason(Car("")), "FIELD_REQUIRED");
  EXPECT_EQ(reason(Car("沪AO1234")), "PLATE_INVALID");
  EXPECT_EQ(reason(two), "FIELD_INVALID");
  supply.facility.set_kind(v1::FACILITY_KIND_CANTEEN);
  EXPECT_EQ(reason(Car()), "FIELD_INVALID");
  two.clear_plate();
  const auto meals = Try(supply, two, At(24, 9), At(24, 10), At(23, 12));
  ASSERT_TRUE(meals.ok());
  EXPECT_EQ(meals->price_fen(), 1000);
}

TEST(BookingRulesTest, AnAudienceIsWhoeverItNames) {
  auth::v1::Grant grant;
  grant.set_role(auth::v1::ROLE_STAFF);
  grant.set_alliance("alliances/a");
  grant.set_member("alliances/a/members/m1");
  grant.set_member_tier(3);
  grant.set_member_sector(5);
  v1::Window window;
  EXPECT_TRUE(InAudience(window, grant));
  window.add_audience_tiers(1);
  EXPECT_FALSE(InAudience(window, grant));
  window.add_audience_sectors(5);
  EXPECT_TRUE(InAudience(window, grant));
  window.set_audience_sectors(0, 6);
  EXPECT_FALSE(InAudience(window, grant));
  auth::v1::Caller caller;
  *caller.add_grants() = grant;
  EXPECT_FALSE(MayBook(window, caller, "alliances/a"));
  window.add_audience_members("alliances/a/members/m1");
  EXPECT_TRUE(MayBook(window, caller, "alliances/a"));
  EXPECT_FALSE(MayBook(window, caller, "alliances/b"));
  caller.mutable_grants(0)->set_role(auth::v1::ROLE_STREET_ADMIN);
  caller.mutable_grants(0)->clear_member();
  EXPECT_TRUE(MayBook(window, caller, "alliances/a"));
}

TEST(BookingRulesTest, CancelsUntilTheDeadlineTheStreetUntilTheEnd) {
  v1::Booking booking;
  booking.set_state(v1::Booking::STATE_CONFIRMED);
  *booking.mutable_start_time() = api::ToProto(At(24, 9));
  *booking.mutable_end_time() = api::ToProto(At(24, 11));
  *booking.mutable_cancel_deadline() = api::ToProto(At(24, 8));
  const auto reason = [&](bool street, absl::Time now) {
    return ReasonOf(Cancelled(booking, "", street, now).status());
  };
  EXPECT_EQ(reason(false, At(24, 7, 59)), "");
  EXPECT_EQ(reason(false, At(24, 8)), "CANCEL_TOO_LATE");
  EXPECT_EQ(reason(true, At(24, 10, 59)), "");
  EXPECT_EQ(reason(true, At(24, 11)), "CANCEL_TOO_LATE");
  for (const auto state :
       {v1::Booking::STATE_PENDING, v1::Booking::STATE_WAITLISTED, v1::Booking::STATE_OFFERED}) {
    booking.set_state(state);  // nothing was promised yet
    EXPECT_EQ(reason(false, At(24, 8)), "");
  }
  for (const auto state : {v1::Booking::STATE_CANCELLED, v1::Booking::STATE_CHECKED_IN}) {
    booking.set_state(state);
    EXPECT_EQ(reason(true, At(24, 7)), "STATE_WRONG");
  }
}

TEST(BookingRulesTest, TellsTheStateOfASlot) {
  using Slots = v1::SlotAvailability;
  Supply supply = CarPark();
  supply.window.set_horizon_days(2);
  const Slot slot = {At(24, 9), At(24, 10)};
  EXPECT_EQ(StateOf(supply, slot, 1, true, At(23, 9)), Slots::STATE_BOOKABLE);
  EXPECT_EQ(StateOf(supply, slot, 0, true, At(23, 9)), Slots::STATE_FULL);
  EXPECT_EQ(StateOf(supply, slot, 0, true, At(24, 10)), Slots::STATE_PAST);
  EXPECT_EQ(StateOf(supply, slot, 1, true, At(21, 9)), Slots::STATE_NOT_YET);
  EXPECT_EQ(StateOf(supply, slot, 1, false, At(21, 9)), Slots::STATE_NOT_FOR_YOU);
}

TEST(BookingRulesTest, BoundsWhatAClientSends) {
  const auto reason = [](auto change) {
    v1::Booking booking;
    *booking.mutable_start_time() = api::ToProto(At(24, 9));
    *booking.mutable_end_time() = api::ToProto(At(24, 10));
    change(booking);
    Violations violations;
    CheckBooking(booking, violations);
    return ReasonOf(violations.ToStatus());
  };
  EXPECT_EQ(reason([](v1::Booking&) {}), "");
  EXPECT_EQ(reason([](v1::Booking& b) { b.clear_start_time(); }), "FIELD_REQUIRED");
  EXPECT_EQ(reason([](v1::Booking& b) { b.clear_end_time(); }), "FIELD_REQUIRED");
  EXPECT_EQ(reason([](v1::Booking& b) { b.mutable_end_time()->set_seconds(INT64_MAX); }),
            "FIELD_INVALID");
  EXPECT_EQ(reason([](v1::Booking& b) { b.mutable_start_time()->set_seconds(INT64_MIN); }),
            "FIELD_INVALID");
  EXPECT_EQ(reason([](v1::Booking& b) { b.mutable_start_time()->set_nanos(-1); }), "FIELD_INVALID");
  EXPECT_EQ(reason([](v1::Booking& b) { b.set_quantity(101); }), "FIELD_INVALID");
  EXPECT_EQ(reason([](v1::Booking& b) { b.set_quantity(-1); }), "FIELD_INVALID");
}

TEST(QuotaTest, PeriodsAreThoseOfTheFacility) {
  v1::Window window;
  for (const auto period : {v1::QUOTA_PERIOD_MONTH, v1::QUOTA_PERIOD_WEEK, v1::QUOTA_PERIOD_DAY}) {
    for (const auto subject : {v1::QUOTA_SUBJECT_UNIT, v1::QUOTA_SUBJECT_PERSON}) {
      v1::Quota& quota = *window.add_quotas();
      quota.set_subject(subject);
      quota.set_period(period);
      quota.set_limit(2);
    }
  }
  v1::Booking booking;
  booking.set_user("users/u");
  booking.set_member("alliances/a/members/m");
  // Sunday 1 March 2026, 0:30 in Shanghai; still February in UTC.
  *booking.mutable_start_time() = api::ToProto(
      absl::FromCivil(absl::CivilMinute(2026, 3, 1, 0, 30), *FindTimeZone(kDefaultTimeZone)));
  std::vector<std::string> keys;
  for (const QuotaUse& use : QuotaUses({{}, window, *FindTimeZone(kDefaultTimeZone)}, booking)) {
    keys.push_back(use.subject + " " + use.period);
  }
  EXPECT_THAT(
      keys, ::testing::ElementsAre("person:users/u day:2026-03-01", "person:users/u month:2026-03",
                                   "person:users/u week:2026-02-23", "unit:m day:2026-03-01",
                                   "unit:m month:2026-03", "unit:m week:2026-02-23"));
}

TEST(FacilityRulesTest, ATimeZoneIsAnIanaName) {
  for (const char* name : {"Asia/Shanghai", "UTC", "America/Argentina/Buenos_Aires"}) {
    EXPECT_TRUE(FindTimeZone(name).has_value()) << name;
  }
  for (const char* name :
       {"", "Shanghai", "localtime", "Mars/Olympus", "/etc/localtime", "Asia/../../../etc/passwd",
        "file:/etc/localtime", "Fixed/UTC+08:00:00"}) {
    EXPECT_FALSE(FindTimeZone(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace jinhuan::resource
