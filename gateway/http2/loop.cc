#include "gateway/http2/loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>

namespace jinhuan::gateway::http2 {
namespace {

constexpr absl::Duration kLongest = absl::Hours(24);

}  // namespace

void Loop::Timer::Set(absl::Duration after, Task task) {
  Cancel();
  task_ = std::move(task);
  // A sum that overflows would be a time that is past.
  const absl::Duration bounded = std::min(after, kLongest);
  place_ = loop_.timers_.emplace(Clock::now() + absl::ToChronoNanoseconds(bounded), this);
}

void Loop::Timer::Cancel() {
  if (place_.has_value()) loop_.timers_.erase(*place_);
  place_.reset();
}

Loop::Loop() : epoll_(epoll_create1(EPOLL_CLOEXEC)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{};
  event.events = EPOLLIN;
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event);
}

void Loop::Watch(int fd, uint32_t events, Watcher& watcher) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watcher;
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
}

void Loop::Change(int fd, uint32_t events, Watcher& watcher) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watcher;
  epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
}

void Loop::Unwatch(int fd) { epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr); }

void Loop::Post(Task task) {
  absl::MutexLock lock(&mutex_);
  posted_.push_back(std::move(task));
  if (posted_.size() == 1) eventfd_write(wake_.get(), 1);
}

void Loop::Stop() {
  Post([this] { stopped_ = true; });
}

void Loop::Run() {
  thread_ = std::this_thread::get_id();
  stopped_ = false;
  EndTurn();  // of what was done before
  std::array<epoll_event, 256> events{};
  while (!stopped_) {
    const int count = epoll_wait(epoll_.get(), events.data(), events.size(), UntilNextTimer());
    bool woken = false;
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<size_t>(i)];
      if (event.data.ptr == nullptr) {
        woken = true;
      } else {
        static_cast<Watcher*>(event.data.ptr)->OnReady(event.events);
      }
    }
    if (woken) RunPosted();
    RunTimers();
    EndTurn();
  }
  thread_ = std::thread::id();
}

int Loop::UntilNextTimer() const {
  if (timers_.empty()) return -1;
  const auto left = timers_.begin()->first - Clock::now();
  // Rounded up: a turn before its time would find nothing due.
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::clamp<int64_t>(ms, 0, 60'000));
}

void Loop::RunTimers() {
  if (timers_.empty()) return;
  const Clock::time_point now = Clock::now();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    Timer& timer = *timers_.begin()->second;
    timer.Cancel();
    const Task task = std::move(timer.task_);  // it may end the timer
    task();
  }
}

void Loop::RunPosted() {
  std::vector<Task> tasks;
  {
    absl::MutexLock lock(&mutex_);
    eventfd_t count = 0;
    eventfd_read(wake_.get(), &count);
    tasks.swap(posted_);
  }
  for (const Task& task : tasks) task();
}

void Loop::EndTurn() {
  // A task may put off another.
  for (std::vector<Task> tasks; !ending_.empty();) {
    tasks.clear();
    tasks.swap(ending_);
    for (const Task& task : tasks) task();
  }
}

}  // namespace jinhuan::gateway::http2
