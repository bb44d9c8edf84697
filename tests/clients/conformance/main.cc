// ConformanceService behind a whole gateway, with the gateway's own flags. Writes one
// line of JSON, {"http": port, "grpc": port}, when it serves; ends with its stdin.
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>
#include <unistd.h>

#include <cstdio>

#include "absl/time/clock.h"
#include "gateway/flags.h"
#include "gateway/upstream.h"
#include "platform/config.h"
#include "tests/clients/conformance/conformance_service.h"

int main(int argc, char** argv) {
  using namespace jinhuan;
  config::InitProcess("conformance", argc, argv);
  conformance::ConformanceService service;
  int port = 0;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, gateway::kMaxMetadataBytes);
  builder.SetMaxReceiveMessageSize(gateway::kMaxAnswerBytes);  // the gateway's limit is what counts
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();

  absl::StatusOr<gateway::GatewayOptions> options = gateway::OptionsFromFlags();
  if (!options.ok() || server == nullptr) return 1;
  options->backends = {
      {"conformance", fmt::format("127.0.0.1:{}", port), "jinhuan.conformance.v1"}};
  const auto started = gateway::Gateway::Start(*std::move(options));
  if (!started.ok()) return 1;
  std::printf("{\"http\": %d, \"grpc\": %d}\n", (*started)->http_port(), (*started)->grpc_port());
  std::fflush(stdout);

  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
  (*started)->Drain(absl::Seconds(1));
  server->Shutdown(absl::ToChronoTime(absl::Now()));
  return 0;
}
