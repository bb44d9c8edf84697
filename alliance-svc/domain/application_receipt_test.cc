#include "alliance-svc/domain/application_receipt.h"

#include <gmock/gmock.h>

namespace jinhuan::alliance {
namespace {

constexpr char kReceipt[] = "q83vEjRWeJCrze8SNFZ4kA";

TEST(ApplicationReceipt, WhoKnowsTheRequestIdUnveilsIt) {
  const std::string veiled = VeilReceipt(kReceipt, "r1");
  EXPECT_NE(veiled, kReceipt);
  EXPECT_THAT(veiled, ::testing::MatchesRegex("[A-Za-z0-9_-]{22}"));
  EXPECT_EQ(VeilReceipt(veiled, "r1"), kReceipt);
  EXPECT_NE(VeilReceipt(veiled, "r2"), kReceipt);
}

TEST(ApplicationReceipt, WithoutARequestIdNothingIsVeiled) {
  EXPECT_EQ(VeilReceipt(kReceipt, ""), kReceipt);
  EXPECT_EQ(VeilReceipt("", "r1"), "");
}

TEST(ApplicationReceipt, TheStoredRequestIdTellsNeitherItNorTheVeil) {
  EXPECT_THAT(HiddenRequestId("r1"), ::testing::MatchesRegex("[0-9a-f]{64}"));
  EXPECT_NE(HiddenRequestId("r1"), HiddenRequestId("r2"));
  EXPECT_NE(VeilReceipt(kReceipt, "r1"), VeilReceipt(kReceipt, HiddenRequestId("r1")));
  for (const std::string& id : {std::string(), std::string("a b"), std::string(65, 'a')}) {
    EXPECT_EQ(HiddenRequestId(id), id);
  }
}

}  // namespace
}  // namespace jinhuan::alliance
