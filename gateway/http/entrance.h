#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/http/place_limit.h"
#include "gateway/http/rate_limit.h"
#include "platform/clock.h"

namespace jinhuan::gateway::http {

// Who may connect to a port: so many and no more, no address has all of them, and none brings so
// many in a moment that the port does nothing but take them. Thread-safe.
class Entrance {
 public:
  struct Options {
    int max_connections = 4096;
    int max_connections_each = 512;           // of one address
    int arrivals_per_second_each = 100;       // of one address; twice that at once
    std::vector<std::string> uncounted = {};  // addresses that may have more: proxies
  };
  // A connection's place, given back when destroyed.
  struct Place {
    PlaceLimit::Place of_all;
    std::optional<PlaceLimit::Place> of_address;
  };

  // The places that it gives must be gone before it is.
  Entrance(Options options, const Clock& clock);

  // A place for who comes from `address`; nothing when there is none.
  std::optional<Place> Take(const std::string& address);

 private:
  const Options options_;
  PlaceLimit all_;
  PlaceLimit each_;
  RateLimit arrivals_;
};

}  // namespace jinhuan::gateway::http
