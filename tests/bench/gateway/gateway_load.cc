// Both ends of the gateway's benchmark: a backend that answers at once, so that what lies
// before it is what is measured, and native gRPC load.
//
//   gateway_load backend ADDRESS
//   gateway_load load HOST:PORT STREAMS SECONDS      with TOKEN in the environment
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "jinhuan/alliance/v1/alliance_service.grpc.pb.h"
#include "jinhuan/auth/v1/credential_service.grpc.pb.h"

namespace jinhuan::bench {
namespace {

using alliance::v1::Alliance;
using alliance::v1::AllianceService;
using alliance::v1::GetAllianceRequest;
using Clock = std::chrono::steady_clock;

class Alliances final : public AllianceService::CallbackService {
  grpc::ServerUnaryReactor* GetAlliance(grpc::CallbackServerContext* context,
                                        const GetAllianceRequest* request,
                                        Alliance* response) override {
    response->set_name(request->name());
    response->set_display_name("金色中环");
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

// Every credential is somebody's.
class Credentials final : public auth::v1::CredentialService::Service {
  grpc::Status ResolveCredential(grpc::ServerContext*, const auth::v1::ResolveCredentialRequest*,
                                 auth::v1::ResolveCredentialResponse* response) override {
    response->mutable_caller()->set_name("users/u1");
    return grpc::Status::OK;
  }
};

int Serve(const std::string& address) {
  Alliances alliances;
  Credentials credentials;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&alliances);
  builder.RegisterService(&credentials);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::printf("ready\n");
  std::fflush(stdout);
  server->Wait();
  return 0;
}

class Load {
 public:
  Load(const std::string& address, size_t streams, int seconds)
      : streams_(streams), end_(Clock::now() + std::chrono::seconds(seconds)) {
    for (size_t i = 0; i < std::min(streams, kConnections); ++i) {
      grpc::ChannelArguments alone;
      alone.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      stubs_.push_back(AllianceService::NewStub(
          grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), alone)));
    }
  }

  void Run() {
    const Clock::time_point begin = Clock::now();
    absl::BlockingCounter ended(static_cast<int>(streams_));
    for (size_t i = 0; i < streams_; ++i) Next(i, ended);
    ended.Wait();
    absl::MutexLock lock(&mutex_);
    std::sort(took_.begin(), took_.end());
    const auto part = [&](size_t percent) {
      return took_.empty() ? 0.0 : took_[std::min(took_.size() - 1, took_.size() * percent / 100)];
    };
    std::printf("{\"rate\":%.0f,\"p50\":%.3f,\"p99\":%.3f,\"failed\":%zu}\n",
                static_cast<double>(took_.size()) /
                    std::chrono::duration<double>(Clock::now() - begin).count(),
                part(50), part(99), failed_);
  }

 private:
  static constexpr size_t kConnections = 8;  // at most; more streams share them

  struct One {
    grpc::ClientContext context;
    GetAllianceRequest request;
    Alliance alliance;
    Clock::time_point begin = Clock::now();
  };

  // Calls, and goes on when it is answered.
  void Next(size_t stream, absl::BlockingCounter& ended) {
    auto* one = new One;
    one->request.set_name("alliances/demo");
    one->context.AddMetadata("authorization", authorization_);
    stubs_[stream % stubs_.size()]->async()->GetAlliance(
        &one->context, &one->request, &one->alliance,
        [this, one, stream, &ended](const grpc::Status& status) {
          std::unique_ptr<One> answered(one);
          const Clock::time_point now = Clock::now();
          {
            absl::MutexLock lock(&mutex_);
            took_.push_back(std::chrono::duration<double, std::milli>(now - one->begin).count());
            failed_ += status.ok() ? 0 : 1;
          }
          answered.reset();  // before the last one lets the process end
          if (now < end_) {
            Next(stream, ended);
          } else {
            ended.DecrementCount();
          }
        });
  }

  const size_t streams_;
  const Clock::time_point end_;
  const std::string authorization_ = "Bearer " + std::string(std::getenv("TOKEN"));
  std::vector<std::unique_ptr<AllianceService::Stub>> stubs_;
  absl::Mutex mutex_;
  size_t failed_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<double> took_ ABSL_GUARDED_BY(mutex_);  // ms
};

}  // namespace
}  // namespace jinhuan::bench

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "backend" && argc == 3) return jinhuan::bench::Serve(argv[2]);
  if (mode != "load" || argc != 5) return 2;
  jinhuan::bench::Load(argv[2], std::stoul(argv[3]), std::stoi(argv[4])).Run();
}
