#include "platform/rpc/metrics.h"

namespace jinhuan::rpc {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

}  // namespace

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>()),
      calls_(&prometheus::BuildCounter()
                  .Name("jinhuan_calls_total")
                  .Help("Calls answered, by method and code")
                  .Register(*registry_)),
      seconds_(&prometheus::BuildHistogram()
                    .Name("jinhuan_call_seconds")
                    .Help("Time from admission to answer, by method")
                    .Register(*registry_)) {}

Metrics::Method Metrics::ForMethod(const std::string& name) {
  Method method;
  method.calls_ = calls_;
  method.ok_ = &calls_->Add({{"method", name}, {"code", "OK"}});
  method.seconds_ = &seconds_->Add({{"method", name}}, kSeconds);
  method.name_ = name;
  return method;
}

void Metrics::Method::Observe(absl::StatusCode code, absl::Duration took) {
  seconds_->Observe(absl::ToDoubleSeconds(took));
  if (code == absl::StatusCode::kOk) {
    ok_->Increment();
  } else {
    calls_->Add({{"method", name_}, {"code", absl::StatusCodeToString(code)}}).Increment();
  }
}

}  // namespace jinhuan::rpc
