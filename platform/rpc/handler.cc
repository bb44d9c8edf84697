#include "platform/rpc/handler.h"

#include <algorithm>
#include <cstdlib>

#include "absl/time/clock.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/log.h"
#include "platform/rpc/access.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr absl::Duration kDefaultDeadline = absl::Seconds(10);
constexpr absl::Duration kMaxDeadline = absl::Seconds(60);

std::string MetadataValue(const grpc::ServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

// The string at `path` ("booking.name") of a request; "" when it is not set.
std::string StringAt(const Message& request, std::string_view path) {
  const Message* message = &request;
  for (;;) {
    const size_t dot = path.find('.');
    const auto* field = message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    if (dot == std::string_view::npos) return message->GetReflection()->GetString(*message, field);
    message = &message->GetReflection()->GetMessage(*message, field);
    path.remove_prefix(dot + 1);
  }
}

// Whether `path` leads to a string field of `type`.
bool IsStringPath(const google::protobuf::Descriptor& type, std::string_view path) {
  const size_t dot = path.find('.');
  const auto* field = type.FindFieldByName(std::string(path.substr(0, dot)));
  if (field == nullptr || field->is_repeated()) return false;
  if (dot == std::string_view::npos) return field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return field->message_type() != nullptr &&
         IsStringPath(*field->message_type(), path.substr(dot + 1));
}

[[noreturn]] void Refuse(const std::string& method, std::string_view why) {
  log::Error("the method can't be served", {{"method", method}, {"why", why}});
  std::exit(1);
}

bool IsOfTheSuite(const auth::v1::Caller& caller) {
  return std::any_of(caller.grants().begin(), caller.grants().end(),
                     [](const auto& grant) { return grant.role() == auth::v1::ROLE_INTERNAL; });
}

// gRPC made the request for this one call; it only hands it out as const.
Message& Own(const Message& request) { return const_cast<Message&>(request); }

}  // namespace

struct Handler::Method {
  std::string name;  // package.Service/Method
  auth::v1::Access access;
  std::string resource_field;  // "" when the method belongs to no alliance
  mutable Metrics::Method metrics;
};

Handler::Handler(Runtime runtime, const std::string& full_name) : runtime_(runtime) {
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(full_name);
  if (service == nullptr) Refuse(full_name, "no such service is linked in");
  for (int i = 0; i < service->method_count(); ++i) {
    const auto& descriptor = *service->method(i);
    auto method = std::make_unique<Method>();
    method->name = full_name + "/" + descriptor.name();
    if (!descriptor.options().HasExtension(auth::v1::access)) {
      Refuse(method->name, "it does not declare jinhuan.auth.v1.access");
    }
    method->access = descriptor.options().GetExtension(auth::v1::access);
    const auto& access = method->access;
    if (!access.public_() && !access.signed_in() && access.allow().empty()) {
      Refuse(method->name, "its access lets nobody in");
    }
    const auto& input = *descriptor.input_type();
    method->resource_field = access.resource_field();
    for (const char* usual : {"name", "parent"}) {
      if (method->resource_field.empty() && IsStringPath(input, usual)) {
        method->resource_field = usual;
      }
    }
    if (!method->resource_field.empty() && !IsStringPath(input, method->resource_field)) {
      Refuse(method->name, "its resource_field is no string of the request");
    }
    method->metrics = runtime_.metrics.ForMethod(method->name);
    methods_.emplace(descriptor.name(), std::move(method));
  }
}

Handler::~Handler() = default;

absl::Status Handler::Authorise(const Method& method, const Message& request,
                                api::Call& call) const {
  const std::string resource =
      method.resource_field.empty() ? "" : StringAt(request, method.resource_field);
  call.alliance = api::AllianceOf(resource);
  absl::StatusOr<api::Scope> scope = CheckAccess(
      method.access, call.caller,
      {.method = method.name, .alliance = call.alliance, .resource = resource, .now = call.now});
  DropIdleGrants(call.caller, method.name, call.now);
  if (scope.ok()) {
    call.scope = *std::move(scope);
    return absl::OkStatus();
  }
  // Someone whose role fits, but whose request names no alliance, made a mistake
  // and is told so; it opens nothing.
  const bool unreadable = !method.resource_field.empty() && call.alliance.empty();
  if (unreadable && absl::IsPermissionDenied(scope.status())) {
    for (const auth::v1::Grant& grant : call.caller.grants()) {
      if (!Allows(method.access, grant.role())) continue;
      return api::RequireName("alliances/*", resource, method.resource_field).status();
    }
  }
  return scope.status();
}

