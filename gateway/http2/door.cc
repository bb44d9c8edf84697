#include "gateway/http2/door.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

#include "gateway/http2/socket.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway::http2 {
namespace {

// Most likely out of file descriptors: spinning would not bring any.
constexpr absl::Duration kPause = absl::Milliseconds(50);

}  // namespace

Door::Door(Loop& loop, Options options, const Clock& clock)
    : loop_(loop),
      options_(std::move(options)),
      entrance_(options_.entrance, clock),
      pause_(loop) {}

absl::Status Door::Listen() {
  JH_ASSIGN_OR_RETURN(listener_, http2::Listen(options_.listen));
  port_ = PortOf(listener_);
  return absl::OkStatus();
}

void Door::Open(Enter enter) {
  enter_ = std::move(enter);
  loop_.Watch(listener_.get(), EPOLLIN, *this);
}

void Door::Close() {
  pause_.Cancel();
  if (enter_ && listener_.get() >= 0) loop_.Unwatch(listener_.get());
  listener_ = Descriptor();
}

void Door::OnReady(uint32_t) {
  if (listener_.get() < 0) return;
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  const int fd = accept4(listener_.get(), reinterpret_cast<sockaddr*>(&peer), &size,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0) return Take(Descriptor(fd), TextOf(peer, size));
  if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return;
  loop_.Unwatch(listener_.get());
  pause_.Set(kPause, [this] { loop_.Watch(listener_.get(), EPOLLIN, *this); });
}

void Door::Take(Descriptor connection, std::string address) {
  auto place = entrance_.Take(address);
  if (place.has_value()) enter_(std::move(connection), std::move(address), *std::move(place));
}

}  // namespace jinhuan::gateway::http2
