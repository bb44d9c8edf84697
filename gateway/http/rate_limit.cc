#include "gateway/http/rate_limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/client_source.h"
#include "platform/status/error.h"

namespace jinhuan::gateway::http {
namespace {

constexpr double kRounding = 1e-6;  // of what refilling adds up to

// An address by its source, any other name as it is.
std::string KeyOf(std::string_view caller) {
  std::string source = SourceOf(std::string(caller));
  return source == "-" ? std::string(caller) : source;
}

}  // namespace

double RateLimit::LeftAt(const Bucket& bucket, absl::Time now) const {
  const double refill = absl::ToDoubleMinutes(now - bucket.as_of) * per_minute_;
  return std::min(burst_, bucket.left + std::max(0.0, refill));
}

absl::Status RateLimit::Take(std::string_view caller) {
  const absl::Time now = clock_.Now();
  absl::MutexLock lock(&mutex_);
  if (buckets_.size() >= sweep_at_) {
    absl::erase_if(buckets_, [&](const auto& item) {
      mutex_.AssertHeld();
      return LeftAt(item.second, now) >= burst_;
    });
    sweep_at_ = std::max<size_t>(1024, 2 * buckets_.size());
  }
  Bucket& bucket = buckets_.try_emplace(KeyOf(caller), Bucket{burst_, now}).first->second;
  bucket = {LeftAt(bucket, now), now};
  if (bucket.left >= 1 - kRounding) {
    bucket.left -= 1;
    return absl::OkStatus();
  }
  const auto wait = static_cast<int>(std::ceil((1 - bucket.left) / per_minute_ * 60));
  return Error(error::v1::COMMON_REASON_RATE_LIMITED, {{"retry_seconds", fmt::to_string(wait)}});
}

size_t RateLimit::size() const {
  absl::MutexLock lock(&mutex_);
  return buckets_.size();
}

}  // namespace jinhuan::gateway::http
