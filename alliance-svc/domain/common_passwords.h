#pragma once

#include <string_view>

namespace jinhuan::alliance {

// Whether `password` is one that a guesser tries early (OWASP ASVS 4.0, 2.1.7): a
// word of the list in common_passwords.cc, `login` or the suite's name, alone or
// with nothing but digits and signs before and behind it; one of these, or up to
// four characters, over and over; or characters that follow each other in order.
// Case does not count.
bool IsCommonPassword(std::string_view password, std::string_view login);

}  // namespace jinhuan::alliance
