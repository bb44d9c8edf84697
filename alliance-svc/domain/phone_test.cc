#include "alliance-svc/domain/phone.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

TEST(Phone, IsElevenDigitsBeginningWithOne) {
  EXPECT_TRUE(IsPhone("13812341234"));
  EXPECT_TRUE(IsPhone("19900000000"));
  for (const char* phone : {"", "1381234123", "138123412345", "23812341234", "1381234123a",
                            "138****1234", "+8613812341234", "１3812341"}) {
    EXPECT_FALSE(IsPhone(phone)) << phone;
  }
}

TEST(Phone, MaskKeepsThreeAndFour) {
  EXPECT_EQ(MaskPhone("13812341234"), "138****1234");
  EXPECT_EQ(MaskPhone(MaskPhone("13812341234")), "138****1234");
  EXPECT_EQ(MaskPhone(""), "");
  EXPECT_EQ(MaskPhone("1381234"), "****");
}

}  // namespace
}  // namespace jinhuan::alliance
