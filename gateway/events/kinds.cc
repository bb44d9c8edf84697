#include "gateway/events/kinds.h"

#include <algorithm>

#include "platform/journal/kind.h"
#include "platform/rpc/access.h"

namespace jinhuan::gateway {
namespace {

void AddOwners(const google::protobuf::Message& message, const rpc::Kind& kind,
               std::vector<std::string>& owners) {
  for (const google::protobuf::FieldDescriptor* field : kind.owners) {
    std::string owner = message.GetReflection()->GetString(message, field);
    if (owner.empty() || std::find(owners.begin(), owners.end(), owner) != owners.end()) continue;
    owners.push_back(std::move(owner));
  }
}

// Whether access may be given at all: most events are of alliances in which most are nobody, and
// each is looked at for everybody who watches.
bool MayBeTold(const Told& told, const auth::v1::Caller& caller) {
  const auth::v1::Access& access = told.way->access;
  const auto anywhere = [](const auth::v1::Rule& rule) {
    return rule.relation() == auth::v1::RELATION_ANY;
  };
  const auto there = [&](const auth::v1::Grant& grant) {
    return grant.alliance() == told.alliance;
  };
  return access.public_() || access.signed_in() ||
         std::any_of(access.allow().begin(), access.allow().end(), anywhere) ||
         std::any_of(caller.grants().begin(), caller.grants().end(), there);
}

}  // namespace

std::shared_ptr<const Told> Tell(const rpc::Kinds& kinds, const journal::v1::Entry& entry) {
  const rpc::Kind* kind = kinds.Find(journal::KindOf(entry));
  if (kind == nullptr) return nullptr;
  auto told = std::make_shared<Told>();
  told->event.set_kind(kind->name);
  told->event.set_resource(entry.resource());
  told->event.set_number(entry.number());
  *told->event.mutable_time() = entry.time();
  told->way = &kind->get;
  told->alliance = entry.alliance();
  if (kind->owners.empty() && kind->state == nullptr) return told;
  const auto last = kind->Unpack(journal::Last(entry));
  if (last == nullptr) return nullptr;
  told->way = &kind->WayTo(*last);
  AddOwners(*last, *kind, told->owners);
  if (!entry.has_before() || !entry.has_after()) return told;
  if (const auto before = kind->Unpack(entry.before())) AddOwners(*before, *kind, told->owners);
  return told;
}

bool IsToldTo(const Told& told, api::Call& caller) {
  if (!MayBeTold(told, caller.caller)) return false;
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
