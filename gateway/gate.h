#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/place_limit.h"
#include "gateway/http/rate_limit.h"
#include "gateway/metadata.h"
#include "gateway/routes.h"
#include "gateway/session.h"
#include "platform/clock.h"
#include "platform/id.h"
#include "platform/rpc/admission.h"

namespace jinhuan::gateway {

// Who comes, by either port.
struct Visitor {
  std::string credential;  // empty: none
  std::string address;
  std::vector<std::string> certificate_names;  // DNS names in the certificate that it showed
  std::string user_agent;                      // printable ASCII, 200 characters at most
  std::string request_id;
  std::string traceparent;
  std::string tracestate;
};

// A call that is under way, from the first look to the last line in the log.
struct Passage {
  const Method* method = nullptr;
  std::string_view protocol;  // "connect" or "grpc"
  std::string request_id;
  std::string credential_key;  // of the credential, or else of the certificate; empty: none
  absl::Time start;
  std::optional<rpc::Admission::Ticket> ticket;
  std::optional<http::PlaceLimit::Place> place;  // a stream's, or while the message is awaited
  std::optional<http::PlaceLimit::Place> caller_place;  // a stream's, among those of the account
  bool counted = false;  // against what an address may call without signing in
};

// How long a unary call may take, from its arrival.
struct Timeouts {
  absl::Duration unset = absl::Seconds(15);  // where the client sets nothing
  absl::Duration most = absl::Seconds(60);   // whatever it sets
};

// What stands before and after every call on both ports: rate limit, admission,
// session, the metadata that services trust, access log and metrics. Thread-safe.
class Gate {
 public:
  // All must outlive it.
  struct Parts {
    const Clock& clock;
    IdSource& ids;
    Sessions& sessions;
    http::RateLimit& calls_by_address;
    http::RateLimit& calls_by_caller;
    http::RateLimit& sign_ins;
    http::RateLimit& public_reads;   // of visitors whose credential is none or not good
    http::RateLimit& public_writes;  // the same, of methods with side effects
    rpc::Admission& admission;
    // By credential, or SourceOf the address for who has none; and by the caller's name, since one
    // account may have many sessions.
    http::PlaceLimit& streams_each;
    http::PlaceLimit& own_streams;  // of the gateway's own methods, by SourceOf the address
    http::PlaceLimit& awaited;      // unary calls without their message yet, likewise
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-* count
    Timeouts timeouts = {};
  };
  explicit Gate(Parts parts) : parts_(std::move(parts)) {}

  // The visitor behind a request. `get` gives the value of a header or of
  // metadata, or ""; `peer` is the address of the other side.
  Visitor Recognise(const std::function<std::string_view(std::string_view)>& get,
                    std::string_view peer) const;

  bool IsTrustedProxy(std::string_view peer) const;

  const Timeouts& timeouts() const { return parts_.timeouts; }
  const Clock& clock() const { return parts_.clock; }

  // Counts what is no call of a method that there is, as a call of its address.
  // RESOURCE_EXHAUSTED / RATE_LIMITED.
  absl::Status CountStray(const Visitor& visitor) const;

  // Opens the passage of a call. RESOURCE_EXHAUSTED / RATE_LIMITED, OVERLOADED. A unary call whose
  // message is awaited has no place among those under way before Admit.
  enum class Message { kWhole, kAwaited };
  absl::Status Open(const Method& method, std::string_view protocol, const Visitor& visitor,
                    Passage& passage, Message message = Message::kWhole) const;
  // Its message has come. RESOURCE_EXHAUSTED / OVERLOADED.
  absl::Status Admit(Passage& passage) const;

  // Gives `done` the metadata that tells a service who calls, at once or from
  // another thread. The errors of Sessions::TokenFor; for a method that needs no
  // sign-in a credential that is not good counts as none, and RESOURCE_EXHAUSTED /
  // RATE_LIMITED is for an address that calls too many of these without one. Both
  // must live until `done` is called.
  using Done = std::function<void(absl::StatusOr<CallMetadata>)>;
  void Identify(const Visitor& visitor, Passage& passage, Done done) const;

  // Takes a stream's place among those of its caller, and gives who that is (CallerIn).
  // RESOURCE_EXHAUSTED / OVERLOADED.
  absl::StatusOr<std::string> BeginStream(const CallMetadata& identity, Passage& passage) const;
  // Whether a stream may go on whose caller was `caller` (CallerIn) when it began, by what Identify
  // says now. Its error, which is not to last longer than what Sessions believes; UNAVAILABLE /
  // UNAVAILABLE when the caller has gained or lost a role since, or a term began or ended: the
  // client comes back and is judged anew.
  absl::Status StillIs(const std::string& caller,
                       const absl::StatusOr<CallMetadata>& identity) const;

  // Ends a passage: counts and logs, and forgets what is believed of the credential
  // when the service made that `doubtful`: it changed the session, or took the caller
  // for nobody.
  void Close(Passage& passage, absl::StatusCode code, bool doubtful) const;

 private:
  absl::Status CountCall(const Method& method, const Visitor& visitor,
                         const Passage& passage) const;
  absl::Status CountPublic(const Visitor& visitor, Passage& passage) const;

  Parts parts_;
};

// Who `identity`, as Gate::Identify gives it, speaks of: the serialised Caller with
// the grants that hold at `now`, the same as long as the account and its roles are;
// "" for nobody.
std::string CallerIn(const CallMetadata& identity, absl::Time now);

}  // namespace jinhuan::gateway
