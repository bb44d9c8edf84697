#include "platform/rpc/serve.h"
#include "platform/db/platform_migrations.h"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>
#include <prometheus/exposer.h>

#include <csignal>
#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/time/clock.h"
#include "platform/api/write.h"
#include "platform/config.h"
#include "platform/db/forget.h"
#include "platform/db/migrate.h"
#include "platform/log.h"
#include "platform/repeater.h"
#include "platform/rpc/host_channel.h"
#include "platform/rpc/tls.h"
#include "platform/status/error.h"

ABSL_FLAG(std::string, listen, "", "Where to serve gRPC: unix:/path or host:port");
ABSL_FLAG(std::string, metrics_listen, "",
          "Where to serve Prometheus metrics, host:port; empty: nowhere");
ABSL_FLAG(std::string, db_socket, "", "The database server's unix socket");
ABSL_FLAG(std::string, db_schema, "", "The schema that belongs to this service");
ABSL_FLAG(std::string, db_user, "", "The database user of this service");
ABSL_FLAG(std::string, db_password_file, "", "File with that user's password; empty: none");
ABSL_FLAG(int, db_connections, 16, "How many database connections to hold at most");
ABSL_FLAG(std::string, caller_public_key_file, "",
          "File with the Ed25519 key that caller tokens are verified with, 64 hex digits");
ABSL_FLAG(std::string, journal_key_file, "",
          "File with the Ed25519 seed that the journal's checkpoints are signed with, 64 hex "
          "digits; empty: they are not");
ABSL_FLAG(std::string, journal_hash, "sm3",
          "What the tree of a new journal hashes with, sm3 or sha256; it never changes after");
ABSL_FLAG(std::string, journal_witness_keys, "",
          "File with the keys of the witnesses whose cosignatures are taken, one a line as "
          "c2sp.org/signed-note writes verifier keys; empty: none are");
ABSL_FLAG(int, max_calls, 256, "How many calls may be under way at once");
ABSL_FLAG(int, max_streams, 512,
          "How many streams may be open at once, each with a thread of its own");

namespace jinhuan::rpc {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(30);
constexpr absl::Duration kDrainTime = absl::Seconds(10);
constexpr absl::Duration kForgetEvery = absl::Minutes(1);

// The value, or the end of the process.
template <class T>
T OrExit(absl::StatusOr<T> result, std::string_view what) {
  if (!result.ok()) {
    log::Error("can't start", {{"what", what}, {"status", Describe(result.status())}});
    std::exit(1);
  }
  return *std::move(result);
}

db::PoolOptions PoolOptionsFromFlags() {
  const std::string password_file = absl::GetFlag(FLAGS_db_password_file);
  return {.socket = absl::GetFlag(FLAGS_db_socket),
          .schema = absl::GetFlag(FLAGS_db_schema),
          .user = absl::GetFlag(FLAGS_db_user),
          .password = password_file.empty()
                          ? ""
                          : OrExit(config::ReadSecret(password_file), "--db_password_file"),
          .size = absl::GetFlag(FLAGS_db_connections)};
}

journal::ProofOptions ProofOptionsFromFlags(const std::string& package) {
  journal::ProofOptions options;
  options.package = package;
  const auto algorithm = journal::tree::AlgorithmNamed(absl::GetFlag(FLAGS_journal_hash));
  options.algorithm =
      OrExit(algorithm.has_value() ? absl::StatusOr<journal::tree::Algorithm>(*algorithm)
                                   : absl::InvalidArgumentError("it is neither sm3 nor sha256"),
             "--journal_hash");
  if (const std::string path = absl::GetFlag(FLAGS_journal_key_file); !path.empty()) {
    options.signing_seed = OrExit(config::ReadSecret(path), "--journal_key_file");
    OrExit(journal::tree::PrivateKey::FromSeed(journal::tree::KeyType::kLog, package,
                                               options.signing_seed),
           "--journal_key_file");
  }
  if (const std::string path = absl::GetFlag(FLAGS_journal_witness_keys); !path.empty()) {
    options.witnesses = OrExit(
        journal::tree::ParseWitnessKeys(OrExit(config::ReadSecret(path), "--journal_witness_keys")),
        "--journal_witness_keys");
  }
  return options;
}

// SIGTERM and SIGINT are waited for, not caught: no code runs in a handler.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

struct ServiceProcess::State {
  explicit State(const Options& process)
      : pool(PoolOptionsFromFlags()),
        ids(Clock::System()),
        journal(pool, ids, ProofOptionsFromFlags(process.package)),
        verifier(OrExit(CallerTokenVerifier::Create(
                            OrExit(config::ReadSecret(absl::GetFlag(FLAGS_caller_public_key_file)),
                                   "--caller_public_key_file"),
                            process.package),
                        "--caller_public_key_file")),
        admission(absl::GetFlag(FLAGS_max_calls), absl::GetFlag(FLAGS_max_streams)) {}

