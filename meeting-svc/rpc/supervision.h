#pragma once

#include <string>

#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/progress_store.h"
#include "meeting-svc/storage/project_store.h"

namespace jinhuan::meeting {

// What issues supervision notices, by hand or by the clock. Thread-safe.
class Supervision {
 public:
  Supervision(const AllianceStore& alliances, const ProjectStore& projects,
              const ProgressStore& progress)
      : alliances_(alliances), projects_(projects), progress_(progress) {}

  // Issues a notice on a project that is not accepted, to be answered in the charter's working
  // days. FAILED_PRECONDITION / STATE_WRONG, CHARTER_UNKNOWN.
  absl::StatusOr<v1::SupervisionNotice> Issue(db::Connection& connection, const api::Call& call,
                                              const v1::Project& project, const std::string& demand,
                                              bool automatic) const;

 private:
  const AllianceStore& alliances_;
  const ProjectStore& projects_;
  const ProgressStore& progress_;
};

}  // namespace jinhuan::meeting
