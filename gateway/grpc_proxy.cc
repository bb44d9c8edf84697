#include "gateway/grpc_proxy.h"

#include <algorithm>

#include "gateway/http2/socket.h"
#include "gateway/upstream.h"
#include "platform/log.h"
#include "platform/rpc/tls_files.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

constexpr absl::Duration kRenewEvery = absl::Seconds(2);
constexpr absl::Duration kDialPatience = absl::Seconds(5);

}  // namespace

GrpcProxy::GrpcProxy(const Routes& routes, const Gate& gate, http::BodyBudget& bodies,
                     Options options)
    : relays_(routes, gate, bodies),
      options_(std::move(options)),
      tls_(options_.tls, http2::Tls::Side::kServer),
      host_tls_(rpc::HostTlsFiles(), http2::Tls::Side::kClient),
      door_(relays_.loop, options_.door, gate.clock()) {
  for (const std::string& target : options_.targets) {
    relays_.links.push_back(std::make_unique<ServiceLink>(
        relays_.loop,
        ServiceLink::Options{.dial = [target] { return http2::Connect(target, kDialPatience); },
                             .authority = http2::HostOf(target),
                             .tls = http2::IsUnix(target) ? nullptr : &host_tls_}));
  }
  relays_.links.push_back(std::make_unique<ServiceLink>(
      relays_.loop,
      ServiceLink::Options{.dial = options_.own, .authority = "localhost", .tls = nullptr}));
}

GrpcProxy::~GrpcProxy() { Drain(absl::ZeroDuration()); }

absl::Status GrpcProxy::Start() {
  JH_RETURN_IF_ERROR(RenewCertificates());
  JH_RETURN_IF_ERROR(door_.Listen());
  door_.Open([this](http2::Descriptor socket, std::string address, http2::Door::Place place) {
    Enter(std::move(socket), std::move(address), std::move(place));
  });
  thread_ = std::thread([this] { relays_.loop.Run(); });
  return absl::OkStatus();
}

void GrpcProxy::Enter(http2::Descriptor socket, std::string address, http2::Door::Place place) {
  using http2::Connection;
  Connection::Events events;
  events.opened = [this](http2::Stream& stream) { return Relay::Accept(relays_, stream); };
  events.closed = [this](Connection& closed) {
    relays_.loop.AtTurnEnd([this, &closed] { connections_.erase(&closed); });
  };
  auto connection = std::make_unique<Connection>(
      relays_.loop, http2::Transport(std::move(socket), tls_.New()), std::move(address),
      Connection::Options{.max_fields = kMaxMetadataBytes}, std::move(events));
  Connection* const key = connection.get();
  connections_.emplace(key, std::make_pair(std::move(connection), std::move(place)));
}

// What stands in the files counts for connections from now on.
absl::Status GrpcProxy::RenewCertificates() {
  renewal_.Set(kRenewEvery, [this] {
    if (const absl::Status renewed = RenewCertificates(); !renewed.ok()) {
      log::Warning("certificates can't be used", {{"status", Describe(renewed)}});
    }
  });
  const absl::Status own = tls_.Renew();
  const absl::Status host = host_tls_.Renew();
  return own.ok() ? host : own;
}

void GrpcProxy::Leave() {
  relays_.draining = true;
  door_.Close();
  for (const auto& [key, entry] : connections_) key->Leave();
}

void GrpcProxy::CloseAll() {
  std::vector<http2::Connection*> open;
  for (const auto& [key, entry] : connections_) open.push_back(key);
  for (http2::Connection* connection : open) connection->Close();
  for (const auto& link : relays_.links) link->Close();
}

void GrpcProxy::Drain(absl::Duration patience) {
  if (!thread_.joinable()) return;
  relays_.loop.Post([this] { Leave(); });
  const auto all_gone = absl::Condition(
      +[](int* relays) { return *relays == 0; }, &relays_.relays);
  {
    absl::MutexLock lock(&relays_.mutex);
    relays_.mutex.AwaitWithTimeout(all_gone, patience);
  }
  relays_.loop.Post([this] { CloseAll(); });
  {
    absl::MutexLock lock(&relays_.mutex);
    relays_.mutex.Await(all_gone);
  }
  relays_.loop.Stop();
  thread_.join();
}

}  // namespace jinhuan::gateway