  db::Pool pool;
  RandomIdSource ids;
  journal::Journal journal;
  std::unique_ptr<CallerTokenVerifier> verifier;
  Admission admission;
  Metrics metrics;
};

ServiceProcess::ServiceProcess(const Options& options) {
  // Before any thread starts, so that all of them leave the signals to Serve.
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  if (const absl::Status tls = CheckHostTls(); !tls.ok()) {
    log::Error("can't start", {{"what", "--tls_cert_file"}, {"status", Describe(tls)}});
    std::exit(1);
  }
  state_ = std::make_unique<State>(options);
  absl::Status status;
  const absl::Time deadline = absl::Now() + kStartTime;
  do {
    status = db::Migrate(state_->pool, {db::kPlatformMigrations, options.migrations}, deadline);
    if (!absl::IsUnavailable(status)) break;
    absl::SleepFor(absl::Milliseconds(100));  // the database may still be starting
  } while (absl::Now() < deadline);
  if (!status.ok()) {
    log::Error("can't start", {{"what", "migrations"}, {"status", Describe(status)}});
    std::exit(1);
  }
}

ServiceProcess::~ServiceProcess() = default;

db::Pool& ServiceProcess::pool() { return state_->pool; }
journal::Journal& ServiceProcess::journal() { return state_->journal; }
const Clock& ServiceProcess::clock() { return Clock::System(); }
IdSource& ServiceProcess::ids() { return state_->ids; }
Runtime ServiceProcess::runtime() {
  return {Clock::System(), state_->ids, *state_->verifier, state_->admission, state_->metrics};
}

int ServiceProcess::Serve(const std::vector<grpc::Service*>& services,
                          const std::function<void(grpc::Server&)>& serving) {
  // Never taken back: the last shutdown of the library may wait 10 s for a poller
  // of its own, after all connections are gone.
  grpc_init();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // A caller token names every grant, an error every field.
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 64 * 1024);
  // OpenHostChannel asks so often.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kHostPingMs / 2);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  const std::string listen = absl::GetFlag(FLAGS_listen);
  builder.AddListeningPort(listen, HostServerCredentials(listen));
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 64);
  for (grpc::Service* service : services) builder.RegisterService(service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    log::Error("can't listen", {{"address", listen}});
    return 1;
  }
  std::unique_ptr<prometheus::Exposer> exposer;
  if (const std::string address = absl::GetFlag(FLAGS_metrics_listen); !address.empty()) {
    try {
      exposer = std::make_unique<prometheus::Exposer>(address, 1);
    } catch (const std::exception&) {
      log::Error("can't listen", {{"address", address}});
      return 1;
    }
    exposer->RegisterCollectable(state_->metrics.registry());
  }
  state_->journal.StartSealing();
  server->GetHealthCheckService()->SetServingStatus(true);
  log::Info("serving", {{"address", listen}});

  {
    const Repeater forgetting("old requests", kForgetEvery, Clock::System(), [&](absl::Time now) {
      return db::ForgetOld(
          [&](int limit) { return api::ForgetOldRequests(state_->pool, now, limit); });
    });
    if (serving) serving(*server);
    const sigset_t signals = StopSignals();
    int signal = 0;
    sigwait(&signals, &signal);
  }
  log::Info("draining");
  server->GetHealthCheckService()->SetServingStatus(false);
  state_->admission.Stop();
  state_->journal.StopSealing();  // also ends the watches' waits
  server->Shutdown(absl::ToChronoTime(absl::Now() + kDrainTime));
  log::Info("stopped");
  return 0;
}

}  // namespace jinhuan::rpc
