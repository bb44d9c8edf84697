#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::gateway {

// A message with its five bytes before it, as gRPC, gRPC-Web and Connect's streams have
// it: a byte of flags, and the length in four, the highest first.
struct Envelope {
  static constexpr uint8_t kCompressed = 0x01;
  static constexpr uint8_t kEndOfStream = 0x02;  // Connect: the last, of JSON
  static constexpr uint8_t kTrailers = 0x80;     // gRPC-Web: the last, of headers

  uint8_t flags = 0;
  std::string message;
};

std::string Seal(uint8_t flags, std::string_view message);

// The error of a request with no message or several where the method takes one:
// UNIMPLEMENTED / ONE_MESSAGE_WANTED, as Connect and gRPC have it.
absl::Status NotOneMessage();

// The one message of a request that holds exactly one, its compression undone, at most
// `limit` bytes; `gzip`: whether the client said that it compresses so. INVALID_ARGUMENT /
// MALFORMED_BODY, RESOURCE_EXHAUSTED / BODY_TOO_LARGE, NotOneMessage, INTERNAL /
// COMPRESSION_UNNAMED for one that is compressed though the client did not say so (as
// grpc/doc/compression.md has it).
absl::StatusOr<std::string> OpenOnly(std::string_view body, bool gzip, size_t limit);

// The messages of one direction of a native call, as their bytes pass in pieces. One that is
// not to be changed is not kept. Its errors end the call.
class MessageStream {
 public:
  enum class Mode {
    kUnpack,  // undoes gzip
    kPlain,   // takes nothing that is compressed
    kPack,    // compresses with gzip what is worth it, and not so large that all else waits
  };
  // No message may have more than `limit` bytes, uncompressed. `coding` is what the client
  // said that it compresses with. NotOneMessage as soon as more than `most` begin.
  MessageStream(Mode mode, size_t limit, std::string coding = "",
                int64_t most = std::numeric_limits<int64_t>::max())
      : mode_(mode), limit_(limit), coding_(std::move(coding)), most_(most) {}

  // Adds to `out` what `data` becomes. As OpenOnly; UNIMPLEMENTED /
  // COMPRESSION_UNKNOWN for another than gzip.
  absl::Status Pass(std::string_view data, std::string& out);
  // The same until `out` has `enough` bytes and, where messages are unpacked, the next would
  // begin; leaves the rest in `data`. So what is small as it comes has a bound.
  absl::Status PassSome(std::string_view& data, std::string& out, size_t enough);

  // How many messages began.
  int64_t begun() const { return begun_; }
  // Whether the last one is complete, or none began.
  bool between() const { return prefix_.empty(); }
  // Bytes of the last one that are kept until it is complete.
  size_t kept() const { return message_.size(); }

 private:
  absl::Status Begin(std::string& out);
  absl::Status Finish(std::string& out);

  const Mode mode_;
  const size_t limit_;
  const std::string coding_;
  const int64_t most_;
  int64_t begun_ = 0;
  std::string prefix_;
  size_t left_ = 0;    // of the message
  bool kept_ = false;  // it is to be changed
  std::string message_;
};

}  // namespace jinhuan::gateway
