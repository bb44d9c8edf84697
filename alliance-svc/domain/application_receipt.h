#pragma once

#include <string>
#include <string_view>

namespace jinhuan::alliance {

// The receipt of an application is stored hashed. But the answer to a request is
// remembered for its repetitions, and this answer has the receipt in clear; so what
// is remembered is veiled by the request_id, of which the store then has only the
// hash too. With a request_id that nobody guesses (portal and clients use random
// ones) the store tells nobody a receipt.

// `receipt` veiled by `request_id`; of a veiled one the receipt. Both are URL-safe
// base64 of at most 32 characters. Without a request_id nothing is remembered and
// nothing veiled.
std::string VeilReceipt(std::string_view receipt, std::string_view request_id);

// What stands for `request_id` in the store: its hash, as 64 hex digits. An id that
// is not one (and "") stays itself, so that it is refused as any other.
std::string HiddenRequestId(std::string_view request_id);

}  // namespace jinhuan::alliance
