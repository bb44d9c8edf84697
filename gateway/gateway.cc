#include "gateway/gateway.h"

#include <thread>

#include "absl/time/clock.h"
#include "gateway/calendar_feed.h"
#include "gateway/error_json.h"
#include "gateway/events/events.h"
#include "gateway/front.h"
#include "gateway/grpc_proxy.h"
#include "gateway/health.h"
#include "gateway/http/rate_limit.h"
#include "gateway/local_server.h"
#include "gateway/protocol_connect.h"
#include "gateway/reflection.h"
#include "gateway/static_files.h"
#include "gateway/upstream.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

constexpr char kResolvePath[] = "/jinhuan.auth.v1.CredentialService/ResolveCredential";
constexpr absl::Duration kResolveTimeout = absl::Seconds(2);
constexpr int kBurstSeconds = 2;
// Health and reflection may be watched for ever, by whoever asks: so often by one address, and by
// all.
constexpr int kOwnStreamsEach = 8;
constexpr int kOwnStreams = 64;
// Native calls whose message is on its way, of one address and of all: few of them wait longer than
// a moment.
constexpr int kAwaitedEach = 256;
constexpr int kAwaited = 4096;
// A calendar program asks once an hour or so; a household of them may share an address.
constexpr int kCalendarBurst = 60;
constexpr int kCalendarPerMinute = 60;

std::vector<std::string> NamesOf(const std::vector<Backend>& backends) {
  std::vector<std::string> names;
  for (const Backend& backend : backends) names.push_back(backend.name);
  return names;
}

Routes::Packages PackagesOf(const std::vector<Backend>& backends) {
  Routes::Packages packages;
  for (size_t i = 0; i < backends.size(); ++i) packages.emplace(backends[i].package, i);
  packages.emplace(kEventsPackage, backends.size());
  return packages;
}

// Channels to the backends, and behind them to what the gateway serves itself.
std::vector<std::shared_ptr<grpc::Channel>> ChannelsTo(const std::vector<Backend>& backends,
                                                       const LocalServer& own) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (const Backend& backend : backends) channels.push_back(OpenChannel(backend.target));
  channels.push_back(own.OpenChannel());
  return channels;
}

LocalEvents::Options SourcesIn(const GatewayOptions& options) {
  LocalEvents::Options sources{.sources = {}, .kept = options.kept_events};
  for (const Backend& backend : options.backends) {
    sources.sources.push_back({backend.package, backend.target});
  }
  return sources;
}

auth::v1::Caller Self() {
  auth::v1::Caller self;
  self.set_name("services/gateway");
  self.add_grants()->set_role(auth::v1::ROLE_INTERNAL);
  return self;
}

// Asks the first backend who a credential belongs to, as the gateway itself.
Sessions::Resolve ResolveBy(Upstream& upstream, const rpc::CallerTokenSigner& signer,
                            std::string audience) {
  return [&upstream, &signer, audience = std::move(audience), self = Self()](
             const auth::v1::ResolveCredentialRequest& request,
             std::function<void(Sessions::Answer)> done) {
    auto call = std::make_shared<UpstreamCall>();
    call->request = BufferOf(request.SerializeAsString());
    call->context.set_deadline(absl::ToChronoTime(absl::Now() + kResolveTimeout));
    call->context.AddMetadata(rpc::kCallerMetadata,
                              signer.Sign(self, audience, Clock::System().Now()));
    upstream.Unary(0, kResolvePath, call,
                   [call = call.get(), done = std::move(done)](const grpc::Status& status) {
                     if (!status.ok()) return done(rpc::FromGrpc(status));
                     auth::v1::ResolveCredentialResponse response;
                     if (!response.ParseFromString(BytesOf(call->response))) {
                       return done(absl::InternalError("not a ResolveCredentialResponse"));
                     }
                     done(std::move(response));
                   });
  };
}

http::Options WithRefusal(http::Options options) {
  const absl::Status overloaded = Error(error::v1::COMMON_REASON_OVERLOADED);
  options.too_many = {.status = HttpStatus(overloaded.code()),
                      .headers = {{"Content-Type", "application/json"}},
                      .body = ErrorJson(rpc::ToGrpc(overloaded))};
  return options;
}

// Each port lets in as many connections.
GrpcProxy::Options NativeOf(const GatewayOptions& options, const LocalServer& own) {
  GrpcProxy::Options native{
      .targets = {},
      .own = [&own] { return own.Connect(); },
      .door = {.listen = options.grpc_listen, .entrance = options.http.entrance},
      .tls = options.grpc_tls};
  for (const Backend& backend : options.backends) native.targets.push_back(backend.target);
  return native;
}

}  // namespace

