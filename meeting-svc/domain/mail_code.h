#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace jinhuan::meeting {

// The six digits that prove that a person reads the mail of an address, made from a secret when
// they are needed and stored nowhere: of six digits a hash would hide nothing. `code_id` makes
// each time another.
std::string MailCode(std::string_view secret, std::string_view user, std::string_view address,
                     std::string_view code_id);

// Whether `typed` is that code; takes the same time wherever they differ.
bool IsMailCode(std::string_view code, std::string_view typed);

// How long a code counts, and for how many tries.
inline constexpr absl::Duration kMailCodeLife = absl::Hours(1);
inline constexpr int kMailCodeTries = 5;

// The codes that a person had sent: nobody fills another's mailbox with them.
struct MailCodes {
  int count = 0;  // since `since`
  absl::Time since = absl::InfinitePast();
  absl::Time last = absl::InfinitePast();
};

// How long a person has to wait for the next code: a minute after the last, and until the day is
// over after five; nothing when it may have one now.
absl::Duration MailCodeWait(const MailCodes& codes, absl::Time now);

// `codes` once another was sent.
MailCodes WithAnother(MailCodes codes, absl::Time now);

}  // namespace jinhuan::meeting
