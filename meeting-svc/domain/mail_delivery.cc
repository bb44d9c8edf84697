#include "meeting-svc/domain/mail_delivery.h"

#include <algorithm>

namespace jinhuan::meeting {

const char* NameOf(MailOutcome outcome) {
  switch (outcome) {
    case MailOutcome::kSent:
      return "sent";
    case MailOutcome::kLater:
      return "later";
    case MailOutcome::kServerAway:
      return "server_away";
    case MailOutcome::kMailRefused:
      return "mail_refused";
    case MailOutcome::kAddressRefused:
      return "address_refused";
  }
  return "";
}

MailOutcome OutcomeOf(const SmtpEnd& end) {
  if (end.accepted) return MailOutcome::kSent;
  const bool recipient = end.verb == "RCPT";
  if (!recipient && end.verb != "DATA") return MailOutcome::kServerAway;
  if (end.code >= 500 && end.code < 600) {
    return recipient && !end.text.starts_with("5.7.") ? MailOutcome::kAddressRefused
                                                      : MailOutcome::kMailRefused;
  }
  return end.code >= 400 && end.code < 500 ? MailOutcome::kLater : MailOutcome::kServerAway;
}

absl::Duration MailPause(MailOutcome outcome, int tries) {
  constexpr int kDoublings = 7;
  const int longest = outcome == MailOutcome::kServerAway ? 5 : 120;
  return absl::Minutes(std::min(longest, 1 << std::clamp(tries - 1, 0, kDoublings)));
}

}  // namespace jinhuan::meeting
