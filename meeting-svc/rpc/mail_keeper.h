#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "meeting-svc/rpc/mail_flags.h"
#include "meeting-svc/storage/mail_outbox.h"
#include "meeting-svc/storage/mail_settings_store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"

namespace jinhuan::meeting {

// Sends the mails of the outbox, and cleans it up. Any number of processes may: each takes a mail
// by its row first. A mail is noted as sent after it was; where a process dies in between, it is
// sent again, with the same Message-ID.
class MailKeeper {
 public:
  struct Deps {
    db::Pool& pool;
    const MailOutbox& outbox;
    const MailSettingsStore& settings;
    IdSource& ids;
    const Clock& clock;
    prometheus::Registry& metrics;
  };

  // Starts the threads: one looks for mails every two seconds, where `options` say how they are
  // sent, the other cleans up.
  MailKeeper(const Deps& deps, std::optional<MailOptions> options);
  // Leaves a mail that is under way; it is taken up again later.
  ~MailKeeper();

 private:
  absl::StatusOr<int> SendDue(absl::Time now);
  absl::StatusOr<std::optional<MailSettingsStore::Destination>> TakeLetter(
      MailOutbox::Letter& letter, absl::Time now);
  std::string MessageFor(const MailOutbox::Letter& letter,
                         const MailSettingsStore::Destination& to) const;
  absl::Status Note(const MailOutbox::Letter& letter, const std::string& address,
                    MailOutcome outcome);
  absl::StatusOr<int> CleanUp(absl::Time now);

  const Deps deps_;
  const std::optional<MailOptions> options_;
  prometheus::Family<prometheus::Counter>& tries_;
  prometheus::Gauge& waiting_;
  std::atomic<bool> stop_ = false;
  std::unique_ptr<SmtpClient> client_;
  std::optional<Repeater> sender_;
  std::optional<Repeater> cleaner_;
};

}  // namespace jinhuan::meeting
