#include "resource-svc/domain/lottery.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "absl/strings/escaping.h"

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
constexpr size_t kIdDigits = 32;

using Number = std::array<unsigned char, crypto_hash_sha256_BYTES>;

Number HashOf(std::string_view bytes) {
  Number number{};
  crypto_hash_sha256(number.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return number;
}

std::string Joined(std::string_view a, std::string_view b) {
  std::string text(a);
  text += '\0';
  text += b;
  return text;
}

std::string HexOf(std::string_view bytes) {
  return absl::BytesToHexString({bytes.data(), bytes.size()});
}

std::string HexOf(const Number& number) {
  return HexOf(std::string_view(reinterpret_cast<const char*>(number.data()), number.size()));
}

Number LowestOf(std::string_view seed, const LotteryEntry& entry) {
  const std::string ticket = Joined(seed, entry.id);
  Number lowest = HashOf(Joined(ticket, "1"));
  for (int i = 2; i <= entry.tickets; ++i) {
    lowest = std::min(lowest, HashOf(Joined(ticket, fmt::to_string(i))));
  }
  return lowest;
}

absl::Status Check(std::string_view seed, const std::vector<LotteryEntry>& entries,
                   const LotteryPool& pool) {
  if (seed.size() != kSeedBytes) return absl::InvalidArgumentError("a seed has 32 bytes");
  std::set<std::string_view> ids;
  for (const LotteryEntry& entry : entries) {
    if (entry.quantity < 1 || entry.tickets < 1 || entry.tickets > kMaxTickets) {
      return absl::InvalidArgumentError("an entry has no quantity, or no or too many tickets");
    }
    if (entry.id.find('\0') != std::string::npos || !ids.insert(entry.id).second) {
      return absl::InvalidArgumentError("an entry is there twice, or its id is none");
    }
    if (entry.first > entry.last || entry.last >= pool.places.size() ||
        std::any_of(entry.limits.begin(), entry.limits.end(),
                    [&](size_t limit) { return limit >= pool.limits.size(); })) {
      return absl::InvalidArgumentError("an entry is for what there is not");
    }
  }
  return absl::OkStatus();
}

// Takes what an entry asks for; false, and nothing is taken, when there is not enough.
bool TakeFrom(LotteryPool& pool, const LotteryEntry& entry) {
  const auto first = pool.places.begin() + static_cast<ptrdiff_t>(entry.first);
  const auto end = pool.places.begin() + static_cast<ptrdiff_t>(entry.last) + 1;
  const bool fits = std::all_of(first, end, [&](int places) { return places >= entry.quantity; }) &&
                    std::all_of(entry.limits.begin(), entry.limits.end(),
                                [&](size_t limit) { return pool.limits[limit] >= 1; });
  if (!fits) return false;
  std::for_each(first, end, [&](int& places) { places -= entry.quantity; });
  for (const size_t limit : entry.limits) --pool.limits[limit];
  return true;
}

}  // namespace

int NeedPoints(const google::protobuf::RepeatedField<int>& needs) {
  int points = 0;
  for (const int need : needs) {
    switch (need) {
      case v1::LOTTERY_NEED_SHIFT_WORK:
        points += 3;
        break;
      case v1::LOTTERY_NEED_SMALL_CHILDREN:
      case v1::LOTTERY_NEED_NO_TRANSIT:
        points += 2;
        break;
      case v1::LOTTERY_NEED_MOBILITY:
      case v1::LOTTERY_NEED_PREGNANCY:
        points += 4;
        break;
      default:
        break;
    }
  }
  return std::min(points, kMaxNeed);
}

void CheckNeeds(const google::protobuf::RepeatedField<int>& needs, Violations& violations) {
  std::set<int> seen;
  violations.Check("needs",
                   std::all_of(needs.begin(), needs.end(),
                               [&](int need) {
                                 return need != v1::LOTTERY_NEED_UNSPECIFIED &&
                                        v1::LotteryNeed_IsValid(need) && seen.insert(need).second;
                               }),
                   "known needs, each once", "不重复的有效情形");
}

int TicketsOf(const LotteryStanding& standing) {
  const int64_t by_balance =
      std::clamp(standing.balance / kMinutesPerTicket, kMinBalanceTickets, kMaxBalanceTickets);
  const int64_t tickets = kBaseTickets + std::clamp(standing.need, 0, kMaxNeed) +
                          kTicketsPerLoss * std::clamp(standing.losses, 0, kMaxLosses) + by_balance;
  return static_cast<int>(std::clamp<int64_t>(tickets, 1, kMaxTickets));
}

std::string LotteryRequestId(std::string_view draw, std::string_view user, std::string_view key) {
  return HexOf(HashOf(Joined(draw, user) + std::string(key))).substr(0, kIdDigits);
}

std::string LotteryCommitment(std::string_view seed) { return HexOf(HashOf(seed)); }

std::string LotterySeedText(std::string_view seed) { return HexOf(seed); }

absl::StatusOr<LotteryResult> DrawLots(std::string_view seed,
                                       const std::vector<LotteryEntry>& entries,
                                       const LotteryPool& pool) {
  const absl::Status valid = Check(seed, entries, pool);
  if (!valid.ok()) return valid;
  std::vector<std::pair<Number, size_t>> drawn;
  drawn.reserve(entries.size());
  for (size_t i = 0; i < entries.size(); ++i) drawn.emplace_back(LowestOf(seed, entries[i]), i);
  std::sort(drawn.begin(), drawn.end(), [&](const auto& a, const auto& b) {
    return std::tie(a.first, entries[a.second].id) < std::tie(b.first, entries[b.second].id);
  });
  LotteryResult result{{}, std::vector<bool>(entries.size())};
  LotteryPool left = pool;
  for (const auto& [number, entry] : drawn) {
    result.order.push_back(entry);
    result.won[entry] = TakeFrom(left, entries[entry]);
  }
  return result;
}

}  // namespace jinhuan::resource
