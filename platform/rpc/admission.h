#pragma once

#include <atomic>
#include <optional>
#include <utility>

namespace jinhuan::rpc {

// Bounds how many calls and how many streams are under way; one too many is
// refused at once, so that those inside stay quick. Thread-safe.
class Admission {
 public:
  // An eighth of the streams is kept for the processes of the suite, which follow each other
  // by streams: people who watch can't shut them out.
  Admission(int max_calls, int max_streams)
      : calls_{max_calls}, streams_{max_streams}, kept_(max_streams / 8) {}

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

  // Whether a stream that was admitted took one of the places that are kept.
  bool IntoKept() const { return streams_.load() < kept_; }

  // What waits in a stream asks now and then whether the process stops, and ends.
  void Stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

 private:
  static std::optional<Ticket> Admit(std::atomic<int>& left) {
    if (left.fetch_sub(1) > 0) return std::make_optional<Ticket>(left);
    left.fetch_add(1);
    return std::nullopt;
  }

  std::atomic<int> calls_;  // places left
  std::atomic<int> streams_;
  const int kept_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace jinhuan::rpc
