#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "jinhuan/meeting/v1/notice.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/invitation_store.h"
#include "meeting-svc/storage/mail_outbox.h"
#include "meeting-svc/storage/roll_store.h"
#include "platform/api/time_position.h"
#include "platform/clock.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The inboxes, fed by the journals of the three services. A notice is kept once for each
// circle of people (notice_audience.h) and for half a year; what is read, by person.
// Thread-safe.
class NoticeStore {
 public:
  NoticeStore(const AllianceStore& alliances, const MailOutbox& outbox, const Clock& clock)
      : alliances_(alliances), outbox_(outbox), clock_(clock) {}

  // Keeps what an entry tells, and notes it for who hears of it by mail, in the transaction that
  // `connection` is in. An entry comes once.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry) const;

  // Whose inbox: a person with the circles that it belongs to.
  struct Reader {
    std::string user;  // users/u
    std::vector<std::string> audiences;
  };

  // Where a page begins: behind this time and id.
  using Position = api::TimePosition;

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

  // Deletes up to `limit` notices that are older than half a year, or what is noted as read for
  // longer; returns how many.
  absl::StatusOr<int64_t> ForgetOld(db::Connection& connection, absl::Time now, int limit) const;
  absl::StatusOr<int64_t> ForgetOldRead(db::Connection& connection, absl::Time now,
                                        int limit) const;

 private:
  absl::StatusOr<std::vector<std::string>> CirclesOf(db::Connection& connection,
                                                     const std::string& audience,
                                                     absl::Time time) const;
  absl::StatusOr<std::vector<std::string>> Chair(db::Connection& connection,
                                                 const std::string& alliance,
                                                 absl::Time time) const;

  const AllianceStore& alliances_;
  const MailOutbox& outbox_;
  const Clock& clock_;
  RollStore roll_;
  InvitationStore invitations_;
};

}  // namespace jinhuan::meeting
