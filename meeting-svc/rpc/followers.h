#pragma once

#include <string>

#include "meeting-svc/storage/stores.h"
#include "platform/rpc/follower.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// What meeting-svc knows of others: the facts that it keeps of alliance-svc and resource-svc,
// and the notices that every journal, its own too, gives rise to.
class Followers {
 public:
  // Where the others' journals are served: unix:/path or host:port.
  struct Targets {
    std::string alliance;
    std::string resource;
  };
  // All must outlive this.
  Followers(const Targets& targets, db::Pool& pool, const rpc::CallerTokenSigner& signer,
            const rpc::Runtime& runtime, Stores& stores);

  // Begins. `own`: this process's server, which serves its own journal.
  void Start(grpc::Server& own);

 private:
  rpc::Follower alliance_;
  rpc::Follower people_;
  rpc::Follower resource_;
  rpc::Follower needs_;
  rpc::Follower own_;
};

}  // namespace jinhuan::meeting
