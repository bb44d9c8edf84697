#include "gateway/trace.h"

#include <gtest/gtest.h>

namespace jinhuan::gateway {
namespace {

TEST(TraceTest, KnowsATraceparent) {
  const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_TRUE(IsTraceparent(good));
  for (const char* wrong : {"", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}) {
    EXPECT_FALSE(IsTraceparent(wrong)) << wrong;
  }
}

TEST(TraceTest, KnowsATracestate) {
  EXPECT_TRUE(IsTracestate("vendor=a~1, other=2"));
  EXPECT_TRUE(IsTracestate(std::string(512, 'x')));
  EXPECT_FALSE(IsTracestate(std::string(513, 'x')));
  for (const char* wrong : {"a=\xFF", "a=\t", "a=\x7F", "名=1"}) {
    EXPECT_FALSE(IsTracestate(wrong)) << wrong;
  }
}

TEST(TraceTest, MakesTraceparents) {
  EXPECT_TRUE(IsTraceparent(NewTraceparent()));
  EXPECT_NE(NewTraceparent(), NewTraceparent());
}

TEST(TraceTest, KnowsAUuid) {
  EXPECT_TRUE(IsUuid("01a20955-e8da-71a9-840b-e3e6e2a209dc"));
  for (const char* wrong :
       {"", "01a20955e8da71a9840be3e6e2a209dc", "01a20955-e8da-71a9-840b-e3e6e2a209dg",
        "01A20955-E8DA-71A9-840B-E3E6E2A209DC", "01a20955-e8da-71a9-840b-e3e6e2a209dc "}) {
    EXPECT_FALSE(IsUuid(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace jinhuan::gateway
