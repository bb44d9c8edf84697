// The messages of a native call in pieces, and what its head and trailers say.
#include <algorithm>

#include "gateway/envelope.h"
#include "gateway/grpc_head.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {
namespace {

using gateway::MessageStream;

constexpr size_t kLimit = 64 << 10;

// What becomes of `input` in pieces of `size` bytes, as far as it passes.
std::string Pass(MessageStream stream, std::string_view input, size_t size, bool& passed) {
  std::string out;
  passed = true;
  while (passed && !input.empty()) {
    passed = stream.Pass(input.substr(0, size), out).ok();
    input.remove_prefix(std::min(size, input.size()));
  }
  return out;
}

}  // namespace

void Check(std::string_view input) {
  const std::string line(TakeLine(input));
  const auto timeout = gateway::ReadGrpcTimeout(line);
  if (timeout.ok() && timeout->has_value()) {
    const auto again = gateway::ReadGrpcTimeout(gateway::GrpcTimeout(**timeout));
    Require(again.ok() && **again >= **timeout);
  }
  gateway::StatusIn({{"grpc-status", line}, {"grpc-message", line}});
  const auto status = gateway::StatusIn(
      {{"grpc-status", "9"}, {"grpc-message", line}, {"grpc-status-details-bin", line}});
  Require(gateway::StatusIn(gateway::FieldsOf(status)).error_message() == status.error_message());
  for (const auto mode : {MessageStream::Mode::kUnpack, MessageStream::Mode::kPack}) {
    bool whole = false;
    bool pieces = false;
    const std::string at_once = Pass({mode, kLimit, "gzip"}, input, input.size(), whole);
    const std::string in_pieces = Pass({mode, kLimit, "gzip"}, input, 1 + line.size(), pieces);
    Require(whole == pieces && (!whole || at_once == in_pieces));
  }
}

}  // namespace jinhuan::fuzz
