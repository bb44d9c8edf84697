#include "meeting-svc/rpc/followers.h"

#include "jinhuan/alliance/v1/user_service.pb.h"
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
    JH_RETURN_IF_ERROR(stores.handovers.Apply(connection, entry));
    return stores.notices.Apply(connection, entry);
  };
}

// Whether whoever gave a person its password may have set its mail address: while it has that
// password, and when it has just changed it.
bool AnotherKnew(const journal::v1::Entry& entry, const alliance::v1::User& after) {
  alliance::v1::User before;
  return after.first_password() || (entry.before().UnpackTo(&before) && before.first_password());
}

// Who belongs to which circle, and whom to call in a unit; of whom is erased there, everything that
// is kept here.
Apply KeepPeople(const Stores& stores) {
  return [&stores](db::Connection& connection, const journal::v1::Entry& entry) -> absl::Status {
    JH_RETURN_IF_ERROR(stores.contacts.Apply(connection, entry));
    alliance::v1::User user;
    if (!entry.after().Is<alliance::v1::User>() || !entry.after().UnpackTo(&user)) {
      return absl::OkStatus();
    }
    JH_RETURN_IF_ERROR(stores.circles.Keep(connection, user));
    if (user.state() != alliance::v1::User::STATE_ERASED && !AnotherKnew(entry, user)) {
      return absl::OkStatus();
    }
    return stores.mail.Forget(connection, user.name());
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
                     const rpc::Runtime& runtime, Stores& stores)
    : alliance_(From("jinhuan.alliance.v1", targets.alliance), pool, signer, runtime.clock,
                runtime.metrics, KeepAlliance(stores)),
      people_(From("jinhuan.alliance.v1", targets.alliance, "jinhuan.alliance.v1 people"), pool,
              signer, runtime.clock, runtime.metrics, KeepPeople(stores)),
      resource_(From("jinhuan.resource.v1", targets.resource), pool, signer, runtime.clock,
                runtime.metrics, Tell(stores)),
      needs_(From("jinhuan.resource.v1", targets.resource, "jinhuan.resource.v1 needs"), pool,
             signer, runtime.clock, runtime.metrics, KeepNeeds(stores)),
      // What happens here is told as what happens elsewhere is: in the journal's order, once.
      own_(From("jinhuan.meeting.v1", ""), pool, signer, runtime.clock, runtime.metrics,
           Tell(stores)) {}

void Followers::Start(grpc::Server& own) {
  for (rpc::Follower* follower : {&alliance_, &people_, &resource_, &needs_}) follower->Start();
  own_.Start(&own);
}

}  // namespace jinhuan::meeting
