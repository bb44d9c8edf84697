#include "gateway/gate.h"

#include <arpa/inet.h>

#include <algorithm>

#include "gateway/trace.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/grant.h"
#include "platform/client_source.h"
#include "platform/log.h"
#include "platform/rpc/caller_token.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

constexpr std::string_view kBearer = "bearer ";
constexpr size_t kMaxUserAgent = 200;

std::string BearerToken(std::string_view authorization) {
  if (authorization.size() <= kBearer.size()) return "";
  for (size_t i = 0; i < kBearer.size(); ++i) {
    if ((authorization[i] | 0x20) != (kBearer[i] | 0x20)) return "";
  }
  return std::string(authorization.substr(kBearer.size()));
}

// The client as the last proxy saw it: the last element of X-Forwarded-For.
std::string_view LastForwarded(std::string_view list) {
  std::string_view last = list.substr(list.rfind(',') + 1);
  while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
  return last;
}

// Metadata is printable ASCII; gRPC ends the process that sends it anything else.
std::string Printable(std::string_view text, size_t most) {
  std::string out(text.substr(0, most));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  return out;
}

// What is not an address is left out: a service would store it as one.
bool IsAddress(const std::string& text) {
  in6_addr any{};
  if (text.find('\0') != std::string::npos) return false;
  return inet_pton(AF_INET, text.c_str(), &any) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &any) == 1;
}

absl::Status TakeTicket(std::optional<rpc::Admission::Ticket> ticket, Passage& passage) {
  if (!ticket.has_value()) return Error(error::v1::COMMON_REASON_OVERLOADED);
  passage.ticket.emplace(*std::move(ticket));
  return absl::OkStatus();
}

absl::Status TakePlace(http::PlaceLimit& limit, const std::string& caller,
                       std::optional<http::PlaceLimit::Place>& held) {
  auto place = limit.Take(caller);
  if (!place.has_value()) return Error(error::v1::COMMON_REASON_OVERLOADED);
  held.emplace(*std::move(place));
  return absl::OkStatus();
}

// The caller in a token of Identify's; one without a name for nobody.
auth::v1::Caller TokenCaller(const CallMetadata& identity) {
  auth::v1::CallerToken token;
  for (const auto& [name, value] : identity) {
    auth::v1::SignedCallerToken outer;
    if (name != rpc::kCallerMetadata) continue;
    if (!outer.ParseFromString(value) || !token.ParseFromString(outer.token())) return {};
  }
  return std::move(*token.mutable_caller());
}

// The same as long as the account and its roles are.
std::string TextOf(const auth::v1::Caller& caller, absl::Time now) {
  if (caller.name().empty()) return "";
  auth::v1::Caller held = caller;
  held.clear_grants();
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (!api::InForce(grant, now)) continue;
    auth::v1::Grant& kept = *held.add_grants() = grant;
    kept.clear_start_time();
    kept.clear_expire_time();
  }
  return held.SerializeAsString();
}

}  // namespace

bool Gate::IsTrustedProxy(std::string_view peer) const {
  const auto& trusted = parts_.trusted_proxies;
  return std::find(trusted.begin(), trusted.end(), peer) != trusted.end();
}

Visitor Gate::Recognise(const std::function<std::string_view(std::string_view)>& get,
                        std::string_view peer) const {
  Visitor visitor;
  visitor.credential = BearerToken(get("authorization"));
  visitor.address = peer;
  if (IsTrustedProxy(peer)) {
    const std::string_view forwarded = LastForwarded(get("x-forwarded-for"));
    if (!forwarded.empty()) visitor.address = forwarded;
  }
  visitor.user_agent = Printable(get("user-agent"), kMaxUserAgent);
  const std::string_view request = get("x-request-id");
  visitor.request_id = IsUuid(request) ? std::string(request) : parts_.ids.NewId();
  const std::string_view traceparent = get("traceparent");
  if (IsTraceparent(traceparent)) {
    visitor.traceparent = traceparent;
    const std::string_view state = get("tracestate");
    if (IsTracestate(state)) visitor.tracestate = state;
  } else {
    visitor.traceparent = NewTraceparent();
  }
  return visitor;
}

absl::Status Gate::CountStray(const Visitor& visitor) const {
  return parts_.calls_by_address.Take(visitor.address);
}

absl::Status Gate::Open(const Method& method, std::string_view protocol, const Visitor& visitor,
                        Passage& passage, Message message) const {
  passage.method = &method;
  passage.protocol = protocol;
  passage.request_id = visitor.request_id;
  passage.start = parts_.clock.Now();
  passage.credential_key = Sessions::KeyOf(visitor.credential, visitor.certificate_names);
  JH_RETURN_IF_ERROR(CountCall(method, visitor, passage));
  if (method.kind == Kind::kUnary) {
    if (message == Message::kWhole) return Admit(passage);
    // By address: whose credential it is, if anybody's, is not known yet.
    return TakePlace(parts_.awaited, SourceOf(visitor.address), passage.place);
  }
  // Whoever asks may have these for as long as they like, so few are enough, and they are not to
  // take the places of others.
  if (method.own) return TakePlace(parts_.own_streams, SourceOf(visitor.address), passage.place);
  JH_RETURN_IF_ERROR(
      TakePlace(parts_.streams_each,
                passage.credential_key.empty() ? SourceOf(visitor.address) : passage.credential_key,
                passage.place));
  return TakeTicket(parts_.admission.AdmitStream(), passage);
}

