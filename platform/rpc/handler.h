#pragma once

#include <grpcpp/server_context.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "platform/api/call.h"
#include "platform/clock.h"
#include "platform/id.h"
#include "platform/rpc/admission.h"
#include "platform/rpc/caller_token.h"
#include "platform/rpc/metrics.h"

namespace jinhuan::rpc {

// What every handler of a process shares. All must outlive the handlers.
struct Runtime {
  const Clock& clock;
  IdSource& ids;
  CallerTokenVerifier& verifier;
  Admission& admission;
  Metrics& metrics;
};

// What stands around every method of one gRPC service: it admits the call, says
// who the caller is, checks the method's jinhuan.auth.v1.access, sets the
// deadline (10 s where the client sets none, 60 s at most), converts the status,
// counts, times and logs. A method is then:
//
//   grpc::Status GetMember(grpc::ServerContext* context, const GetMemberRequest* request,
//                          Member* response) override {
//     return handler_.Unary(*context, __func__, *request, *response,
//                           [&](const api::Call& call) { return store_.Get(call, request->name());
//                           });
//   }
//
// Thread-safe.
class Handler {
 public:
  // For the service `full_name` ("jinhuan.alliance.v1.MemberService"), whose
  // descriptor must be linked in. Ends the process when a method of it does not
  // declare who may call it.
  Handler(Runtime runtime, const std::string& full_name);
  ~Handler();

  // Runs a unary method: `body` gets the call and returns StatusOr<Response>.
  template <class Response, class Body>
  grpc::Status Unary(grpc::ServerContext& context, std::string_view method,
                     const google::protobuf::Message& request, Response& response,
                     Body&& body) const {
    return Run(context, method, request, [&](const api::Call& call) -> absl::Status {
      absl::StatusOr<Response> result = body(call);
      if (result.ok()) response = *std::move(result);
      return result.status();
    });
  }

  // Runs a method that streams its answers: `body` gets the call, writes, and
  // returns a Status. Such a call has no deadline but the client's, and counts
  // against the bound on streams.
  grpc::Status Stream(grpc::ServerContext& context, std::string_view method,
                      const google::protobuf::Message& request,
                      absl::FunctionRef<absl::Status(const api::Call&)> body) const;

  // UNAVAILABLE once the process stops: a stream that waits asks, at least each second, and ends
  // with it.
  absl::Status Going() const;

 private:
  struct Method;

  grpc::Status Run(grpc::ServerContext& context, std::string_view method,
                   const google::protobuf::Message& request,
                   absl::FunctionRef<absl::Status(const api::Call&)> body) const;
  absl::Status Authorise(const Method& method, const google::protobuf::Message& request,
                         api::Call& call) const;
  absl::StatusOr<api::Call> Open(const grpc::ServerContext& context, const Method& method,
                                 const google::protobuf::Message& request) const;
  grpc::Status Execute(grpc::ServerContext& context, const Method& method, const Admission::Ticket&,
                       google::protobuf::Message& request,
                       absl::FunctionRef<absl::Status(const api::Call&)> body) const;

  Runtime runtime_;
  absl::flat_hash_map<std::string, std::unique_ptr<Method>> methods_;
};

}  // namespace jinhuan::rpc
