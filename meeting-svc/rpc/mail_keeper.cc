#include "meeting-svc/rpc/mail_keeper.h"

#include <fmt/format.h>

#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "meeting-svc/domain/mail_address.h"
#include "meeting-svc/domain/mail_message.h"
#include "meeting-svc/domain/mail_texts.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(2);
constexpr absl::Duration kCleanPause = absl::Seconds(15);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr int kTogether = 50;

}  // namespace

MailKeeper::MailKeeper(const Deps& deps, std::optional<MailOptions> options)
    : deps_(deps),
      options_(std::move(options)),
      tries_(prometheus::BuildCounter()
                 .Name("jinhuan_mail_tries_total")
                 .Help("Mails handed to the mail server, by what became of it")
                 .Register(deps.metrics)),
      waiting_(prometheus::BuildGauge()
                   .Name("jinhuan_mails_waiting")
                   .Help("Mails that wait to be sent")
                   .Register(deps.metrics)
                   .Add({})) {
  if (options_.has_value()) {
    client_ = std::make_unique<SmtpClient>(options_->smtp);
    sender_.emplace("mail", kPause, deps_.clock, [this](absl::Time now) { return SendDue(now); });
  }
  cleaner_.emplace("mail clean-up", kCleanPause, deps_.clock,
                   [this](absl::Time now) { return CleanUp(now); });
}

MailKeeper::~MailKeeper() { stop_ = true; }

// Until nothing is due, or the server is away: then all waits.
absl::StatusOr<int> MailKeeper::SendDue(absl::Time now) {
  JH_ASSIGN_OR_RETURN(auto due, db::Read<std::vector<MailOutbox::Letter>>(
                                    deps_.pool, absl::Now() + kPatience, [&](db::Connection& c) {
                                      return deps_.outbox.Due(c, now, kTogether);
                                    }));
  int tried = 0;
  for (MailOutbox::Letter& letter : due) {
    if (stop_) break;
    JH_ASSIGN_OR_RETURN(const auto to, TakeLetter(letter, deps_.clock.Now()));
    if (!to.has_value()) continue;
    const SmtpEnd end = client_->Send(to->address, MessageFor(letter, *to), stop_);
    if (stop_ && !end.accepted) break;
    const MailOutcome outcome = OutcomeOf(end);
    ++tried;
    tries_.Add({{"outcome", NameOf(outcome)}}).Increment();
    JH_RETURN_IF_ERROR(Note(letter, to->address, outcome));
    if (outcome == MailOutcome::kServerAway) break;
  }
  if (tried > 0) log::Info("mails tried", {{"count", tried}});
  return tried;
}

// Takes a letter for a try. Nothing: another process has it, or it goes nowhere (any more).
absl::StatusOr<std::optional<MailSettingsStore::Destination>> MailKeeper::TakeLetter(
    MailOutbox::Letter& letter, absl::Time now) {
  std::optional<MailSettingsStore::Destination> to;
  const int tries = letter.tries;
  JH_RETURN_IF_ERROR(db::InTransaction(
      deps_.pool, absl::Now() + kPatience, [&](db::Connection& connection) -> absl::Status {
        to.reset();
        letter.tries = tries;
        JH_ASSIGN_OR_RETURN(const bool mine, deps_.outbox.Take(connection, letter, now));
        if (!mine) return absl::OkStatus();
        JH_ASSIGN_OR_RETURN(to, deps_.settings.DestinationOf(connection, letter, now));
        if (!to->address.empty() && now <= letter.create_time + kMailLife) return absl::OkStatus();
        to.reset();
        return deps_.outbox.Note(connection, letter, MailOutbox::State::kDropped, now);
      }));
  return to;
}

std::string MailKeeper::MessageFor(const MailOutbox::Letter& letter,
                                   const MailSettingsStore::Destination& to) const {
  const std::string& portal = options_->portal_url;
  const std::string& from = options_->smtp.from;
  MailText text = letter.kind == MailOutbox::Kind::kCode
                      ? CodeMail(to.code, to.language_code, portal)
                      : NoticeMail(letter.notice, to.language_code, portal);
  // Short enough for a line; two people's ids hardly end alike.
  const std::string person = letter.user_id.substr(letter.user_id.rfind('-') + 1);
  const std::string id = absl::StrReplaceAll(letter.id, {{"-", ""}});
  return Render({.id = fmt::format("{}.{}@{}", id, person, MailDomain(from)),
                 .from = from,
                 .to = to.address,
                 .subject = std::move(text.subject),
                 .text = std::move(text.text),
                 .unsubscribe_url = MailSettingsUrl(portal),
                 .time = letter.create_time});
}

absl::Status MailKeeper::Note(const MailOutbox::Letter& letter, const std::string& address,
                              MailOutcome outcome) {
  const absl::Time now = deps_.clock.Now();
  const bool again = outcome == MailOutcome::kLater || outcome == MailOutcome::kServerAway;
  MailOutbox::State state = MailOutbox::State::kFailed;
  if (outcome == MailOutcome::kSent) state = MailOutbox::State::kSent;
  if (again) state = MailOutbox::State::kWaits;
  api::Call call;
  call.method = "jinhuan.meeting.v1.MailKeeper/Send";
  call.request = deps_.ids.NewId();
  call.caller.set_name("services/meeting-svc");
  call.now = now;
  call.deadline = absl::Now() + kPatience;
  return db::InTransaction(
      deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_RETURN_IF_ERROR(deps_.outbox.Note(connection, letter, state,
                                             again ? now + MailPause(outcome, letter.tries) : now));
        if (outcome != MailOutcome::kAddressRefused) return absl::OkStatus();
        return deps_.settings.Refuse(connection, call, letter, address);
      });
}

absl::StatusOr<int> MailKeeper::CleanUp(absl::Time now) {
  int64_t cleaned = 0;
  JH_RETURN_IF_ERROR(db::InTransaction(
      deps_.pool, absl::Now() + kPatience, [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(cleaned, deps_.outbox.CleanUp(connection, now));
        return absl::OkStatus();
      }));
  JH_ASSIGN_OR_RETURN(
      const int64_t waiting,
      db::Read<int64_t>(deps_.pool, absl::Now() + kPatience, [&](db::Connection& connection) {
        return deps_.outbox.CountWaiting(connection);
      }));
  waiting_.Set(static_cast<double>(waiting));
  return static_cast<int>(cleaned);
}

}  // namespace jinhuan::meeting
