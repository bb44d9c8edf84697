// Passes and bookings at once: the last places, one plate, and counts that equal what is held.
#include <atomic>
#include <mutex>
#include <random>

#include "resource-svc/rpc/pass_fixture.h"

namespace jinhuan::resource {
namespace {

const db::Query kOver("SELECT COUNT(*) FROM slot WHERE used > capacity OR used < 0", "");

class PassRaceTest : public PassTest {
 protected:
  // How many places the bookings hold, slot by slot of two hours.
  int64_t Held() {
    static const db::Query held(
        "SELECT CAST(COALESCE(SUM(TIMESTAMPDIFF(HOUR, start_time, end_time) / 2), 0) AS SIGNED) "
        "FROM booking WHERE state IN (1, 3, 7, 8, 9)",
        "");
    return Number(held);
  }
  static v1::CreateBookingRequest Night(const v1::Window& window, int day, const std::string& p) {
    auto request = Booking(window.name(), At(day, 18), 14);
    request.mutable_booking()->set_plate(p);
    return request;
  }
};

TEST_F(PassRaceTest, TheLastPlaceGoesToAPassOrToABooking) {
  for (int round = 0; round < 6; ++round) {
    const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(1));
    std::atomic<int> passes = 0;
    std::atomic<int> bookings = 0;
    const int64_t before = Taken();
    OnThreads(16, [&](int i) {
      const std::string plate = fmt::format("沪A{:05}", round * 100 + i);
      const auth::v1::Caller caller = Staff(fmt::format("s{}", i), fmt::format("m{}", 2 + i));
      if (i % 2 == 0) {
        const auto made = Make(caller, Wanted(window, 23, 27, plate));
        passes += made.ok();
        EXPECT_TRUE(made.ok() || absl::IsResourceExhausted(made.status()) ||
                    absl::IsAborted(made.status()))
            << made.status();
      } else {
        const auto booked = Book(caller, Night(window, 25, plate));
        bookings += booked.ok();
        EXPECT_TRUE(booked.ok() || absl::IsResourceExhausted(booked.status())) << booked.status();
      }
    });
    // The 25th has one place.
    EXPECT_LE(passes + bookings, 1);
    EXPECT_GE(passes + bookings, 1);
    EXPECT_EQ(Taken() - before, passes * 35 + bookings * 7);
  }
}

TEST_F(PassRaceTest, OnePlateGetsOnePassHoweverManyAsk) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(50));
  const v1::Window elsewhere = OpenNew(v1::FACILITY_KIND_PARKING, Nights(50));
  std::atomic<int> made = 0;
  OnThreads(12, [&](int i) {
    const auto pass = Make(Staff(fmt::format("s{}", i), fmt::format("m{}", 2 + i)),
                           Wanted(i % 2 == 0 ? window : elsewhere, 23 + i % 3, 27));
    made += pass.ok();
    EXPECT_TRUE(pass.ok() || ReasonOf(pass.status()) == "PASS_OVERLAPS") << pass.status();
  });
  EXPECT_EQ(made, 1);
}

TEST_F(PassRaceTest, CancellingTwiceGivesBackOnceWhileDaysAreGivenUp) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Nights(3));
  const auth::v1::Caller staff = Staff("s", "m2");
  for (int round = 0; round < 5; ++round) {
    const v1::Pass pass = MustMake(staff, Wanted(window, 23, 27));
    const std::string day = pass.next_booking();
    std::atomic<int> cancelled = 0;
    OnThreads(6, [&](int i) {
      if (i < 2) {
        const auto given = Cancel(staff, day);
        EXPECT_TRUE(given.ok() || ReasonOf(given.status()) == "STATE_WRONG") << given.status();
        return;
      }
      const auto answer = Withdraw(staff, pass.name());
      cancelled += answer.ok();
      EXPECT_TRUE(answer.ok() || ReasonOf(answer.status()) == "STATE_WRONG") << answer.status();
    });
    EXPECT_EQ(cancelled, 1);
    EXPECT_EQ(Taken(), 0);
  }
}

// Passes, bookings, cancellations of both, and a recall in the middle of it.
TEST_F(PassRaceTest, CountsEqualWhatIsHeldAfterAStorm) {
  std::vector<v1::Window> windows;
  for (int i = 0; i < 2; ++i) {
    windows.push_back(OpenNew(v1::FACILITY_KIND_PARKING, Nights(3 + i, 2)));
  }
  std::atomic<int> passes = 0;
  std::atomic<int> bookings = 0;
  std::atomic<int> refused = 0;
  OnThreads(12, [&](int i) {
    std::mt19937 random(static_cast<unsigned>(i));
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auth::v1::Caller caller = Staff(fmt::format("s{}", i), fmt::format("m{}", 2 + i));
    std::vector<std::string> mine;  // names of passes and bookings
    for (int k = 0; k < 25; ++k) {
      const std::string plate = fmt::format("沪A{:05}", i * 100 + k);
      absl::Status status;
      if (!mine.empty() && pick(3) == 0) {
        const std::string name = mine.back();
        mine.pop_back();
        const bool pass = name.find("/passes/") != std::string::npos;
        status = pass ? Withdraw(caller, name).status() : Cancel(caller, name).status();
        // The recall may have come first.
        EXPECT_TRUE(status.ok() || ReasonOf(status) == "STATE_WRONG") << status;
        continue;
      }
      const v1::Window& window = windows[pick(2)];
      if (pick(2) == 0) {
        const int first = 24 + pick(3);
        const auto made = Make(caller, Wanted(window, first, first + pick(4), plate));
        if (made.ok()) mine.push_back(made->name());
        passes += made.ok();
        status = made.status();
      } else {
        const auto booked = Book(caller, Night(window, 24 + pick(6), plate));
        if (booked.ok()) mine.push_back(booked->name());
        bookings += booked.ok();
        status = booked.status();
      }
      refused += absl::IsResourceExhausted(status);
      EXPECT_TRUE(status.ok() || absl::IsResourceExhausted(status) || absl::IsAborted(status))
          << status;
      if (i == 0 && k == 12) {
        EXPECT_TRUE(Resize(windows[0], 2, /*recall=*/true).ok());
      }
    }
  });
  EXPECT_GT(passes, 5);
  EXPECT_GT(bookings, 10);
  EXPECT_GT(refused, 10);
  EXPECT_EQ(Number(kOver), 0);
  EXPECT_EQ(Taken(), Held());
  // The check can fail.
  Change("UPDATE slot SET used = used - 1 WHERE used > 0 LIMIT 1");
  EXPECT_NE(Taken(), Held());
}

}  // namespace
}  // namespace jinhuan::resource
