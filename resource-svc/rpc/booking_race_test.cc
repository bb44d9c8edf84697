// What holds however many book at once: capacity, quotas, one answer to one
// request, and counts that equal the bookings.
#include <atomic>
#include <random>
#include <set>

#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

// Where counts and bookings disagree; each query answers how many rows do.
const db::Query kConfirmed("SELECT COUNT(*) FROM booking WHERE state = 1", "");
const db::Query kUsed("SELECT SUM(used) FROM slot", "");

class BookingRaceTest : public ServiceTest {
 protected:
  // How many counts of slots and quotas differ from a recount of the confirmed
  // bookings, window by window, hour by hour.
  int64_t WrongCounts(const std::vector<v1::Window>& windows) {
    std::map<std::pair<std::string, absl::Time>, int> places;
    std::map<std::string, int> uses;
    std::map<std::string, v1::Window> by_name;
    for (const v1::Window& window : windows) by_name[window.name()] = window;
    const absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
    int64_t wrong = 0;
    const absl::Status status =
        db::Read(database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
          BookingStore::Filter filter{.everyone = true,
                                      .user = "",
                                      .units = {},
                                      .state = v1::Booking::STATE_CONFIRMED,
                                      .end_after = {}};
          const auto bookings =
              bookings_.List(c, "alliances/a", filter, {.size = 100'000, .after = {}});
          for (const v1::Booking& booking : *bookings) {
            const std::string window = booking.window();
            for (absl::Time t = api::FromProto(booking.start_time());
                 t < api::FromProto(booking.end_time()); t += absl::Hours(1)) {
              places[{window, t}] += booking.quantity();
            }
            for (const QuotaUse& use : QuotaUses({{}, by_name[window], zone}, booking))
              ++uses[window + use.subject + use.period];
          }
          static const db::Query slots("SELECT window_id, start_time, used FROM slot", "");
          static const db::Query quotas("SELECT window_id, subject, period, used FROM quota_use",
                                        "");
          std::map<std::string, std::string> names;
          for (const v1::Window& window : windows)
            names[window.name().substr(window.name().rfind('/') + 1)] = window.name();
          EXPECT_TRUE(c.Select(slots, {}, [&](const db::Row& row) {
                         const auto counted = places.extract({names[row.Text(0)], row.Time(1)});
                         wrong += row.Int(2) != (counted.empty() ? 0 : counted.mapped());
                       }).ok());
          EXPECT_TRUE(c.Select(quotas, {}, [&](const db::Row& row) {
                         const auto counted =
                             uses.extract(names[row.Text(0)] + row.Text(1) + row.Text(2));
                         wrong += row.Int(3) != (counted.empty() ? 0 : counted.mapped());
                       }).ok());
          wrong += static_cast<int64_t>(places.size() + uses.size());  // booked, but not counted
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    return wrong;
  }
};

TEST_F(BookingRaceTest, TwentyPlacesAreTakenTwentyTimes) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(20));
  std::atomic<int> booked = 0;
  std::atomic<int> full = 0;
  std::atomic<int> next = 0;
  OnThreads(64, [&](int) {
    while (next++ < 1000) {
      const auto booking = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9), 2));
      booked += booking.ok();
      full += ReasonOf(booking.status()) == "SLOT_FULL";
    }
  });
  EXPECT_EQ(booked, 20);
  EXPECT_EQ(full, 980);
  EXPECT_EQ(Number(kConfirmed), 20);
  EXPECT_EQ(Number(kUsed), 40);
}

TEST_F(BookingRaceTest, AQuotaHoldsUnderARace) {
  v1::Window daily = Daily(1000);
  for (const auto subject : {v1::QUOTA_SUBJECT_PERSON, v1::QUOTA_SUBJECT_UNIT}) {
    v1::Quota& quota = *daily.add_quotas();
    quota.set_subject(subject);
    quota.set_period(v1::QUOTA_PERIOD_WEEK);
    quota.set_limit(subject == v1::QUOTA_SUBJECT_PERSON ? 3 : 10);
  }
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  std::atomic<int> booked = 0;
  OnThreads(32, [&](int i) {
    for (int k = 0; k < 4; ++k) {
      const auto booking = Book(Staff(fmt::format("s{}", i % 8), "m1"),
                                Booking(window.name(), At(24 + k % 2, 9 + k)));
      booked += booking.ok();
      EXPECT_TRUE(booking.ok() || ReasonOf(booking.status()) == "QUOTA_USED_UP")
          << booking.status();
    }
  });
  EXPECT_EQ(booked, 10);
  EXPECT_EQ(WrongCounts({window}), 0);
}

