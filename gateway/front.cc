#include "gateway/front.h"

namespace jinhuan::gateway {
namespace {

// On every answer.
void Harden(http::Response& response) {
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
}

}  // namespace

std::function<void()> Front::Handle(http::Request request, http::Respond respond) {
  http::Respond hardened = [this, origin = std::string(request.Get("origin")),
                            respond = std::move(respond)](http::Response response) {
    Harden(response);
    cors_.Allow(origin, response);
    respond(std::move(response));
  };
  if (request.path == "/healthz") {
    hardened({.status = health_.ready() ? 200 : 503,
              .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
              .body = health_.Report()});
    return nullptr;
  }
  if (auto preflight = cors_.Preflight(request)) {
    hardened(*std::move(preflight));
    return nullptr;
  }
  if (streams_.Takes(request)) return streams_.Handle(std::move(request), std::move(hardened));
  if (connect_.Takes(request)) return connect_.Handle(std::move(request), std::move(hardened));
  if (calendars_.Takes(request)) {
    calendars_.Handle(request, std::move(hardened));
    return nullptr;
  }
  hardened(files_.Serve(request));
  return nullptr;
}

}  // namespace jinhuan::gateway
