#include "resource-svc/domain/pass_rules.h"

#include <gmock/gmock.h>

#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

using ::testing::SizeIs;

const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);

absl::Time At(int day, int hour) {
  return absl::FromCivil(absl::CivilHour(2026, 11, day, hour), kZone);
}

void Set(google::type::Date& date, int day) {
  date.set_year(2026);
  date.set_month(11);
  date.set_day(day);
}

v1::Pass Wanted(int first, int last) {
  v1::Pass pass;
  pass.set_name("alliances/a/passes/p");
  pass.add_windows("alliances/a/facilities/f/windows/w");
  pass.set_plate("沪a·12345");
  pass.set_member("alliances/a/members/m2");
  pass.set_user("users/s");
  Set(*pass.mutable_start_date(), first);
  Set(*pass.mutable_end_date(), last);
  return pass;
}

// Nights from 18:00 to 8:00, in slots of two hours, cut off an hour before.
Supply Nights() {
  Supply supply{.facility = {}, .window = {}, .zone = kZone};
  supply.facility.set_kind(v1::FACILITY_KIND_PARKING);
  v1::Window& window = supply.window;
  window.set_name("alliances/a/facilities/f/windows/w");
  Set(*window.mutable_start_date(), 1);
  window.set_open_minute(18 * 60);
  window.set_close_minute(32 * 60);
  window.set_slot_minutes(120);
  window.set_capacity(2);
  window.set_cutoff_minutes(60);
  window.mutable_passes()->set_max_days(10);
  window.mutable_passes()->set_day_price_fen(500);
  return supply;
}

std::string Reason(const absl::Status& status) { return ReasonOf(status); }

TEST(PassRules, KeepsAPlateAsItIsWrittenAndNothingThatOnlyTheServerSays) {
  Violations violations;
  v1::Pass wanted = Wanted(23, 30);
  wanted.set_state(v1::Pass::STATE_ENDED);
  const v1::Pass pass = CheckPass(wanted, violations);
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(pass.plate(), "沪A12345");
  EXPECT_EQ(pass.user(), "");
  EXPECT_EQ(pass.state(), v1::Pass::STATE_UNSPECIFIED);
}

TEST(PassRules, RefusesWhatIsNoPass) {
  const auto is_wrong = [](const v1::Pass& pass) {
    Violations violations;
    CheckPass(pass, violations);
    return !violations.empty();
  };
  EXPECT_TRUE(is_wrong(Wanted(24, 23)));
  EXPECT_TRUE(is_wrong(Wanted(23, 31)));  // November has 30 days
  v1::Pass pass = Wanted(23, 24);
  pass.set_plate("沪AO1234");
  EXPECT_TRUE(is_wrong(pass));
  pass = Wanted(23, 24);
  pass.add_windows(pass.windows(0));
  EXPECT_TRUE(is_wrong(pass));
  pass.clear_windows();
  EXPECT_TRUE(is_wrong(pass));
}

TEST(PassRules, APeriodIsWithinWhatTheWindowGives) {
  const Supply supply = Nights();
  const absl::Time now = At(10, 9);
  EXPECT_TRUE(CheckPeriod(Wanted(10, 19), supply, now).ok());
  EXPECT_EQ(Reason(CheckPeriod(Wanted(10, 20), supply, now)), "FIELD_INVALID");
  EXPECT_EQ(Reason(CheckPeriod(Wanted(1, 9), supply, now)), "FIELD_INVALID");
  EXPECT_TRUE(CheckPeriod(Wanted(24, 30), supply, now).ok());  // 14 days ahead
  EXPECT_EQ(Reason(CheckPeriod(Wanted(25, 30), supply, now)), "TOO_EARLY");
  Supply none = Nights();
  none.window.clear_passes();
  EXPECT_EQ(Reason(CheckPeriod(Wanted(10, 19), none, now)), "PASSES_NOT_GIVEN");
  none = Nights();
  none.facility.set_kind(v1::FACILITY_KIND_CANTEEN);
  EXPECT_EQ(Reason(CheckPeriod(Wanted(10, 19), none, now)), "PASSES_NOT_GIVEN");
}

TEST(PassRules, ItsDaysAreTheOpeningsThatCanStillBeBooked) {
  const Supply supply = Nights();
  const v1::Pass pass = Wanted(10, 14);
  const auto days = DaysOf(pass, supply, {}, At(10, 9));
  ASSERT_THAT(days, SizeIs(5));
  EXPECT_EQ(days[0].front().start, At(10, 18));
  EXPECT_EQ(days[0].back().end, At(11, 8));
  EXPECT_THAT(days[0], SizeIs(7));
  const auto later = DaysOf(pass, supply, {}, At(10, 17));  // the cut-off of the first slot
  ASSERT_THAT(later, SizeIs(5));
  EXPECT_EQ(later[0].front().start, At(10, 20));
  EXPECT_EQ(DaysOf(pass, supply, {}, At(11, 1))[0].front().start, At(11, 4));
  Supply approved = supply;
  approved.window.set_approval_required(true);
  EXPECT_THAT(DaysOf(pass, approved, {}, At(11, 1)), SizeIs(4));
  EXPECT_THAT(DaysOf(pass, supply, {}, At(11, 6)), SizeIs(4));
  EXPECT_THAT(DaysOf(pass, supply, {{At(12, 7), At(12, 20)}}, At(10, 9)), SizeIs(3));
  EXPECT_THAT(DaysOf(pass, supply, {}, At(16, 9)), SizeIs(0));
}

