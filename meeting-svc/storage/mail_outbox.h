#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/notice.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The mails that wait to be sent, and for a week what became of them. Which mail is tried by
// which process is decided by its row; so it is sent once, or again where a process died before
// it had noted that it was. Thread-safe.
class MailOutbox {
 public:
  // Notes a notice for all of a circle who hear of such by mail, in the transaction that
  // `connection` is in. What happened more than a day ago is not mailed.
  struct News {
    std::string id;      // of the notice
    std::string circle;  // notice_audience.h
    const v1::Notice& notice;
    absl::Time time;  // when it happened
  };
  absl::Status Add(db::Connection& connection, const News& news, absl::Time now) const;

  // Notes a code for the address that a person wants to confirm.
  absl::Status AddCode(db::Connection& connection, const std::string& user_id,
                       const std::string& code_id, absl::Time now) const;

  enum class Kind { kNotice = 1, kCode = 2 };
  struct Letter {
    std::string id;
    std::string user_id;
    int tries = 0;  // those that have begun
    Kind kind = Kind::kNotice;
    absl::Time create_time;
    v1::Notice notice;
  };

  // Up to `limit` mails whose time has come.
  absl::StatusOr<std::vector<Letter>> Due(db::Connection& connection, absl::Time now,
                                          int limit) const;

  // Takes one for a try, for as long as no try takes; false where another process did. Counts the
  // try in `letter`.
  absl::StatusOr<bool> Take(db::Connection& connection, Letter& letter, absl::Time now) const;

  // What became of a try; nothing changes where another process has taken the mail since.
  enum class State { kWaits = 1, kSent = 2, kFailed = 3, kDropped = 4 };
  absl::Status Note(db::Connection& connection, const Letter& letter, State state,
                    absl::Time due) const;

  // Drops what waits for more than a day, forgets what was done a week ago, some of it at a time;
  // returns how much.
  absl::StatusOr<int64_t> CleanUp(db::Connection& connection, absl::Time now) const;
  absl::Status Forget(db::Connection& connection, const std::string& user_id) const;

  absl::StatusOr<int64_t> CountWaiting(db::Connection& connection) const;
};

}  // namespace jinhuan::meeting
