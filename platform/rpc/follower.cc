#include "platform/rpc/follower.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/rpc_method.h>
#include <grpcpp/support/sync_stream.h>

#include "absl/time/clock.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/db/errors.h"
#include "platform/log.h"
#include "platform/rpc/status_conversion.h"
#include "platform/rpc/tls.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::rpc {
namespace {

constexpr absl::Duration kReconnect = absl::Milliseconds(500);

const db::Query kAddCursor("INSERT IGNORE INTO journal_cursor (source, next_number) VALUES (?, 1)",
                           "");
const db::Query kReadCursor("SELECT next_number FROM journal_cursor WHERE source = ?", "PRIMARY");
const db::Query kMoveCursor(
    "UPDATE journal_cursor SET next_number = ? WHERE source = ? AND next_number = ?", "PRIMARY");

using Watch = journal::v1::WatchEntriesResponse;

// gRPC waits up to two minutes before it connects again; the facts that are
// followed should not be that old after a restart.
std::shared_ptr<grpc::Channel> Connect(const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(target, HostChannelCredentials(target), arguments);
}

Follower::Options WithCursor(Follower::Options options) {
  if (options.cursor.empty()) options.cursor = options.source;
  return options;
}

}  // namespace

Follower::Follower(Options options, db::Pool& pool, const CallerTokenSigner& signer,
                   const Clock& clock, Apply apply)
    : options_(WithCursor(std::move(options))),
      pool_(pool),
      signer_(signer),
      clock_(clock),
      apply_(std::move(apply)),
      channel_(Connect(options_.target)) {}

Follower::~Follower() { Stop(); }

void Follower::Start() {
  thread_ = std::thread([this] { FollowUntilStopped(); });
}

void Follower::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  if (thread_.joinable()) thread_.join();
}

void Follower::FollowUntilStopped() {
  for (;;) {
    const absl::Status status = FollowOnce();
    absl::MutexLock lock(&mutex_);
    if (stop_) return;
    const log::Field source("source", options_.source);
    const std::string why = Describe(status);
    if (absl::IsOutOfRange(status)) {
      // The other journal is shorter than what was followed: it was restored from
      // an older copy, and only an operator can say what is true.
      log::Error("the followed journal was cut", {source, {"status", why}});
    } else if (absl::IsUnavailable(status) || absl::IsAborted(status)) {
      log::Debug("following again", {source, {"status", why}});  // it restarts, or a replica leads
    } else {
      log::Warning("following failed", {source, {"status", why}});
    }
    mutex_.AwaitWithTimeout(absl::Condition(&stop_), kReconnect);
    if (stop_) return;
  }
}

absl::Status Follower::FollowOnce() {
  int64_t next = 0;
  JH_RETURN_IF_ERROR(db::Read(
      pool_, absl::Now() + absl::Seconds(5), [&](db::Connection& connection) -> absl::Status {
        JH_RETURN_IF_ERROR(connection.Execute(kAddCursor, {options_.cursor}).status());
        return connection
            .Select(kReadCursor, {options_.cursor}, [&](const db::Row& row) { next = row.Int(0); })
            .status();
      }));

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
  journal::v1::WatchEntriesRequest request;
  request.set_start_number(next);
  const std::unique_ptr<grpc::ClientReader<Watch>> reader(
      grpc::internal::ClientReaderFactory<Watch>::Create(channel_.get(), watch, &context, request));
  absl::Status status;
  for (Watch batch; status.ok() && reader->Read(&batch);) {
    if (batch.entries().empty()) continue;  // a heartbeat
    // One transaction for what came together: a follower that was away catches up
    // at the speed of reading, not of committing.
    const int64_t first = batch.entries(0).number();
    const int64_t after = batch.entries().rbegin()->number() + 1;
    status = db::InTransaction(
        pool_, absl::Now() + absl::Seconds(30), [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(const int64_t moved,
                              connection.Execute(kMoveCursor, {after, options_.cursor, first}));
          // Another replica was first: leave off and read the cursor again.
          if (moved != 1) return absl::AbortedError("the cursor was moved");
          for (const journal::v1::Entry& entry : batch.entries()) {
            JH_RETURN_IF_ERROR(apply_(connection, entry));
          }
          return absl::OkStatus();
        });
  }
  if (!status.ok()) context.TryCancel();
  const absl::Status finished = FromGrpc(reader->Finish());
  absl::MutexLock lock(&mutex_);
  context_ = nullptr;
  return status.ok() ? finished : status;
}

}  // namespace jinhuan::rpc
