#include "alliance-svc/rpc/bootstrap.h"

#include <atomic>
#include <fstream>

#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

class BootstrapTest : public ServiceFixture {
 protected:
  absl::Status Start(const std::string& path) {
    return BootstrapFromFile(database_->pool(), stores_.users, hasher_, ids_, clock_, options_,
                             path);
  }

  std::vector<v1::User> Users() {
    const auto users =
        Call(*users_, &v1::UserService::Stub::ListUsers, system_admin_, v1::ListUsersRequest());
    EXPECT_TRUE(users.ok()) << users.status();
    return {users->users().begin(), users->users().end()};
  }
};

TEST_F(BootstrapTest, OfTwoAtOnceOneCreatesTheAccounts) {
  const std::vector<BootstrapAccount> accounts = {
      {"sysadmin", kPassword, auth::v1::ROLE_SYSTEM_ADMIN, "系统管理员"},
      {"secadmin", kPassword, auth::v1::ROLE_SECURITY_ADMIN, "安全管理员"},
      {"audadmin", kPassword, auth::v1::ROLE_AUDIT_ADMIN, "审计管理员"}};
  AtOnce(4, [&](int) {
    const absl::Status status =
        Bootstrap(database_->pool(), stores_.users, hasher_, ids_, clock_, options_, accounts);
    EXPECT_TRUE(status.ok()) << status;
  });
  const auto users = Users();
  ASSERT_EQ(users.size(), 3u);
  for (const v1::User& user : users) EXPECT_EQ(user.grants_size(), 1);
  const auto entries = Entries();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].actor(), "services/alliance-svc");
  EXPECT_TRUE(SignIn("sysadmin", kPassword).ok());
}

TEST_F(BootstrapTest, ReadsTheFileOnlyWhileThereIsNoUser) {
  const std::string missing = ::testing::TempDir() + "no-such-bootstrap-file";
  EXPECT_EQ(Start(missing).code(), absl::StatusCode::kNotFound);
  MakeUser("li.wei");
  EXPECT_TRUE(Start(missing).ok());
  EXPECT_EQ(Users().size(), 1u);
}

}  // namespace
}  // namespace jinhuan::alliance
