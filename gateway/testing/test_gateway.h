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
  // Tests call what is public from one address, and more often than people do.
  options.calls_per_second_per_address = options.calls_per_second_per_caller = 100000;
  options.http.entrance.arrivals_per_second_each = 100000;
  options.public_write_burst = 1000;
  options.public_read_per_minute = 1000;
  return options;
}

}  // namespace jinhuan::gateway
