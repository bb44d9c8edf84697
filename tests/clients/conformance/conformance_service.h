#pragma once

#include <set>
#include <string>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "jinhuan/conformance/v1/conformance_service.grpc.pb.h"

namespace jinhuan::conformance {

// Remembers how far calls are, by their labels. Thread-safe.
class Progress {
 public:
  void Add(const std::string& label, bool cancelled) {
    absl::MutexLock lock(&mutex_);
    seen_.emplace(label, cancelled);
  }
  // Says whether the call was as far before `deadline`.
  bool Await(const std::string& label, bool cancelled, absl::Time deadline) {
    absl::MutexLock lock(&mutex_);
    const auto there = [&] { return seen_.contains({label, cancelled}); };
    return mutex_.AwaitWithDeadline(absl::Condition(&there), deadline);
  }

 private:
  absl::Mutex mutex_;
  std::set<std::pair<std::string, bool>> seen_ ABSL_GUARDED_BY(mutex_);
};

// Does what Plan says. Thread-safe.
class ConformanceService final : public v1::ConformanceService::Service {
 public:
  grpc::Status Unary(grpc::ServerContext* context, const v1::Request* request,
                     v1::Response* response) override;
  grpc::Status IdempotentUnary(grpc::ServerContext* context, const v1::Request* request,
                               v1::Response* response) override;
  grpc::Status ServerStream(grpc::ServerContext* context, const v1::Request* request,
                            grpc::ServerWriter<v1::Response>* writer) override;
  grpc::Status ClientStream(grpc::ServerContext* context, grpc::ServerReader<v1::Request>* reader,
                            v1::Response* response) override;
  grpc::Status BidiStream(grpc::ServerContext* context,
                          grpc::ServerReaderWriter<v1::Response, v1::Request>* stream) override;
  grpc::Status AwaitCall(grpc::ServerContext* context, const v1::AwaitCallRequest* request,
                         v1::AwaitCallResponse* response) override;

 private:
  Progress progress_;
};

}  // namespace jinhuan::conformance
