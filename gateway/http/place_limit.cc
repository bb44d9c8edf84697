#include "gateway/http/place_limit.h"

namespace jinhuan::gateway::http {

std::optional<PlaceLimit::Place> PlaceLimit::Take(const std::string& caller) {
  absl::MutexLock lock(&mutex_);
  if (taken_ >= all_) return std::nullopt;
  int& open = open_[caller];
  if (open >= each_) return std::nullopt;
  ++open;
  ++taken_;
  return std::make_optional<Place>(*this, caller);
}

size_t PlaceLimit::size() const {
  absl::MutexLock lock(&mutex_);
  return open_.size();
}

void PlaceLimit::GiveBack(const std::string& caller) {
  absl::MutexLock lock(&mutex_);
  const auto found = open_.find(caller);
  --taken_;
  if (--found->second == 0) open_.erase(found);
}

}  // namespace jinhuan::gateway::http
