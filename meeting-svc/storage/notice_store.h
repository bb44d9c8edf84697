#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "jinhuan/meeting/v1/notice.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/roll_store.h"
#include "platform/clock.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The inboxes, fed by the journals of the three services. A notice is kept once for each
// circle of people (notice_audience.h) and for half a year; what is read, by person.
// Thread-safe.
class NoticeStore {
 public:
  NoticeStore(const AllianceStore& alliances, const Clock& clock)
      : alliances_(alliances), clock_(clock) {}

  // Keeps what an entry tells, in the transaction that `connection` is in. An entry comes
  // once.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry) const;

  // Whose inbox: a person with the circles that it belongs to.
  struct Reader {
    std::string user;  // users/u
    std::vector<std::string> audiences;
  };

  // Where a page begins: behind this time and id.
  struct Position {
    absl::Time time = absl::FromUnixSeconds(253'402'300'799);  // the end of 9999
    std::string id = "~";                                      // behind every id
  };

  // Up to `limit` notices, the latest first.
  absl::StatusOr<std::vector<v1::Notice>> List(db::Connection& connection, const Reader& reader,
                                               bool unread_only, const Position& after,
                                               int limit) const;

  // How many are not read; kMostUnread for that many or more.
  static constexpr int kMostUnread = 100;
  absl::StatusOr<int> UnreadCount(db::Connection& connection, const Reader& reader) const;

  // Marks these notices as read, and everything up to `up_to`.
  absl::Status MarkRead(db::Connection& connection, const Reader& reader,
                        const std::vector<std::string>& ids, absl::Time up_to) const;

 private:
  absl::StatusOr<std::vector<std::string>> CirclesOf(db::Connection& connection,
                                                     const std::string& audience,
                                                     absl::Time time) const;
  absl::StatusOr<std::vector<std::string>> Chair(db::Connection& connection,
                                                 const std::string& alliance,
                                                 absl::Time time) const;

  const AllianceStore& alliances_;
  const Clock& clock_;
  RollStore roll_;
};

}  // namespace jinhuan::meeting
