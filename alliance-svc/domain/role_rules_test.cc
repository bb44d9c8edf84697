#include "alliance-svc/domain/role_rules.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

using auth::v1::Role;

auth::v1::Grant MakeGrant(Role role, const std::string& alliance, const std::string& member) {
  auth::v1::Grant grant;
  grant.set_role(role);
  grant.set_alliance(alliance);
  grant.set_member(member);
  return grant;
}

constexpr char kAlliance[] = "alliances/a1";
constexpr char kMember[] = "alliances/a1/members/m1";

TEST(RoleRules, EachRoleNamesWhatItNeeds) {
  const struct {
    Role role;
    const char* alliance;
    const char* member;
    const char* reason;
  } cases[] = {
      {auth::v1::ROLE_STAFF, kAlliance, kMember, ""},
      {auth::v1::ROLE_LIAISON, kAlliance, kMember, ""},
      {auth::v1::ROLE_LIAISON, kAlliance, "", "FIELD_REQUIRED"},
      {auth::v1::ROLE_LIAISON, "", kMember, "FIELD_REQUIRED"},
      {auth::v1::ROLE_LIAISON, "alliances/a", kMember, "FIELD_INVALID"},
      {auth::v1::ROLE_STAFF, kAlliance, "alliances/a2/members/m1", "FIELD_INVALID"},
      {auth::v1::ROLE_STREET_ADMIN, kAlliance, "", ""},
      {auth::v1::ROLE_STREET_ADMIN, "", "", "FIELD_REQUIRED"},
      {auth::v1::ROLE_STREET_ADMIN, kAlliance, kMember, "FIELD_INVALID"},
      {auth::v1::ROLE_SYSTEM_ADMIN, "", "", ""},
      {auth::v1::ROLE_SECURITY_ADMIN, "", "", ""},
      {auth::v1::ROLE_AUDIT_ADMIN, "", "", ""},
      {auth::v1::ROLE_AUDIT_ADMIN, kAlliance, "", "FIELD_INVALID"},
      {auth::v1::ROLE_SYSTEM, kAlliance, "", "FIELD_INVALID"},
      {auth::v1::ROLE_INTERNAL, "", "", "FIELD_INVALID"},
      {auth::v1::ROLE_CHAIR, kAlliance, kMember, "FIELD_INVALID"},  // the term gives it
      {auth::v1::ROLE_UNSPECIFIED, "", "", "FIELD_REQUIRED"},
      {static_cast<Role>(77), "", "", "FIELD_INVALID"},
  };
  for (const auto& c : cases) {
    Violations violations;
    CheckGrant(MakeGrant(c.role, c.alliance, c.member), violations);
    EXPECT_EQ(ReasonOf(violations.ToStatus()), c.reason)
        << c.role << " " << c.alliance << " " << c.member;
  }
}

// Over every pair of roles: an administrator goes with nothing but itself, all
// others go together.
TEST(RoleRules, AdministratorsExcludeEverythingElse) {
  for (int held = auth::v1::ROLE_STAFF; held <= auth::v1::ROLE_AUDIT_ADMIN; ++held) {
    Grants grants;
    grants.Add()->set_role(static_cast<Role>(held));
    for (int wanted = auth::v1::ROLE_STAFF; wanted <= auth::v1::ROLE_AUDIT_ADMIN; ++wanted) {
      const bool administrator =
          held >= auth::v1::ROLE_SYSTEM_ADMIN || wanted >= auth::v1::ROLE_SYSTEM_ADMIN;
      const bool allowed = held == wanted || !administrator;
      EXPECT_EQ(ReasonOf(CheckExclusive(grants, static_cast<Role>(wanted), "users/u1")),
                allowed ? "" : "ROLES_EXCLUSIVE")
          << held << " " << wanted;
    }
  }
  EXPECT_TRUE(CheckExclusive({}, auth::v1::ROLE_AUDIT_ADMIN, "users/u1").ok());
}

TEST(RoleRules, NobodyElseSetsThePasswordOfSecurityAndAudit) {
  for (int held = auth::v1::ROLE_STAFF; held <= auth::v1::ROLE_AUDIT_ADMIN; ++held) {
    Grants grants;
    grants.Add()->set_role(static_cast<Role>(held));
    const bool kept = held == auth::v1::ROLE_SECURITY_ADMIN || held == auth::v1::ROLE_AUDIT_ADMIN;
    EXPECT_EQ(ReasonOf(CheckResettable(grants, "users/u1")), kept ? "ADMINISTRATOR_PASSWORD" : "")
        << held;
  }
  EXPECT_TRUE(CheckResettable({}, "users/u1").ok());
}

TEST(RoleRules, SameGrantLooksAtRoleAllianceAndMember) {
  const auto grant = MakeGrant(auth::v1::ROLE_STAFF, kAlliance, kMember);
  auto filled = grant;
  filled.set_member_display_name("中环银行");
  EXPECT_TRUE(SameGrant(grant, filled));
  EXPECT_FALSE(SameGrant(grant, MakeGrant(auth::v1::ROLE_LIAISON, kAlliance, kMember)));
  EXPECT_FALSE(SameGrant(grant, MakeGrant(auth::v1::ROLE_STAFF, kAlliance, "x")));
}

}  // namespace
}  // namespace jinhuan::alliance
