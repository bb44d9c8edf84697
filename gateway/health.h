#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "gateway/upstream.h"

namespace jinhuan::gateway {

// Knows which services answer their health check (grpc.health.v1) with SERVING,
// as of a second ago. Thread-safe.
class Health {
 public:
  // `names`, by backend, are what the report calls them.
  Health(Upstream& upstream, std::vector<std::string> names);
  ~Health();

  // Begins to ask. `changed` is told, from a thread of its own, whenever the
  // readiness of the whole changes.
  void Start(std::function<void(bool)> changed);

  // Whether all services serve and the gateway does not drain.
  bool ready() const;

  // Not ready from now on, and tells so before it returns.
  void Drain();

  // {"ready": true, "services": {"alliance-svc": "SERVING", ...}}
  std::string Report() const;

 private:
  void Watch();
  std::vector<bool> Ask();
  bool ReadyLocked() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  Upstream& upstream_;
  const std::vector<std::string> names_;
  std::function<void(bool)> changed_;
  mutable absl::Mutex mutex_;
  std::vector<bool> serving_ ABSL_GUARDED_BY(mutex_);
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jinhuan::gateway
