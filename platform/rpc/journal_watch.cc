#include "platform/rpc/journal_watch.h"

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/rpc_method.h>
#include <grpcpp/support/sync_stream.h>

#include "platform/rpc/host_channel.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/status_macros.h"

namespace jinhuan::rpc {
namespace {

constexpr absl::Duration kReconnect = absl::Milliseconds(500);

using Message = journal::v1::WatchEntriesResponse;

std::shared_ptr<grpc::Channel> Connect(const std::string& target, grpc::Server* own) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  return target.empty() ? own->InProcessChannel(arguments) : OpenHostChannel(target, arguments);
}

}  // namespace

JournalWatch::JournalWatch(Options options, const CallerTokenSigner& signer, const Clock& clock,
                           Ask ask, Take take, Ended ended)
    : options_(std::move(options)),
      signer_(signer),
      clock_(clock),
      ask_(std::move(ask)),
      take_(std::move(take)),
      ended_(std::move(ended)) {}

void JournalWatch::Start(grpc::Server* own) {
  channel_ = Connect(options_.target, own);
  thread_ = std::thread([this] { WatchUntilStopped(); });
}

void JournalWatch::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  if (thread_.joinable()) thread_.join();
}

void JournalWatch::WatchUntilStopped() {
  for (;;) {
    const absl::Status status = WatchOnce();
    {
      absl::MutexLock lock(&mutex_);
      if (stop_) return;
    }
    ended_(status);
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stop_), kReconnect);
    if (stop_) return;
  }
}

absl::Status JournalWatch::WatchOnce() {
  JH_ASSIGN_OR_RETURN(const journal::v1::WatchEntriesRequest request, ask_());
  auth::v1::Caller self;
  self.set_name(options_.self);
  self.add_grants()->set_role(auth::v1::ROLE_INTERNAL);
  grpc::ClientContext context;
  context.AddMetadata(kCallerMetadata, signer_.Sign(self, options_.source, clock_.Now()));
  {
    absl::MutexLock lock(&mutex_);
    if (stop_) return absl::OkStatus();
    context_ = &context;
  }
  const std::string method = "/" + options_.source + ".JournalService/WatchEntries";
  const grpc::internal::RpcMethod watch(method.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING,
                                        channel_);
  const std::unique_ptr<grpc::ClientReader<Message>> reader(
      grpc::internal::ClientReaderFactory<Message>::Create(channel_.get(), watch, &context,
                                                           request));
  absl::Status status;
  for (Message message; status.ok() && reader->Read(&message);) status = take_(message);
  if (!status.ok()) context.TryCancel();
  const absl::Status finished = FromGrpc(reader->Finish());
  absl::MutexLock lock(&mutex_);
  context_ = nullptr;
  return status.ok() ? finished : status;
}

}  // namespace jinhuan::rpc
