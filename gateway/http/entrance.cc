#include "gateway/http/entrance.h"

#include <algorithm>

#include "platform/client_source.h"

namespace jinhuan::gateway::http {

Entrance::Entrance(Options options, const Clock& clock)
    : options_(std::move(options)),
      all_(options_.max_connections),
      each_(options_.max_connections_each),
      arrivals_(2 * options_.arrivals_per_second_each, 60.0 * options_.arrivals_per_second_each,
                clock) {}

std::optional<Entrance::Place> Entrance::Take(const std::string& address) {
  auto of_all = all_.Take("");
  if (!of_all.has_value()) return std::nullopt;
  Place place{*std::move(of_all), std::nullopt};
  const auto& uncounted = options_.uncounted;
  if (std::find(uncounted.begin(), uncounted.end(), address) != uncounted.end()) return place;
  const std::string source = SourceOf(address);
  auto of_address = each_.Take(source);
  if (!of_address.has_value() || !arrivals_.Take(source).ok()) return std::nullopt;
  place.of_address.emplace(*std::move(of_address));
  return place;
}

}  // namespace jinhuan::gateway::http
