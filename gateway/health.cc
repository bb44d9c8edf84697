#include "gateway/health.h"

#include <algorithm>

#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"
#include "platform/log.h"

namespace jinhuan::gateway {
namespace {

constexpr char kCheck[] = "/grpc.health.v1.Health/Check";
// HealthCheckResponse{status: SERVING} on the wire: field 1, varint 1. The request
// for the server as a whole is empty.
constexpr std::string_view kServing = "\x08\x01";
constexpr absl::Duration kTimeout = absl::Seconds(1);
constexpr absl::Duration kEvery = absl::Seconds(1);
constexpr absl::Duration kEveryUntilReady = absl::Milliseconds(100);

}  // namespace

Health::Health(Upstream& upstream, std::vector<std::string> names)
    : upstream_(upstream), names_(std::move(names)), serving_(names_.size(), false) {}

Health::~Health() { Drain(); }

void Health::Start(std::function<void(bool)> changed) {
  changed_ = std::move(changed);
  thread_ = std::thread([this] { Watch(); });
}

void Health::Drain() {
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
  }
  if (!thread_.joinable()) return;
  thread_.join();
  changed_(false);
}

bool Health::ReadyLocked() const {
  return !draining_ && std::find(serving_.begin(), serving_.end(), false) == serving_.end();
}

bool Health::ready() const {
  absl::ReaderMutexLock lock(&mutex_);
  return ReadyLocked();
}

std::string Health::Report() const {
  absl::ReaderMutexLock lock(&mutex_);
  std::string json = ReadyLocked() ? "{\"ready\":true" : "{\"ready\":false";
  if (draining_) json += ",\"draining\":true";
  json += ",\"services\":{";
  for (size_t i = 0; i < names_.size(); ++i) {
    if (i > 0) json += ',';
    log::AppendJsonString(names_[i], json);
    json += serving_[i] ? ":\"SERVING\"" : ":\"NOT_SERVING\"";
  }
  json += "}}\n";
  return json;
}

std::vector<bool> Health::Ask() {
  std::vector<char> answers(names_.size(), 0);
  absl::BlockingCounter open(static_cast<int>(names_.size()));
  for (size_t i = 0; i < names_.size(); ++i) {
    auto call = std::make_shared<UpstreamCall>();
    call->request = BufferOf("");
    call->context.set_deadline(absl::ToChronoTime(absl::Now() + kTimeout));
    upstream_.Unary(i, kCheck, call,
                    [&answers, &open, i, call = call.get()](const grpc::Status& status) {
                      answers[i] = status.ok() && BytesOf(call->response) == kServing;
                      open.DecrementCount();
                    });
  }
  open.Wait();
  return {answers.begin(), answers.end()};
}

void Health::Watch() {
  bool was_ready = false;
  for (;;) {
    const std::vector<bool> serving = Ask();
    bool is_ready = false;
    {
      absl::MutexLock lock(&mutex_);
      serving_ = serving;
      is_ready = ReadyLocked();
    }
    if (is_ready != was_ready) {
      log::Info(is_ready ? "ready" : "not ready");
      changed_(is_ready);
      was_ready = is_ready;
    }
    absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&draining_),
                                is_ready ? kEvery : kEveryUntilReady)) {
      return;
    }
  }
}

}  // namespace jinhuan::gateway
