#include "resource-svc/domain/lottery.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "platform/status/error.h"

namespace jinhuan::resource {
namespace {

constexpr size_t kSeedBytes = 32;
constexpr int kBaseTickets = 10;
constexpr int kMaxNeed = 10;
constexpr int kMaxLosses = 8;
constexpr int kTicketsPerLoss = 3;
constexpr int64_t kMinutesPerTicket = 600;
constexpr int64_t kMaxBalanceTickets = 10;
constexpr int64_t kMinBalanceTickets = -5;

using Number = std::array<unsigned char, crypto_hash_sha256_BYTES>;

Number NumberOf(std::string_view seed, std::string_view id, int ticket) {
  std::string text(seed);
  text += '\0';
  text += id;
  text += '\0';
  text += fmt::to_string(ticket);
  Number number{};
  crypto_hash_sha256(number.data(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  return number;
}

Number LowestOf(std::string_view seed, const LotteryRequest& request) {
  Number lowest = NumberOf(seed, request.id, 1);
  for (int ticket = 2; ticket <= request.tickets; ++ticket) {
    lowest = std::min(lowest, NumberOf(seed, request.id, ticket));
  }
  return lowest;
}

absl::Status Check(std::string_view seed, const std::vector<LotteryRequest>& requests,
                   int capacity) {
  if (seed.size() != kSeedBytes) return absl::InvalidArgumentError("a seed has 32 bytes");
  if (capacity < 1) return absl::InvalidArgumentError("nothing to draw for");
  std::set<std::string_view> ids;
  for (const LotteryRequest& request : requests) {
    if (request.quantity < 1 || request.tickets < 1 || request.tickets > kMaxTickets) {
      return absl::InvalidArgumentError("a request has no quantity, or no or too many tickets");
    }
    if (request.id.find('\0') != std::string::npos || !ids.insert(request.id).second) {
      return absl::InvalidArgumentError("a request is there twice, or its id is none");
    }
  }
  return absl::OkStatus();
}

}  // namespace

int TicketsOf(const LotteryStanding& standing) {
  const int64_t by_balance =
      std::clamp(standing.balance / kMinutesPerTicket, kMinBalanceTickets, kMaxBalanceTickets);
  const int64_t tickets = kBaseTickets + std::clamp(standing.need, 0, kMaxNeed) +
                          kTicketsPerLoss * std::clamp(standing.losses, 0, kMaxLosses) + by_balance;
  return static_cast<int>(std::clamp<int64_t>(tickets, 1, kMaxTickets));
}

std::string LotteryCommitment(std::string_view seed) {
  Number number{};
  crypto_hash_sha256(number.data(), reinterpret_cast<const unsigned char*>(seed.data()),
                     seed.size());
  std::string text;
  for (const unsigned char byte : number) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

absl::StatusOr<LotteryResult> Draw(std::string_view seed,
                                   const std::vector<LotteryRequest>& requests, int capacity) {
  const absl::Status valid = Check(seed, requests, capacity);
  if (!valid.ok()) return valid;
  std::vector<std::pair<Number, const LotteryRequest*>> drawn;
  drawn.reserve(requests.size());
  for (const LotteryRequest& request : requests) {
    drawn.emplace_back(LowestOf(seed, request), &request);
  }
  std::sort(drawn.begin(), drawn.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second->id) < std::tie(b.first, b.second->id);
  });
  LotteryResult result;
  int left = capacity;
  for (const auto& [number, request] : drawn) {
    result.order.push_back(request->id);
    if (request->quantity > left) continue;
    left -= request->quantity;
    result.won.push_back(request->id);
  }
  return result;
}

}  // namespace jinhuan::resource
