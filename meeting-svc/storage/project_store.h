#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Projects. A change is a compare-and-swap on the version, and journalled in its transaction.
// What is read says whether it is overdue at `now`. Thread-safe.
class ProjectStore {
 public:
  ProjectStore(journal::Journal& journal, IdSource& ids, const AllianceStore& alliances)
      : journal_(journal), ids_(ids), alliances_(alliances) {}

  // Keeps a new project that is valid, as RUNNING. Errors: NOT_FOUND / RESOURCE_NOT_FOUND and
  // FAILED_PRECONDITION / STATE_WRONG for its units.
  absl::StatusOr<v1::Project> Create(db::Connection& connection, const api::Call& call,
                                     v1::Project project) const;

  // The project that carries out a resolution, which is complete; `proposer` is the unit whose
  // topic it came from, and may be empty.
  absl::StatusOr<v1::Project> CreateFromResolution(db::Connection& connection,
                                                   const api::Call& call,
                                                   const v1::Resolution& resolution,
                                                   const std::string& proposer) const;

  // Fills in what the responsible unit is called. NOT_FOUND / RESOURCE_NOT_FOUND where a unit that
  // the project names is not there, FAILED_PRECONDITION / STATE_WRONG where one that comes to work
  // on it is not active: who did `before` and is suspended since stops nobody's edit.
  absl::Status CheckUnits(db::Connection& connection, const v1::Project& before,
                          v1::Project& project) const;

  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<v1::Project> Get(db::Connection& connection, const std::string& name,
                                  absl::Time now) const;

  // Keeps `after` if the stored one is still `before`; else the transaction runs again.
  absl::StatusOr<v1::Project> Update(db::Connection& connection, const api::Call& call,
                                     const v1::Project& before, v1::Project after) const;

  struct Filter {
    v1::Project::State state = v1::Project::STATE_UNSPECIFIED;
    std::string lead_id;  // empty: every unit's
    bool overdue = false;
    // Only those that have a milestone that is overdue; few, so the others are looked at row by
    // row.
    bool overdue_milestones = false;
  };
  // Where a page begins: behind this due day (days since 1970) and id.
  struct Position {
    int64_t due_day = -1'000'000;
    std::string id;
  };
  // Up to `limit` projects, the earliest due date first.
  absl::StatusOr<std::vector<v1::Project>> List(db::Connection& connection,
                                                const std::string& alliance, const Filter& filter,
                                                const Position& after, int limit,
                                                absl::Time now) const;

  // The projects of an alliance that are overdue at `now`, the earliest due date first; as many
  // as an agenda has items.
  absl::StatusOr<std::vector<v1::Project>> Overdue(db::Connection& connection,
                                                   const std::string& alliance,
                                                   absl::Time now) const;

  // The names of up to `limit` projects to which, or to whose milestones, the clock does something
  // at `now`. Names alone: a row that can't be read must not hold up the others.
  absl::StatusOr<std::vector<std::string>> Due(db::Connection& connection, absl::Time now,
                                               int limit) const;

  // Works out anew when the clock does something to it, unless another changed it since it was
  // read. Nothing of the project changes, so nothing is journalled.
  absl::Status Reschedule(db::Connection& connection, const v1::Project& project) const;

  // Puts off what is due at `now` until `then`: for what can't be done now.
  absl::Status Postpone(db::Connection& connection, const std::string& name, absl::Time now,
                        absl::Time then) const;

 private:
  // When the clock does something, and by which day a milestone is due.
  struct Steps {
    std::optional<absl::Time> project;
    std::optional<absl::Time> milestone;
    db::Value milestone_day;
  };
  absl::StatusOr<Steps> StepsOf(db::Connection& connection, const v1::Project& project) const;

  journal::Journal& journal_;
  IdSource& ids_;
  const AllianceStore& alliances_;
};

}  // namespace jinhuan::meeting
