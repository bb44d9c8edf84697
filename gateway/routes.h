#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "google/protobuf/descriptor.h"
#include "platform/rpc/metrics.h"

namespace jinhuan::gateway {

// How messages flow in a method.
enum class Kind { kUnary, kServerStream, kClientStream, kBidiStream };

// A method that clients may call.
struct Method {
  std::string path;      // /jinhuan.resource.v1.BookingService/GetBooking
  std::string name;      // the same without the first slash
  std::string audience;  // jinhuan.resource.v1: what the service's tokens are made out to
  size_t backend = 0;    // index of the service that has it
  Kind kind = Kind::kUnary;
  bool safe = false;          // it has no side effects: GET may call it
  bool open = false;          // no sign-in needed: limited per address for who has none
  bool signs_in = false;      // it takes passwords or secrets, and is limited per address
  bool own = false;           // the gateway serves it itself, to whoever asks
  bool self_proving = false;  // the request is its own proof: nobody is asked or told who calls
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  mutable rpc::Metrics::Method metrics;
};

// All methods that clients may call, from the descriptors that are linked in: a
// new method needs no code here. Immutable, so thread-safe.
class Routes {
 public:
  // A proto package and the index of the backend that serves it. A package that
  // is not listed, such as jinhuan.auth.v1, is for processes of the suite alone
  // and looks to clients as if it did not exist.
  using Packages = std::map<std::string, size_t>;

  Routes(const Packages& packages, rpc::Metrics& metrics);

  // The method with this path; nullptr when there is none.
  const Method* Find(std::string_view path) const;

  // One of those that the gateway serves itself, to whoever asks (health and reflection), on the
  // native port; nullptr when there is none. Its backend is the one after all others.
  const Method* FindOwn(std::string_view path) const;

  // The services, by name.
  const std::vector<const google::protobuf::ServiceDescriptor*>& services() const {
    return services_;
  }

 private:
  absl::flat_hash_map<std::string, std::unique_ptr<Method>> methods_;
  std::vector<std::unique_ptr<Method>> own_;
  std::vector<const google::protobuf::ServiceDescriptor*> services_;
};

}  // namespace jinhuan::gateway
