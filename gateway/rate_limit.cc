#include "gateway/rate_limit.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr double kRounding = 1e-6;  // of what refilling adds up to

std::string SourceOf(std::string_view address) {
  std::string text(address);
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return text.substr(text.rfind(':') + 1);
  return std::string(reinterpret_cast<const char*>(v6.s6_addr), 8);
}

}  // namespace

double RateLimit::LeftAt(const Bucket& bucket, absl::Time now) const {
  const double refill = absl::ToDoubleMinutes(now - bucket.as_of) * per_minute_;
  return std::min(burst_, bucket.left + std::max(0.0, refill));
}

absl::Status RateLimit::Take(std::string_view address) {
  const absl::Time now = clock_.Now();
  absl::MutexLock lock(&mutex_);
  if (buckets_.size() >= sweep_at_) {
    absl::erase_if(buckets_, [&](const auto& item) {
      mutex_.AssertHeld();
      return LeftAt(item.second, now) >= burst_;
    });
    sweep_at_ = std::max<size_t>(1024, 2 * buckets_.size());
  }
  Bucket& bucket = buckets_.try_emplace(SourceOf(address), Bucket{burst_, now}).first->second;
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

}  // namespace jinhuan::gateway
