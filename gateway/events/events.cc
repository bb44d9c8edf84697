#include "gateway/events/events.h"

#include "platform/log.h"
#include "platform/rpc/heartbeat.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr absl::Duration kPulse = absl::Seconds(1);

std::vector<std::string> PackagesOf(const std::vector<EventSource>& sources) {
  std::vector<std::string> packages;
  for (const EventSource& source : sources) packages.push_back(source.package);
  return packages;
}

}  // namespace

LocalEvents::LocalEvents(Options options, const rpc::CallerTokenSigner& signer, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      kinds_(PackagesOf(options_.sources)),
      hub_(options_.sources.size(), options_.kept),
      verifier_(*rpc::CallerTokenVerifier::Create(signer.public_key_hex(), kEventsPackage)),
      service_(kinds_, hub_, *verifier_, clock) {
  for (size_t i = 0; i < options_.sources.size(); ++i) watches_.push_back(WatchOf(i, signer));
}

LocalEvents::~LocalEvents() {
  for (const auto& watch : watches_) watch->Stop();
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  if (pulse_.joinable()) pulse_.join();
}

void LocalEvents::Start() {
  for (const auto& watch : watches_) watch->Start();
  pulse_ = std::thread([this] { Pulse(); });
}

std::unique_ptr<rpc::JournalWatch> LocalEvents::WatchOf(size_t source,
                                                        const rpc::CallerTokenSigner& signer) {
  const EventSource& from = options_.sources[source];
  return std::make_unique<rpc::JournalWatch>(
      rpc::JournalWatch::Options{
          .source = from.package, .target = from.target, .self = "services/gateway"},
      signer, clock_,
      [this, source] {
        journal::v1::WatchEntriesRequest request;
        const int64_t next = hub_.Next(source);
        request.set_start_number(next == 0 ? -options_.kept : next);
        return request;
      },
      [this, source](const auto& message) { return Take(source, message); },
      [this, source](const absl::Status& status) { Ended(source, status); });
}

absl::Status LocalEvents::Take(size_t source, const journal::v1::WatchEntriesResponse& message) {
  const int64_t next = message.next_number();
  const int64_t first = message.entries().empty() ? next : message.entries(0).number();
  Events events;
  for (const journal::v1::Entry& entry : message.entries()) {
    if (auto told = Tell(kinds_, entry)) events.push_back(std::move(told));
  }
  if (next != hub_.Next(source)) hub_.Append(source, first, next, std::move(events));
  return absl::OkStatus();
}

void LocalEvents::Ended(size_t source, const absl::Status& status) {
  const log::Field from("source", options_.sources[source].package);
  if (absl::IsOutOfRange(status)) {
    // It was restored from an older copy. Who comes back with a later number is told.
    log::Error("the watched journal was cut", {from, {"status", Describe(status)}});
    hub_.Forget(source);
  } else {
    log::Debug("watching again", {from, {"status", Describe(status)}});
  }
}

void LocalEvents::Pulse() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stop_), kPulse)) return;
    }
    hub_.WakeWhoWaitsSince(clock_.Now() - rpc::kHeartbeat);
  }
}

}  // namespace jinhuan::gateway
