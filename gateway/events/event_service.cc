#include "gateway/events/event_service.h"

#include <algorithm>
#include <set>

#include "platform/rpc/access.h"
#include "platform/rpc/heartbeat.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

constexpr char kWatch[] = "jinhuan.gateway.v1.EventService/Watch";
constexpr size_t kMostAtOnce = 256;  // of each journal
constexpr int kMostFilters = 64;

auth::v1::Access AccessOfWatch() {
  return google::protobuf::DescriptorPool::generated_pool()
      ->FindMethodByName("jinhuan.gateway.v1.EventService.Watch")
      ->options()
      .GetExtension(auth::v1::access);
}

bool LiesIn(std::string_view name, std::string_view resource) {
  return name.substr(0, resource.size()) == resource &&
         (name.size() == resource.size() || name[resource.size()] == '/');
}

}  // namespace

// One watch. One party at a time leads it: whoever started it, then the end of each write,
// or the hub's call after a wait; whoever leads finishes it. When the client goes during a
// wait, that is the cancellation.
class EventService::Watcher final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                                    public EventHub::Reader {
 public:
  explicit Watcher(const EventService& service) : service_(service) {}

  void Begin(const grpc::CallbackServerContext& context, const v1::WatchRequest& request) {
    const absl::Status status = Check(context, request);
    if (!status.ok()) return Finish(rpc::ToGrpc(status));
    Go();
  }

  void OnNews() override { Go(); }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    Go();
  }
  void OnCancel() override {
    if (service_.hub_.Leave(*this)) Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  absl::Status Check(const grpc::CallbackServerContext& context, const v1::WatchRequest& request) {
    caller_.now = service_.clock_.Now();
    const auto token = context.client_metadata().find(rpc::kCallerMetadata);
    const bool there = token != context.client_metadata().end();
    JH_ASSIGN_OR_RETURN(
        caller_.caller,
        service_.verifier_.Verify(
            there ? std::string(token->second.data(), token->second.size()) : "", caller_.now));
    static const auth::v1::Access access = AccessOfWatch();
    JH_RETURN_IF_ERROR(
        rpc::CheckAccess(access, caller_.caller,
                         {.method = kWatch, .alliance = "", .resource = "", .now = caller_.now})
            .status());
    return Read(request);
  }

  absl::Status Read(const v1::WatchRequest& request) {
    Violations violations;
    violations.Check("kinds", request.kinds_size() <= kMostFilters, "64 kinds at most",
                     "至多 64 个种类");
    violations.Check("resources", request.resources_size() <= kMostFilters, "64 resources at most",
                     "至多 64 个资源");
    for (const std::string& kind : request.kinds()) {
      violations.Check("kinds", service_.kinds_.Find(kind) != nullptr,
                       "a kind of resource that has a Get method", "可单独读取的资源种类");
      kinds_.insert(kind);
    }
    for (const std::string& resource : request.resources()) {
      violations.Check("resources", !resource.empty() && resource.size() <= 512, "a resource name",
                       "资源名称");
      resources_.push_back(resource);
    }
    position_ = service_.hub_.End();
    if (!request.resume_token().empty()) {
      const auto position = PositionOf(request.resume_token(), position_.size());
      violations.Check("resume_token", position.has_value(), "a token of an earlier message",
                       "此前消息中的续传标记");
      if (position.has_value()) position_ = *position;
    }
    return violations.ToStatus();
  }

  bool IsWanted(const Told& told) {
    const std::string& name = told.event.resource();
    return (kinds_.empty() || kinds_.count(told.event.kind()) > 0) &&
           (resources_.empty() ||
            std::any_of(resources_.begin(), resources_.end(),
                        [&](const std::string& resource) { return LiesIn(name, resource); })) &&
           IsToldTo(told, caller_);
  }

  // Writes what is new, or waits until something is.
  void Go() {
    for (;;) {
      const auto events = service_.hub_.Take(*this, kMostAtOnce);
      if (!events.ok()) return Finish(rpc::ToGrpc(events.status()));
      caller_.now = service_.clock_.Now();
      response_.Clear();
      for (const auto& told : *events) {
        if (IsWanted(*told)) *response_.add_events() = told->event;
      }
      if (response_.events_size() > 0 || caller_.now - written_ >= rpc::kHeartbeat) {
        written_ = caller_.now;
        response_.set_resume_token(TokenOf(position_));
        return StartWrite(&response_);
      }
      if (service_.hub_.Await(*this, written_)) return;
    }
  }

  const EventService& service_;
  api::Call caller_;  // who watches; its scope is of the event that is looked at
  std::set<std::string, std::less<>> kinds_;
  std::vector<std::string> resources_;
  v1::WatchResponse response_;
  absl::Time written_ = absl::InfinitePast();
};

grpc::ServerWriteReactor<v1::WatchResponse>* EventService::Watch(
    grpc::CallbackServerContext* context, const v1::WatchRequest* request) {
  auto* watcher = new Watcher(*this);  // until OnDone
  watcher->Begin(*context, *request);
  return watcher;
}

}  // namespace jinhuan::gateway
