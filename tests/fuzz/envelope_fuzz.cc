// An envelope, and gzip in it.
#include "gateway/compression.h"
#include "gateway/envelope.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  constexpr size_t kLimit = 64 << 10;
  for (const bool gzip : {false, true}) {
    const auto message = gateway::OpenOnly(input, gzip, kLimit);
    if (!message.ok()) continue;
    Require(message->size() <= kLimit);
    Require(*gateway::OpenOnly(gateway::Seal(0, *message), gzip, kLimit) == *message);
  }
  const auto unpacked = gateway::Gunzip(input, kLimit);
  Require(!unpacked.ok() || unpacked->size() <= kLimit);
  if (input.size() <= kLimit) Require(*gateway::Gunzip(gateway::Gzip(input), kLimit) == input);
}

}  // namespace jinhuan::fuzz
