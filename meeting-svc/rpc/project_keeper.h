#pragma once

#include "meeting-svc/rpc/supervision.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"

namespace jinhuan::meeting {

// Does what the clock does to projects and their milestones (NextStep, NextMilestoneStep): reminds
// before a due date, supervises a project and tells of a milestone once it is over. Any number of
// processes may: a project moves by compare-and-swap, so once.
class ProjectKeeper {
 public:
  struct Deps {
    db::Pool& pool;
    const AllianceStore& alliances;
    const ProjectStore& projects;
    const Supervision& supervision;
    IdSource& ids;
    const Clock& clock;
  };

  // Starts the thread, which looks every ten seconds.
  explicit ProjectKeeper(const Deps& deps);

  // What the thread does each time, until nothing is due. Returns how many steps it made.
  static absl::StatusOr<int> Keep(const Deps& deps, absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::meeting
