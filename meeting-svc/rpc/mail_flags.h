#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "meeting-svc/rpc/smtp_client.h"

namespace jinhuan::meeting {

// How this installation sends mail.
struct MailOptions {
  SmtpOptions smtp;
  std::string portal_url;  // where links lead, https://site, without a slash at the end
};

// INVALID_ARGUMENT when the options do not go together.
// What needs a password is sent with TLS alone, but on this machine.
absl::Status CheckMailOptions(const MailOptions& options);

// What --smtp_url, --smtp_from, --smtp_user, --smtp_password_file, --smtp_tls, --smtp_ca_file and
// --portal_url say; nothing without --smtp_url: then no mail is sent. Ends the process with a log
// line when they do not go together.
std::optional<MailOptions> MailOptionsFromFlags();

}  // namespace jinhuan::meeting
