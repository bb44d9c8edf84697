#include "gateway/testing/test_backend.h"

#include <fmt/format.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>
#include <sodium.h>

#include <algorithm>

#include "absl/time/clock.h"
#include "gateway/upstream.h"
#include "jinhuan/alliance/v1/auth_service.grpc.pb.h"
#include "jinhuan/auth/v1/credential_service.grpc.pb.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "jinhuan/test/v1/echo_service.grpc.pb.h"
#include "platform/rpc/caller_token.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

using test::v1::SayRequest;
using test::v1::SayResponse;

std::unique_ptr<rpc::CallerTokenVerifier> VerifierOf(const std::string& audience) {
  const auto signer = rpc::CallerTokenSigner::FromSeed(kTestSeed);
  return *rpc::CallerTokenVerifier::Create(signer->public_key_hex(), audience);
}

// The verified caller of a call; without a name when there is no token.
absl::StatusOr<auth::v1::Caller> CallerOf(const grpc::ServerContext& context,
                                          rpc::CallerTokenVerifier& verifier) {
  const auto& metadata = context.client_metadata();
  const auto token = metadata.find(rpc::kCallerMetadata);
  if (token == metadata.end()) return auth::v1::Caller();
  return verifier.Verify({token->second.data(), token->second.size()}, absl::Now());
}

}  // namespace

class TestBackend::Echo final : public test::v1::EchoService::Service {
 public:
  explicit Echo(TestBackend& backend)
      : backend_(backend), verifier_(VerifierOf("jinhuan.test.v1")) {}

