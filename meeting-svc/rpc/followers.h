#pragma once

#include <string>

#include "meeting-svc/storage/stores.h"
#include "platform/rpc/follower.h"

namespace jinhuan::meeting {

// What meeting-svc knows of others: the facts that it keeps of alliance-svc and resource-svc,
// and the notices that every journal, its own too, gives rise to.
class Followers {
 public:
  // Where the journals are served: unix:/path or host:port.
  struct Targets {
    std::string alliance;
    std::string resource;
    std::string own;
  };
  // All must outlive this.
  Followers(const Targets& targets, db::Pool& pool, const rpc::CallerTokenSigner& signer,
            const Clock& clock, Stores& stores);

  // Begins; once this process is about to serve its own journal.
  void Start();

 private:
  rpc::Follower alliance_;
  rpc::Follower resource_;
  rpc::Follower needs_;
  rpc::Follower own_;
};

}  // namespace jinhuan::meeting
