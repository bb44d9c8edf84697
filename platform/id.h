#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "platform/clock.h"

namespace jinhuan {

// Makes the ids of resources and journal entries. Thread-safe.
class IdSource {
 public:
  virtual ~IdSource() = default;

  // A UUIDv7 (RFC 9562, section 5.7) in its 36-character text form. Of the ids of
  // one source, one made later sorts later: the journal numbers what commits
  // together by it. Those of different processes do so by their clocks, to 0.25 µs:
  // who waited for another's commit on one machine comes after it.
  virtual std::string NewId() = 0;

  // `count` bytes that nobody can foresee.
  virtual std::string RandomBytes(size_t count) = 0;
};

// Ids from a clock and libsodium's random numbers.
class RandomIdSource final : public IdSource {
 public:
  explicit RandomIdSource(const Clock& clock) : clock_(clock) {}
  std::string NewId() override;
  std::string RandomBytes(size_t count) override;

 private:
  const Clock& clock_;
  // The time of the last id, in 4096ths of a millisecond; one is borrowed from the
  // next where the clock stands still.
  std::atomic<uint64_t> last_ = 0;
};

// `count` random bytes for names that are no secrets, which are drawn many at a time: a
// system call for each would cost more than all else of a name. Thread-safe.
void FillForNames(unsigned char* bytes, size_t count);

// `bytes` random bytes from libsodium as URL-safe base64 without padding; for
// session tokens and secrets.
std::string RandomToken(size_t bytes);

}  // namespace jinhuan
