#include "resource-svc/domain/ledger_rules.h"

#include <gmock/gmock.h>

#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kLender[] = "alliances/a/members/lender";
constexpr char kBooker[] = "alliances/a/members/booker";
const absl::Time kEnd = absl::FromUnixSeconds(90 * 60);

v1::Booking Booking(v1::FacilityKind kind) {
  v1::Booking booking;
  booking.set_name("alliances/a/bookings/b");
  booking.set_member(kBooker);
  booking.set_facility_kind(kind);
  booking.set_quantity(3);
  booking.set_state(v1::Booking::STATE_COMPLETED);
  booking.mutable_start_time()->set_seconds(0);
  booking.mutable_end_time()->set_seconds(90 * 60);
  return booking;
}

v1::Match Match(v1::ExchangeCategory category) {
  v1::Match match;
  match.set_name("alliances/a/matches/m");
  match.set_giver(kLender);
  match.set_taker(kBooker);
  match.set_category(category);
  match.set_quantity(3);
  match.set_state(v1::Match::STATE_COMPLETED);
  match.mutable_terms()->mutable_start_time()->set_seconds(0);
  match.mutable_terms()->mutable_end_time()->set_seconds(90 * 60);
  return match;
}

// The lender gives what the booker uses, of one kind and quantity.
void ExpectPair(const std::vector<v1::LedgerEntry>& entries, v1::LedgerKind kind, int64_t quantity,
                const std::string& source) {
  ASSERT_THAT(entries, SizeIs(2));
  for (const v1::LedgerEntry& entry : entries) {
    EXPECT_EQ(entry.kind(), kind);
    EXPECT_EQ(entry.quantity(), quantity);
    EXPECT_EQ(entry.source(), source);
    EXPECT_EQ(entry.occur_time().seconds(), 90 * 60);
  }
  EXPECT_EQ(entries[0].direction(), v1::LEDGER_DIRECTION_GIVEN);
  EXPECT_EQ(entries[0].member(), kLender);
  EXPECT_EQ(entries[0].counterpart(), kBooker);
  EXPECT_EQ(entries[1].direction(), v1::LEDGER_DIRECTION_USED);
  EXPECT_EQ(entries[1].member(), kBooker);
  EXPECT_EQ(entries[1].counterpart(), kLender);
}

TEST(LedgerRulesTest, ABookingCountsByWhatItIsOf) {
  const auto of = [](v1::FacilityKind kind) { return EntriesOf(Booking(kind), kLender, kEnd); };
  const std::string source = "alliances/a/bookings/b";
  ExpectPair(of(v1::FACILITY_KIND_PARKING), v1::LEDGER_KIND_SPACE_HOURS, 270, source);
  ExpectPair(of(v1::FACILITY_KIND_CANTEEN), v1::LEDGER_KIND_MEALS, 3, source);
  ExpectPair(of(v1::FACILITY_KIND_VENUE), v1::LEDGER_KIND_VENUE_HOURS, 270, source);
  ExpectPair(of(v1::FACILITY_KIND_SERVICE), v1::LEDGER_KIND_SERVICE_HOURS, 270, source);
}

TEST(LedgerRulesTest, OnlyWhatWasUsedByAnotherUnitCounts) {
  for (int state = 0; state < v1::Booking::State_ARRAYSIZE; ++state) {
    v1::Booking booking = Booking(v1::FACILITY_KIND_PARKING);
    booking.set_state(static_cast<v1::Booking::State>(state));
    EXPECT_EQ(EntriesOf(booking, kLender, kEnd).empty(), state != v1::Booking::STATE_COMPLETED);
  }
  EXPECT_THAT(EntriesOf(Booking(v1::FACILITY_KIND_PARKING), kBooker, kEnd), IsEmpty());
}

TEST(LedgerRulesTest, WhatWasGivenBackDoesNotCount) {
  const v1::Booking booking = Booking(v1::FACILITY_KIND_PARKING);
  const absl::Time start = api::FromProto(booking.start_time());
  const auto left = EntriesOf(booking, kLender, start + absl::Minutes(30));
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left[0].quantity(), 90);
  EXPECT_EQ(left[0].occur_time().seconds(), booking.start_time().seconds() + 30 * 60);
  EXPECT_THAT(EntriesOf(booking, kLender, start), IsEmpty());
}

TEST(LedgerRulesTest, AMatchCountsByWhatItIsOf) {
  const auto of = [](v1::ExchangeCategory category) { return EntriesOf(Match(category)); };
  const std::string source = "alliances/a/matches/m";
  ExpectPair(of(v1::EXCHANGE_CATEGORY_VENUES), v1::LEDGER_KIND_VENUE_HOURS, 270, source);
  ExpectPair(of(v1::EXCHANGE_CATEGORY_VOLUNTEERS), v1::LEDGER_KIND_SERVICE_HOURS, 270, source);
  ExpectPair(of(v1::EXCHANGE_CATEGORY_SERVICE_POINTS), v1::LEDGER_KIND_SERVICE_HOURS, 270, source);
  ExpectPair(of(v1::EXCHANGE_CATEGORY_TRAINING), v1::LEDGER_KIND_SERVICE_HOURS, 90, source);
  EXPECT_THAT(of(v1::EXCHANGE_CATEGORY_RECRUITING), IsEmpty());
  EXPECT_THAT(of(v1::EXCHANGE_CATEGORY_OTHER), IsEmpty());
}

TEST(LedgerRulesTest, NothingOccursAfterItWasEntered) {
  v1::Match early = Match(v1::EXCHANGE_CATEGORY_VENUES);
  early.mutable_complete_time()->set_seconds(60);
  EXPECT_EQ(EntriesOf(early)[0].occur_time().seconds(), 60);
  EXPECT_EQ(EntriesOf(early)[0].quantity(), 3);  // a minute of three rooms
  early.mutable_complete_time()->set_seconds(9999);
  EXPECT_EQ(EntriesOf(early)[0].occur_time().seconds(), 90 * 60);
}

TEST(LedgerRulesTest, AMatchThatIsNotOverOrHasNoHoursOrABookingCountsNothing) {
  v1::Match delivered = Match(v1::EXCHANGE_CATEGORY_VENUES);
  delivered.set_state(v1::Match::STATE_DELIVERED);
  EXPECT_THAT(EntriesOf(delivered), IsEmpty());
  v1::Match timeless = Match(v1::EXCHANGE_CATEGORY_VENUES);
  timeless.mutable_terms()->clear_start_time();
  EXPECT_THAT(EntriesOf(timeless), IsEmpty());
  v1::Match booked = Match(v1::EXCHANGE_CATEGORY_VENUES);
  booked.set_booking("alliances/a/bookings/b");
  EXPECT_THAT(EntriesOf(booked), IsEmpty());
}

}  // namespace
}  // namespace jinhuan::resource
