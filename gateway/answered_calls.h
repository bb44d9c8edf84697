#pragma once

#include <cstddef>
#include <functional>
#include <list>

namespace jinhuan::gateway {

// The calls that are answered and whose clients have not taken all of it yet. That goes at a
// client's pace and has no place among the calls under way, so what all of it keeps has a bound:
// beyond that who was answered first has had the most time, and is cut off. Of one thread.
class AnsweredCalls {
  struct Kept {
    size_t bytes;
    std::function<void()> cut_off;
  };

 public:
  static constexpr size_t kMost = 64 << 20;
  // What each is counted with besides what it keeps.
  static constexpr size_t kLeast = 4096;

  // One call's place among them, until it leaves or goes.
  class Place {
   public:
    Place() = default;
    ~Place() { Leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    void Leave();

   private:
    friend class AnsweredCalls;
    AnsweredCalls* calls_ = nullptr;  // null outside of them
    std::list<Kept>::iterator at_;
  };

  explicit AnsweredCalls(size_t most = kMost) : most_(most) {}

  // Takes in a call that keeps `bytes`. `cut_off` ends it, and leaves the place; it may be called
  // within this call.
  void Enter(Place& place, size_t bytes, std::function<void()> cut_off);

  size_t bytes() const { return bytes_; }

 private:
  const size_t most_;
  size_t bytes_ = 0;
  std::list<Kept> calls_;  // who was answered first first
};

}  // namespace jinhuan::gateway
