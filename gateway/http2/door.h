#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gateway/http/place_limit.h"
#include "gateway/http/rate_limit.h"
#include "gateway/http2/descriptor.h"
#include "gateway/http2/loop.h"
#include "platform/clock.h"

namespace jinhuan::gateway::http2 {

// The listening socket of a port: so many connections and no more come in, no address has
// them all, and none brings so many in a moment that the port does nothing but TLS for them.
// For the loop's thread.
class Door final : private Loop::Watcher {
 public:
  struct Options {
    std::string listen = {};                  // host:port, IPv6 in brackets; port 0 picks one
    int max_connections = 4096;               // one more is closed at once
    int max_connections_each = 512;           // of one address; one more likewise
    int arrivals_per_second_each = 100;       // of one address; twice that at once
    std::vector<std::string> uncounted = {};  // addresses that may have more: proxies
  };
  // A connection's place, given back when destroyed.
  class Place {
   public:
    Place(int& open, std::optional<http::PlaceLimit::Place> each)
        : open_(&open), each_(std::move(each)) {
      ++open;
    }
    Place(Place&& other) noexcept
        : open_(std::exchange(other.open_, nullptr)), each_(std::move(other.each_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (open_ != nullptr) --*open_;
    }

   private:
    int* open_;
    std::optional<http::PlaceLimit::Place> each_;  // among those of its address
  };
  using Enter = std::function<void(Descriptor connection, std::string address, Place place)>;

  // The places that it gives must be gone before it is.
  Door(Loop& loop, Options options, const Clock& clock);
  ~Door() { Close(); }

  // Listens; UNAVAILABLE when it can't. Who comes waits until Open.
  absl::Status Listen();
  // The port that is listened on; after Listen.
  uint16_t port() const { return port_; }

  // Gives who comes to `enter`.
  void Open(Enter enter);
  // Takes no more.
  void Close();

 private:
  void OnReady(uint32_t events) override;
  // Refuses by closing it.
  void Take(Descriptor connection, std::string address);

  Loop& loop_;
  const Options options_;
  http::PlaceLimit each_;
  http::RateLimit arrivals_;
  int open_ = 0;
  uint16_t port_ = 0;
  Descriptor listener_;
  Enter enter_;
  Loop::Timer pause_;
};

}  // namespace jinhuan::gateway::http2