absl::StatusOr<api::Call> Handler::Open(const grpc::ServerContext& context, const Method& method,
                                        const Message& request) const {
  api::Call call;
  call.method = method.name;
  call.now = runtime_.clock.Now();
  call.request = MetadataValue(context, kRequestMetadata);
  if (call.request.empty()) call.request = runtime_.ids.NewId();
  call.credential_id = MetadataValue(context, kCredentialMetadata);
  call.address = MetadataValue(context, kAddressMetadata);
  call.user_agent = MetadataValue(context, kUserAgentMetadata);
  const std::string token = MetadataValue(context, kCallerMetadata);
  if (!token.empty()) {
    JH_ASSIGN_OR_RETURN(call.caller, runtime_.verifier.Verify(token, call.now));
  }
  // The deadline is the machine's time: what waits for it asks the machine.
  const absl::Time client = absl::FromChrono(context.deadline());
  const absl::Time now = absl::Now();
  call.deadline = client - now > absl::Hours(24) ? now + kDefaultDeadline
                                                 : std::min(client, now + kMaxDeadline);
  JH_RETURN_IF_ERROR(Authorise(method, request, call));
  return call;
}

grpc::Status Handler::Execute(grpc::ServerContext& context, const Method& method,
                              const Admission::Ticket&, Message& request,
                              absl::FunctionRef<absl::Status(const api::Call&)> body) const {
  const absl::Time begin = absl::Now();
  // What this version does not know it must not store, sign or pass on.
  request.DiscardUnknownFields();
  absl::StatusOr<api::Call> call = Open(context, method, request);
  absl::Status status = call.ok() ? body(*call) : call.status();
  const std::string id = call.ok() ? call->request : MetadataValue(context, kRequestMetadata);
  const absl::Duration took = absl::Now() - begin;
  method.metrics.Observe(status.code(), took);
  log::Info("call", {{"method", method.name},
                     {"code", absl::StatusCodeToString(status.code())},
                     {"reason", ReasonOf(status)},
                     {"ms", absl::ToDoubleMilliseconds(took)},
                     {"request", id},
                     {"traceparent", MetadataValue(context, "traceparent")}});
  // A status without a reason is a fault of ours: the log has it, the client a
  // reference to it.
  if (!status.ok() && ReasonOf(status).empty()) {
    log::Error("internal error", {{"request", id}, {"status", Describe(status)}});
    status = Error(error::v1::COMMON_REASON_INTERNAL, {{"request", id}});
  }
  return ToGrpc(status);
}

grpc::Status Handler::Run(grpc::ServerContext& context, std::string_view method,
                          const Message& request,
                          absl::FunctionRef<absl::Status(const api::Call&)> body) const {
  const auto ticket = runtime_.admission.AdmitCall();
  if (!ticket.has_value()) return ToGrpc(Error(error::v1::COMMON_REASON_OVERLOADED));
  return Execute(context, *methods_.at(std::string(method)), *ticket, Own(request), body);
}

grpc::Status Handler::Stream(grpc::ServerContext& context, std::string_view method,
                             const Message& request,
                             absl::FunctionRef<absl::Status(const api::Call&)> body) const {
  const auto ticket = runtime_.admission.AdmitStream();
  if (!ticket.has_value()) return ToGrpc(Error(error::v1::COMMON_REASON_OVERLOADED));
  const bool kept = runtime_.admission.IntoKept();
  return Execute(context, *methods_.at(std::string(method)), *ticket, Own(request),
                 [&](const api::Call& call) -> absl::Status {
                   if (kept && !IsOfTheSuite(call.caller)) {
                     return Error(error::v1::COMMON_REASON_OVERLOADED);
                   }
                   return body(call);
                 });
}

absl::Status Handler::Going() const {
  return runtime_.admission.stopped() ? Error(error::v1::COMMON_REASON_UNAVAILABLE)
                                      : absl::OkStatus();
}

}  // namespace jinhuan::rpc
