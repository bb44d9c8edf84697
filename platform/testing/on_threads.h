#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace jinhuan::testing {

// Runs `body` on `threads` threads at once and waits for all; it gets the thread's number.
inline void OnThreads(int threads, const std::function<void(int)>& body) {
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back(body, i);
  for (std::thread& thread : running) thread.join();
}

}  // namespace jinhuan::testing
