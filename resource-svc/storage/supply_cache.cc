#include "resource-svc/storage/supply_cache.h"

#include "platform/status/status_macros.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kFresh = absl::Seconds(1);
constexpr size_t kMaxEntries = 10'000;  // of about 1 kB

}  // namespace

absl::StatusOr<std::shared_ptr<const Supply>> SupplyCache::Get(const std::string& window,
                                                               absl::Time now,
                                                               absl::Time deadline) {
  const int64_t changes = windows_.changes();
  {
    absl::MutexLock lock(&mutex_);
    const auto found = entries_.find(window);
    if (found != entries_.end() && now - found->second.read_at < kFresh &&
        found->second.changes == changes) {
      return found->second.supply;
    }
  }
  auto supply = std::make_shared<Supply>();
  JH_RETURN_IF_ERROR(db::Read(pool_, deadline, [&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(*supply, windows_.GetSupply(connection, window));
    return absl::OkStatus();
  }));
  absl::MutexLock lock(&mutex_);
  if (entries_.size() >= kMaxEntries) entries_.clear();
  entries_[window] = {supply, now, changes};
  return std::shared_ptr<const Supply>(std::move(supply));
}

void SupplyCache::Forget(const std::string& window) {
  absl::MutexLock lock(&mutex_);
  entries_.erase(window);
}

}  // namespace jinhuan::resource
