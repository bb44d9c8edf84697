#include "gateway/reflection.h"

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>

#include "google/protobuf/descriptor.pb.h"

namespace jinhuan::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;
using Files = std::vector<const FileDescriptor*>;

constexpr const char* kPaths[] = {
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
};

// Adds a file and all that it imports; imports first.
void Collect(const FileDescriptor* file, Files& files) {
  if (file == nullptr || std::find(files.begin(), files.end(), file) != files.end()) return;
  for (int i = 0; i < file->dependency_count(); ++i) Collect(file->dependency(i), files);
  files.push_back(file);
}

// Answers one stream, question by question.
class Stream final
    : public grpc::ServerBidiReactor<ServerReflectionRequest, ServerReflectionResponse> {
 public:
  explicit Stream(const Reflection& reflection) : reflection_(reflection) { StartRead(&request_); }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    response_ = reflection_.Answer(request_);
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    StartRead(&request_);
  }
  void OnDone() override { delete this; }

 private:
  const Reflection& reflection_;
  ServerReflectionRequest request_;
  ServerReflectionResponse response_;
};

}  // namespace

Reflection::Reflection(const Routes& routes) {
  for (const auto* service : routes.services()) {
    services_.push_back(service->full_name());
    Collect(service->file(), files_);
  }
  // Details of errors travel as Any, so no service imports them.
  Collect(DescriptorPool::generated_pool()->FindFileByName("google/rpc/error_details.proto"),
          files_);
  const auto* self = ServerReflectionRequest::descriptor()->file();
  services_.push_back(self->service(0)->full_name());
  Collect(self, files_);

  for (size_t i = 0; i < std::size(kPaths); ++i) {
    AddMethod(new grpc::internal::RpcServiceMethod(
        kPaths[i], grpc::internal::RpcMethod::BIDI_STREAMING, nullptr));
    MarkMethodCallback(
        static_cast<int>(i),
        new grpc::internal::CallbackBidiHandler<ServerReflectionRequest, ServerReflectionResponse>(
            [this](grpc::CallbackServerContext*) { return new Stream(*this); }));
  }
}

ServerReflectionResponse Reflection::Answer(const ServerReflectionRequest& request) const {
  const DescriptorPool& pool = *DescriptorPool::generated_pool();
  ServerReflectionResponse response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  const FileDescriptor* file = nullptr;
  switch (request.message_request_case()) {
    case ServerReflectionRequest::kListServices:
      for (const std::string& name : services_) {
        response.mutable_list_services_response()->add_service()->set_name(name);
      }
      return response;
    case ServerReflectionRequest::kFileByFilename:
      file = pool.FindFileByName(request.file_by_filename());
      break;
    case ServerReflectionRequest::kFileContainingSymbol:
      file = pool.FindFileContainingSymbol(request.file_containing_symbol());
      break;
    case ServerReflectionRequest::kFileContainingExtension: {
      const auto& wanted = request.file_containing_extension();
      const auto* type = pool.FindMessageTypeByName(wanted.containing_type());
      const auto* extension =
          type == nullptr ? nullptr : pool.FindExtensionByNumber(type, wanted.extension_number());
      if (extension != nullptr) file = extension->file();
      break;
    }
    case ServerReflectionRequest::kAllExtensionNumbersOfType: {
      const auto* type = pool.FindMessageTypeByName(request.all_extension_numbers_of_type());
      if (type == nullptr) break;
      auto& numbers = *response.mutable_all_extension_numbers_response();
      numbers.set_base_type_name(type->full_name());
      std::vector<const google::protobuf::FieldDescriptor*> extensions;
      pool.FindAllExtensions(type, &extensions);
      for (const auto* extension : extensions) numbers.add_extension_number(extension->number());
      return response;
    }
    default:
      break;
  }
  if (std::find(files_.begin(), files_.end(), file) == files_.end()) {
    response.mutable_error_response()->set_error_code(grpc::StatusCode::NOT_FOUND);
    response.mutable_error_response()->set_error_message("not found");
    return response;
  }
  Files needed;
  Collect(file, needed);
  // The one that was asked for first.
  for (auto it = needed.rbegin(); it != needed.rend(); ++it) {
    google::protobuf::FileDescriptorProto proto;
    (*it)->CopyTo(&proto);
    response.mutable_file_descriptor_response()->add_file_descriptor_proto(
        proto.SerializeAsString());
  }
  return response;
}

}  // namespace jinhuan::gateway
