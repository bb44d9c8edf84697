#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "gateway/dialect.h"
#include "gateway/gate.h"
#include "gateway/http/message.h"
#include "gateway/routes.h"
#include "gateway/upstream.h"

namespace jinhuan::gateway {

// Calls over HTTP whose messages come in envelopes: Connect's server streams, and gRPC-Web,
// unary or streaming. One message goes up; each that comes down is sent before the next is
// asked for, so a slow client slows its own call and nothing else. Every answer is 200, and
// how the call ended stands in the last envelope. A stream ends when its session does, or
// what its caller may be changes. Thread-safe.
class StreamProtocol {
 public:
  // All must outlive it and the answers it owes. `secure_cookies`: as ConnectProtocol.
  StreamProtocol(const Routes& routes, const Gate& gate, Upstream& upstream, bool secure_cookies)
      : routes_(routes), gate_(gate), upstream_(upstream), secure_cookies_(secure_cookies) {}

  // Whether a request speaks so, by its Content-Type.
  bool Takes(const http::Request& request) const { return Dialect::Of(request).has_value(); }

  // Answers it; see http::Handler::Handle.
  std::function<void()> Handle(http::Request request, http::Respond respond) const;

  // From now on streams end with UNAVAILABLE, as on the native port: within a second, or
  // when their connection is asked to end.
  void Drain() { draining_ = true; }

 private:
  class Call;

  const Routes& routes_;
  const Gate& gate_;
  Upstream& upstream_;
  const bool secure_cookies_;
  std::atomic<bool> draining_{false};
};

}  // namespace jinhuan::gateway
