#include "gateway/http2/socket.h"
#include "gateway/http/host_port.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace jinhuan::gateway::http2 {
namespace {

constexpr int kBacklog = 512;
constexpr std::string_view kUnix = "unix:";
constexpr std::string_view kAbstract = "unix-abstract:";
constexpr std::string_view kDns = "dns:///";

struct FreeAddresses {
  void operator()(addrinfo* found) const { freeaddrinfo(found); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

// Null when there is none.
Addresses Resolve(std::string_view address, int flags) {
  const auto there = http::ReadHostPort(address);
  if (!there.has_value()) return nullptr;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(there->host.c_str(), fmt::to_string(there->port).c_str(), &hints, &found) != 0)
    return nullptr;
  return Addresses(found);
}

Descriptor NewSocket(int family) {
  return Descriptor(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

void Set(const Descriptor& socket, int level, int option) {
  const int on = 1;
  setsockopt(socket.get(), level, option, &on, sizeof on);
}

bool Connects(const Descriptor& socket, const sockaddr* address, socklen_t size,
              absl::Duration patience) {
  if (connect(socket.get(), address, size) == 0) return true;
  if (errno != EINPROGRESS && errno != EAGAIN) return false;
  pollfd waits{socket.get(), POLLOUT, 0};
  if (poll(&waits, 1, static_cast<int>(absl::ToInt64Milliseconds(patience))) != 1) return false;
  int error = 0;
  socklen_t length = sizeof error;
  return getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0;
}

Descriptor ConnectUnix(std::string_view path, bool abstract, absl::Duration patience) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const size_t skip = abstract ? 1 : 0;  // an abstract name begins with a zero
  if (path.size() + skip >= sizeof address.sun_path) return {};
  std::memcpy(address.sun_path + skip, path.data(), path.size());
  const size_t size = offsetof(sockaddr_un, sun_path) + path.size() + 1;
  Descriptor socket = NewSocket(AF_UNIX);
  const bool there = Connects(socket, reinterpret_cast<const sockaddr*>(&address),
                              static_cast<socklen_t>(size), patience);
  return there ? std::move(socket) : Descriptor();
}

Descriptor ConnectTcp(std::string_view address, absl::Duration patience) {
  const Addresses found = Resolve(address, 0);
  for (const addrinfo* one = found.get(); one != nullptr; one = one->ai_next) {
    Descriptor socket = NewSocket(one->ai_family);
    if (!Connects(socket, one->ai_addr, one->ai_addrlen, patience)) continue;
    Set(socket, IPPROTO_TCP, TCP_NODELAY);
    return socket;
  }
  return {};
}

// What `target` is after `prefix`; nothing when it does not begin so.
bool Strip(std::string_view& target, std::string_view prefix) {
  if (!target.starts_with(prefix)) return false;
  target.remove_prefix(prefix.size());
  return true;
}

}  // namespace

absl::StatusOr<Descriptor> Listen(const std::string& address) {
  const auto refusal = absl::UnavailableError(fmt::format("{} can't be listened on", address));
  const Addresses found = Resolve(address, AI_PASSIVE);
  if (found == nullptr) return refusal;
  Descriptor listener = NewSocket(found->ai_family);
  Set(listener, SOL_SOCKET, SO_REUSEADDR);
  Set(listener, IPPROTO_TCP, TCP_NODELAY);  // connections have it from here
  if (bind(listener.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      listen(listener.get(), kBacklog) != 0) {
    return refusal;
  }
  return listener;
}

uint16_t PortOf(const Descriptor& listener) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (getsockname(listener.get(), reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(bound).sin_port);
}

absl::StatusOr<Descriptor> Connect(const std::string& target, absl::Duration patience) {
  std::string_view rest = target;
  Descriptor socket;
  if (Strip(rest, kAbstract)) {
    socket = ConnectUnix(rest, true, patience);
  } else if (Strip(rest, kUnix)) {
    if (rest.starts_with("//")) rest.remove_prefix(2);
    socket = ConnectUnix(rest, false, patience);
  } else {
    Strip(rest, kDns);
    socket = ConnectTcp(rest, patience);
  }
  if (socket.get() < 0) return absl::UnavailableError(fmt::format("nobody answers at {}", target));
  return socket;
}

bool IsUnix(const std::string& target) {
  return target.starts_with(kUnix) || target.starts_with(kAbstract);
}

std::string HostOf(const std::string& target) {
  std::string_view rest = target;
  if (IsUnix(target)) return "localhost";
  Strip(rest, kDns);
  const auto there = http::ReadHostPort(rest);
  return there.has_value() ? there->host : "";
}

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

}  // namespace jinhuan::gateway::http2
