#pragma once

#include <functional>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gateway/http2/loop.h"

namespace jinhuan::gateway {

// Turns `loop` until `done`, for `most` at most; says whether it is. On the loop's thread.
inline bool TurnUntil(http2::Loop& loop, const std::function<bool()>& done,
                      absl::Duration most = absl::Seconds(30)) {
  const absl::Time end = absl::Now() + most;
  http2::Loop::Timer timer(loop);
  std::function<void()> look = [&] {
    if (done() || absl::Now() > end) return loop.Stop();
    timer.Set(absl::Milliseconds(1), look);
  };
  look();
  loop.Run();
  return done();
}

}  // namespace jinhuan::gateway
