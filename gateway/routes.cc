#include "gateway/routes.h"

#include <algorithm>

#include "google/protobuf/descriptor_database.h"
#include "jinhuan/auth/v1/access.pb.h"
#include "jinhuan/auth/v1/proof.pb.h"

namespace jinhuan::gateway {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;
using google::protobuf::ServiceDescriptor;

// Whoever guesses passwords or secrets guesses here.
constexpr std::array<std::string_view, 4> kSignInMethods = {
    "jinhuan.alliance.v1.AuthService/SignIn",
    "jinhuan.alliance.v1.AuthService/IssueToken",
    "jinhuan.alliance.v1.SignOnService/BeginSignOn",
    "jinhuan.alliance.v1.SignOnService/FinishSignOn",
};

constexpr std::pair<const char*, Kind> kOwnMethods[] = {
    {"grpc.health.v1.Health/Check", Kind::kUnary},
    {"grpc.health.v1.Health/Watch", Kind::kServerStream},
    {"grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Kind::kBidiStream},
    {"grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Kind::kBidiStream},
};

Kind KindOf(const MethodDescriptor& method) {
  if (method.client_streaming()) {
    return method.server_streaming() ? Kind::kBidiStream : Kind::kClientStream;
  }
  return method.server_streaming() ? Kind::kServerStream : Kind::kUnary;
}

std::unique_ptr<Method> RouteOf(const MethodDescriptor& descriptor, size_t backend,
                                rpc::Metrics& metrics) {
  auto method = std::make_unique<Method>();
  method->name = descriptor.service()->full_name() + "/" + descriptor.name();
  method->path = "/" + method->name;
  method->audience = descriptor.file()->package();
  method->backend = backend;
  method->kind = KindOf(descriptor);
  method->safe = descriptor.options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS;
  method->open = descriptor.options().GetExtension(auth::v1::access).public_();
  method->self_proving = descriptor.options().GetExtension(auth::v1::self_proving);
  method->signs_in =
      std::find(kSignInMethods.begin(), kSignInMethods.end(), method->name) != kSignInMethods.end();
  method->descriptor = &descriptor;
  method->metrics = metrics.ForMethod(method->name);
  return method;
}

}  // namespace

Routes::Routes(const Packages& packages, rpc::Metrics& metrics) {
  // The pool itself can't be walked; the database that it is filled from can.
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  for (const std::string& name : files) {
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    const auto package = packages.find(file->package());
    if (package == packages.end()) continue;
    for (int i = 0; i < file->service_count(); ++i) {
      const ServiceDescriptor& service = *file->service(i);
      services_.push_back(&service);
      for (int k = 0; k < service.method_count(); ++k) {
        auto method = RouteOf(*service.method(k), package->second, metrics);
        methods_.emplace(method->path, std::move(method));
      }
    }
  }
  for (const auto& [name, kind] : kOwnMethods) {
    auto method = std::make_unique<Method>();
    method->name = name;
    method->path = "/" + method->name;
    method->kind = kind;
    method->own = true;
    method->metrics = metrics.ForMethod(method->name);
    own_.push_back(std::move(method));
  }
  std::sort(services_.begin(), services_.end(),
            [](const auto* a, const auto* b) { return a->full_name() < b->full_name(); });
}

const Method* Routes::FindOwn(std::string_view path) const {
  for (const auto& method : own_) {
    if (method->path == path) return method.get();
  }
  return nullptr;
}

const Method* Routes::Find(std::string_view path) const {
  const auto found = methods_.find(absl::string_view(path.data(), path.size()));
  return found == methods_.end() ? nullptr : found->second.get();
}

}  // namespace jinhuan::gateway
