#include "alliance-svc/storage/chair_grants.h"

#include <map>
#include <vector>

#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {

absl::Status AddChairGrants(db::Connection& connection, const RotationRecordStore& rotations,
                            absl::Time now, auth::v1::Caller& caller) {
  std::map<std::string, std::vector<ActingInterval>> acting;  // by alliance
  std::vector<auth::v1::Grant> chairs;
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (grant.role() != auth::v1::ROLE_LIAISON) continue;
    const auto [found, asked] = acting.try_emplace(grant.alliance());
    if (asked) {
      JH_ASSIGN_OR_RETURN(found->second, rotations.ActingIn(connection, grant.alliance(), now,
                                                            now + kChairGrantsAhead));
    }
    for (const ActingInterval& interval : found->second) {
      if (interval.member != grant.member()) continue;
      auth::v1::Grant& chair = chairs.emplace_back(grant);
      chair.set_role(auth::v1::ROLE_CHAIR);
      *chair.mutable_start_time() = api::ToProto(interval.start);
      *chair.mutable_expire_time() = api::ToProto(interval.end);
    }
  }
  for (auth::v1::Grant& chair : chairs) *caller.add_grants() = std::move(chair);
  return absl::OkStatus();
}

}  // namespace jinhuan::alliance
