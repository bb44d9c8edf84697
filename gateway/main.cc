#include <prometheus/exposer.h>
#include <pthread.h>
#include <sys/resource.h>

#include <csignal>

#include "absl/flags/flag.h"
#include "gateway/flags.h"
#include "gateway/gateway.h"
#include "platform/config.h"
#include "platform/log.h"

namespace {

// With what cancelled calls still need, a stop takes 10 s at most.
constexpr absl::Duration kPatience = absl::Seconds(8);

int Fail(const absl::Status& status) {
  jinhuan::log::Error("can't start", {{"status", status.ToString()}});
  return 1;
}

// Each connection takes a descriptor; shells and systemd begin with 1024.
void TakeAllDescriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace jinhuan;
  config::InitProcess("gateway", argc, argv);
  // Before any thread starts, so that all of them leave the signals to sigwait.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  TakeAllDescriptors();

  absl::StatusOr<gateway::GatewayOptions> options = gateway::OptionsFromFlags();
  if (!options.ok()) return Fail(options.status());
  auto started = gateway::Gateway::Start(*std::move(options));
  if (!started.ok()) return Fail(started.status());
  std::unique_ptr<prometheus::Exposer> exposer;
  if (const std::string address = absl::GetFlag(FLAGS_metrics_listen); !address.empty()) {
    try {
      exposer = std::make_unique<prometheus::Exposer>(address, 1);
    } catch (const std::exception&) {
      log::Error("can't listen", {{"address", address}});
      return 1;
    }
    exposer->RegisterCollectable((*started)->metrics().registry());
  }
  log::Info("serving", {{"http", absl::GetFlag(FLAGS_http_listen)},
                        {"grpc", absl::GetFlag(FLAGS_grpc_listen)}});
  int signal = 0;
  sigwait(&signals, &signal);
  log::Info("draining");
  (*started)->Drain(kPatience);
  log::Info("stopped");
  return 0;
}
