#pragma once

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/storage/ledger_store.h"

namespace jinhuan::resource {

// What ListLedgerEntries and ExportLedger ask for alike.
template <class Request>
absl::StatusOr<LedgerStore::Filter> LedgerFilterOf(const api::Call& call, const Request& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  violations.Check("kind", v1::LedgerKind_IsValid(request.kind()), "a known kind", "有效的项目");
  violations.Check("start_time", IsTime(request.start_time()), "a time from 1970 to 9999",
                   "有效的时间");
  violations.Check("end_time", IsTime(request.end_time()), "a time from 1970 to 9999",
                   "有效的时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  LedgerStore::Filter filter{.member = request.member(), .kind = request.kind()};
  if (request.has_start_time()) filter.start = api::FromProto(request.start_time());
  if (request.has_end_time()) filter.end = api::FromProto(request.end_time());
  return filter;
}

}  // namespace jinhuan::resource
