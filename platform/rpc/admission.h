#pragma once

#include <atomic>
#include <optional>
#include <utility>

namespace jinhuan::rpc {

// Bounds how many calls and how many streams are under way; one too many is
// refused at once, so that those inside stay quick. Thread-safe.
class Admission {
 public:
  Admission(int max_calls, int max_streams) : calls_{max_calls}, streams_{max_streams} {}

  // A place inside; gives it back when destroyed.
  class Ticket {
   public:
    explicit Ticket(std::atomic<int>& left) : left_(&left) {}
    Ticket(Ticket&& other) noexcept : left_(std::exchange(other.left_, nullptr)) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (left_ != nullptr) left_->fetch_add(1);
    }

   private:
    std::atomic<int>* left_;
  };

  std::optional<Ticket> AdmitCall() { return Admit(calls_); }
  std::optional<Ticket> AdmitStream() { return Admit(streams_); }

 private:
  static std::optional<Ticket> Admit(std::atomic<int>& left) {
    if (left.fetch_sub(1) > 0) return std::make_optional<Ticket>(left);
    left.fetch_add(1);
    return std::nullopt;
  }

  std::atomic<int> calls_;  // places left
  std::atomic<int> streams_;
};

}  // namespace jinhuan::rpc
