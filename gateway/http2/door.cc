#include "gateway/http2/door.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "gateway/http2/socket.h"
#include "platform/client_source.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway::http2 {
namespace {

// Most likely out of file descriptors: spinning would not bring any.
constexpr absl::Duration kPause = absl::Milliseconds(50);

}  // namespace

Door::Door(Loop& loop, Options options, const Clock& clock)
    : loop_(loop),
      options_(std::move(options)),
      each_(options_.max_connections_each),
      arrivals_(2 * options_.arrivals_per_second_each, 60.0 * options_.arrivals_per_second_each,
                clock),
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
  if (open_ >= options_.max_connections) return;
  std::optional<http::PlaceLimit::Place> each;
  const auto& uncounted = options_.uncounted;
  if (std::find(uncounted.begin(), uncounted.end(), address) == uncounted.end()) {
    const std::string source = SourceOf(address);
    auto place = each_.Take(source);
    if (!place.has_value() || !arrivals_.Take(source).ok()) return;
    each.emplace(*std::move(place));
  }
  enter_(std::move(connection), std::move(address), Place(open_, std::move(each)));
}

}  // namespace jinhuan::gateway::http2
