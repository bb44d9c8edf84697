#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "jinhuan/auth/v1/access.pb.h"
#include "jinhuan/gateway/v1/event_service.pb.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/api/call.h"

namespace jinhuan::gateway {

// A method by which a resource is read or changed, and who may call it.
struct Way {
  std::string method;  // jinhuan.resource.v1.BookingService/GetBooking
  auth::v1::Access access;
};

// A kind of resource whose changes are told.
struct ToldKind {
  std::string name;  // jinhuan.resource.v1.Booking
  Way get;
  Way of_draft;  // Update, where there is one: to others a draft does not exist
  std::vector<const google::protobuf::FieldDescriptor*> owners;
  const google::protobuf::FieldDescriptor* state = nullptr;  // where it may say STATE_DRAFT
};

// An event, with what decides who is told of it.
struct Told {
  v1::Event event;
  const Way* way = nullptr;  // whoever may call it, with this reach, is told
  std::string alliance;
  std::vector<std::string> owners;  // accounts and units, before the change and after it
};

// Which kinds are told, and what of an entry. By three rules, all read from the protos: an
// event is told to whoever may call the Get method of its kind on its resource; where that
// depends on whom it belongs to, the fields with jinhuan.auth.v1.owner say so; and a draft
// is told to whoever may update it. A kind without a Get is not told. Immutable, so
// thread-safe.
class Kinds {
 public:
  // Of these proto packages.
  explicit Kinds(const std::vector<std::string>& packages);

  // nullptr for a kind that is not told.
  const ToldKind* Find(std::string_view name) const;

  // What is told of an entry; nullptr for nothing.
  std::shared_ptr<const Told> Tell(const journal::v1::Entry& entry) const;

 private:
  std::map<std::string, ToldKind, std::less<>> kinds_;
};

// Whether `caller`, whose grants count as they are at caller.now, is told. Changes the
// call's scope.
bool IsToldTo(const Told& told, api::Call& caller);

}  // namespace jinhuan::gateway
