// Who calls, as the gateway reads it from headers, "name: value" lines. What a service is told of
// it must be legal metadata, since gRPC ends the process that sends it anything else.
#include <arpa/inet.h>
#include <grpc/grpc.h>

#include <algorithm>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/open_gate.h"

namespace jinhuan::fuzz {
namespace {

using gateway::CallMetadata;
using gateway::http::Header;

struct Door : OpenGate {
  Door() : OpenGate({"10.1.1.1"}) {}

  gateway::Method method{.audience = "jinhuan.resource.v1", .open = true};
};

grpc_slice Borrow(const std::string& text) {
  return grpc_slice_from_static_buffer(text.data(), text.size());
}

bool IsAddress(const std::string& text) {
  in6_addr any{};
  return inet_pton(AF_INET, text.c_str(), &any) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &any) == 1;
}

void CheckTold(const CallMetadata& told) {
  for (const auto& [name, value] : told) {
    Require(grpc_header_key_is_legal(Borrow(name)) != 0);
    Require(name.ends_with("-bin") || grpc_header_nonbin_value_is_legal(Borrow(value)) != 0);
    Require(name != rpc::kAddressMetadata || IsAddress(value));
  }
}

}  // namespace

void Check(std::string_view input) {
  static auto& door = *new Door;
  std::vector<Header> headers;
  while (!input.empty()) {
    const std::string_view line = TakeLine(input);
    const size_t colon = std::min(line.find(": "), line.size());
    headers.push_back({std::string(line.substr(0, colon)),
                       std::string(line.substr(std::min(colon + 2, line.size())))});
  }
  const auto get = [&](std::string_view name) {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const Header& header) { return header.name == name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
  };
  const gateway::Visitor visitor = door.gate.Recognise(get, "10.1.1.1");
  gateway::Passage passage{.method = &door.method};
  door.gate.Identify(visitor, passage, [](const absl::StatusOr<CallMetadata>& told) {
    if (told.ok()) CheckTold(*told);
  });
}

}  // namespace jinhuan::fuzz
