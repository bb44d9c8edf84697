#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/http2/descriptor.h"

namespace jinhuan::gateway::http2 {

// One thread that waits for descriptors, for timers and for what other threads hand it.
// A turn deals with all that is ready and ends with what was put off until then: writes,
// so that what several calls say leaves together, and deletions. Post, Stop and
// InThread are thread-safe; all else is for the thread, or for others while it does not run.
class Loop {
 public:
  // Who is told that a descriptor is ready. One that no longer watches may still be told
  // until the turn ends.
  class Watcher {
   public:
    virtual void OnReady(uint32_t events) = 0;  // of epoll

   protected:
    ~Watcher() = default;
  };
  using Task = std::function<void()>;

  // At most one task, at most once: a new one takes the place of the last, and
  // with the timer it goes.
  class Timer {
   public:
    explicit Timer(Loop& loop) : loop_(loop) {}
    ~Timer() { Cancel(); }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    // After a day at the latest, whatever `after` says.
    void Set(absl::Duration after, Task task);
    void Cancel();

   private:
    friend class Loop;
    Loop& loop_;
    std::optional<std::multimap<std::chrono::steady_clock::time_point, Timer*>::iterator> place_;
    Task task_;
  };

  Loop();

  // Until Stop.
  void Run();
  void Stop();
  void Post(Task task);
  bool InThread() const { return std::this_thread::get_id() == thread_; }

  void Watch(int fd, uint32_t events, Watcher& watcher);
  void Change(int fd, uint32_t events, Watcher& watcher);
  void Unwatch(int fd);
  void AtTurnEnd(Task task) { ending_.push_back(std::move(task)); }

 private:
  using Clock = std::chrono::steady_clock;

  int UntilNextTimer() const;  // ms; -1: none
  void RunTimers();
  void RunPosted();
  void EndTurn();

  Descriptor epoll_;
  Descriptor wake_;
  std::atomic<std::thread::id> thread_;
  bool stopped_ = false;
  std::multimap<Clock::time_point, Timer*> timers_;
  std::vector<Task> ending_;
  absl::Mutex mutex_;
  std::vector<Task> posted_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::gateway::http2
