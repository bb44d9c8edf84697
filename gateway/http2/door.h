#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "gateway/http/entrance.h"
#include "gateway/http2/descriptor.h"
#include "gateway/http2/loop.h"
#include "platform/clock.h"

namespace jinhuan::gateway::http2 {

// The listening socket of a port, whose entrance decides who comes in; who may not is closed at
// once. For the loop's thread.
class Door final : private Loop::Watcher {
 public:
  struct Options {
    std::string listen = {};  // host:port, IPv6 in brackets; port 0 picks one
    http::Entrance::Options entrance = {};
  };
  using Place = http::Entrance::Place;
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
  http::Entrance entrance_;
  uint16_t port_ = 0;
  Descriptor listener_;
  Enter enter_;
  Loop::Timer pause_;
};

}  // namespace jinhuan::gateway::http2
