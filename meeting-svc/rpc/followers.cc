#include "meeting-svc/rpc/followers.h"

#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using Apply = rpc::Follower::Apply;

// Keeps what an entry tells to whom.
Apply Tell(const Stores& stores) {
  return [&stores](db::Connection& connection, const journal::v1::Entry& entry) {
    return stores.notices.Apply(connection, entry);
  };
}

Apply KeepAlliance(Stores& stores) {
  return [&stores](db::Connection& connection, const journal::v1::Entry& entry) -> absl::Status {
    JH_RETURN_IF_ERROR(stores.alliances.Apply(connection, entry));
    return stores.notices.Apply(connection, entry);
  };
}

Apply KeepNeeds(const Stores& stores) {
  return [&stores](db::Connection& connection, const journal::v1::Entry& entry) {
    return stores.needs.Apply(connection, entry);
  };
}

rpc::Follower::Options From(const char* source, const std::string& target,
                            const char* cursor = "") {
  return {.source = source, .target = target, .self = "services/meeting-svc", .cursor = cursor};
}

}  // namespace

Followers::Followers(const Targets& targets, db::Pool& pool, const rpc::CallerTokenSigner& signer,
                     const Clock& clock, Stores& stores)
    : alliance_(From("jinhuan.alliance.v1", targets.alliance), pool, signer, clock,
                KeepAlliance(stores)),
      resource_(From("jinhuan.resource.v1", targets.resource), pool, signer, clock, Tell(stores)),
      needs_(From("jinhuan.resource.v1", targets.resource, "jinhuan.resource.v1 needs"), pool,
             signer, clock, KeepNeeds(stores)),
      // What happens here is told as what happens elsewhere is: in the journal's order, once.
      own_(From("jinhuan.meeting.v1", targets.own), pool, signer, clock, Tell(stores)) {}

void Followers::Start() {
  for (rpc::Follower* follower : {&alliance_, &resource_, &needs_, &own_}) follower->Start();
}

}  // namespace jinhuan::meeting
