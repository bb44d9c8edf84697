#include "gateway/flags.h"

#include <vector>

#include "absl/flags/flag.h"
#include "platform/config.h"
#include "platform/status/status_macros.h"

ABSL_FLAG(std::string, http_listen, "0.0.0.0:8080", "Where to serve the portal and HTTP calls");
ABSL_FLAG(std::string, grpc_listen, "0.0.0.0:9090", "Where to serve native gRPC");
ABSL_FLAG(std::string, grpc_cert_file, "",
          "PEM file with the certificate of the native gRPC port, and its chain; empty: the port "
          "has no TLS");
ABSL_FLAG(std::string, grpc_key_file, "", "PEM file with the key of --grpc_cert_file");
ABSL_FLAG(std::string, grpc_client_ca_file, "",
          "PEM file with the authority that signs the certificates of other systems; empty: they "
          "are not asked for one");
ABSL_FLAG(std::string, metrics_listen, "",
          "Where to serve Prometheus metrics, host:port; empty: nowhere");
ABSL_FLAG(std::string, alliance_target, "unix:/run/jinhuan/alliance-svc.sock",
          "Address of alliance-svc");
ABSL_FLAG(std::string, resource_target, "unix:/run/jinhuan/resource-svc.sock",
          "Address of resource-svc");
ABSL_FLAG(std::string, meeting_target, "unix:/run/jinhuan/meeting-svc.sock",
          "Address of meeting-svc");
ABSL_FLAG(std::string, portal_dir, "/usr/share/jinhuan/portal", "Folder of the built portal");
ABSL_FLAG(std::string, caller_key_file, "/etc/jinhuan/caller.seed",
          "File with the Ed25519 seed that caller tokens are signed with, 64 hex digits");
ABSL_FLAG(bool, secure_cookies, false, "Whether browsers may send the session over TLS alone");
ABSL_FLAG(std::vector<std::string>, trusted_proxy, {},
          "Addresses of proxies whose X-Forwarded-For and -Proto are believed");
ABSL_FLAG(std::vector<std::string>, allowed_origins, {},
          "Origins of other sites whose pages may call with a bearer token (https://host), or *");
ABSL_FLAG(int, calls_per_second_per_address, 1000,
          "How often one address may call per second; twice as often at once");
ABSL_FLAG(int, calls_per_second_per_caller, 200,
          "How often one session or token may call per second; twice as often at once");
ABSL_FLAG(int, sign_in_burst, 20, "How often one address may try to sign in at once");
ABSL_FLAG(int, sign_in_per_minute, 30, "How often one address may try to sign in per minute");
ABSL_FLAG(int, public_write_burst, 5,
          "How often one address may write without signing in (apply for membership) at once");
ABSL_FLAG(int, public_write_per_hour, 10,
          "How often one address may write without signing in per hour");
ABSL_FLAG(int, public_read_per_minute, 30,
          "How often one address may read without signing in per minute, and at once");
ABSL_FLAG(int, max_connections, 4096, "How many connections may be open at once, on each port");
ABSL_FLAG(int, max_connections_per_address, 512,
          "How many connections one address may have open on each port, --trusted_proxy apart");
ABSL_FLAG(int, connections_per_second_per_address, 100,
          "How many connections one address may open per second on each port, "
          "--trusted_proxy apart; twice as many at once");
ABSL_FLAG(int, max_calls, 1024, "How many calls may be under way at once, on both ports together");
ABSL_FLAG(int, max_streams, 2048, "How many streams may be open at once");
ABSL_FLAG(int, max_streams_per_caller, 256,
          "How many streams one account may have open, by all its sessions and tokens together");
ABSL_FLAG(int, kept_events, 16384,
          "How many events of each service are kept for clients that come back");
ABSL_FLAG(int, http_threads, 2, "How many threads serve HTTP");

namespace jinhuan::gateway {

absl::StatusOr<GatewayOptions> OptionsFromFlags() {
  GatewayOptions options;
  options.backends = {
      {"alliance-svc", absl::GetFlag(FLAGS_alliance_target), "jinhuan.alliance.v1"},
      {"resource-svc", absl::GetFlag(FLAGS_resource_target), "jinhuan.resource.v1"},
      {"meeting-svc", absl::GetFlag(FLAGS_meeting_target), "jinhuan.meeting.v1"},
  };
  JH_ASSIGN_OR_RETURN(options.caller_seed,
                      config::ReadSecret(absl::GetFlag(FLAGS_caller_key_file)));
  options.http.listen = absl::GetFlag(FLAGS_http_listen);
  options.http.threads = absl::GetFlag(FLAGS_http_threads);
  options.http.entrance = {
      .max_connections = absl::GetFlag(FLAGS_max_connections),
      .max_connections_each = absl::GetFlag(FLAGS_max_connections_per_address),
      .arrivals_per_second_each = absl::GetFlag(FLAGS_connections_per_second_per_address),
      .uncounted = absl::GetFlag(FLAGS_trusted_proxy)};
  options.grpc_listen = absl::GetFlag(FLAGS_grpc_listen);
  options.grpc_tls = {.certificate = absl::GetFlag(FLAGS_grpc_cert_file),
                      .key = absl::GetFlag(FLAGS_grpc_key_file),
                      .ca = absl::GetFlag(FLAGS_grpc_client_ca_file)};
  JH_RETURN_IF_ERROR(rpc::CheckTlsFiles(options.grpc_tls));
  JH_RETURN_IF_ERROR(rpc::CheckHostTls());
  options.portal_dir = absl::GetFlag(FLAGS_portal_dir);
  options.secure_cookies = absl::GetFlag(FLAGS_secure_cookies);
  options.trusted_proxies = absl::GetFlag(FLAGS_trusted_proxy);
  options.allowed_origins = absl::GetFlag(FLAGS_allowed_origins);
  options.calls_per_second_per_address = absl::GetFlag(FLAGS_calls_per_second_per_address);
  options.calls_per_second_per_caller = absl::GetFlag(FLAGS_calls_per_second_per_caller);
  options.sign_in_burst = absl::GetFlag(FLAGS_sign_in_burst);
  options.sign_in_per_minute = absl::GetFlag(FLAGS_sign_in_per_minute);
  options.public_write_burst = absl::GetFlag(FLAGS_public_write_burst);
  options.public_write_per_hour = absl::GetFlag(FLAGS_public_write_per_hour);
  options.public_read_per_minute = absl::GetFlag(FLAGS_public_read_per_minute);
  options.max_calls = absl::GetFlag(FLAGS_max_calls);
  options.max_streams = absl::GetFlag(FLAGS_max_streams);
  options.max_streams_per_caller = absl::GetFlag(FLAGS_max_streams_per_caller);
  options.kept_events = absl::GetFlag(FLAGS_kept_events);
  for (const int number :
       {options.http.threads, options.http.entrance.max_connections, options.sign_in_burst,
        options.sign_in_per_minute, options.public_write_burst, options.public_write_per_hour,
        options.public_read_per_minute, options.max_calls, options.max_streams,
        options.max_streams_per_caller, options.http.entrance.max_connections_each,
        options.http.entrance.arrivals_per_second_each, options.calls_per_second_per_address,
        options.calls_per_second_per_caller, options.kept_events}) {
    if (number < 1) return absl::InvalidArgumentError("a number in the flags is below 1");
  }
  return options;
}

}  // namespace jinhuan::gateway
