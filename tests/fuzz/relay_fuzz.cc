// A native call on its way between a client and a service that both say what they like: two bytes
// with a length, so much from the client, and the rest from the service when it hears of a call.
#include <spdlog/spdlog.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>

#include "gateway/relay.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/open_gate.h"

namespace jinhuan::fuzz {
namespace {

using gateway::http2::Connection;
using gateway::http2::Descriptor;
using gateway::http2::Loop;
using gateway::http2::Stream;
using gateway::http2::Transport;

constexpr size_t kLengthBytes = 2;
constexpr uint64_t kBodies = 1 << 20;
constexpr std::string_view kSettings("\0\0\0\4\0\0\0\0\0", 9);
// In turns of a millisecond: how long a call may take, and how soon all of it is gone.
constexpr int kPatience = 4;
constexpr int kGone = 5000;

struct Gateway : OpenGate {
  Gateway() : OpenGate({}) {}

  gateway::http::BodyBudget bodies{kBodies};
  rpc::Metrics metrics;
  gateway::Routes routes{{{meeting::v1::WatchMeetingRequest::descriptor()->file()->package(), 0}},
                         metrics};
};

std::array<Descriptor, 2> Pair() {
  std::array<int, 2> ends{-1, -1};
  Require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) == 0);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void Say(const Descriptor& socket, std::string_view bytes) {
  send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

// A service's end of one connection. The first that it hears is HTTP/2's hello, the next a call.
class Service final : private Loop::Watcher {
 public:
  Service(Loop& loop, Descriptor socket, std::string_view script)
      : loop_(loop), socket_(std::move(socket)), script_(script) {
    loop_.Watch(socket_.get(), EPOLLIN, *this);
  }

 private:
  void OnReady(uint32_t) override {
    std::array<char, 65536> heard{};
    if (recv(socket_.get(), heard.data(), heard.size(), 0) <= 0) {
      return loop_.Unwatch(socket_.get());
    }
    if (!std::exchange(greeted_, true)) return Say(socket_, kSettings);
    Say(socket_, std::exchange(script_, {}));
  }

  Loop& loop_;
  const Descriptor socket_;
  std::string_view script_;
  bool greeted_ = false;
};

// Turns the loop until `done`, so many milliseconds at most.
bool Turn(Loop& loop, int most, const std::function<bool()>& done) {
  Loop::Timer timer(loop);
  std::function<void()> look = [&] {
    if (done() || most-- == 0) return loop.Stop();
    timer.Set(absl::Milliseconds(1), look);
  };
  look();
  loop.Run();
  return done();
}

}  // namespace

void Check(std::string_view input) {
  spdlog::set_level(spdlog::level::off);
  static auto& gateway = *new Gateway;
  if (input.size() < kLengthBytes) return;
  const size_t said = static_cast<uint8_t>(input[0]) << 8 | static_cast<uint8_t>(input[1]);
  input.remove_prefix(kLengthBytes);
  const std::string_view script = input.substr(std::min(said, input.size()));

  std::vector<std::unique_ptr<Service>> services;
  gateway::RelayPort port(gateway.routes, gateway.gate, gateway.bodies);
  const auto alive = [&] {
    absl::MutexLock lock(&port.mutex);
    return port.relays;
  };
  for (int i = 0; i < 2; ++i) {  // a backend, and what the gateway serves itself
    const auto dial = [&]() -> absl::StatusOr<Descriptor> {
      auto ends = std::make_shared<std::array<Descriptor, 2>>(Pair());
      Descriptor ours = std::move((*ends)[0]);
      port.loop.Post([&, ends] {
        services.push_back(std::make_unique<Service>(port.loop, std::move((*ends)[1]), script));
      });
      return ours;
    };
    port.links.push_back(std::make_unique<gateway::ServiceLink>(
        port.loop, gateway::ServiceLink::Options{.dial = dial, .authority = "service"}));
  }
  auto ends = Pair();
  Connection::Events events;
  events.opened = [&](Stream& stream) { return gateway::Relay::Accept(port, stream); };
  Connection client(port.loop, Transport(std::move(ends[0]), nullptr), "192.0.2.1",
                    {.max_streams = 8, .max_fields = 4096, .window = 4096}, std::move(events));
  Say(ends[1], input.substr(0, said));
  Turn(port.loop, kPatience, [&] { return false; });

  client.Close();
  for (const auto& link : port.links) link->Close();
  // Nothing of it stays, and nothing counts for it.
  Require(Turn(port.loop, kGone, [&] { return alive() == 0; }));
  Require(port.answered.bytes() == 0);
  gateway::http::BodyBudget::Share all(gateway.bodies);
  Require(all.Hold(kBodies + gateway::http::BodyBudget::kFree));
  const auto call = gateway.admission.AdmitCall();
  Require(call.has_value() && gateway.places.size() == 0);
}

}  // namespace jinhuan::fuzz
