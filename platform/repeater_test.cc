#include "platform/repeater.h"

#include <gtest/gtest.h>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

namespace jinhuan {
namespace {

TEST(RepeaterTest, CallsAgainAlsoAfterAnErrorUntilItIsDestroyed) {
  FakeClock clock(absl::FromUnixSeconds(1));
  absl::Notification third;
  int calls = 0;
  {
    const Repeater repeater("work", absl::ZeroDuration(), clock,
                            [&](absl::Time now) -> absl::StatusOr<int> {
                              EXPECT_EQ(now, absl::FromUnixSeconds(1));
                              if (++calls == 3) third.Notify();
                              return absl::UnavailableError("not now");
                            });
    EXPECT_TRUE(third.WaitForNotificationWithTimeout(absl::Seconds(60)));
  }
  EXPECT_GE(calls, 3);
}

TEST(RepeaterTest, IsGoneAtOnceHoweverLongThePause) {
  FakeClock clock(absl::FromUnixSeconds(1));
  absl::Notification called;
  const absl::Time start = absl::Now();
  {
    const Repeater repeater("work", absl::Hours(1), clock, [&](absl::Time) {
      called.Notify();
      return absl::StatusOr<int>(0);
    });
    called.WaitForNotification();
  }
  EXPECT_LT(absl::Now() - start, absl::Minutes(10));
}

}  // namespace
}  // namespace jinhuan
