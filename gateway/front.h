#pragma once

#include "gateway/calendar_feed.h"
#include "gateway/cors.h"
#include "gateway/health.h"
#include "gateway/http/message.h"
#include "gateway/protocol_connect.h"
#include "gateway/protocol_stream.h"
#include "gateway/static_files.h"

namespace jinhuan::gateway {

// What answers on the HTTP port: /healthz, calls, calendar links, and the portal
// for all else.
// Thread-safe.
class Front final : public http::Handler {
 public:
  // All must outlive it.
  Front(const Cors& cors, const ConnectProtocol& connect, const StreamProtocol& streams,
        const CalendarFeed& calendars, const Health& health, StaticFiles& files)
      : cors_(cors),
        connect_(connect),
        streams_(streams),
        calendars_(calendars),
        health_(health),
        files_(files) {}

  std::function<void()> Handle(http::Request request, http::Respond respond) override;

 private:
  const Cors& cors_;
  const ConnectProtocol& connect_;
  const StreamProtocol& streams_;
  const CalendarFeed& calendars_;
  const Health& health_;
  StaticFiles& files_;
};

}  // namespace jinhuan::gateway
