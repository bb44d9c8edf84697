#include "gateway/http/untaken.h"

#include <utility>
#include <vector>

namespace jinhuan::gateway::http {

void Untaken::Share::Hold(uint64_t bytes, std::function<void()> cut_off) {
  if (bytes <= kFree) return;
  std::vector<std::function<void()>> late;
  {
    absl::MutexLock lock(&all_.mutex_);
    bytes_ = bytes;
    cut_off_ = std::move(cut_off);
    place_ = all_.shares_.insert(all_.shares_.end(), this);
    all_.bytes_ += bytes;
    while (all_.bytes_ > all_.most_) {
      Share& oldest = *all_.shares_.front();
      late.push_back(std::move(oldest.cut_off_));
      all_.Drop(oldest);
    }
  }
  for (const auto& cut : late) cut();
}

void Untaken::Share::Release() {
  absl::MutexLock lock(&all_.mutex_);
  if (place_.has_value()) all_.Drop(*this);
}

void Untaken::Drop(Share& share) {
  bytes_ -= share.bytes_;
  shares_.erase(*share.place_);
  share.place_.reset();
  share.cut_off_ = nullptr;
}

}  // namespace jinhuan::gateway::http
