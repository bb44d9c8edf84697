#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/resolution.pb.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// What meetings decided. Whoever changes it has claimed the meeting's row first. Changes are
// journalled in their transaction. Thread-safe.
class ResolutionStore {
 public:
  ResolutionStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  // RESOURCE_EXHAUSTED / RESOLUTIONS_FULL once a meeting has 200.
  absl::StatusOr<v1::Resolution> Record(db::Connection& connection, const api::Call& call,
                                        v1::Resolution resolution) const;

  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<v1::Resolution> Get(db::Connection& connection, const std::string& name) const;

  // Keeps `after` if the stored one is still `before`; else the transaction runs again.
  absl::StatusOr<v1::Resolution> Update(db::Connection& connection, const api::Call& call,
                                        const v1::Resolution& before, v1::Resolution after) const;

  // Takes one away; the journal keeps it, with the reason. NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::Status Withdraw(db::Connection& connection, const api::Call& call, const std::string& name,
                        const std::string& reason) const;

  // Up to `limit` resolutions with ids before `before_id`, the latest first, in `state`
  // unless it is unspecified.
  absl::StatusOr<std::vector<v1::Resolution>> List(db::Connection& connection,
                                                   const std::string& alliance,
                                                   v1::Resolution::State state,
                                                   const std::string& before_id, int limit) const;
  // As List, of a meeting.
  absl::StatusOr<std::vector<v1::Resolution>> ListOf(db::Connection& connection,
                                                     const MeetingKey& meeting,
                                                     v1::Resolution::State state,
                                                     const std::string& before_id, int limit) const;

  // All of a meeting, in the order of recording.
  absl::StatusOr<std::vector<v1::Resolution>> All(db::Connection& connection,
                                                  const MeetingKey& meeting) const;

 private:
  journal::Journal& journal_;
  IdSource& ids_;
};

}  // namespace jinhuan::meeting
