#pragma once

#include <grpcpp/server.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/synchronization/mutex.h"
#include "jinhuan/auth/v1/caller.pb.h"

namespace jinhuan::gateway {

// The seed of the keys in tests.
inline constexpr char kTestSeed[] =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

// A gRPC server for tests, on a port of the loopback: EchoService of
// jinhuan.test.v1, and of alliance-svc as much as the gateway needs:
// CredentialService and AuthService.SignIn. Verifies caller tokens as a service
// does. Thread-safe.
class TestBackend {
 public:
  TestBackend();
  ~TestBackend();

  std::string target() const;

  // From now on `credential` belongs to `name`; "" to nobody.
  void SetCredential(const std::string& credential, const std::string& name);

  // Whether CredentialService answers, or says UNAVAILABLE.
  std::atomic<bool> resolves{true};
  std::atomic<int> resolved{0};   // how often it was asked
  std::atomic<int> cancelled{0};  // calls of Hang and Count that saw their end
  std::atomic<int> hanging{0};    // calls of Hang that began
  std::atomic<int> counted{0};    // messages of Count that were written
  // How long the last call of Hang had, as it was told.
  std::atomic<int64_t> patience_ms{0};

 private:
  class Echo;
  class Credentials;
  class Auth;
  std::unique_ptr<Echo> echo_;
  std::unique_ptr<Credentials> credentials_;
  std::unique_ptr<Auth> auth_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  absl::Mutex mutex_;
  std::map<std::string, std::string> names_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::gateway
