#pragma once

#include <grpcpp/server_builder.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "gateway/http/place_limit.h"

namespace jinhuan::gateway {

// The listening socket of the native port: gRPC takes as many connections as come, so they
// are accepted here, so many and no more, and handed to it. That one is over is learnt from
// a second descriptor of its socket, which is watched for the hang-up alone: gRPC shuts a
// socket down before it closes it, and no packet wakes the door. Thread-safe.
class GrpcDoor {
 public:
  struct Options {
    std::string listen = {};                  // host:port, IPv6 in brackets; port 0 picks one
    int max_connections = 4096;               // one more is closed at once
    int max_connections_each = 512;           // of one address; one more likewise
    std::vector<std::string> uncounted = {};  // addresses that may have more: proxies
  };
  using Acceptor = grpc::experimental::ExternalConnectionAcceptor;

  explicit GrpcDoor(Options options);
  ~GrpcDoor();

  // Listens; UNAVAILABLE when it can't. Who comes waits until Open.
  absl::Status Listen();
  // The port that is listened on; after Listen.
  uint16_t port() const { return port_; }

  // Hands who comes to the server that `acceptor` belongs to, which has started.
  void Open(std::unique_ptr<Acceptor> acceptor);
  // Takes no more connections; those that are open stay.
  void Close();

 private:
  // A descriptor, closed when destroyed.
  class Descriptor {
   public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
      std::swap(fd_, other.fd_);
      return *this;
    }
    ~Descriptor();
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

   private:
    int fd_ = -1;
  };
  struct Connection {
    Descriptor watched;
    std::optional<http::PlaceLimit::Place> place;  // among those of its address
  };

  void Run();
  void Accept();
  // Refuses by closing it.
  void Take(Descriptor connection, const std::string& address);
  void Watch(int fd, uint32_t events, int operation) const;

  const Options options_;
  http::PlaceLimit each_;
  uint16_t port_ = 0;
  Descriptor listener_;
  Descriptor epoll_;
  Descriptor stop_;
  bool paused_ = false;             // no descriptor was left
  std::map<int, Connection> open_;  // by what is watched
  std::unique_ptr<Acceptor> acceptor_;
  std::thread thread_;
};

}  // namespace jinhuan::gateway
