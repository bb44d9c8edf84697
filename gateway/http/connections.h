#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/http/connection.h"

namespace jinhuan::gateway::http {

// Who is connected. Thread-safe.
class Connections {
 public:
  // Set before any is told to end: no answer from then on keeps its connection open.
  std::atomic<bool> draining{false};

  void Add(Connection& connection) {
    absl::MutexLock lock(&mutex_);
    all_.insert(&connection);
  }
  void Remove(Connection& connection) {
    absl::MutexLock lock(&mutex_);
    all_.erase(&connection);
  }
  template <class Action>
  void ForEach(Action action) {
    std::vector<std::shared_ptr<Connection>> alive;
    {
      absl::MutexLock lock(&mutex_);
      for (Connection* connection : all_) {
        // One that is being destroyed just now has nothing to lock.
        if (auto held = connection->weak_from_this().lock()) alive.push_back(std::move(held));
      }
    }
    for (const auto& connection : alive) action(*connection);
  }
  // Says whether all left before `deadline`.
  bool AwaitNone(absl::Time deadline) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithDeadline(
        absl::Condition(
            +[](std::set<Connection*>* all) { return all->empty(); }, &all_),
        deadline);
  }

 private:
  absl::Mutex mutex_;
  std::set<Connection*> all_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::gateway::http
