// Repeats a draw from what is published of it, for tests: as docs/adr/0018 says it, and with
// nothing of the code that draws.
#pragma once

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "jinhuan/resource/v1/lottery.pb.h"

namespace jinhuan::resource {

inline std::string Sha256(const std::string& bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

inline std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

inline std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// What does not follow from what is published; empty when all of it does.
inline std::vector<std::string> Replay(const v1::Draw& draw,
                                       const std::vector<v1::LotteryRequest>& requests) {
  std::vector<std::string> faults;
  const std::string seed = FromHex(draw.seed());
  if (seed.size() != 32 || Hex(Sha256(seed)) != draw.seed_commitment()) {
    faults.push_back(draw.name() + ": the seed is not the one that was committed to");
  }
  std::map<int64_t, int> places;
  for (const v1::Draw::Slot& slot : draw.slots())
    places[slot.start_time().seconds()] = slot.places();
  std::map<std::string, int> limits;
  for (const v1::Draw::Limit& limit : draw.limits()) limits[limit.key()] = limit.left();

  std::vector<std::pair<std::string, const v1::LotteryRequest*>> order;
  for (const v1::LotteryRequest& request : requests) {
    if (request.state() == v1::LotteryRequest::STATE_VOID) continue;
    const int64_t hours = request.balance_minutes() / 600;
    const int tickets = 10 + std::min(request.need_points(), 10) +
                        3 * std::min(request.losses(), 8) +
                        static_cast<int>(std::clamp<int64_t>(hours, -5, 10));
    if (tickets != request.tickets()) faults.push_back(request.name() + ": its tickets");
    const std::string id = request.name().substr(request.name().rfind('/') + 1);
    std::string lowest(32, '\xff');
    for (int ticket = 1; ticket <= tickets; ++ticket) {
      const std::string zero(1, '\0');
      lowest = std::min(lowest, Sha256(fmt::format("{}{}{}{}{}", seed, zero, id, zero, ticket)),
                        [](const std::string& a, const std::string& b) { return Hex(a) < Hex(b); });
    }
    order.emplace_back(Hex(lowest) + id, &request);
  }
  std::sort(order.begin(), order.end());
  int wins = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const v1::LotteryRequest& request = *order[i].second;
    std::vector<int*> taken;
    for (auto slot = places.lower_bound(request.start_time().seconds());
         slot != places.end() && slot->first < request.end_time().seconds(); ++slot) {
      taken.push_back(&slot->second);
    }
    const bool room = !taken.empty() && std::all_of(taken.begin(), taken.end(), [&](int* left) {
      return *left >= request.quantity();
    });
    const bool allowed = std::all_of(request.limits().begin(), request.limits().end(),
                                     [&](const std::string& key) { return limits[key] >= 1; });
    const bool won = room && allowed;
    if (won) {
      for (int* left : taken) *left -= request.quantity();
      for (const std::string& key : request.limits()) --limits[key];
      ++wins;
    }
    if (request.place() != static_cast<int>(i) + 1)
      faults.push_back(request.name() + ": its place");
    if (won != (request.state() == v1::LotteryRequest::STATE_WON)) {
      faults.push_back(request.name() + ": whether it won");
    }
  }
  if (draw.win_count() != wins) faults.push_back(draw.name() + ": how many won");
  if (draw.request_count() != static_cast<int>(requests.size())) {
    faults.push_back(draw.name() + ": how many asked");
  }
  return faults;
}

}  // namespace jinhuan::resource
