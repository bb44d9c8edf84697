#include "gateway/service_link.h"

#include <algorithm>
#include <utility>

namespace jinhuan::gateway {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(1);

}  // namespace

ServiceLink::ServiceLink(http2::Loop& loop, Options options)
    : loop_(loop), options_(std::move(options)), pause_(kFirstPause), timer_(loop), thread_([this] {
        DialWhenWanted();
      }) {}

ServiceLink::~ServiceLink() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
}

void ServiceLink::Get(Done done) {
  if (current_ != nullptr) return done(current_);
  if (pausing_ || closed_) return done(nullptr);
  waiting_.push_back(std::move(done));
  if (std::exchange(dialling_, true)) return;
  absl::MutexLock lock(&mutex_);
  wanted_ = true;
}

void ServiceLink::Close() {
  timer_.Cancel();
  closed_ = true;
  for (const auto& connection : all_) connection->Close();
  Tell(nullptr);
}

void ServiceLink::DialWhenWanted() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](ServiceLink* link)
               ABSL_EXCLUSIVE_LOCKS_REQUIRED(link->mutex_) { return link->wanted_ || link->stop_; },
          this));
      if (stop_) return;
      wanted_ = false;
    }
    auto socket = std::make_shared<absl::StatusOr<http2::Descriptor>>(options_.dial());
    loop_.Post([this, socket] { Dialled(std::move(*socket)); });
  }
}

void ServiceLink::Dialled(absl::StatusOr<http2::Descriptor> socket) {
  if (closed_) return;  // while it was made
  if (!socket.ok()) return Failed();
  using http2::Connection;
  const Connection::Options options{.side = Connection::Side::kClient,
                                    .silence = absl::Seconds(20),
                                    .answer = absl::Seconds(10),
                                    .idle = absl::InfiniteDuration()};
  Connection::Events events;
  events.ready = [this](Connection& ready) {
    current_ = &ready;
    pending_ = nullptr;
    dialling_ = false;
    pause_ = kFirstPause;
    Tell(current_);
  };
  events.leaving = [this](Connection& leaving) {
    if (current_ == &leaving) current_ = nullptr;
  };
  events.closed = [this](Connection& closed) { Closed(closed); };
  http2::Ssl ssl = options_.tls == nullptr ? nullptr : options_.tls->New(options_.authority);
  all_.push_back(std::make_unique<Connection>(loop_,
                                              http2::Transport(*std::move(socket), std::move(ssl)),
                                              options_.authority, options, std::move(events)));
  pending_ = all_.back().get();
}

void ServiceLink::Closed(http2::Connection& connection) {
  if (current_ == &connection) {
    current_ = nullptr;
  } else if (pending_ == &connection) {
    pending_ = nullptr;
    Failed();
  }
  loop_.AtTurnEnd([this, &connection] {
    std::erase_if(all_, [&](const auto& one) { return one.get() == &connection; });
  });
}

void ServiceLink::Failed() {
  dialling_ = false;
  if (closed_) return;
  pausing_ = true;
  timer_.Set(pause_, [this] { pausing_ = false; });
  pause_ = std::min(2 * pause_, kLongestPause);
  Tell(nullptr);
}

void ServiceLink::Tell(http2::Connection* connection) {
  for (const Done& done : std::exchange(waiting_, {})) done(connection);
}

}  // namespace jinhuan::gateway
