#include "platform/rpc/kinds.h"

#include <algorithm>

#include "google/protobuf/descriptor_database.h"
#include "jinhuan/auth/v1/owner.pb.h"

namespace jinhuan::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

constexpr char kDraft[] = "STATE_DRAFT";

Way WayOf(const MethodDescriptor& method) {
  return {.method = method.service()->full_name() + "/" + method.name(),
          .access = method.options().GetExtension(auth::v1::access)};
}

// Whether the method is `verb` with the kind's name, and answers one of the kind.
bool Answers(const MethodDescriptor& method, const std::string& verb) {
  const Descriptor& kind = *method.output_type();
  return kind.file()->package() == method.file()->package() && method.name() == verb + kind.name();
}

Kind KindOf(const MethodDescriptor& get) {
  const Descriptor& message = *get.output_type();
  Kind kind;
  kind.name = message.full_name();
  kind.get = kind.of_draft = WayOf(get);
  const MethodDescriptor* update = get.service()->FindMethodByName("Update" + message.name());
  if (update != nullptr) kind.of_draft = WayOf(*update);
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    if (field->options().GetExtension(auth::v1::owner)) kind.owners.push_back(field);
  }
  const FieldDescriptor* state = message.FindFieldByName("state");
  const bool drafts = state != nullptr && state->enum_type() != nullptr &&
                      state->enum_type()->FindValueByName(kDraft) != nullptr;
  if (drafts) kind.state = state;
  return kind;
}

}  // namespace

std::unique_ptr<Message> Kind::Unpack(const google::protobuf::Any& packed) const {
  const Descriptor* descriptor = DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  std::unique_ptr<Message> message(
      MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  if (!message->ParseFromString(packed.value())) return nullptr;
  return message;
}

const Way& Kind::WayTo(const Message& resource) const {
  const bool draft =
      state != nullptr && resource.GetReflection()->GetEnum(resource, state)->name() == kDraft;
  return draft ? of_draft : get;
}

Kinds::Kinds(const std::vector<std::string>& packages) {
  std::vector<std::string> names;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&names);
  for (const std::string& name : names) {
    const FileDescriptor& file = *DescriptorPool::generated_pool()->FindFileByName(name);
    if (std::find(packages.begin(), packages.end(), file.package()) == packages.end()) continue;
    for (int i = 0; i < file.service_count(); ++i) {
      for (int k = 0; k < file.service(i)->method_count(); ++k) {
        const MethodDescriptor& method = *file.service(i)->method(k);
        if (!Answers(method, "Get")) continue;
        Kind kind = KindOf(method);
        kinds_.emplace(kind.name, std::move(kind));
      }
    }
  }
}

const Kind* Kinds::Find(std::string_view name) const {
  const auto found = kinds_.find(name);
  return found == kinds_.end() ? nullptr : &found->second;
}

}  // namespace jinhuan::rpc
