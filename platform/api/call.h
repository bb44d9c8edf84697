#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/auth/v1/access.pb.h"
#include "jinhuan/auth/v1/caller.pb.h"

namespace jinhuan::api {

// How far the caller's roles reach in this call.
struct Scope {
  auth::v1::Relation relation = auth::v1::RELATION_UNSPECIFIED;
  // The member units of the grants that reach RELATION_OWN_UNIT.
  std::vector<std::string> units;
  // The member units, each once, of all grants that let the caller in.
  std::vector<std::string> acting;
};

// One call, as the code behind Handle sees it.
struct Call {
  std::string method;   // jinhuan.resource.v1.BookingService/CreateBooking
  std::string request;  // the id under which logs and journal know the call
  auth::v1::Caller caller;
  std::string alliance;  // of the resource that is called on; may be empty
  Scope scope;
  absl::Time now;
  absl::Time deadline;
  std::string credential_id;  // which session or token the call came with; may be empty
  // Where the client is, as the gateway saw it, and how its program calls itself:
  // printable ASCII; empty for a call of the suite itself.
  std::string address;
  std::string user_agent;

  // Whether the caller may act on something that belongs to `user` (an account
  // name) and `member` (a unit's name); either may be empty for "nobody".
  bool Covers(std::string_view user, std::string_view member) const;

  // The unit that the caller acts for: `wanted` if a grant for it let the caller in
  // (or the scope is the whole alliance), the only such unit if `wanted` is empty;
  // else "".
  std::string ActingUnit(std::string_view wanted) const;

  // The grant that ties the caller to `member`; nullptr when there is none.
  const auth::v1::Grant* GrantFor(std::string_view member) const;
};

}  // namespace jinhuan::api
