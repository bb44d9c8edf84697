#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/floor_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "platform/api/call.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Who stands for whom in a meeting. Changes are made in the transaction that `connection`
// is in and journalled there. Thread-safe.
class ProxyStore {
 public:
  ProxyStore(journal::Journal& journal, MeetingStore& meetings)
      : journal_(journal), meetings_(meetings) {}

  // Lets `holder_id` stand for `grantor_id`, instead of whom it was before. NOT_FOUND /
  // RESOURCE_NOT_FOUND; FAILED_PRECONDITION / STATE_WRONG, NOT_INVITED, PROXY_CHAINED,
  // PROXIES_TOO_MANY, GRANTOR_PRESENT, CHARTER_UNKNOWN.
  absl::StatusOr<v1::Proxy> Grant(db::Connection& connection, const api::Call& call,
                                  const MeetingKey& key, const std::string& grantor_id,
                                  const std::string& holder_id);

  // Ends a proxy. NOT_FOUND / RESOURCE_NOT_FOUND where there is none.
  absl::StatusOr<v1::Proxy> Revoke(db::Connection& connection, const api::Call& call,
                                   const MeetingKey& key, const std::string& grantor_id);

  // Up to `limit` proxies, by the unit that is stood for, after `after_grantor_id`.
  absl::StatusOr<std::vector<v1::Proxy>> List(db::Connection& connection, const MeetingKey& key,
                                              const std::string& after_grantor_id, int limit) const;

 private:
  absl::StatusOr<std::optional<v1::Proxy>> Find(db::Connection& connection, const MeetingKey& key,
                                                const std::string& grantor_id) const;
  absl::Status CheckInvited(db::Connection& connection, const MeetingKey& key,
                            const std::string& member_id) const;
  absl::Status CheckFree(db::Connection& connection, const api::Call& call, const MeetingKey& key,
                         const std::string& grantor_id, const std::string& holder_id) const;

  journal::Journal& journal_;
  MeetingStore& meetings_;
  FloorStore floor_;
  AllianceStore alliances_;
};

}  // namespace jinhuan::meeting
