#include "tests/clients/conformance/conformance_service.h"

#include <google/rpc/status.pb.h>
#include <zlib.h>

#include <chrono>
#include <utility>

#include "absl/time/clock.h"

namespace jinhuan::conformance {
namespace {

using std::chrono::system_clock;

// One call: what it was told, what it saw, and how it goes on.
class Call {
 public:
  Call(grpc::ServerContext& context, Progress& progress) : context_(context), progress_(progress) {
    for (const auto& [key, value] : context.client_metadata()) {
      const std::string name(key.data(), key.size());
      if (name.starts_with("jinhuan-")) continue;
      v1::Header& header = info_.headers().empty() || info_.headers().rbegin()->name() != name
                               ? *info_.add_headers()
                               : *info_.mutable_headers()->rbegin();
      header.set_name(name);
      header.add_values(value.data(), value.size());
    }
    if (context.deadline() == system_clock::time_point::max()) return;
    info_.set_timeout_ms(std::chrono::duration_cast<std::chrono::milliseconds>(context.deadline() -
                                                                               system_clock::now())
                             .count());
  }

  // The first message tells the plan.
  void Take(const v1::Request& request) {
    if (info_.crc32().empty()) {
      plan_ = request.plan();
      for (const v1::Header& header : plan_.headers()) {
        for (const std::string& value : header.values()) {
          context_.AddInitialMetadata(header.name(), value);
        }
      }
    }
    info_.add_crc32(static_cast<uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(request.data().data()), request.data().size())));
    progress_.Add(plan_.label(), false);
  }

  const v1::Plan& plan() const { return plan_; }
  bool done() const { return answered_ >= plan_.data_size(); }

  // The next answer; without data when none is left.
  v1::Response Next() {
    v1::Response response;
    if (!done()) response.set_data(plan_.data(answered_++));
    *response.mutable_info() = info_;
    return response;
  }

  grpc::Status End() {
    // The synchronous API says so only when it is asked.
    while (plan_.hold() && !context_.IsCancelled()) absl::SleepFor(absl::Milliseconds(2));
    if (context_.IsCancelled()) {
      progress_.Add(plan_.label(), true);
      return grpc::Status::CANCELLED;
    }
    for (const v1::Header& header : plan_.trailers()) {
      for (const std::string& value : header.values()) {
        context_.AddTrailingMetadata(header.name(), value);
      }
    }
    if (!plan_.has_failure()) return grpc::Status::OK;
    google::rpc::Status status;
    status.set_code(plan_.failure().code());
    status.set_message(plan_.failure().message());
    *status.mutable_details() = plan_.failure().details();
    return {static_cast<grpc::StatusCode>(status.code()), status.message(),
            status.SerializeAsString()};
  }

 private:
  grpc::ServerContext& context_;
  Progress& progress_;
  v1::Plan plan_;
  v1::CallInfo info_;
  int answered_ = 0;
};

}  // namespace

grpc::Status ConformanceService::Unary(grpc::ServerContext* context, const v1::Request* request,
                                       v1::Response* response) {
  Call call(*context, progress_);
  call.Take(*request);
  *response = call.Next();
  return call.End();
}

grpc::Status ConformanceService::IdempotentUnary(grpc::ServerContext* context,
                                                 const v1::Request* request,
                                                 v1::Response* response) {
  return Unary(context, request, response);
}

grpc::Status ConformanceService::ServerStream(grpc::ServerContext* context,
                                              const v1::Request* request,
                                              grpc::ServerWriter<v1::Response>* writer) {
  Call call(*context, progress_);
  call.Take(*request);
  if (call.done()) writer->SendInitialMetadata();
  while (!call.done() && writer->Write(call.Next())) continue;
  return call.End();
}

grpc::Status ConformanceService::ClientStream(grpc::ServerContext* context,
                                              grpc::ServerReader<v1::Request>* reader,
                                              v1::Response* response) {
  Call call(*context, progress_);
  v1::Request request;
  while (reader->Read(&request)) call.Take(request);
  *response = call.Next();
  return call.End();
}

grpc::Status ConformanceService::BidiStream(
    grpc::ServerContext* context, grpc::ServerReaderWriter<v1::Response, v1::Request>* stream) {
  Call call(*context, progress_);
  v1::Request request;
  while (stream->Read(&request)) {
    call.Take(request);
    if (call.plan().full_duplex() && !call.done()) stream->Write(call.Next());
  }
  while (!call.done() && stream->Write(call.Next())) continue;
  return call.End();
}

grpc::Status ConformanceService::AwaitCall(grpc::ServerContext* context,
                                           const v1::AwaitCallRequest* request,
                                           v1::AwaitCallResponse*) {
  if (progress_.Await(request->label(), request->cancelled(),
                      absl::FromChrono(context->deadline()))) {
    return grpc::Status::OK;
  }
  return {grpc::StatusCode::DEADLINE_EXCEEDED, "it is not as far"};
}

}  // namespace jinhuan::conformance
