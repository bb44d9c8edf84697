// Headers on their way to a service: "name: value" lines. gRPC ends the process that
// sends it what is not legal.
#include <grpc/grpc.h>

#include "gateway/http/wire.h"
#include "gateway/metadata.h"
#include "gateway/trace.h"
#include "platform/text/base64.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {
namespace {

grpc_slice Borrow(const std::string& text) {
  return grpc_slice_from_static_buffer(text.data(), text.size());
}

}  // namespace

void Check(std::string_view input) {
  gateway::IsTraceparent(input);
  gateway::IsUuid(input);
  if (const auto bytes = FromAnyBase64(input)) {
    Require(FromAnyBase64(ToBase64(*bytes, Base64::kPlain)) == bytes);
  }
  std::vector<gateway::http::Header> headers;
  while (!input.empty()) {
    const std::string_view line = TakeLine(input);
    const size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    gateway::http::AddHeader(line.substr(0, colon), line.substr(colon + 2), headers);
  }
  for (const auto& [name, value] : gateway::PassUp(headers)) {
    Require(!name.starts_with("jinhuan-") && name != "authorization" && name != "cookie");
    Require(grpc_header_key_is_legal(Borrow(name)) != 0);
    Require(name.ends_with("-bin") || grpc_header_nonbin_value_is_legal(Borrow(value)) != 0);
  }
}

}  // namespace jinhuan::fuzz
