#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/lottery.pb.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

// The draw among sealed requests for an opening of a peak window: replayable by anyone from a
// seed that was committed to before requests were taken and is revealed by the draw
// (docs/adr/0018). No I/O, no floating point, no order of input.

// What speaks for a request.
struct LotteryStanding {
  int need = 0;         // 0 to 10: NeedPoints
  int losses = 0;       // draws that the person lost in a row; a win sets it back
  int64_t balance = 0;  // of the unit's ledger, in minutes; may be negative
};

// What needs count together, as LotteryNeed says of each; at most 10.
int NeedPoints(const google::protobuf::RepeatedField<int>& needs);

// Adds at field "needs" what is wrong with them.
void CheckNeeds(const google::protobuf::RepeatedField<int>& needs, Violations& violations);

inline constexpr int kMaxTickets = 64;

// The tickets of a request with this standing, 1 to kMaxTickets: each has the same chance to be
// drawn first.
//   10, and one for each point of need, and three for each loss up to eight, and up to ten
//   more or five less by the ledger: one for each ten hours of balance.
int TicketsOf(const LotteryStanding& standing);

// The id of a person's request in a draw: one for each, and nobody can try for another one. Who
// does not have `key`, a secret of the draw, can't tell whose it is.
std::string LotteryRequestId(std::string_view draw, std::string_view user, std::string_view key);

// One sealed request.
struct LotteryEntry {
  std::string id;                   // unique: LotteryRequestId
  int quantity = 1;                 // places, 1 or more
  int tickets = 1;                  // TicketsOf
  size_t first = 0;                 // the slots that it is for,
  size_t last = 0;                  // both inclusive
  std::vector<size_t> limits = {};  // which limits count it
};

// What there is to win.
struct LotteryPool {
  std::vector<int> places;  // of each slot
  std::vector<int> limits;  // how many winners each limit allows
};

struct LotteryResult {
  std::vector<size_t> order;  // every entry, as they were drawn
  std::vector<bool> won;      // of each entry, whether it got its places
};

// The commitment to a seed (32 bytes): 64 hex digits, public before requests are taken.
std::string LotteryCommitment(std::string_view seed);

// A seed in 64 hex digits, as it is published.
std::string LotterySeedText(std::string_view seed);

// Draws. Each ticket has a number: SHA-256(seed, a zero byte, id, a zero byte, the ticket's
// ordinal from 1 in decimal). An entry's place is that of its lowest number, so it comes
// first with the chance of its share of all tickets, and whether another one takes part
// does not change the order of the rest. In that order each gets its places if each of its
// slots has room for all of them and each of its limits allows one more; one that does not
// fit is passed over, and others behind it may still get theirs.
//
// INVALID_ARGUMENT for a seed of another length, a quantity or tickets below 1 or tickets above
// kMaxTickets, a slot or limit that there is none of, or an id that is there twice or holds a
// zero byte.
absl::StatusOr<LotteryResult> DrawLots(std::string_view seed,
                                       const std::vector<LotteryEntry>& entries,
                                       const LotteryPool& pool);

}  // namespace jinhuan::resource