absl::Status Gate::Admit(Passage& passage) const {
  passage.place.reset();
  return TakeTicket(parts_.admission.AdmitCall(), passage);
}

void Gate::Identify(const Visitor& visitor, Passage& passage, Done done) const {
  CallMetadata metadata;
  metadata.emplace_back(rpc::kRequestMetadata, visitor.request_id);
  // The service is not to know who calls, nor from where, even if we do.
  if (passage.method->self_proving) return done(std::move(metadata));
  metadata.emplace_back("traceparent", visitor.traceparent);
  if (!visitor.tracestate.empty()) metadata.emplace_back("tracestate", visitor.tracestate);
  if (IsAddress(visitor.address)) metadata.emplace_back(rpc::kAddressMetadata, visitor.address);
  if (!visitor.user_agent.empty()) {
    metadata.emplace_back(rpc::kUserAgentMetadata, visitor.user_agent);
  }
  if (visitor.credential.empty() && visitor.certificate_names.empty()) {
    if (!passage.method->open) return done(Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED));
    absl::Status allowed = CountPublic(visitor, passage);
    if (!allowed.ok()) return done(std::move(allowed));
    return done(std::move(metadata));
  }
  parts_.sessions.TokenFor(visitor.credential, visitor.certificate_names, passage.method->audience,
                           [this, &visitor, &passage, metadata = std::move(metadata),
                            done = std::move(done)](absl::StatusOr<std::string> token) mutable {
                             if (token.ok()) {
                               metadata.emplace_back(rpc::kCallerMetadata, *std::move(token));
                               if (!visitor.credential.empty()) {
                                 metadata.emplace_back(rpc::kCredentialMetadata,
                                                       passage.credential_key);
                               }
                               return done(std::move(metadata));
                             }
                             if (!passage.method->open) return done(std::move(token).status());
                             absl::Status allowed = CountPublic(visitor, passage);
                             if (!allowed.ok()) return done(std::move(allowed));
                             done(std::move(metadata));
                           });
}

absl::Status Gate::CountCall(const Method& method, const Visitor& visitor,
                             const Passage& passage) const {
  JH_RETURN_IF_ERROR(parts_.calls_by_address.Take(visitor.address));
  if (method.signs_in) {
    JH_RETURN_IF_ERROR(parts_.sign_ins.Take(visitor.address));
  }
  if (passage.credential_key.empty()) return absl::OkStatus();
  return parts_.calls_by_caller.Take(passage.credential_key);
}

// Once for a call: a stream is identified again every second.
absl::Status Gate::CountPublic(const Visitor& visitor, Passage& passage) const {
  if (passage.method->signs_in || std::exchange(passage.counted, true)) return absl::OkStatus();
  http::RateLimit& limit = passage.method->safe ? parts_.public_reads : parts_.public_writes;
  return limit.Take(visitor.address);
}

absl::StatusOr<std::string> Gate::BeginStream(const CallMetadata& identity,
                                              Passage& passage) const {
  const auth::v1::Caller caller = TokenCaller(identity);
  if (!caller.name().empty()) {
    JH_RETURN_IF_ERROR(TakePlace(parts_.streams_each, caller.name(), passage.caller_place));
  }
  return TextOf(caller, parts_.clock.Now());
}

absl::Status Gate::StillIs(const std::string& caller,
                           const absl::StatusOr<CallMetadata>& identity) const {
  if (!identity.ok()) return identity.status();
  if (CallerIn(*identity, parts_.clock.Now()) == caller) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_UNAVAILABLE);
}

void Gate::Close(Passage& passage, absl::StatusCode code, bool doubtful) const {
  passage.ticket.reset();
  passage.place.reset();
  passage.caller_place.reset();
  if (doubtful && !passage.credential_key.empty()) parts_.sessions.Evict(passage.credential_key);
  const absl::Duration took = parts_.clock.Now() - passage.start;
  passage.method->metrics.Observe(code, took);
  log::Info("call", {{"method", passage.method->name},
                     {"protocol", passage.protocol},
                     {"code", absl::StatusCodeToString(code)},
                     {"ms", absl::ToDoubleMilliseconds(took)},
                     {"request", passage.request_id}});
}

std::string CallerIn(const CallMetadata& identity, absl::Time now) {
  return TextOf(TokenCaller(identity), now);
}

}  // namespace jinhuan::gateway
