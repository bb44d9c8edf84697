// A whole HTTP server: the input is what a connection sends.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/http/server.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {
namespace {

using gateway::http::Request;
using gateway::http::Respond;

class Echo final : public gateway::http::Handler {
 public:
  std::function<void()> Handle(Request request, Respond respond) override {
    Require(request.body.empty() || !request.body_too_large);
    respond({.status = 200, .body = std::move(request.body)});
    return nullptr;
  }
};

uint16_t Port() {
  static Echo echo;
  static gateway::http::BodyBudget bodies(1 << 20);
  static gateway::http::Server server({.listen = "127.0.0.1:0",
                                       .threads = 1,
                                       .entrance = {.arrivals_per_second_each = 1'000'000},
                                       .header_limit = 2048,
                                       .body_limit = 2048},
                                      echo, bodies, Clock::System());
  static const bool started = server.Start().ok();
  Require(started);
  return server.port();
}

}  // namespace

void Check(std::string_view input) {
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(Port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // No port is left for a moment when very many were used.
  if (connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    send(client, input.data(), input.size(), MSG_NOSIGNAL);
    shutdown(client, SHUT_WR);
    char answer[4096];
    while (recv(client, answer, sizeof answer, 0) > 0) continue;
  }
  const linger reset{.l_onoff = 1, .l_linger = 0};
  setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close(client);
}

}  // namespace jinhuan::fuzz
