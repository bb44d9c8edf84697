#pragma once

#include <grpcpp/support/status.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/message.h"
#include "gateway/metadata.h"
#include "google/protobuf/descriptor.h"

namespace jinhuan::gateway {

// How a client speaks of messages in envelopes: Connect's streams
// (connectrpc.com/docs/protocol, "Streaming RPCs") or gRPC-Web (grpc/doc/PROTOCOL-WEB.md),
// binary or as text. Immutable.
class Dialect {
 public:
  // What a Content-Type says; nothing when it is neither.
  static std::optional<Dialect> Of(const http::Request& request);

  bool web() const { return web_; }
  // "connect" or "grpc-web", for the log.
  std::string_view name() const { return web_ ? "grpc-web" : "connect"; }

  // The one message of a request, as bytes of `type`. As OpenOnly; UNIMPLEMENTED /
  // COMPRESSION_UNKNOWN, RESOURCE_EXHAUSTED / OVERLOADED as HoldBody, and INVALID_ARGUMENT /
  // MALFORMED_BODY when it is not a message of the type.
  absl::StatusOr<std::string> ReadOnly(const google::protobuf::Descriptor& type,
                                       const http::Request& request) const;

  // How long the client waits; nothing for as long as it takes. INVALID_ARGUMENT /
  // FIELD_INVALID.
  absl::StatusOr<std::optional<absl::Duration>> Timeout(const http::Request& request) const;

  // The head of an answer.
  http::Response Head(const CallMetadata& leading) const;

  // A message of `type`, in its envelope. INTERNAL when it is none.
  absl::StatusOr<std::string> Message(const google::protobuf::Descriptor& type,
                                      const std::string& message) const;

  // The last envelope: how the call ended, with what the service added.
  std::string End(const grpc::Status& status, const CallMetadata& trailing) const;

 private:
  std::string Sealed(uint8_t flags, std::string_view message) const;

  bool web_ = false;
  bool json_ = false;
  bool text_ = false;  // gRPC-Web: base64
  bool gzip_ = false;  // the client takes it
  std::string request_coding_;
  std::string content_type_;
};

}  // namespace jinhuan::gateway
