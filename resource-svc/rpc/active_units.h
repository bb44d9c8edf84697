#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/connection.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/member_store.h"

namespace jinhuan::resource {

// Which units are active, each asked for once: for one transaction that decides over many people of
// few units. Not thread-safe.
class ActiveUnits {
 public:
  explicit ActiveUnits(MemberStore& members) : members_(members) {}

  // Whether there is a member of that name, and it is active.
  absl::StatusOr<bool> Has(db::Connection& connection, const std::string& member) {
    const auto [known, fresh] = known_.try_emplace(member);
    if (fresh) {
      JH_ASSIGN_OR_RETURN(known->second, members_.IsActive(connection, member));
    }
    return known->second;
  }

 private:
  MemberStore& members_;
  std::map<std::string, bool> known_;
};

}  // namespace jinhuan::resource
