#pragma once

#include <string>

#include "platform/api/call.h"
#include "platform/id.h"

namespace jinhuan::api {

// What a service does of itself, as the journal tells it: `service` is what it is called there
// ("services/resource-svc"), `method` the worker's ("jinhuan.resource.v1.Lottery/Keep"), and
// `alliance` may be set later.
inline Call OwnCall(std::string service, std::string method, IdSource& ids, absl::Time now,
                    absl::Time deadline, std::string alliance = "") {
  Call call;
  call.method = std::move(method);
  call.request = ids.NewId();
  call.caller.set_name(std::move(service));
  call.alliance = std::move(alliance);
  call.now = now;
  call.deadline = deadline;
  return call;
}

}  // namespace jinhuan::api
