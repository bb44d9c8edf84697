#pragma once

#include <string>

#include "absl/time/time.h"

namespace jinhuan::meeting {

// What became of a mail that was handed to the mail server.
enum class MailOutcome {
  kSent,
  kLater,           // this mail not now (4xx): try it again
  kServerAway,      // no mail now: the server can't be reached, or takes nothing from us
  kMailRefused,     // this mail never (5xx)
  kAddressRefused,  // nothing for this address, ever (5xx)
};

// "sent", "later", …: for metrics and logs.
const char* NameOf(MailOutcome outcome);

// How a conversation with the mail server ended (RFC 5321).
struct SmtpEnd {
  bool accepted = false;  // the server took the mail
  std::string verb;       // the last command: EHLO, MAIL, RCPT, DATA; empty: none
  int code = 0;           // the last answer, 550; 0: none
  std::string text;       // its text, `5.1.1 no such user`
};

// A refusal of the recipient is one of the address unless the server says that its policy
// forbids it to us (5.7.x, RFC 3463); what it refuses before it heard of the recipient says
// nothing of this mail.
MailOutcome OutcomeOf(const SmtpEnd& end);

// Old news are not mailed, and no mail is tried for longer.
inline constexpr absl::Duration kMailLife = absl::Hours(24);
// How long a mail waits that was not taken now, after so many tries, 1 or more: a minute, doubled
// each time, at most two hours; while the server is away five minutes at most.
absl::Duration MailPause(MailOutcome outcome, int tries);

}  // namespace jinhuan::meeting