TEST_F(BookingRaceTest, OneRequestIdIsOneBooking) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  v1::CreateBookingRequest request = Booking(window.name(), At(24, 9));
  request.set_request_id("r-1");
  std::vector<absl::StatusOr<v1::Booking>> answers(5);
  OnThreads(5, [&](int i) { answers[i] = Book(Staff("s", "m1"), request); });
  std::set<std::string> names;
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    names.insert(answer->SerializeAsString());
  }
  EXPECT_EQ(names.size(), 1u);
  EXPECT_EQ(Number(kConfirmed), 1);

  clock_.Advance(absl::Hours(72));  // long past: the answer is still the answer
  EXPECT_TRUE(Book(Staff("s", "m1"), request).ok());
  request.mutable_booking()->set_quantity(2);
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), request).status()), "REQUEST_ID_REUSED");
}

TEST_F(BookingRaceTest, CancellingTwiceGivesBackOnce) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(20));
  for (int round = 0; round < 10; ++round) {
    const auto kept = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
    const auto booking = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
    ASSERT_TRUE(kept.ok() && booking.ok());
    std::atomic<int> cancelled = 0;
    OnThreads(4, [&](int) {
      const auto answer = Cancel(Staff("s", "m1"), booking->name());
      cancelled += answer.ok();
      EXPECT_TRUE(answer.ok() || ReasonOf(answer.status()) == "STATE_WRONG") << answer.status();
    });
    EXPECT_EQ(cancelled, 1);
    EXPECT_EQ(Number(kUsed), round + 1);
  }
}

// Creates and cancels at random; then every count equals what is booked.
TEST_F(BookingRaceTest, CountsEqualBookingsAfterAStorm) {
  std::vector<v1::Window> windows;
  for (int i = 0; i < 4; ++i) {
    v1::Window daily = Daily(3 + i);
    for (const auto period : {v1::QUOTA_PERIOD_DAY, v1::QUOTA_PERIOD_MONTH}) {
      v1::Quota& quota = *daily.add_quotas();
      quota.set_subject(i % 2 == 0 ? v1::QUOTA_SUBJECT_PERSON : v1::QUOTA_SUBJECT_UNIT);
      quota.set_period(period);
      quota.set_limit(period == v1::QUOTA_PERIOD_DAY ? 3 : 8);
    }
    windows.push_back(OpenNew(v1::FACILITY_KIND_VENUE, daily));
  }
  std::atomic<int> booked = 0;
  std::atomic<int> cancelled = 0;
  std::atomic<int> refused = 0;
  OnThreads(16, [&](int i) {
    std::mt19937 random(static_cast<unsigned>(i));
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auth::v1::Caller caller = Staff(fmt::format("s{}", i), fmt::format("m{}", i % 3));
    std::vector<std::string> mine;
    for (int k = 0; k < 60; ++k) {
      if (!mine.empty() && pick(3) == 0) {
        const int at = pick(static_cast<int>(mine.size()));
        const auto answer = Cancel(caller, mine[at]);
        ASSERT_TRUE(answer.ok()) << answer.status();
        mine.erase(mine.begin() + at);
        ++cancelled;
        continue;
      }
      auto request = Booking(windows[pick(4)].name(), At(24 + pick(3), 8 + pick(7)), 1 + pick(3));
      request.mutable_booking()->set_quantity(1 + pick(2));
      const auto answer = Book(caller, request);
      if (answer.ok()) mine.push_back(answer->name());
      booked += answer.ok();
      refused += absl::IsResourceExhausted(answer.status());
      EXPECT_TRUE(answer.ok() || absl::IsResourceExhausted(answer.status())) << answer.status();
    }
  });
  EXPECT_GT(booked, 50);
  EXPECT_GT(cancelled, 20);
  EXPECT_GT(refused, 20);
  EXPECT_EQ(Number(kConfirmed), booked - cancelled);
  EXPECT_EQ(WrongCounts(windows), 0);

  // The check can fail: a place that nobody booked, a quota that nobody used.
  Change("UPDATE slot SET used = used + 1 WHERE used < capacity LIMIT 1");
  EXPECT_EQ(WrongCounts(windows), 1);
  Change("UPDATE quota_use SET used = used + 1 LIMIT 1");
  EXPECT_EQ(WrongCounts(windows), 2);
}

}  // namespace
}  // namespace jinhuan::resource
