#pragma once

#include "meeting-svc/rpc/handover_keeper.h"
#include "meeting-svc/rpc/project_keeper.h"
#include "meeting-svc/rpc/request_keeper.h"
#include "meeting-svc/storage/stores.h"

namespace jinhuan::meeting {

// What the clock does by itself, each on a thread of its own, from here to the end of this.
struct Keepers {
  Keepers(db::Pool& pool, Stores& stores, const Supervision& supervision, IdSource& ids,
          const Clock& clock)
      : projects({pool, stores.projects, supervision, ids, clock}),
        requests({pool, stores.requests, ids, clock}),
        handovers({pool, stores.handovers, ids, clock}) {}

  const ProjectKeeper projects;
  const RequestKeeper requests;
  const HandoverKeeper handovers;
};

}  // namespace jinhuan::meeting
