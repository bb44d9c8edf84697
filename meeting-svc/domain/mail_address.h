#pragma once

#include <string>
#include <string_view>

namespace jinhuan::meeting {

// Whether `address` can be written to: `local@domain` in ASCII, as RFC 5321 has it but for
// quotes, address literals and addresses in other scripts (SMTPUTF8), which few servers take.
bool IsMailAddress(std::string_view address);

// An address as others may see it: the first character and the domain, `z***@example.cn`; ""
// stays empty.
std::string MaskMail(std::string_view address);

// The domain of an address.
std::string_view MailDomain(std::string_view address);

}  // namespace jinhuan::meeting
