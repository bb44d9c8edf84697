#pragma once

#include <string>

#include "jinhuan/meeting/v1/notice.pb.h"

namespace jinhuan::meeting {

// What a mail says.
struct MailText {
  std::string subject;
  std::string text;
};

// In `language` (`en`, else Chinese); links lead into the portal at `portal_url`, which ends
// without a slash.
MailText NoticeMail(const v1::Notice& notice, const std::string& language,
                    const std::string& portal_url);
MailText CodeMail(const std::string& code, const std::string& language,
                  const std::string& portal_url);

// Where a person changes what comes by mail.
std::string MailSettingsUrl(const std::string& portal_url);

}  // namespace jinhuan::meeting
