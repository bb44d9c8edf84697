#include "gateway/compression.h"

#include <gtest/gtest.h>

#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

TEST(CompressionTest, GoesThereAndBack) {
  for (const size_t size : {0, 1, 1000, 100'000, 1'000'000}) {
    std::string content;
    for (size_t i = 0; i < size; ++i) content += static_cast<char>(i * i % 251);
    EXPECT_EQ(*Gunzip(Gzip(content), 1'000'000), content) << size;
  }
}

TEST(GunzipTest, StopsABomb) {
  const std::string bomb = Gzip(std::string(64 << 20, '\0'));
  ASSERT_LT(bomb.size(), 512u * 1024);
  EXPECT_EQ(ReasonOf(Gunzip(bomb, 4 << 20).status()), "BODY_TOO_LARGE");
}

TEST(GunzipTest, TheLimitItselfIsAllowed) {
  const std::string packed = Gzip(std::string(1000, 'x'));
  EXPECT_TRUE(Gunzip(packed, 1000).ok());
  EXPECT_EQ(ReasonOf(Gunzip(packed, 999).status()), "BODY_TOO_LARGE");
}

TEST(GunzipTest, RefusesWhatIsBroken) {
  std::string packed = Gzip("hello hello hello");
  EXPECT_EQ(ReasonOf(Gunzip("plain", 100).status()), "MALFORMED_BODY");
  EXPECT_EQ(ReasonOf(Gunzip(packed.substr(0, packed.size() - 1), 100).status()), "MALFORMED_BODY");
  EXPECT_EQ(ReasonOf(Gunzip(packed + "x", 100).status()), "MALFORMED_BODY");
  packed[packed.size() - 6] ^= 1;  // in the checksum
  EXPECT_EQ(ReasonOf(Gunzip(packed, 100).status()), "MALFORMED_BODY");
}

}  // namespace
}  // namespace jinhuan::gateway
