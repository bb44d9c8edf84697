#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/minutes.pb.h"
#include "meeting-svc/storage/meeting_key.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Minutes, at most one a meeting. Changes are made in the transaction that `connection` is in
// and journalled there. Thread-safe.
class MinutesStore {
 public:
  explicit MinutesStore(journal::Journal& journal) : journal_(journal) {}

  // Nothing when none are drafted.
  absl::StatusOr<std::optional<v1::Minutes>> Find(db::Connection& connection,
                                                  const MeetingKey& key) const;

  // As Find; NOT_FOUND / RESOURCE_NOT_FOUND when none are drafted.
  absl::StatusOr<v1::Minutes> Get(db::Connection& connection, const MeetingKey& key) const;

  // Keeps a first draft. The primary key lets one of several in; for the
  // others the transaction runs again.
  absl::StatusOr<v1::Minutes> Insert(db::Connection& connection, const api::Call& call,
                                     const MeetingKey& key, v1::Minutes minutes) const;

  // The next number of the alliance's minutes in a year, which begins at `begin`: no two
  // transactions that commit get the same. The first of a year goes on from what was drafted in it.
  absl::StatusOr<int> TakeNumber(db::Connection& connection, const std::string& alliance, int year,
                                 absl::Time begin) const;

  // Keeps `after` if the stored ones are still `before`; else the transaction runs
  // again.
  absl::StatusOr<v1::Minutes> Update(db::Connection& connection, const api::Call& call,
                                     const MeetingKey& key, const v1::Minutes& before,
                                     v1::Minutes after) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::meeting
