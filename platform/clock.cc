#include "platform/clock.h"

namespace jinhuan {
namespace {

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace

const Clock& Clock::System() {
  static const auto* const clock = new SystemClock;
  return *clock;
}

}  // namespace jinhuan
