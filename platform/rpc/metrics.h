#pragma once

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace jinhuan::rpc {

// The counts and times of a process, as Prometheus reads them. Thread-safe.
class Metrics {
 public:
  Metrics();

  // What one method counts.
  class Method {
   public:
    void Observe(absl::StatusCode code, absl::Duration took);

   private:
    friend class Metrics;
    prometheus::Family<prometheus::Counter>* calls_ = nullptr;
    prometheus::Counter* ok_ = nullptr;
    prometheus::Histogram* seconds_ = nullptr;
    std::string name_;
  };

  // `name` is package.Service/Method; ask once per method and keep it.
  Method ForMethod(const std::string& name);

  const std::shared_ptr<prometheus::Registry>& registry() const { return registry_; }

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Counter>* calls_;
  prometheus::Family<prometheus::Histogram>* seconds_;
};

}  // namespace jinhuan::rpc
