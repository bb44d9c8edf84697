#include "alliance-svc/domain/role_rules.h"

#include <algorithm>

#include "jinhuan/alliance/v1/error_reason.pb.h"

namespace jinhuan::alliance {
namespace {

// What a grant names besides its role.
enum class Reach { kNotGranted, kMember, kAlliance, kInstallation };

Reach ReachOf(auth::v1::Role role) {
  switch (role) {
    case auth::v1::ROLE_STAFF:
    case auth::v1::ROLE_LIAISON:
      return Reach::kMember;
    case auth::v1::ROLE_STREET_ADMIN:
      return Reach::kAlliance;
    case auth::v1::ROLE_SYSTEM_ADMIN:
    case auth::v1::ROLE_SECURITY_ADMIN:
    case auth::v1::ROLE_AUDIT_ADMIN:
      return Reach::kInstallation;
    default:
      return Reach::kNotGranted;
  }
}

void CheckEmpty(std::string_view field, const std::string& value, Violations& violations) {
  violations.Check(field, value.empty(), "empty for this role", "该角色不填此项");
}

}  // namespace

bool IsAdministrator(auth::v1::Role role) { return ReachOf(role) == Reach::kInstallation; }

void CheckGrant(const auth::v1::Grant& grant, Violations& violations) {
  if (!violations.Require("grant.role", grant.role() != auth::v1::ROLE_UNSPECIFIED)) return;
  switch (ReachOf(grant.role())) {
    case Reach::kNotGranted:
      violations.Check("grant.role", false, "a role that people can hold", "可授予人员的角色");
      return;
    case Reach::kMember:
      if (violations.Require("grant.alliance", !grant.alliance().empty()) &&
          violations.Require("grant.member", !grant.member().empty())) {
        violations.Check("grant.member", grant.member().starts_with(grant.alliance() + "/members/"),
                         "a member of the grant's alliance", "所选联盟的成员单位");
      }
      return;
    case Reach::kAlliance:
      violations.Require("grant.alliance", !grant.alliance().empty());
      CheckEmpty("grant.member", grant.member(), violations);
      return;
    case Reach::kInstallation:
      CheckEmpty("grant.alliance", grant.alliance(), violations);
      CheckEmpty("grant.member", grant.member(), violations);
      return;
  }
}

bool SameGrant(const auth::v1::Grant& a, const auth::v1::Grant& b) {
  return a.role() == b.role() && a.alliance() == b.alliance() && a.member() == b.member();
}

absl::Status CheckExclusive(const Grants& held, auth::v1::Role role, const std::string& user) {
  const bool excluded = std::any_of(held.begin(), held.end(), [&](const auth::v1::Grant& grant) {
    return grant.role() != role && (IsAdministrator(role) || IsAdministrator(grant.role()));
  });
  if (!excluded) return absl::OkStatus();
  return Error(v1::ERROR_REASON_ROLES_EXCLUSIVE,
               {{"user", user}, {"role", auth::v1::Role_Name(role)}});
}

absl::Status CheckResettable(const Grants& held, const std::string& user) {
  for (const auth::v1::Grant& grant : held) {
    if (!IsAdministrator(grant.role()) || grant.role() == auth::v1::ROLE_SYSTEM_ADMIN) continue;
    return Error(v1::ERROR_REASON_ADMINISTRATOR_PASSWORD,
                 {{"user", user}, {"role", auth::v1::Role_Name(grant.role())}});
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::alliance
