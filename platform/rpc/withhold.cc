#include "platform/rpc/withhold.h"

#include <string>
#include <vector>

#include "platform/journal/kind.h"
#include "platform/rpc/access.h"

namespace jinhuan::rpc {
namespace {

using google::protobuf::Any;
using google::protobuf::Message;

bool IsPerson(std::string_view name) { return name.starts_with("users/"); }

bool MayCall(const Way& way, const api::Call& call, const journal::v1::Entry& entry) {
  const auto scope = CheckAccess(way.access, call.caller,
                                 {.method = way.method,
                                  .alliance = entry.alliance(),
                                  .resource = entry.resource(),
                                  .now = call.now});
  return scope.ok() && scope->relation >= auth::v1::RELATION_OWN_ALLIANCE;
}

// What people gave as a reason stands in fields of that name, also inside of others.
void ClearReasons(Message& message) {
  const auto& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
      const std::string& name = field->name();
      if (name == "reason" || name.ends_with("_reason")) reflection.ClearField(&message, field);
    } else if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    } else if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        ClearReasons(*reflection.MutableRepeatedMessage(&message, field, i));
      }
    } else {
      ClearReasons(*reflection.MutableMessage(&message, field));
    }
  }
}

// What the caller sees of `content`; empty where that is nothing.
Any Seen(const Kinds& kinds, const api::Call& call, const journal::v1::Entry& entry,
         const Any& content) {
  Any seen;
  const Kind* kind = kinds.Find(journal::KindOf(content));
  if (kind == nullptr) return seen;
  const std::unique_ptr<Message> message = kind->Unpack(content);
  if (message == nullptr || !MayCall(kind->WayTo(*message), call, entry)) return seen;
  const auto& reflection = *message->GetReflection();
  for (const auto* owner : kind->owners) {
    if (IsPerson(reflection.GetString(*message, owner))) {
      reflection.ClearField(message.get(), owner);
    }
  }
  ClearReasons(*message);
  seen.PackFrom(*message);
  return seen;
}

}  // namespace

void Withhold(const Kinds& kinds, const api::Call& call, journal::v1::Entry& entry) {
  if (call.scope.relation == auth::v1::RELATION_ANY) return;
  Any before = Seen(kinds, call, entry, entry.before());
  Any after = Seen(kinds, call, entry, entry.after());
  entry.clear_before();
  entry.clear_after();
  if (!before.type_url().empty()) *entry.mutable_before() = std::move(before);
  if (!after.type_url().empty()) *entry.mutable_after() = std::move(after);
  if (IsPerson(entry.actor())) entry.clear_actor();
  entry.clear_reason();
}

}  // namespace jinhuan::rpc
