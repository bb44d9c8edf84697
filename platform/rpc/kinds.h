#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "jinhuan/auth/v1/access.pb.h"

namespace jinhuan::rpc {

// A method by which a resource is read or changed, and who may call it.
struct Way {
  std::string method;  // jinhuan.resource.v1.BookingService/GetBooking
  auth::v1::Access access;
};

// A kind of resource that has a Get method, as the protos tell of it.
struct Kind {
  std::string name;  // jinhuan.resource.v1.Booking
  Way get;
  Way of_draft;  // Update, where there is one: to others a draft does not exist
  std::vector<const google::protobuf::FieldDescriptor*> owners;
  const google::protobuf::FieldDescriptor* state = nullptr;  // where it may say STATE_DRAFT

  // What an entry of the journal holds of it; nullptr where that can't be read.
  std::unique_ptr<google::protobuf::Message> Unpack(const google::protobuf::Any& packed) const;
  // Whoever may call this way sees `resource` as it stands.
  const Way& WayTo(const google::protobuf::Message& resource) const;
};

// The kinds of some proto packages, whose descriptors must be linked in. Immutable, so
// thread-safe.
class Kinds {
 public:
  explicit Kinds(const std::vector<std::string>& packages);

  // nullptr for a kind without a Get.
  const Kind* Find(std::string_view name) const;

 private:
  std::map<std::string, Kind, std::less<>> kinds_;
};

}  // namespace jinhuan::rpc
