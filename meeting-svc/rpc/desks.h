#pragma once

#include "meeting-svc/rpc/handover_checklist.h"
#include "meeting-svc/rpc/minutes_desk.h"
#include "meeting-svc/rpc/project_desk.h"
#include "meeting-svc/rpc/resolution_desk.h"
#include "meeting-svc/rpc/supervision.h"
#include "meeting-svc/storage/stores.h"

namespace jinhuan::meeting {

// What several services or keepers do with the stores.
struct Desks {
  Desks(db::Pool& pool, Stores& stores)
      : supervision(stores.alliances, stores.projects, stores.progress),
        resolutions({pool, stores.alliances, stores.meetings, stores.resolutions, stores.projects,
                     stores.ballots, stores.topics}),
        projects({pool, stores.alliances, stores.projects, stores.progress, stores.resolutions,
                  supervision}),
        minutes({pool, stores.alliances, stores.meetings, stores.ballots, stores.resolutions,
                 stores.minutes}),
        checklist(stores.alliances, stores.contacts, stores.meetings, stores.resolutions,
                  stores.projects, stores.requests) {}

  const Supervision supervision;
  const ResolutionDesk resolutions;
  const ProjectDesk projects;
  const MinutesDesk minutes;
  const HandoverChecklist checklist;
};

}  // namespace jinhuan::meeting
