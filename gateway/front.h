#pragma once

#include "gateway/health.h"
#include "gateway/http/message.h"
#include "gateway/protocol_connect.h"
#include "gateway/static_files.h"

namespace jinhuan::gateway {

// What answers on the HTTP port: /healthz, calls, and the portal for all else.
// Thread-safe.
class Front final : public http::Handler {
 public:
  // All must outlive it.
  Front(const ConnectProtocol& connect, const Health& health, StaticFiles& files)
      : connect_(connect), health_(health), files_(files) {}

  std::function<void()> Handle(http::Request request, http::Respond respond) override;

 private:
  const ConnectProtocol& connect_;
  const Health& health_;
  StaticFiles& files_;
};

}  // namespace jinhuan::gateway