TEST(PassRules, ADayIsABookingThatCostsADayOfThePass) {
  const Supply supply = Nights();
  const v1::Pass pass = Wanted(10, 14);
  const auto days = DaysOf(pass, supply, {}, At(10, 9));
  const v1::Booking day = DayOf(pass, supply, days[0], At(10, 9));
  EXPECT_EQ(day.pass(), pass.name());
  EXPECT_EQ(day.price_fen(), 500);
  EXPECT_EQ(day.quantity(), 1);
  EXPECT_EQ(day.state(), v1::Booking::STATE_CONFIRMED);
  EXPECT_EQ(api::FromProto(day.end_time()), At(11, 8));
}

TEST(PassRules, AllDaysWaitForApprovalAsLongAsTheFirst) {
  Supply supply = Nights();
  supply.window.set_approval_required(true);
  v1::Pass pass = Wanted(10, 12);
  std::vector<v1::Booking> days;
  for (const auto& slots : DaysOf(pass, supply, {}, At(10, 9))) {
    days.push_back(DayOf(pass, supply, slots, At(10, 9)));
  }
  Promise(pass, {&days[0], &days[1], &days[2]}, At(10, 9));
  EXPECT_EQ(pass.state(), v1::Pass::STATE_PENDING);
  EXPECT_EQ(pass.days(), 3);
  EXPECT_EQ(pass.price_fen(), 1500);
  EXPECT_EQ(api::FromProto(pass.expire_time()), At(10, 18));  // its first start
  for (const v1::Booking& day : days) {
    EXPECT_EQ(api::FromProto(day.expire_time()), At(10, 18));
  }
  EXPECT_EQ(AsOf(pass, At(10, 17)).state(), v1::Pass::STATE_PENDING);
  EXPECT_EQ(AsOf(pass, At(10, 18)).state(), v1::Pass::STATE_EXPIRED);
  const auto approved = Approved(pass);
  ASSERT_TRUE(approved.ok());
  EXPECT_EQ(AsOf(*approved, At(13, 7)).state(), v1::Pass::STATE_ACTIVE);
  EXPECT_EQ(AsOf(*approved, At(13, 8)).state(), v1::Pass::STATE_ENDED);
  EXPECT_FALSE(Approved(*approved).ok());
  EXPECT_FALSE(Rejected(*approved, "x", At(10, 17)).ok());
  EXPECT_TRUE(Cancelled(*approved, "x", At(10, 17)).ok());
  EXPECT_FALSE(Cancelled(AsOf(*approved, At(13, 8)), "x", At(13, 8)).ok());
}

TEST(PassRules, WhatARecallTakesIsSaidOfEachPassAsOne) {
  const auto day = [](const char* pass, int of) {
    v1::Booking booking;
    booking.set_pass(pass);
    booking.set_user("users/s");
    booking.set_facility_display_name("云杉大厦车库");
    *booking.mutable_start_time() = api::ToProto(At(of, 18));
    return booking;
  };
  const auto recalls =
      RecallsOf({day("alliances/a/passes/q", 12), day("", 12), day("alliances/a/passes/p", 13),
                 day("alliances/a/passes/p", 11), day("alliances/a/passes/p", 12)},
                "消防检修");
  ASSERT_THAT(recalls, SizeIs(2));
  EXPECT_EQ(recalls[0].name(), "alliances/a/passes/p");
  EXPECT_EQ(recalls[0].user(), "users/s");
  EXPECT_EQ(recalls[0].facility_display_name(), "云杉大厦车库");
  EXPECT_EQ(recalls[0].reason(), "消防检修");
  EXPECT_EQ(recalls[0].days(), 3);
  EXPECT_EQ(api::FromProto(recalls[0].first_start_time()), At(11, 18));
  EXPECT_EQ(api::FromProto(recalls[0].last_start_time()), At(13, 18));
  EXPECT_EQ(recalls[1].days(), 1);
}

TEST(PassRules, TermsAreThoseOfACarPark) {
  const auto is_wrong = [](const v1::Window& window, v1::FacilityKind kind) {
    Violations violations;
    CheckPassTerms(window, kind, violations);
    return !violations.empty();
  };
  v1::Window window = Nights().window;
  EXPECT_FALSE(is_wrong(window, v1::FACILITY_KIND_PARKING));
  EXPECT_TRUE(is_wrong(window, v1::FACILITY_KIND_VENUE));
  window.mutable_passes()->set_places(3);  // of 2
  EXPECT_TRUE(is_wrong(window, v1::FACILITY_KIND_PARKING));
  window.mutable_passes()->set_places(1);
  window.mutable_passes()->set_max_days(93);
  EXPECT_TRUE(is_wrong(window, v1::FACILITY_KIND_PARKING));
}

}  // namespace
}  // namespace jinhuan::resource
