#pragma once

#include <memory>
#include <string>
#include <vector>

#include "jinhuan/gateway/v1/event_service.pb.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/api/call.h"
#include "platform/rpc/kinds.h"

namespace jinhuan::gateway {

// An event, with what decides who is told of it.
struct Told {
  v1::Event event;
  const rpc::Way* way = nullptr;  // whoever may call it, with this reach, is told
  std::string alliance;
  std::vector<std::string> owners;  // accounts and units, before the change and after it
};

// What is told of an entry; nullptr for nothing. By three rules, all read from the protos: an
// event is told to whoever may call the Get method of its kind on its resource; where that
// depends on whom it belongs to, the fields with jinhuan.auth.v1.owner say so; and a draft
// is told to whoever may update it. A kind without a Get is not told. `kinds` must outlive
// what is told.
std::shared_ptr<const Told> Tell(const rpc::Kinds& kinds, const journal::v1::Entry& entry);

// Whether `caller`, whose grants count as they are at caller.now, is told. Changes the
// call's scope.
bool IsToldTo(const Told& told, api::Call& caller);

}  // namespace jinhuan::gateway