struct Gateway::State {
  State(GatewayOptions o, rpc::CallerTokenSigner s)
      : options(std::move(o)),
        signer(std::move(s)),
        routes(PackagesOf(options.backends), metrics),
        events(SourcesIn(options), signer, Clock::System()),
        reflection(routes),
        own({&events.service(), &reflection}),
        upstream(ChannelsTo(options.backends, own)),
        sessions(ResolveBy(upstream, signer, options.backends.front().package), signer,
                 Clock::System(), options.sessions),
        calls_by_address(kBurstSeconds * options.calls_per_second_per_address,
                         60.0 * options.calls_per_second_per_address, Clock::System()),
        calls_by_caller(kBurstSeconds * options.calls_per_second_per_caller,
                        60.0 * options.calls_per_second_per_caller, Clock::System()),
        sign_ins(options.sign_in_burst, options.sign_in_per_minute, Clock::System()),
        public_reads(options.public_read_per_minute, options.public_read_per_minute,
                     Clock::System()),
        public_writes(options.public_write_burst, options.public_write_per_hour / 60.0,
                      Clock::System()),
        admission(options.max_calls, options.max_streams),
        streams_each(options.max_streams_per_caller),
        own_streams(kOwnStreamsEach, kOwnStreams),
        awaited(kAwaitedEach, kAwaited),
        gate({Clock::System(), ids, sessions, calls_by_address, calls_by_caller, sign_ins,
              public_reads, public_writes, admission, streams_each, own_streams, awaited,
              options.trusted_proxies, options.timeouts}),
        bodies(options.bodies_limit),
        cors(options.allowed_origins),
        connect(routes, gate, upstream, options.secure_cookies),
        streams(routes, gate, upstream, options.secure_cookies),
        files(options.portal_dir),
        proxy(routes, gate, bodies, NativeOf(options, own)),
        health(upstream, NamesOf(options.backends)),
        calendar_reads(kCalendarBurst, kCalendarPerMinute, Clock::System()),
        calendars({routes, gate, upstream, signer, calendar_reads, Clock::System()}),
        front(cors, connect, streams, calendars, health, files),
        server(WithRefusal(options.http), front, bodies, Clock::System()) {}

  const GatewayOptions options;
  const rpc::CallerTokenSigner signer;
  rpc::Metrics metrics;
  RandomIdSource ids{Clock::System()};
  const Routes routes;
  LocalEvents events;
  Reflection reflection;
  LocalServer own;
  Upstream upstream;
  Sessions sessions;
  http::RateLimit calls_by_address;
  http::RateLimit calls_by_caller;
  http::RateLimit sign_ins;
  http::RateLimit public_reads;
  http::RateLimit public_writes;
  rpc::Admission admission;
  http::PlaceLimit streams_each;
  http::PlaceLimit own_streams;
  http::PlaceLimit awaited;
  const Gate gate;
  http::BodyBudget bodies;
  const Cors cors;
  const ConnectProtocol connect;
  StreamProtocol streams;
  StaticFiles files;
  GrpcProxy proxy;
  Health health;
  http::RateLimit calendar_reads;
  const CalendarFeed calendars;
  Front front;
  http::Server server;
};

Gateway::Gateway(std::unique_ptr<State> state) : state_(std::move(state)) {}
Gateway::~Gateway() { Drain(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(GatewayOptions options) {
  JH_ASSIGN_OR_RETURN(rpc::CallerTokenSigner signer,
                      rpc::CallerTokenSigner::FromSeed(options.caller_seed));
  auto state = std::make_unique<State>(std::move(options), std::move(signer));
  JH_RETURN_IF_ERROR(state->proxy.Start());
  JH_RETURN_IF_ERROR(state->server.Start());
  state->events.Start();
  state->health.Start([&own = state->own](bool ready) { own.SetServing(ready); });
  return std::unique_ptr<Gateway>(new Gateway(std::move(state)));
}

uint16_t Gateway::http_port() const { return state_->server.port(); }
uint16_t Gateway::grpc_port() const { return state_->proxy.port(); }
rpc::Metrics& Gateway::metrics() { return state_->metrics; }

void Gateway::Drain(absl::Duration patience) {
  state_->health.Drain();
  state_->streams.Drain();
  std::thread native([&] { state_->proxy.Drain(patience); });
  state_->server.Drain(patience);
  native.join();
}

}  // namespace jinhuan::gateway
