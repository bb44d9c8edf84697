#pragma once

#include <atomic>
#include <cstdint>

namespace jinhuan::gateway::http {

// Bounds how many bytes the bodies under way have together, so that many large ones at once
// can't take all memory. The first kFree bytes of each are not counted: they are bounded by the
// number of connections and of calls, and a small request finds room however many large ones come.
// Thread-safe.
class BodyBudget {
 public:
  static constexpr uint64_t kFree = 64 * 1024;

  explicit BodyBudget(uint64_t bytes) : bytes_(bytes) {}

  // What one body holds; given back when destroyed. The budget must outlive it.
  class Share {
   public:
    explicit Share(BodyBudget& budget) : budget_(budget) {}
    ~Share() { Release(); }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    // Whether the body may have `size` bytes now; where not, it holds what it held.
    bool Hold(uint64_t size) {
      const uint64_t counted = size > kFree ? size - kFree : 0;
      if (counted > held_ && !budget_.Take(counted - held_)) return false;
      if (counted < held_) budget_.held_ -= held_ - counted;
      held_ = counted;
      return true;
    }
    void Release() {
      budget_.held_ -= held_;
      held_ = 0;
    }

   private:
    BodyBudget& budget_;
    uint64_t held_ = 0;
  };

 private:
  bool Take(uint64_t more) {
    uint64_t held = held_;
    while (held + more <= bytes_) {
      if (held_.compare_exchange_weak(held, held + more)) return true;
    }
    return false;
  }

  const uint64_t bytes_;
  std::atomic<uint64_t> held_ = 0;
};

}  // namespace jinhuan::gateway::http
