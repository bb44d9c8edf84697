#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jinhuan::resource {

// The draw among sealed requests for a peak window: replayable by anyone from a seed that
// was committed to before the requests were opened and is revealed after (docs/adr/0010
// does the same for the rotation). No I/O, no floating point, no order of input.

// What speaks for a unit, each from 0 on.
struct LotteryStanding {
  int need = 0;         // 0 to 10: as the charter weighs it (shift work, small children, …)
  int losses = 0;       // draws that it lost in a row; a win sets it back
  int64_t balance = 0;  // of the ledger, in minutes; may be negative
};

inline constexpr int kMaxTickets = 64;

// The tickets of a unit with this standing, 1 to kMaxTickets: each has the same chance to be drawn
// first.
//   10, and one for each point of need, and three for each loss up to eight, and up to ten
//   more or five less by the ledger: one for each ten hours of balance.
int TicketsOf(const LotteryStanding& standing);

// One sealed request.
struct LotteryRequest {
  std::string id;    // unique: the request's name
  int quantity = 1;  // places, 1 or more
  int tickets = 1;   // TicketsOf
};

struct LotteryResult {
  std::vector<std::string> order;  // every request, as they were drawn
  std::vector<std::string> won;    // those that got their places, as they were drawn
};

// The commitment to a seed (32 bytes): 64 hex digits, public before requests are taken.
std::string LotteryCommitment(std::string_view seed);

// Draws. Each ticket has a number: SHA-256(seed, a zero byte, id, a zero byte, the ticket's
// ordinal from 1 in decimal). A request's place is that of its lowest number, so it comes
// first with the chance of its share of all tickets, and whether another one takes part
// does not change the order of the rest. In that order each gets its places if there is
// room for all of them; one that asks for more than is left is passed over, and smaller
// ones behind it may still get theirs.
//
// INVALID_ARGUMENT for a seed of another length, no capacity, a quantity or tickets below 1
// or tickets above kMaxTickets, or an id that is there twice or
// holds a zero byte.
absl::StatusOr<LotteryResult> Draw(std::string_view seed,
                                   const std::vector<LotteryRequest>& requests, int capacity);

}  // namespace jinhuan::resource
