#include "gateway/answered_calls.h"

#include <utility>

namespace jinhuan::gateway {

void AnsweredCalls::Enter(Place& place, size_t bytes, std::function<void()> cut_off) {
  place.Leave();
  place.at_ = calls_.insert(calls_.end(), {kLeast + bytes, std::move(cut_off)});
  place.calls_ = this;
  bytes_ += place.at_->bytes;
  while (bytes_ > most_) {
    const auto oldest = calls_.front().cut_off;  // its place goes while it runs
    oldest();
  }
}

void AnsweredCalls::Place::Leave() {
  AnsweredCalls* const calls = std::exchange(calls_, nullptr);
  if (calls == nullptr) return;
  calls->bytes_ -= at_->bytes;
  calls->calls_.erase(at_);
}

}  // namespace jinhuan::gateway
