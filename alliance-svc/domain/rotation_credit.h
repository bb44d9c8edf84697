#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "alliance-svc/domain/rotation_plan.h"

namespace jinhuan::alliance::rotation {

// The credit for being in the chair during [begin, end), a part of the term
// [term_begin, term_end), in whole seconds: what has been earned by `end` since the term
// began, less what had been by `begin`, each rounded down. So the stints that make up a
// term earn kFullTerm together, however it is divided. Parts outside the term earn
// nothing.
Credit CreditOf(absl::Time begin, absl::Time end, absl::Time term_begin, absl::Time term_end);

// What is published before the lottery: SHA-256 of the seed in 64 lower-case hex digits.
std::string LotteryCommitment(std::string_view seed);

// A unit's place in the lottery, for anyone to compute again once the seed is published:
// the first 8 bytes, as a big-endian number, of SHA-256(seed, a zero byte, member).
uint64_t LotteryNumber(std::string_view seed, std::string_view member);

}  // namespace jinhuan::alliance::rotation
