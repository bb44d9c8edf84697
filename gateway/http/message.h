#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/body_budget.h"

namespace jinhuan::gateway::http {

// One header field; names of requests are lower case.
struct Header {
  std::string name;
  std::string value;
};

// One request, whole. A name that came several times has its values joined by
// ", ", or "; " for cookie (RFC 9110, section 5.3; RFC 9113, section 8.2.3).
struct Request {
  std::string method;
  std::string path;   // as sent, still percent-encoded, without the query
  std::string query;  // without "?"
  std::vector<Header> headers;
  std::string body;
  bool body_too_large = false;  // then `body` is empty
  std::string peer;             // the other side's IP address
  // What the body holds of all that are under way, until it is answered: who makes more of it
  // holds more. Null for none.
  std::shared_ptr<BodyBudget::Share> share = {};

  // The value of a header; "" when it is absent.
  std::string_view Get(std::string_view name) const;
};

// Writes the body of an answer piece by piece, where it is not known as a whole. Ends
// the connection, so that the client sees that something is missing, when it goes away
// without End. Thread-safe.
class BodyWriter {
 public:
  virtual ~BodyWriter() = default;
  // Sends a piece, and calls `done` (from any thread) when there is room for another:
  // one piece is under way at a time. False when the client is gone.
  virtual void Write(std::string piece, std::function<void(bool)> done) = 0;
  virtual void End() = 0;
};

// One answer. The server adds Content-Length or Transfer-Encoding, Date and Connection.
struct Response {
  int status = 200;
  std::vector<Header> headers = {};
  std::string body = {};
  std::shared_ptr<const std::string> shared_body = {};  // used instead of `body` when set
  // Set: the body comes piece by piece; it is called when the head is on its way.
  std::function<void(std::shared_ptr<BodyWriter>)> stream_body = {};

  std::string_view content() const { return shared_body ? *shared_body : body; }
};

// Gives the answer; once, from any thread.
using Respond = std::function<void(Response)>;

// What answers requests. Handle returns what to call when the client goes away
// before the answer (from any thread, also after it), or nothing.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual std::function<void()> Handle(Request request, Respond respond) = 0;
};

// Decodes percent-encoding, and "+" as a space when `form`. Nothing when a "%" is
// not followed by two hex digits.
std::optional<std::string> PercentDecode(std::string_view text, bool form);

// The value of a parameter of a query string, decoded; nothing when it is absent
// or malformed. The first counts when it is repeated.
std::optional<std::string> QueryParameter(std::string_view query, std::string_view name);

// The value of a cookie in a Cookie header (RFC 6265, section 4.2); "" when absent.
std::string Cookie(std::string_view header, std::string_view name);

// Whether an Accept-Encoding header allows `coding` with a weight above 0
// (RFC 9110, section 12.5.3).
bool AcceptsCoding(std::string_view header, std::string_view coding);

}  // namespace jinhuan::gateway::http
