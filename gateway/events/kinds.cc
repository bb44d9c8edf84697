#include "gateway/events/kinds.h"

#include <algorithm>

#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/message.h"
#include "jinhuan/auth/v1/owner.pb.h"
#include "platform/journal/kind.h"
#include "platform/rpc/access.h"

namespace jinhuan::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

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

ToldKind KindOf(const MethodDescriptor& get) {
  const Descriptor& message = *get.output_type();
  ToldKind kind;
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

std::unique_ptr<Message> Unpack(const google::protobuf::Any& packed, const std::string& kind) {
  const Descriptor* descriptor = DescriptorPool::generated_pool()->FindMessageTypeByName(kind);
  std::unique_ptr<Message> message(
      MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  if (!message->ParseFromString(packed.value())) return nullptr;
  return message;
}

void AddOwners(const Message& message, const ToldKind& kind, std::vector<std::string>& owners) {
  for (const FieldDescriptor* field : kind.owners) {
    std::string owner = message.GetReflection()->GetString(message, field);
    if (owner.empty() || std::find(owners.begin(), owners.end(), owner) != owners.end()) continue;
    owners.push_back(std::move(owner));
  }
}

}  // namespace

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
        ToldKind kind = KindOf(method);
        kinds_.emplace(kind.name, std::move(kind));
      }
    }
  }
}

const ToldKind* Kinds::Find(std::string_view name) const {
  const auto found = kinds_.find(name);
  return found == kinds_.end() ? nullptr : &found->second;
}

std::shared_ptr<const Told> Kinds::Tell(const journal::v1::Entry& entry) const {
  const ToldKind* kind = Find(journal::KindOf(entry));
  if (kind == nullptr) return nullptr;
  auto told = std::make_shared<Told>();
  told->event.set_kind(kind->name);
  told->event.set_resource(entry.resource());
  told->event.set_number(entry.number());
  *told->event.mutable_time() = entry.time();
  told->way = &kind->get;
  told->alliance = entry.alliance();
  if (kind->owners.empty() && kind->state == nullptr) return told;
  const auto last = Unpack(journal::Last(entry), kind->name);
  if (last == nullptr) return nullptr;
  if (kind->state != nullptr &&
      last->GetReflection()->GetEnum(*last, kind->state)->name() == kDraft) {
    told->way = &kind->of_draft;
  }
  AddOwners(*last, *kind, told->owners);
  if (!entry.has_before() || !entry.has_after()) return told;
  if (const auto before = Unpack(entry.before(), kind->name)) {
    AddOwners(*before, *kind, told->owners);
  }
  return told;
}

bool IsToldTo(const Told& told, api::Call& caller) {
  auto scope = rpc::CheckAccess(told.way->access, caller.caller,
                                {.method = told.way->method,
                                 .alliance = told.alliance,
                                 .resource = told.event.resource(),
                                 .now = caller.now});
  if (!scope.ok()) return false;
  caller.scope = *std::move(scope);
  // Accounts and units are told apart by their names, so that either may stand for both.
  const auto covered = [&](const std::string& owner) { return caller.Covers(owner, owner); };
  return caller.Covers("", "") || std::any_of(told.owners.begin(), told.owners.end(), covered);
}

}  // namespace jinhuan::gateway
