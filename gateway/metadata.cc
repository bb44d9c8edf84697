#include "gateway/metadata.h"

#include <grpc/grpc.h>

#include <algorithm>
#include <array>

#include "gateway/error_json.h"

namespace jinhuan::gateway {
namespace {

// Prefixes of names that end at the gateway, in either direction.
constexpr std::array<std::string_view, 3> kOwn = {"jinhuan-", "grpc-", ":"};
constexpr size_t kFieldOverhead = 32;  // RFC 7541, section 4.1
constexpr std::array<std::string_view, 7> kConnection = {
    "content-type", "content-length", "te", "user-agent", "host", "connection", "x-request-id"};
// What the gateway reads itself and sends on in its own form, or not at all.
constexpr std::array<std::string_view, 5> kRead = {"authorization", "cookie", "traceparent",
                                                   "tracestate", "x-forwarded-for"};
// What browsers and proxies add to every HTTP request.
constexpr std::array<std::string_view, 11> kHttpPrefixes = {
    "accept",          "sec-",    "if-",   "content-", "proxy-", "connect-", "x-forwarded-",
    "access-control-", "upgrade", "keep-", "x-real-"};
constexpr std::array<std::string_view, 14> kHttp = {
    "referer",           "origin", "cache-control", "pragma",    "dnt", "priority", "trailer",
    "transfer-encoding", "expect", "date",          "forwarded", "via", "range",    "from"};

template <class List>
bool Has(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

template <class List>
bool HasPrefix(const List& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view prefix) {
    return name.substr(0, prefix.size()) == prefix;
  });
}

bool EndsAtGateway(std::string_view name) {
  return HasPrefix(kOwn, name) || Has(kConnection, name) || Has(kRead, name);
}

bool StaysInside(std::string_view name) { return HasPrefix(kOwn, name) || Has(kConnection, name); }

bool IsBinary(std::string_view name) {
  return name.size() > 4 && name.substr(name.size() - 4) == "-bin";
}

grpc_slice Borrow(std::string_view text) {
  return grpc_slice_from_static_buffer(text.data(), text.size());
}

// gRPC ends the process that sends it an illegal name or value.
bool IsLegal(std::string_view name, std::string_view value) {
  return grpc_header_key_is_legal(Borrow(name)) != 0 &&
         (IsBinary(name) || grpc_header_nonbin_value_is_legal(Borrow(value)) != 0);
}

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// Each element of a list of base64 values (a repeated header field) as bytes.
void AppendDecoded(const std::string& name, std::string_view list, CallMetadata& out) {
  size_t left = kMaxMetadataBytes;
  while (!list.empty()) {
    const size_t comma = list.find(',');
    std::string_view element = list.substr(0, comma);
    while (!element.empty() && element.front() == ' ') element.remove_prefix(1);
    std::string bytes;
    const bool good = !element.empty() && FromBase64(element, bytes);
    // Each has the name again: of many that are empty a small field would become a large one.
    left -= std::min(left, name.size() + bytes.size() + kFieldOverhead);
    if (left == 0) return;
    if (good) out.emplace_back(name, std::move(bytes));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
}

}  // namespace

std::string_view ValueOf(const ReceivedMetadata& metadata, std::string_view key) {
  const auto [first, end] = metadata.equal_range(grpc::string_ref(key.data(), key.size()));
  return first == end ? std::string_view() : View(std::prev(end)->second);
}

void PassUp(const http2::Fields& from, http2::Fields& to) {
  for (const auto& [name, value, changes] : from) {
    if (EndsAtGateway(name) || !IsLegal(name, value)) continue;
    if (IsBinary(name)) {
      // A service ends the connection, which all clients share, for what is no base64.
      CallMetadata decoded;
      AppendDecoded(name, value, decoded);
      AppendFields(decoded, to);
    } else {
      to.push_back({name, value, true});
    }
  }
}

CallMetadata PassUp(const std::vector<http::Header>& headers) {
  CallMetadata out;
  for (const auto& [name, value] : headers) {
    if (EndsAtGateway(name) || Has(kHttp, name) || HasPrefix(kHttpPrefixes, name)) continue;
    if (!IsLegal(name, value)) continue;
    if (IsBinary(name)) {
      AppendDecoded(name, value, out);
    } else {
      out.emplace_back(name, value);
    }
  }
  return out;
}

void PassDown(const http2::Fields& from, http2::Fields& to) {
  for (const http2::Field& field : from) {
    if (StaysInside(field.name)) continue;
    to.push_back({field.name, field.value, true});
  }
}

CallMetadata PassDown(const ReceivedMetadata& metadata) {
  CallMetadata out;
  for (const auto& [name, value] : metadata) {
    if (StaysInside(View(name))) continue;
    out.emplace_back(View(name), View(value));
  }
  return out;
}

void AppendHeaders(const CallMetadata& metadata, std::string_view prefix,
                   std::vector<http::Header>& headers) {
  for (const auto& [name, value] : metadata) {
    headers.push_back({std::string(prefix) + name, IsBinary(name) ? Base64(value) : value});
  }
}

void AppendFields(const CallMetadata& metadata, http2::Fields& fields) {
  for (const auto& [name, value] : metadata) {
    fields.push_back({name, IsBinary(name) ? Base64(value) : value, true});
  }
}

}  // namespace jinhuan::gateway
