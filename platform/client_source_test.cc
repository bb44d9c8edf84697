#include "platform/client_source.h"

#include <gtest/gtest.h>

namespace jinhuan {
namespace {

TEST(ClientSource, IsTheAddressOrTheSubscribersNetwork) {
  EXPECT_EQ(SourceOf("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(SourceOf("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(SourceOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(SourceOf("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_NE(SourceOf("2001:db8:1:3::9"), "2001:db8:1:2::/64");
  for (const char* unknown : {"", "unix:", "10.0.0", "a;b"}) EXPECT_EQ(SourceOf(unknown), "-");
  EXPECT_EQ(SourceOf(std::string("192.0.2.7\0;", 11)), "-");
}

}  // namespace
}  // namespace jinhuan
