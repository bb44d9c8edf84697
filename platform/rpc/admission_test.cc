#include "platform/rpc/admission.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace jinhuan::rpc {
namespace {

TEST(AdmissionTest, RefusesOneTooMany) {
  Admission admission(2, 1);
  auto first = admission.AdmitCall();
  auto second = admission.AdmitCall();
  EXPECT_TRUE(first.has_value() && second.has_value());
  EXPECT_FALSE(admission.AdmitCall().has_value());
  EXPECT_FALSE(admission.AdmitCall().has_value());
  first.reset();
  EXPECT_TRUE(admission.AdmitCall().has_value());
}

TEST(AdmissionTest, CountsStreamsApart) {
  Admission admission(1, 1);
  const auto call = admission.AdmitCall();
  const auto stream = admission.AdmitStream();
  EXPECT_TRUE(stream.has_value());
  EXPECT_FALSE(admission.AdmitStream().has_value());
}

TEST(AdmissionTest, KeepsAnEighthOfTheStreams) {
  Admission admission(1, 8);
  std::vector<Admission::Ticket> taken;
  for (int i = 0; i < 7; ++i) {
    taken.push_back(*admission.AdmitStream());
    EXPECT_FALSE(admission.IntoKept()) << i;
  }
  taken.push_back(*admission.AdmitStream());
  EXPECT_TRUE(admission.IntoKept());
}

TEST(AdmissionTest, AMovedTicketIsGivenBackOnce) {
  Admission admission(1, 1);
  {
    auto ticket = admission.AdmitCall();
    const Admission::Ticket moved = *std::move(ticket);
    EXPECT_FALSE(admission.AdmitCall().has_value());
  }
  const auto again = admission.AdmitCall();
  EXPECT_TRUE(again.has_value());
  EXPECT_FALSE(admission.AdmitCall().has_value());
}

TEST(AdmissionTest, NeverMoreInsideThanItBears) {
  Admission admission(3, 1);
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) {
        const auto ticket = admission.AdmitCall();
        if (!ticket.has_value()) continue;
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 3);
  EXPECT_GE(most, 1);
  const auto a = admission.AdmitCall();
  const auto b = admission.AdmitCall();
  const auto c = admission.AdmitCall();
  EXPECT_TRUE(a.has_value() && b.has_value() && c.has_value());  // none was lost
}

}  // namespace
}  // namespace jinhuan::rpc
