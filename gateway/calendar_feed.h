#pragma once

#include <memory>
#include <string>

#include "gateway/gate.h"
#include "gateway/http/message.h"
#include "gateway/http/rate_limit.h"
#include "gateway/routes.h"
#include "gateway/upstream.h"
#include "platform/rpc/caller_token.h"

namespace jinhuan::gateway {

// Serves a person's calendar link, GET /calendars/{token}.ics[?lang=en]: chair terms,
// the meetings that the person's unit is called to, and its own bookings, as iCalendar.
// The link is the credential: what it shows is asked of the services in the name of its
// person, with the roles held now, so nothing is shown that the portal would not show.
// Thread-safe.
class CalendarFeed {
 public:
  // All must outlive it and the answers it owes. `limit`: how often one address may ask.
  struct Parts {
    const Routes& routes;
    const Gate& gate;
    Upstream& upstream;
    const rpc::CallerTokenSigner& signer;
    http::RateLimit& limit;
    const Clock& clock;
  };
  explicit CalendarFeed(Parts parts) : parts_(parts) {}

  // Whether a request is for a calendar.
  bool Takes(const http::Request& request) const;

  // 200, or 304 for the same as the client has; 404 for a link that is none, was
  // revoked, or whose person is shut out; 405, 429, and 503 when a service can't be
  // asked, so that a program keeps what it has instead of an empty calendar.
  void Handle(const http::Request& request, http::Respond respond) const;

 private:
  struct Feed;

  void AskWho(const std::shared_ptr<Feed>& feed, const std::string& token) const;
  void AskWhat(const std::shared_ptr<Feed>& feed, const auth::v1::Caller& caller) const;
  void AskAlliance(const std::shared_ptr<Feed>& feed, const auth::v1::Caller& caller,
                   const std::string& alliance) const;
  template <class Response, class Request, class Take>
  void Ask(const std::shared_ptr<Feed>& feed, const char* path, const auth::v1::Caller& caller,
           const Request& request, Take take) const;

  const Parts parts_;
};

}  // namespace jinhuan::gateway
