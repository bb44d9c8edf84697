#pragma once

#include <memory>
#include <utility>

#include "gateway/gateway.h"
#include "gateway/http/testing/http_client.h"
#include "gateway/testing/test_backend.h"

namespace jinhuan::gateway {

// The options of a gateway before `backend`, on ports of the loopback that are
// free.
inline GatewayOptions TestOptions(const TestBackend& backend) {
  GatewayOptions options;
  options.backends = {{"alliance-svc", backend.target(), "jinhuan.alliance.v1"},
                      {"echo", backend.target(), "jinhuan.test.v1"}};
  options.http.listen = "127.0.0.1:0";
  options.grpc_listen = "127.0.0.1:0";
  options.caller_seed = kTestSeed;
  return options;
}

}  // namespace jinhuan::gateway
