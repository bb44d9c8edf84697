#include "gateway/gate.h"

#include <gtest/gtest.h>

#include "gateway/testing/test_backend.h"
#include "platform/rpc/caller_token.h"

namespace jinhuan::gateway {
namespace {

TEST(CallerInTest, IsTheSameUntilTheCallerIsAnother) {
  const auto signer = rpc::CallerTokenSigner::FromSeed(kTestSeed);
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  auth::v1::Caller caller;
  caller.set_name("users/u1");
  const auto sign = [&](absl::Time at) {
    return CallerIn({{"traceparent", "x"}, {rpc::kCallerMetadata, signer->Sign(caller, "a", at)}});
  };
  const std::string before = sign(now);
  EXPECT_NE(before, "");
  EXPECT_EQ(sign(now + absl::Seconds(40)), before);
  caller.add_grants()->set_role(auth::v1::ROLE_INTERNAL);
  EXPECT_NE(sign(now), before);
  EXPECT_EQ(CallerIn({{"traceparent", "x"}}), "");
}

}  // namespace
}  // namespace jinhuan::gateway
