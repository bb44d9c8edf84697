#include "gateway/grpc_proxy.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>

#include "absl/time/clock.h"
#include "gateway/connect_request.h"
#include "gateway/upstream.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

// Calls that may arrive between two turns of the thread.
constexpr int kWaiting = 64;
constexpr int kMaxStreamsPerConnection = 1024;
// A client that is gone without a word is noticed within a minute.
constexpr int kKeepaliveMs = 40'000;
constexpr int kMinPingIntervalMs = 10'000;
// TLS and the first frames of HTTP/2; who is slower is half-open.
constexpr int kHandshakeMs = 10'000;
// A connection without a call; clients open the next one by themselves.
constexpr int kIdleMs = 10 * 60'000;

}  // namespace

GrpcProxy::GrpcProxy(const Routes& routes, const Gate& gate,
                     const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                     GrpcDoor::Options door)
    : relays_(routes, gate), reflection_(routes), door_(std::move(door)) {
  for (const auto& channel : channels) {
    relays_.stubs.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
}

GrpcProxy::~GrpcProxy() { Drain(absl::ZeroDuration()); }

absl::Status GrpcProxy::Start(const rpc::TlsFiles& tls) {
  JH_RETURN_IF_ERROR(door_.Listen());
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMinPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, kIdleMs);
  builder.SetMaxReceiveMessageSize(kMaxBodyBytes);
  // Relay::Unpack measures as it unpacks; it knows gzip.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMs);
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      rpc::ServerCredentials(tls, rpc::ClientCertificates::kWelcome));
  relays_.clients_have_names = !tls.ca.empty();
  builder.RegisterAsyncGenericService(&relays_.service);
  builder.RegisterService(&reflection_);
  relays_.queue = builder.AddCompletionQueue();
  server_ = builder.BuildAndStart();
  // Without a server the builder has shut the queue down.
  if (server_ == nullptr) return absl::UnavailableError("gRPC can't be served");
  SetServing(false);
  // Before the thread, so that a drain finds them.
  for (int i = 0; i < kWaiting; ++i) Relay::Await(relays_);
  thread_ = std::thread([this] { Run(); });
  door_.Open(std::move(acceptor));
  return absl::OkStatus();
}

void GrpcProxy::Run() {
  relays_.runner = std::this_thread::get_id();
  void* tag = nullptr;
  bool ok = false;
  while (relays_.queue->Next(&tag, &ok)) static_cast<Step*>(tag)->Run(ok);
}

void GrpcProxy::SetServing(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

void GrpcProxy::Drain(absl::Duration patience) {
  if (!thread_.joinable()) return;
  door_.Close();
  relays_.draining = true;
  server_->Shutdown(absl::ToChronoTime(absl::Now() + patience));
  {
    absl::MutexLock lock(&relays_.mutex);
    relays_.mutex.Await(absl::Condition(
        +[](int* relays) { return *relays == 0; }, &relays_.relays));
  }
  relays_.queue->Shutdown();
  thread_.join();
}

}  // namespace jinhuan::gateway