  grpc::Status Say(grpc::ServerContext* context, const SayRequest* request,
                   SayResponse* response) override {
    const auto caller = CallerOf(*context, *verifier_);
    if (!caller.ok()) return rpc::ToGrpc(caller.status());
    response->set_text(request->text());
    response->set_number(request->number());
    if (request->has_some_time()) *response->mutable_some_time() = request->some_time();
    if (request->has_anything()) *response->mutable_anything() = request->anything();
    response->set_caller(caller->name());
    for (const auto& [key, value] : context->client_metadata()) {
      const std::string name(key.data(), key.size());
      if (name == rpc::kCallerMetadata) continue;
      response->add_metadata(name + "=" + std::string(value.data(), value.size()));
    }
    std::sort(response->mutable_metadata()->begin(), response->mutable_metadata()->end());
    context->AddInitialMetadata("x-leading", "first");
    context->AddInitialMetadata("x-leading-bin", std::string("\x01\xFF", 2));
    context->AddInitialMetadata("jinhuan-secret", "hidden");
    context->AddTrailingMetadata("x-trailing", "last");
    return grpc::Status::OK;
  }
  grpc::Status Look(grpc::ServerContext* context, const SayRequest* request,
                    SayResponse* response) override {
    return Say(context, request, response);
  }
  grpc::Status Fail(grpc::ServerContext* context, const test::v1::FailRequest* request,
                    SayResponse*) override {
    context->AddTrailingMetadata("x-trailing", "last");
    if (request->raw_code() != 0) {
      return {static_cast<grpc::StatusCode>(request->raw_code()), "secret words at unix:/run/x"};
    }
    context->AddTrailingMetadata("x-size", std::string(request->metadata_size(), 'x'));
    return rpc::ToGrpc(Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "things/%, 金环"}}));
  }
  grpc::Status Hang(grpc::ServerContext* context, const SayRequest*, SayResponse*) override {
    backend_.patience_ms =
        absl::ToInt64Milliseconds(absl::FromChrono(context->deadline()) - absl::Now());
    ++backend_.hanging;
    AwaitCancel(*context);
    return grpc::Status::CANCELLED;
  }
  grpc::Status HandOver(grpc::ServerContext* context, const SayRequest* request,
                        SayResponse*) override {
    context->AddInitialMetadata("jinhuan-session", request->text());
    return grpc::Status::OK;
  }
  grpc::Status Count(grpc::ServerContext* context, const SayRequest* request,
                     grpc::ServerWriter<SayResponse>* writer) override {
    const auto caller = CallerOf(*context, *verifier_);
    if (!caller.ok()) return rpc::ToGrpc(caller.status());
    context->AddInitialMetadata("x-leading", "first");
    context->AddTrailingMetadata("x-trailing", "last");
    SayResponse response;
    response.set_caller(caller->name());
    response.set_text(request->text());
    for (int64_t i = 1; i <= std::max<int64_t>(1, request->number()); ++i) {
      response.set_number(i);
      if (!writer->Write(response)) return grpc::Status::CANCELLED;
      ++backend_.counted;
    }
    if (request->number() > 0) {
      return rpc::ToGrpc(Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "counted"}}));
    }
    AwaitCancel(*context);
    return grpc::Status::CANCELLED;
  }
  grpc::Status Sum(grpc::ServerContext*, grpc::ServerReader<SayRequest>* reader,
                   SayResponse* response) override {
    SayRequest request;
    while (reader->Read(&request)) response->set_number(response->number() + request.number());
    return grpc::Status::OK;
  }
  grpc::Status Chat(grpc::ServerContext*,
                    grpc::ServerReaderWriter<SayResponse, SayRequest>* stream) override {
    SayRequest request;
    while (stream->Read(&request)) {
      if (request.text() == "stop") return {grpc::StatusCode::ABORTED, "as you wish"};
      SayResponse response;
      response.set_text(request.text());
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

 private:
  void AwaitCancel(grpc::ServerContext& context) {
    while (!context.IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
    ++backend_.cancelled;
  }

  TestBackend& backend_;
  const std::unique_ptr<rpc::CallerTokenVerifier> verifier_;
};

class TestBackend::Credentials final : public auth::v1::CredentialService::Service {
 public:
  explicit Credentials(TestBackend& backend)
      : backend_(backend), verifier_(VerifierOf("jinhuan.alliance.v1")) {}

  grpc::Status ResolveCredential(grpc::ServerContext* context,
                                 const auth::v1::ResolveCredentialRequest* request,
                                 auth::v1::ResolveCredentialResponse* response) override {
    ++backend_.resolved;
    const auto caller = CallerOf(*context, *verifier_);
    if (!caller.ok() || caller->grants_size() != 1 ||
        caller->grants(0).role() != auth::v1::ROLE_INTERNAL) {
      return {grpc::StatusCode::PERMISSION_DENIED, "not the gateway"};
    }
    if (!backend_.resolves) return {grpc::StatusCode::UNAVAILABLE, "down"};
    absl::MutexLock lock(&backend_.mutex_);
    const auto found = backend_.names_.find(request->credential());
    if (found == backend_.names_.end() || found->second.empty()) {
      return rpc::ToGrpc(Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED));
    }
    response->mutable_caller()->set_name(found->second);
    return grpc::Status::OK;
  }

 private:
  TestBackend& backend_;
  const std::unique_ptr<rpc::CallerTokenVerifier> verifier_;
};

class TestBackend::Auth final : public alliance::v1::AuthService::Service {
 public:
  grpc::Status SignIn(grpc::ServerContext*, const alliance::v1::SignInRequest*,
                      alliance::v1::SignInResponse*) override {
    return grpc::Status::OK;
  }
};

TestBackend::TestBackend() {
  if (sodium_init() < 0) std::abort();
  echo_ = std::make_unique<Echo>(*this);
  credentials_ = std::make_unique<Credentials>(*this);
  auth_ = std::make_unique<Auth>();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(echo_.get());
  builder.RegisterService(credentials_.get());
  builder.RegisterService(auth_.get());
  server_ = builder.BuildAndStart();
}

TestBackend::~TestBackend() { server_->Shutdown(absl::ToChronoTime(absl::Now())); }

std::string TestBackend::target() const { return fmt::format("127.0.0.1:{}", port_); }

void TestBackend::SetCredential(const std::string& credential, const std::string& name) {
  absl::MutexLock lock(&mutex_);
  names_[credential] = name;
}

}  // namespace jinhuan::gateway
