#include "meeting-svc/domain/notice_audience.h"

#include <set>

namespace jinhuan::meeting {

std::vector<std::string> AudiencesOf(const auth::v1::Caller& caller) {
  std::set<std::string> audiences{ThePerson(caller.name())};
  for (const auth::v1::Grant& grant : caller.grants()) {
    switch (grant.role()) {
      case auth::v1::ROLE_LIAISON:
        audiences.insert(LiaisonsOf(grant.member()));
        audiences.insert(AllLiaisons(grant.alliance()));
        audiences.insert(Everyone(grant.alliance()));
        break;
      case auth::v1::ROLE_STREET_ADMIN:
        audiences.insert(TheStreet(grant.alliance()));
        audiences.insert(Everyone(grant.alliance()));
        break;
      case auth::v1::ROLE_STAFF:
        audiences.insert(Everyone(grant.alliance()));
        break;
      default:
        break;
    }
  }
  return {audiences.begin(), audiences.end()};
}

}  // namespace jinhuan::meeting
