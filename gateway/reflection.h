#pragma once

#include <grpcpp/impl/service_type.h>

#include "gateway/routes.h"
#include "grpc/reflection/v1/reflection.pb.h"

namespace jinhuan::gateway {

// Server reflection (v1 and v1alpha) for what clients may call through the
// gateway: the services of the routes, and the files that these need.
class Reflection final : public grpc::Service {
 public:
  // `routes` must outlive it.
  explicit Reflection(const Routes& routes);

  // The answer to one question. Thread-safe.
  grpc::reflection::v1::ServerReflectionResponse Answer(
      const grpc::reflection::v1::ServerReflectionRequest& request) const;

 private:
  // The files that the services need, themselves included.
  std::vector<const google::protobuf::FileDescriptor*> files_;
  std::vector<std::string> services_;
};

}  // namespace jinhuan::gateway
