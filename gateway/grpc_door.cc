#include "gateway/grpc_door.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace jinhuan::gateway {
namespace {

constexpr int kBacklog = 512;
// Most likely out of file descriptors: spinning would not bring any.
constexpr int kPauseMs = 50;
constexpr uint32_t kHangUpAlone = 0;

struct FreeAddresses {
  void operator()(addrinfo* found) const { freeaddrinfo(found); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

// The first address of host:port; nullptr when there is none.
Addresses Resolve(const std::string& listen) {
  const size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return nullptr;
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string port = listen.substr(colon + 1);
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return nullptr;
  return Addresses(found);
}

// As Gate::IsTrustedProxy has it: an IPv4 address is one whatever the socket is.
std::string TextOf(const sockaddr_storage& address, socklen_t size) {
  std::array<char, NI_MAXHOST> host{};
  if (getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(),
                  nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";
  }
  const std::string text = host.data();
  const bool mapped = text.starts_with("::ffff:") && text.find('.') != std::string::npos;
  return mapped ? text.substr(7) : text;
}

void Set(int fd, int level, int option) {
  const int on = 1;
  setsockopt(fd, level, option, &on, sizeof on);
}

}  // namespace

GrpcDoor::Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

GrpcDoor::GrpcDoor(Options options)
    : options_(std::move(options)), each_(options_.max_connections_each) {}

GrpcDoor::~GrpcDoor() { Close(); }

absl::Status GrpcDoor::Listen() {
  const auto refusal =
      absl::UnavailableError(fmt::format("{} can't be listened on", options_.listen));
  const Addresses found = Resolve(options_.listen);
  if (found == nullptr) return refusal;
  listener_ = Descriptor(socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  Set(listener_.get(), SOL_SOCKET, SO_REUSEADDR);
  Set(listener_.get(), IPPROTO_TCP, TCP_NODELAY);  // connections have it from here
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (bind(listener_.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      listen(listener_.get(), kBacklog) != 0 ||
      getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    return refusal;
  }
  port_ = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                            : reinterpret_cast<sockaddr_in&>(bound).sin_port);
  return absl::OkStatus();
}

void GrpcDoor::Open(std::unique_ptr<Acceptor> acceptor) {
  acceptor_ = std::move(acceptor);
  epoll_ = Descriptor(epoll_create1(EPOLL_CLOEXEC));
  stop_ = Descriptor(eventfd(0, EFD_CLOEXEC));
  Watch(listener_.get(), EPOLLIN, EPOLL_CTL_ADD);
  Watch(stop_.get(), EPOLLIN, EPOLL_CTL_ADD);
  thread_ = std::thread([this] { Run(); });
}

void GrpcDoor::Close() {
  if (thread_.joinable()) {
    eventfd_write(stop_.get(), 1);
    thread_.join();
  }
  open_.clear();  // gRPC has its own descriptors
  listener_ = Descriptor();
}

void GrpcDoor::Watch(int fd, uint32_t events, int operation) const {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  epoll_ctl(epoll_.get(), operation, fd, &event);
}

void GrpcDoor::Run() {
  std::array<epoll_event, 64> events{};
  for (;;) {
    const int count =
        epoll_wait(epoll_.get(), events.data(), events.size(), paused_ ? kPauseMs : -1);
    if (std::exchange(paused_, false)) Watch(listener_.get(), EPOLLIN, EPOLL_CTL_MOD);
    for (int i = 0; i < count; ++i) {
      const int fd = events[static_cast<size_t>(i)].data.fd;
      if (fd == stop_.get()) return;
      if (fd == listener_.get()) {
        Accept();
      } else {
        open_.erase(fd);
      }
    }
  }
}

void GrpcDoor::Accept() {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  const int fd = accept4(listener_.get(), reinterpret_cast<sockaddr*>(&peer), &size,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0) return Take(Descriptor(fd), TextOf(peer, size));
  if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return;
  paused_ = true;
  Watch(listener_.get(), kHangUpAlone, EPOLL_CTL_MOD);
}

void GrpcDoor::Take(Descriptor connection, const std::string& address) {
  if (open_.size() >= static_cast<size_t>(options_.max_connections)) return;
  Connection taken;
  const auto& uncounted = options_.uncounted;
  if (std::find(uncounted.begin(), uncounted.end(), address) == uncounted.end()) {
    auto place = each_.Take(address);
    if (!place.has_value()) return;
    taken.place.emplace(*std::move(place));
  }
  taken.watched = Descriptor(fcntl(connection.get(), F_DUPFD_CLOEXEC, 0));
  const int watched = taken.watched.get();
  if (watched < 0) return;
  open_.emplace(watched, std::move(taken));
  Watch(watched, kHangUpAlone, EPOLL_CTL_ADD);
  Acceptor::NewConnectionParameters parameters;
  parameters.listener_fd = listener_.get();
  parameters.fd = connection.release();
  acceptor_->HandleNewConnection(&parameters);
}

}  // namespace jinhuan::gateway
