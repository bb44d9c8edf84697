#include "meeting-svc/rpc/handover_service.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/journal/tree/hasher.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kEarliest = absl::Hours(24 * 30);
constexpr size_t kMaxNote = 500;

absl::StatusOr<HandoverKey> KeyOf(const std::string& name) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName("alliances/*/handovers/*", name));
  return HandoverKey{ids[0], ids[1]};
}

bool MaySee(const api::Call& call, const v1::Handover& handover) {
  return call.Covers("", handover.outgoing_member()) || call.Covers("", handover.incoming_member());
}

std::string DigestOf(const v1::Handover& handover) {
  std::string sections;
  for (const v1::HandoverSection& section : handover.sections()) {
    sections += section.SerializeAsString();
  }
  return absl::BytesToHexString(
      journal::tree::Hasher(journal::tree::Algorithm::kSha256).Of(sections));
}

}  // namespace

absl::StatusOr<v1::Handover> HandoverService::Read(db::Connection& connection,
                                                   const api::Call& call, const HandoverKey& key) {
  JH_ASSIGN_OR_RETURN(v1::Handover handover, handovers_.Get(connection, key, call.now));
  if (!MaySee(call, handover)) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", key.name()}});
  }
  if (handover.state() != v1::Handover::STATE_SIGNED) {
    JH_RETURN_IF_ERROR(checklist_.Fill(connection, handover, call.now));
  }
  return handover;
}

grpc::Status HandoverService::GetHandover(grpc::ServerContext* context,
                                          const v1::GetHandoverRequest* request,
                                          v1::Handover* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Handover> {
                          JH_ASSIGN_OR_RETURN(const HandoverKey key, KeyOf(request->name()));
                          return db::Read<v1::Handover>(pool_, call.deadline,
                                                        [&](db::Connection& connection) {
                                                          return Read(connection, call, key);
                                                        });
                        });
}

grpc::Status HandoverService::ListHandovers(grpc::ServerContext* context,
                                            const v1::ListHandoversRequest* request,
                                            v1::ListHandoversResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListHandoversResponse> HandoverService::List(
    const api::Call& call, const v1::ListHandoversRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request.parent(), "parent").status());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  absl::Time before = absl::FromUnixSeconds(253'402'300'799);  // the end of 9999
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(const int64_t micros, api::NumberOf(page.after[0]));
    before = std::min(before, absl::FromUnixMicros(micros));
  }
  JH_ASSIGN_OR_RETURN(
      auto handovers,
      db::Read<std::vector<v1::Handover>>(pool_, call.deadline, [&](db::Connection& connection) {
        return handovers_.List(connection, request.parent(), before, page.limit(), call.now);
      }));
  v1::ListHandoversResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, handovers, *response.mutable_handovers(), [](const v1::Handover& one) {
        return std::vector{std::to_string(absl::ToUnixMicros(api::FromProto(one.boundary_time())))};
      }));
  auto& shown = *response.mutable_handovers();
  shown.erase(std::remove_if(shown.begin(), shown.end(),
                             [&](const v1::Handover& one) { return !MaySee(call, one); }),
              shown.end());
  for (v1::Handover& one : shown) {
    one.clear_sections();
    if (one.has_outgoing_signature()) one.mutable_outgoing_signature()->clear_sections();
    if (one.has_incoming_signature()) one.mutable_incoming_signature()->clear_sections();
  }
  return response;
}

grpc::Status HandoverService::SignHandover(grpc::ServerContext* context,
                                           const v1::SignHandoverRequest* request,
                                           v1::Handover* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Handover> {
                          JH_ASSIGN_OR_RETURN(const HandoverKey key, KeyOf(request->name()));
                          Violations violations;
                          violations.CheckText("note", request->note(), 0, kMaxNote);
                          JH_RETURN_IF_ERROR(violations.ToStatus());
                          return api::Write<v1::Handover>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return Sign(connection, call, key, request->note());
                              });
                        });
}

absl::StatusOr<v1::Handover> HandoverService::Sign(db::Connection& connection,
                                                   const api::Call& call, const HandoverKey& key,
                                                   const std::string& note) {
  JH_RETURN_IF_ERROR(handovers_.Claim(connection, key));
  JH_ASSIGN_OR_RETURN(const v1::Handover before, Read(connection, call, key));
  if (api::FromProto(before.boundary_time()) > call.now + kEarliest) {
    return Error(v1::ERROR_REASON_HANDOVER_EARLY, {{"name", key.name()}});
  }
  v1::Handover after = before;
  v1::HandoverSignature signature;
  signature.set_user(call.caller.name());
  *signature.mutable_sign_time() = api::ToProto(call.now);
  signature.set_note(note);
  signature.set_checklist_sha256(DigestOf(after));
  *signature.mutable_sections() = after.sections();
  bool signs = false;
  // A unit that follows itself signs for both sides.
  if (call.Covers("", before.outgoing_member()) && !before.has_outgoing_signature()) {
    signature.set_member(before.outgoing_member());
    *after.mutable_outgoing_signature() = signature;
    signs = true;
  }
  if (call.Covers("", before.incoming_member()) && !before.has_incoming_signature()) {
    signature.set_member(before.incoming_member());
    *after.mutable_incoming_signature() = signature;
    signs = true;
  }
  if (!signs) return Error(v1::ERROR_REASON_HANDOVER_SIGNED, {{"name", key.name()}});
  if (after.has_outgoing_signature() && after.has_incoming_signature()) {
    after.set_state(v1::Handover::STATE_SIGNED);
  }
  JH_RETURN_IF_ERROR(handovers_.Put(connection, call, key, before, after));
  return after;
}

}  // namespace jinhuan::meeting
