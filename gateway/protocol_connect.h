#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "gateway/gate.h"
#include "gateway/http/message.h"
#include "gateway/routes.h"
#include "gateway/upstream.h"

namespace jinhuan::gateway {

// The Connect protocol, unary, over HTTP (connectrpc.com/docs/protocol): POST with
// a JSON or binary message, and GET for methods without side effects. A browser's
// session comes as the cookie `jinhuan_session`. Thread-safe.
class ConnectProtocol {
 public:
  // All must outlive it and the answers it owes. `secure_cookies`: whether the
  // session cookie is for TLS alone, whatever X-Forwarded-Proto says.
  ConnectProtocol(const Routes& routes, const Gate& gate, Upstream& upstream, bool secure_cookies)
      : routes_(routes), gate_(gate), upstream_(upstream), secure_cookies_(secure_cookies) {}

  // Whether a request is for this protocol: it calls a method, or tries to.
  bool Takes(const http::Request& request) const;

  // Answers it; see http::Handler::Handle.
  std::function<void()> Handle(http::Request request, http::Respond respond) const;

 private:
  struct Call;

  // Answers what is no call, and counts as one.
  std::nullptr_t Stray(const http::Request& request, const http::Respond& respond,
                       http::Response refusal) const;
  void Begin(const std::shared_ptr<Call>& call) const;
  void Send(const std::shared_ptr<Call>& call, const CallMetadata& identity) const;
  void Receive(const std::shared_ptr<Call>& call, const grpc::Status& status) const;
  void Fail(const std::shared_ptr<Call>& call, const absl::Status& status) const;
  void Fail(const std::shared_ptr<Call>& call, const grpc::Status& status) const;
  void Answer(const std::shared_ptr<Call>& call, http::Response response,
              absl::StatusCode code) const;
  // The value of Set-Cookie that carries `token`, or ends the session when empty.
  std::string SetCookie(const Call& call, std::string_view token) const;

  const Routes& routes_;
  const Gate& gate_;
  Upstream& upstream_;
  const bool secure_cookies_;
};

}  // namespace jinhuan::gateway
