#pragma once

#include <string_view>

#include "jinhuan/alliance/v1/user_service.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// Whether `login` can be one: 2 to 64 of a-z, 0-9, '.', '_' and '-'.
bool IsLogin(std::string_view login);

// What an account must be: a login, a title of 1 to 40 characters and, unless it is
// empty or `known_phone`, a mobile number; fields are told as below `user`.
void CheckUser(const v1::User& user, std::string_view known_phone, Violations& violations);

// What a new service account must be: a title of 1 to 40 characters, scopes, and the name
// of a certificate if any; fields are told as below `service_account`. Its alliance is checked by
// its name's form alone.
void CheckServiceAccount(const v1::ServiceAccount& account, Violations& violations);

// The DNS name in a client certificate, in lower case and without a wildcard; empty for
// none.
void CheckCertificateName(std::string_view field, std::string_view name, Violations& violations);

// The reason that a change of state needs: 1 to 200 characters, at `reason`.
void CheckReason(std::string_view reason, Violations& violations);

// One line of text for a title or a name: as Violations::CheckText, without line
// ends, and with a `min` above 0 not blank.
void CheckLine(std::string_view field, std::string_view text, size_t min, size_t max,
               Violations& violations);

}  // namespace jinhuan::alliance
