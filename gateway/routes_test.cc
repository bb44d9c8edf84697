#include "gateway/routes.h"

#include <gtest/gtest.h>

namespace jinhuan::gateway {
namespace {

class RoutesTest : public testing::Test {
 protected:
  const Method& At(const std::string& path) {
    const Method* method = routes_.Find(path);
    EXPECT_NE(method, nullptr) << path;
    return *method;
  }

  rpc::Metrics metrics_;
  Routes routes_{{{"jinhuan.alliance.v1", 0}, {"jinhuan.test.v1", 7}}, metrics_};
};

TEST_F(RoutesTest, ComeFromTheDescriptors) {
  const Method& look = At("/jinhuan.test.v1.EchoService/Look");
  EXPECT_EQ(look.name, "jinhuan.test.v1.EchoService/Look");
  EXPECT_EQ(look.audience, "jinhuan.test.v1");
  EXPECT_EQ(look.backend, 7u);
  EXPECT_TRUE(look.safe);
  EXPECT_TRUE(look.open);
  EXPECT_FALSE(look.signs_in);
  const Method& say = At("/jinhuan.test.v1.EchoService/Say");
  EXPECT_FALSE(say.safe);
  EXPECT_FALSE(say.open);
}

TEST_F(RoutesTest, KnowTheKind) {
  EXPECT_EQ(At("/jinhuan.test.v1.EchoService/Say").kind, Kind::kUnary);
  EXPECT_EQ(At("/jinhuan.test.v1.EchoService/Count").kind, Kind::kServerStream);
  EXPECT_EQ(At("/jinhuan.test.v1.EchoService/Sum").kind, Kind::kClientStream);
  EXPECT_EQ(At("/jinhuan.test.v1.EchoService/Chat").kind, Kind::kBidiStream);
}

TEST_F(RoutesTest, KnowWherePasswordsGo) {
  EXPECT_TRUE(At("/jinhuan.alliance.v1.AuthService/SignIn").signs_in);
  EXPECT_TRUE(At("/jinhuan.alliance.v1.AuthService/IssueToken").signs_in);
  EXPECT_FALSE(At("/jinhuan.alliance.v1.AuthService/SignOut").signs_in);
}

TEST_F(RoutesTest, LeaveOutWhatIsInternalOrUnknown) {
  for (const char* path :
       {"/jinhuan.auth.v1.CredentialService/ResolveCredential", "/no.Such/Thing", "", "/",
        "jinhuan.test.v1.EchoService/Say", "/jinhuan.test.v1.EchoService/Say/",
        "/jinhuan.resource.v1.BookingService/GetBooking"}) {
    EXPECT_EQ(routes_.Find(path), nullptr) << path;
  }
}

}  // namespace
}  // namespace jinhuan::gateway
