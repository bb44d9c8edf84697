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
  http::Respond hardened = [allowed = cors_.HeadersFor(request),
                            respond = std::move(respond)](http::Response response) {
    Harden(response);
    response.headers.insert(response.headers.end(), allowed.begin(), allowed.end());
    respond(std::move(response));
  };
  if (request.path == "/healthz") {
    hardened({.status = health_.ready() ? 200 : 503,
              .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
              .body = health_.Report()});
    return nullptr;
  }
  if (cors_.IsPreflight(request)) {
    hardened({.status = 204});
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
