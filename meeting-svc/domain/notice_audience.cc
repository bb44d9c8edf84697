#include "meeting-svc/domain/notice_audience.h"

#include <set>

namespace jinhuan::meeting {

std::vector<std::string> AudiencesOf(const auth::v1::Grant& grant) {
  switch (grant.role()) {
    case auth::v1::ROLE_LIAISON:
      return {LiaisonsOf(grant.member()), AllLiaisons(grant.alliance()),
              Everyone(grant.alliance())};
    case auth::v1::ROLE_STREET_ADMIN:
      return {TheStreet(grant.alliance()), Everyone(grant.alliance())};
    case auth::v1::ROLE_STAFF:
      return {Everyone(grant.alliance())};
    default:
      return {};
  }
}

bool HearsOfAnything(const auth::v1::Caller& caller) {
  return caller.grants_size() > 0 || caller.suspended_grants_size() > 0;
}

std::vector<std::string> AudiencesOf(const auth::v1::Caller& caller) {
  if (!HearsOfAnything(caller)) return {};
  std::set<std::string> audiences{ThePerson(caller.name())};
  for (const auth::v1::Grant& grant : caller.grants()) {
    const std::vector<std::string> more = AudiencesOf(grant);
    audiences.insert(more.begin(), more.end());
  }
  for (const auth::v1::Grant& grant : caller.suspended_grants()) {
    if (grant.role() == auth::v1::ROLE_LIAISON) audiences.insert(LiaisonsOf(grant.member()));
  }
  return {audiences.begin(), audiences.end()};
}

}  // namespace jinhuan::meeting
