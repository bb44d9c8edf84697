#pragma once

#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/db/pool.h"
#include "platform/journal/journal.h"
#include "platform/rpc/handler.h"

namespace jinhuan::rpc {

// A service process, from its flags to its end: main only wires.
//
//   config::InitProcess("alliance-svc", argc, argv);
//   rpc::ServiceProcess process(
//       {.package = "jinhuan.alliance.v1", .migrations = alliance::kMigrations});
//   MemberStore members(process.journal());
//   MemberService service(process.runtime(), process.pool(), members);
//   return process.Serve({&service});
//
// The constructor opens the pool, applies migrations and readies the journal; it
// ends the process with status 1 and a log line when one of these can't be done
// within 30 s. Flags: --listen, --metrics_listen, --db_socket, --db_schema,
// --db_user, --db_password_file, --db_connections, --caller_public_key_file,
// --journal_key_file, --journal_hash, --journal_witness_keys, --max_calls,
// --max_streams, and those of tls.h.
class ServiceProcess {
 public:
  struct Options {
    std::string package;     // the audience of its caller tokens
    std::string migrations;  // folder of its own migrations
  };
  explicit ServiceProcess(const Options& options);
  ~ServiceProcess();

  db::Pool& pool();
  journal::Journal& journal();
  const Clock& clock();
  IdSource& ids();
  Runtime runtime();

  // Serves the services with health, reflection, journal sealing and metrics
  // until SIGTERM or SIGINT; then says NOT_SERVING, lets calls under way finish
  // (10 s at most) and returns the exit status. Prints one log line "serving" and
  // calls `serving`, where there is one, with the server: for who calls this process
  // from within.
  int Serve(const std::vector<grpc::Service*>& services,
            const std::function<void(grpc::Server&)>& serving = nullptr);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jinhuan::rpc
