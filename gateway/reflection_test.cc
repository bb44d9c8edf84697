#include "gateway/reflection.h"

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.pb.h"

namespace jinhuan::gateway {
namespace {

using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

class ReflectionTest : public testing::Test {
 protected:
  ServerReflectionResponse Symbol(const std::string& name) {
    ServerReflectionRequest request;
    request.set_file_containing_symbol(name);
    return reflection_.Answer(request);
  }

  rpc::Metrics metrics_;
  const Routes routes_{{{"jinhuan.test.v1", 0}}, metrics_};
  const Reflection reflection_{routes_};
};

TEST_F(ReflectionTest, ListsWhatClientsMayCall) {
  ServerReflectionRequest request;
  request.set_list_services("");
  std::vector<std::string> names;
  const auto response = reflection_.Answer(request);
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  EXPECT_THAT(names, testing::ElementsAre("jinhuan.test.v1.EchoService",
                                          "grpc.reflection.v1.ServerReflection"));
}

TEST_F(ReflectionTest, GivesAFileWithItsImports) {
  const auto response = Symbol("jinhuan.test.v1.EchoService");
  std::vector<std::string> names;
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    ASSERT_TRUE(file.ParseFromString(bytes));
    names.push_back(file.name());
  }
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names[0], "jinhuan/test/v1/echo_service.proto");
  EXPECT_THAT(names, testing::IsSupersetOf({"jinhuan/auth/v1/access.proto",
                                            "google/protobuf/timestamp.proto",
                                            "google/protobuf/descriptor.proto"}));
}

TEST_F(ReflectionTest, FindsExtensions) {
  ServerReflectionRequest request;
  request.mutable_file_containing_extension()->set_containing_type("google.protobuf.MethodOptions");
  request.mutable_file_containing_extension()->set_extension_number(50001);
  EXPECT_TRUE(reflection_.Answer(request).has_file_descriptor_response());
  request.set_all_extension_numbers_of_type("google.protobuf.MethodOptions");
  EXPECT_THAT(reflection_.Answer(request).all_extension_numbers_response().extension_number(),
              testing::Contains(50001));
}

TEST_F(ReflectionTest, DoesNotSpeakOfTheRest) {
  for (const char* name :
       {"jinhuan.auth.v1.CredentialService", "no.Such", "jinhuan.alliance.v1.AuthService"}) {
    EXPECT_EQ(Symbol(name).error_response().error_code(), 5) << name;
  }
}

}  // namespace
}  // namespace jinhuan::gateway
