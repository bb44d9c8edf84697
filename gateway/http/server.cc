#include "gateway/http/server.h"

#include <fmt/format.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <thread>

#include "absl/time/clock.h"
#include "gateway/http/connection.h"
#include "gateway/http/connections.h"
#include "gateway/http/entrance.h"
#include "gateway/http/place_limit.h"
#include "gateway/http/untaken.h"
#include "platform/client_source.h"

namespace jinhuan::gateway::http {
namespace {

// How long a handler may take to answer what was abandoned.
constexpr absl::Duration kLastAnswers = absl::Seconds(5);
// Those that are being refused stay for a moment and have no place, so they are few: of one
// address, and of all.
constexpr int kRefusedEach = 16;
constexpr int kRefused = 64;

}  // namespace

struct Server::State {
  State(Options o, Handler& h, BodyBudget& b, const Clock& c)
      : options(std::move(o)),
        handler(h),
        entrance(options.entrance, c),
        bodies(b),
        untaken(options.untaken_limit),
        context(options.threads) {}

  void Accept();
  void Take(tcp::socket socket);

  const Options options;
  Handler& handler;
  Entrance entrance;
  PlaceLimit refused{kRefusedEach, kRefused};
  BodyBudget& bodies;
  Untaken untaken;
  Connections connections;
  asio::io_context context;
  // What is asked of a connection comes from other threads, and may come when nothing else is left
  // to do: until the context is stopped its threads stay for it.
  const asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  tcp::acceptor acceptor{context};
  asio::steady_timer pause{context};
  std::vector<std::thread> threads;
};

void Server::State::Accept() {
  acceptor.async_accept(asio::make_strand(context), [this](error_code error, tcp::socket socket) {
    if (connections.draining || error == asio::error::operation_aborted) return;
    if (!error) {
      Take(std::move(socket));
      return Accept();
    }
    // Most likely out of file descriptors: spinning would not bring any.
    pause.expires_after(std::chrono::milliseconds(50));
    pause.async_wait([this](error_code cancelled) {
      if (!cancelled) Accept();
    });
  });
}

void Server::State::Take(tcp::socket socket) {
  error_code gone;
  const std::string peer = socket.remote_endpoint(gone).address().to_string();
  const auto connect = [&](Entrance::Place place) {
    return std::make_shared<Connection>(std::move(socket), options, handler, connections, bodies,
                                        untaken, std::move(place));
  };
  if (auto place = entrance.Take(peer)) return connect(*std::move(place))->Start();
  if (auto place = refused.Take(SourceOf(peer))) {
    connect({*std::move(place), std::nullopt})->Refuse(options.too_many);
  }
}

Server::Server(Options options, Handler& handler, BodyBudget& bodies, const Clock& clock)
    : state_(std::make_unique<State>(std::move(options), handler, bodies, clock)) {}

Server::~Server() { Drain(absl::ZeroDuration()); }

absl::Status Server::Start() {
  const std::string& listen = state_->options.listen;
  const size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  if (error || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535) {
    return absl::InvalidArgumentError(fmt::format("{} is not address:port", listen));
  }
  const tcp::endpoint endpoint(address, static_cast<uint16_t>(std::stoi(port)));
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1024, error);
  if (error) return absl::UnavailableError(fmt::format("{}: {}", listen, error.message()));
  state_->Accept();
  for (int i = 0; i < state_->options.threads; ++i) {
    state_->threads.emplace_back([state = state_.get()] { state->context.run(); });
  }
  return absl::OkStatus();
}

uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::Drain(absl::Duration patience) {
  if (state_->threads.empty()) return;
  state_->connections.draining = true;
  asio::post(state_->context, [state = state_.get()] {
    error_code ignored;
    state->acceptor.close(ignored);
    state->pause.cancel();
  });
  state_->connections.ForEach([](Connection& connection) { connection.Drain(); });
  if (!state_->connections.AwaitNone(absl::Now() + patience)) {
    state_->connections.ForEach([](Connection& connection) { connection.Close(); });
    // An answer that is still owed keeps its connection until the handler gives it.
    state_->connections.AwaitNone(absl::Now() + kLastAnswers);
  }
  state_->context.stop();
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

}  // namespace jinhuan::gateway::http
