#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/mail_settings.pb.h"
#include "meeting-svc/storage/mail_outbox.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// The addresses of people. What comes out has them in full, but for the journal, which gets them
// masked; `available` is not set. Changes are those of the call's caller. Thread-safe.
class MailSettingsStore {
 public:
  // `secret`: what codes are made with.
  MailSettingsStore(journal::Journal& journal, IdSource& ids, const MailOutbox& outbox,
                    std::string secret)
      : journal_(journal), ids_(ids), outbox_(outbox), secret_(std::move(secret)) {}

  // Those of `users/u`; where nothing is kept, as they are without an address.
  absl::StatusOr<v1::MailSettings> Get(db::Connection& connection, const std::string& user) const;

  // Notes `address` as the one that a code goes to, and the code in the outbox. The address that
  // is confirmed already, and taken, needs none. RATE_LIMITED.
  absl::Status Name(db::Connection& connection, const api::Call& call, const std::string& address,
                    const std::string& language_code) const;

  // Counts a try of the code that waits, for a transaction of its own before Confirm, so that
  // it stays counted; how many are left after it, negative when the code does not count (any more).
  absl::StatusOr<int> CountTry(db::Connection& connection, const api::Call& call) const;

  // Confirms the address that waits. `tries_left`: from CountTry. MAIL_CODE_WRONG,
  // MAIL_CODE_EXPIRED.
  absl::Status Confirm(db::Connection& connection, const api::Call& call, const std::string& code,
                       int tries_left) const;

  // Sets choice and language to what `edit` makes of the settings that are kept, which it gets as
  // no other change can alter them any more; its error ends the change. RESOURCE_NOT_FOUND without
  // an address.
  absl::Status Update(db::Connection& connection, const api::Call& call,
                      absl::FunctionRef<absl::Status(v1::MailSettings&)> edit) const;

  // Forgets the addresses; how many codes were sent stays known.
  absl::Status Remove(db::Connection& connection, const api::Call& call) const;

  // Forgets everything of a person.
  absl::Status Forget(db::Connection& connection, const std::string& user) const;

  // Where a letter goes now, and in what language; for a code the code, too. An empty address:
  // nowhere, as its person has changed something meanwhile.
  struct Destination {
    std::string address;
    std::string language_code;
    std::string code;
  };
  absl::StatusOr<Destination> DestinationOf(db::Connection& connection,
                                            const MailOutbox::Letter& letter, absl::Time now) const;

  // Notes that a mail server refuses the address, if it still is the person's.
  absl::Status Refuse(db::Connection& connection, const api::Call& call,
                      const MailOutbox::Letter& letter, const std::string& address) const;

 private:
  struct Stored;
  absl::StatusOr<Stored> Read(db::Connection& connection, const std::string& user) const;
  absl::Status Put(db::Connection& connection, const api::Call& call, const Stored& before,
                   const Stored& after) const;

  journal::Journal& journal_;
  IdSource& ids_;
  const MailOutbox& outbox_;
  const std::string secret_;
};

}  // namespace jinhuan::meeting
