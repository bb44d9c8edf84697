#pragma once

#include <grpcpp/support/string_ref.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/http/message.h"
#include "gateway/http2/connection.h"

namespace jinhuan::gateway {

// Metadata of a call, as gRPC has it: lower-case keys; the values of keys that end
// in "-bin" are bytes.
using CallMetadata = std::vector<std::pair<std::string, std::string>>;
using ReceivedMetadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// How much metadata a call may have, in both directions: a caller token names every
// grant, and an error every field. gRPC's own limit is 8 KiB.
inline constexpr int kMaxMetadataBytes = 64 * 1024;

// The metadata under which a service hands over a session for a browser: a token,
// or nothing to end it.
inline constexpr char kSessionMetadata[] = "jinhuan-session";

// The last value under `key`; "" when it is absent.
std::string_view ValueOf(const ReceivedMetadata& metadata, std::string_view key);

// What a client's fields or headers hand on to a service: not what speaks of the
// connection, not the credential, and nothing that begins with "jinhuan-", which
// is how the suite talks among itself. What gRPC would refuse is left out.
void PassUp(const http2::Fields& from, http2::Fields& to);
CallMetadata PassUp(const std::vector<http::Header>& headers);

// What a service's metadata hands back to a client.
void PassDown(const http2::Fields& from, http2::Fields& to);
CallMetadata PassDown(const ReceivedMetadata& metadata);

// Adds metadata of the gateway's own, which no other call has, as fields.
void AppendFields(const CallMetadata& metadata, http2::Fields& fields);

// Adds metadata as header fields whose names begin with `prefix`; bytes become
// unpadded base64 (the Connect protocol).
void AppendHeaders(const CallMetadata& metadata, std::string_view prefix,
                   std::vector<http::Header>& headers);

}  // namespace jinhuan::gateway
