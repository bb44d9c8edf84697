// Bookings that share a transaction: each still gets its own answer, once.
#include <atomic>
#include <set>

#include "platform/status/status_macros.h"
#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

const db::Query kBookings("SELECT COUNT(*) FROM booking", "");
const db::Query kCommits(
    "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
    "'COM_COMMIT'",
    "");

class BookingDeskTest : public ServiceTest {};

TEST_F(BookingDeskTest, ManyAtOnceAreAllBookedOnce) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(10'000));
  const int64_t commits = Number(kCommits);
  absl::Mutex mutex;
  std::set<std::string> names;
  std::atomic<int> failed = 0;
  OnThreads(48, [&](int client) {
    const auth::v1::Caller caller = Staff(fmt::format("s{}", client), "m1");
    for (int i = 0; i < 10; ++i) {
      auto request = Booking(window.name(), At(24, 9 + i % 3));
      request.set_request_id(fmt::format("{}-{}", client, i));
      const auto booked = Book(caller, request);
      if (!booked.ok()) ++failed;
      absl::MutexLock lock(&mutex);
      if (booked.ok()) names.insert(booked->name());
    }
  });
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(names.size(), 480U);
  EXPECT_EQ(Number(kBookings), 480);
  EXPECT_LT(Number(kCommits) - commits, 480);
}

// However many limits there are, as a charter has them by person and unit, day and month.
TEST_F(BookingDeskTest, CountsOfSeveralLimitsAreTakenByOneStatement) {
  static const db::Query inserts(
      "SELECT VARIABLE_VALUE FROM information_schema.session_status "
      "WHERE VARIABLE_NAME = 'COM_STMT_EXECUTE'",
      "");
  const auto use = [](const char* subject, int limit) {
    return QuotaUse{.scope = "*charter",
                    .subject = subject,
                    .period = "day:2026-11-24",
                    .limit = limit,
                    .subject_kind = "person",
                    .period_kind = "day"};
  };
  QuotaStore quotas;
  const auto take = [&](const std::vector<QuotaUse>& uses, int64_t* statements) {
    return db::InTransaction(
        database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) -> absl::Status {
          int64_t before = 0, after = 0;
          JH_RETURN_IF_ERROR(
              c.Select(inserts, {}, [&](const db::Row& row) { before = row.Int(0); }).status());
          JH_RETURN_IF_ERROR(quotas.TakeAll(c, {{"alliances/a/facilities/f/windows/w", uses}}));
          JH_RETURN_IF_ERROR(
              c.Select(inserts, {}, [&](const db::Row& row) { after = row.Int(0); }).status());
          *statements = after - before - 1;
          return absl::OkStatus();
        });
  };
  int64_t statements = 0;
  ASSERT_TRUE(take({use("a", 1), use("b", 2), use("c", 3)}, &statements).ok());
  EXPECT_EQ(statements, 1);
  ASSERT_TRUE(take({use("b", 2), use("c", 3)}, &statements).ok());
  EXPECT_FALSE(take({use("c", 3), use("b", 2)}, &statements).ok());  // one is at its limit
  EXPECT_TRUE(take({use("c", 3)}, &statements).ok());  // which took nothing of the other
  EXPECT_FALSE(take({use("c", 3)}, &statements).ok());
}

// Some have no room, some break a quota, some are repetitions: none of them takes
// anything from those it shares a transaction with.
TEST_F(BookingDeskTest, WhatCannotBeBookedSpoilsNothingForTheOthers) {
  const v1::Window wide = OpenNew(v1::FACILITY_KIND_VENUE, Daily(10'000));
  const v1::Window full = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  v1::Window daily = Daily(10'000);
  v1::Quota& quota = *daily.add_quotas();
  quota.set_subject(v1::QUOTA_SUBJECT_PERSON);
  quota.set_period(v1::QUOTA_PERIOD_DAY);
  quota.set_limit(2);
  const v1::Window scarce = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  std::atomic<int> wide_ok = 0, full_ok = 0, scarce_ok = 0, repeated_alike = 0;
  OnThreads(40, [&](int client) {
    const auth::v1::Caller caller = Staff(fmt::format("s{}", client), "m1");
    for (int i = 0; i < 8; ++i) {
      const std::string& window = client % 4 == 0   ? full.name()
                                  : client % 4 == 1 ? scarce.name()
                                                    : wide.name();
      auto request = Booking(window, At(24, 9));
      request.set_request_id(fmt::format("{}-{}", client, i));
      const auto booked = Book(caller, request);
      if (client % 4 == 0) {
        full_ok += booked.ok();
        EXPECT_TRUE(booked.ok() || ReasonOf(booked.status()) == "SLOT_FULL") << booked.status();
      } else if (client % 4 == 1) {
        scarce_ok += booked.ok();
        EXPECT_TRUE(booked.ok() || ReasonOf(booked.status()) == "QUOTA_USED_UP");
      } else {
        wide_ok += booked.ok();
        const auto again = Book(caller, request);
        repeated_alike += again.ok() && booked.ok() && again->name() == booked->name();
      }
    }
  });
  EXPECT_EQ(full_ok, 1);
  EXPECT_EQ(scarce_ok, 10 * 2);
  EXPECT_EQ(wide_ok, 20 * 8);
  EXPECT_EQ(repeated_alike, 20 * 8);
  EXPECT_EQ(Number(kBookings), 1 + 20 + 160);
}

}  // namespace
}  // namespace jinhuan::resource
