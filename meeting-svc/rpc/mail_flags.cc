#include "meeting-svc/rpc/mail_flags.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "absl/flags/flag.h"
#include "meeting-svc/domain/mail_address.h"
#include "platform/config.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"

ABSL_FLAG(std::string, smtp_url, "",
          "The mail server that takes notices, smtp://host:port (587) or smtps://host:port (465); "
          "empty: no mail is sent");
ABSL_FLAG(std::string, smtp_from, "", "The address that mails come from");
ABSL_FLAG(std::string, smtp_user, "", "The account there; empty: without authentication");
ABSL_FLAG(std::string, smtp_password_file, "", "File with its password");
ABSL_FLAG(std::string, smtp_tls, "required",
          "Whether TLS begins on smtp:// by STARTTLS: required, opportunistic (where the server "
          "offers it) or none");
ABSL_FLAG(
    std::string, smtp_ca_file, "",
    "File with the authorities that the server's certificate may be of; empty: the machine's");
ABSL_FLAG(std::string, portal_url, "", "Where links in mails lead, https://site");

namespace jinhuan::meeting {
namespace {

absl::StatusOr<SmtpOptions::Tls> TlsNamed(const std::string& name) {
  if (name == "required") return SmtpOptions::Tls::kRequired;
  if (name == "opportunistic") return SmtpOptions::Tls::kOpportunistic;
  if (name == "none") return SmtpOptions::Tls::kNone;
  return absl::InvalidArgumentError("--smtp_tls is none of required, opportunistic, none");
}

absl::StatusOr<MailOptions> Read(const std::string& url) {
  MailOptions options{.smtp = {.url = url,
                               .from = absl::GetFlag(FLAGS_smtp_from),
                               .user = absl::GetFlag(FLAGS_smtp_user),
                               .password = "",
                               .tls = SmtpOptions::Tls::kRequired,
                               .ca_file = absl::GetFlag(FLAGS_smtp_ca_file)},
                      .portal_url = absl::GetFlag(FLAGS_portal_url)};
  JH_ASSIGN_OR_RETURN(options.smtp.tls, TlsNamed(absl::GetFlag(FLAGS_smtp_tls)));
  if (const std::string path = absl::GetFlag(FLAGS_smtp_password_file); !path.empty()) {
    JH_ASSIGN_OR_RETURN(options.smtp.password, config::ReadSecret(path));
  }
  while (options.portal_url.ends_with('/')) options.portal_url.pop_back();
  JH_RETURN_IF_ERROR(CheckMailOptions(options));
  return options;
}

// Text that can stand in a header of a mail.
bool IsUrlText(const std::string& url) {
  return std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

absl::Status CheckMailOptions(const MailOptions& options) {
  const SmtpOptions& smtp = options.smtp;
  const bool begins_with_tls = smtp.url.starts_with("smtps://");
  const std::string_view host = std::string_view(smtp.url).substr(smtp.url.find("://") + 3);
  const bool here = host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
  const auto check = [](bool good, const char* rule) {
    return good ? absl::OkStatus() : absl::InvalidArgumentError(rule);
  };
  JH_RETURN_IF_ERROR(check(begins_with_tls || smtp.url.starts_with("smtp://"),
                           "--smtp_url begins with neither smtp:// nor smtps://"));
  JH_RETURN_IF_ERROR(check(!host.empty() && host.find_first_of("@/ \r\n") == std::string_view::npos,
                           "--smtp_url is not a host with a port"));
  JH_RETURN_IF_ERROR(check(IsMailAddress(smtp.from), "--smtp_from is no mail address"));
  JH_RETURN_IF_ERROR(check(smtp.user.empty() == smtp.password.empty(),
                           "--smtp_user and --smtp_password_file go together"));
  JH_RETURN_IF_ERROR(
      check(smtp.user.empty() || begins_with_tls || here || smtp.tls == SmtpOptions::Tls::kRequired,
            "a password is sent with --smtp_tls=required alone"));
  JH_RETURN_IF_ERROR(check(smtp.ca_file.empty() || std::ifstream(smtp.ca_file).good(),
                           "--smtp_ca_file can't be read"));
  const std::string& portal = options.portal_url;
  return check(
      IsUrlText(portal) && (portal.starts_with("https://") || portal.starts_with("http://")),
      "--portal_url is no https:// address");
}

std::optional<MailOptions> MailOptionsFromFlags() {
  const std::string url = absl::GetFlag(FLAGS_smtp_url);
  if (url.empty()) return std::nullopt;
  absl::StatusOr<MailOptions> options = Read(url);
  if (options.ok()) return *std::move(options);
  log::Error("can't start", {{"what", "--smtp_url"}, {"status", options.status().ToString()}});
  std::exit(1);
}

}  // namespace jinhuan::meeting
