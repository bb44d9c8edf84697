#pragma once

#include "jinhuan/auth/v1/caller.pb.h"

namespace jinhuan::gateway {

// The gateway as a caller of services, for what it asks in nobody's name.
inline auth::v1::Caller Self() {
  auth::v1::Caller self;
  self.set_name("services/gateway");
  self.add_grants()->set_role(auth::v1::ROLE_INTERNAL);
  return self;
}

}  // namespace jinhuan::gateway
