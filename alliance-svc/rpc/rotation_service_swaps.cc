// RotationService: two units exchange their terms.
#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/rotation_turns.h"
#include "alliance-svc/domain/rotation_view.h"
#include "alliance-svc/rpc/rotation_service.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kSwap[] = "alliances/*/swaps/*";
constexpr char kTerm[] = "alliances/*/chairTerms/*";

absl::Status Missing(const std::string& name) {
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

absl::Status NotYours(const api::Call& call) {
  return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
}

// A swap of a rotation that was claimed, and the terms it is about.
struct SwapAtHand {
  v1::TermSwap* swap = nullptr;  // in record.swaps
  size_t term = 0;
  size_t other = 0;
};

absl::StatusOr<SwapAtHand> TakeUp(chair::Record& record, const std::string& name,
                                  v1::TermSwap::State needs) {
  for (v1::TermSwap& swap : record.swaps) {
    if (swap.name() != name) continue;
    JH_RETURN_IF_ERROR(CheckState(swap, {needs}));
    const auto term = chair::TermNamed(record, swap.term());
    const auto other = chair::TermNamed(record, swap.other_term());
    if (!term.has_value() || !other.has_value()) return Missing(name);
    return SwapAtHand{&swap, *term, *other};
  }
  return Missing(name);
}

// The swap as it is when a proposal is accepted by the record: OK, or why not.
absl::StatusOr<v1::TermSwap> Proposal(const chair::Record& record, const api::Call& call,
                                      const v1::TermSwap& asked, absl::Time now) {
  const auto term = chair::TermNamed(record, asked.term());
  if (!term.has_value()) return Missing(asked.term());
  const auto other = chair::TermNamed(record, asked.other_term());
  if (!other.has_value()) return Missing(asked.other_term());
  const std::string& member = record.terms[*term].term().member();
  if (!call.Covers("", member)) return NotYours(call);
  for (const v1::TermSwap& open : record.swaps) {
    const bool waits = open.state() == v1::TermSwap::STATE_PROPOSED ||
                       open.state() == v1::TermSwap::STATE_ACCEPTED;
    for (const std::string& name : {open.term(), open.other_term()}) {
      if (!waits || (name != asked.term() && name != asked.other_term())) continue;
      return Error(v1::ERROR_REASON_SWAP_OPEN, {{"swap", open.name()}});
    }
  }
  JH_RETURN_IF_ERROR(chair::CheckExchange(record, *term, *other, now));
  v1::TermSwap swap;
  swap.set_term(asked.term());
  swap.set_other_term(asked.other_term());
  swap.set_member(member);
  swap.set_other_member(record.terms[*other].term().member());
  swap.set_reason(asked.reason());
  swap.set_state(v1::TermSwap::STATE_PROPOSED);
  *swap.mutable_create_time() = api::ToProto(now);
  *swap.mutable_expire_time() = api::ToProto(chair::SwapExpiry(record, *term, *other, now));
  swap.set_charter_version(record.charter.version());
  return swap;
}

// What an answer makes of a swap that waits. The unit that is asked accepts or declines;
// the proposer takes it back.
absl::Status Answer(const api::Call& call, const chair::Record& record,
                    const v1::AnswerSwapRequest& request, absl::Time now, SwapAtHand at_hand) {
  v1::TermSwap& swap = *at_hand.swap;
  const bool asked = call.Covers("", swap.other_member());
  if (!asked && !call.Covers("", swap.member())) return NotYours(call);
  if (!asked && request.accept()) return NotYours(call);
  if (request.accept()) {
    JH_RETURN_IF_ERROR(chair::CheckExchange(record, at_hand.term, at_hand.other, now));
  }
  swap.set_state(request.accept() ? v1::TermSwap::STATE_ACCEPTED
                 : asked          ? v1::TermSwap::STATE_DECLINED
                                  : v1::TermSwap::STATE_WITHDRAWN);
  swap.set_state_reason(request.reason());
  return absl::OkStatus();
}

}  // namespace

grpc::Status RotationService::ProposeSwap(grpc::ServerContext* context,
                                          const v1::ProposeSwapRequest* request,
                                          v1::TermSwap* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::TermSwap> {
        Violations violations;
        api::MatchName("alliances/*", request->parent(), "parent", violations);
        api::MatchName(kTerm, request->swap().term(), "swap.term", violations);
        api::MatchName(kTerm, request->swap().other_term(), "swap.other_term", violations);
        violations.CheckText("swap.reason", request->swap().reason(), 1, 200);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        if (request->validate_only()) {
          JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, call.alliance));
          JH_ASSIGN_OR_RETURN(v1::TermSwap swap, Proposal(record, call, request->swap(), call.now));
          return chair::ViewSwap(record, std::move(swap));
        }
        return api::Write<v1::TermSwap>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::TermSwap> {
              JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                                  rotations_.Claim(connection, call, call.alliance));
              chair::Record& record = claimed.record;
              JH_ASSIGN_OR_RETURN(v1::TermSwap swap,
                                  Proposal(record, call, request->swap(), claimed.now));
              swap.set_name(SwapName(AllianceIdOf(call.alliance), ids_.NewId()));
              record.swaps.push_back(std::move(swap));
              JH_RETURN_IF_ERROR(
                  rotations_.Save(connection, call, claimed, request->swap().reason()));
              return chair::ViewSwap(record, record.swaps.back());
            });
      });
}

grpc::Status RotationService::AnswerSwap(grpc::ServerContext* context,
                                         const v1::AnswerSwapRequest* request,
                                         v1::TermSwap* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::TermSwap> {
        Violations violations;
        api::MatchName(kSwap, request->name(), "name", violations);
        violations.CheckText("reason", request->reason(), 0, 200);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::TermSwap>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::TermSwap> {
              JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                                  rotations_.Claim(connection, call, call.alliance));
              JH_ASSIGN_OR_RETURN(const v1::TermSwap before,
                                  rotations_.swaps.Get(connection, request->name(), claimed.now));
              // An accepted swap can only be taken back, by the proposer.
              const bool accepted = before.state() == v1::TermSwap::STATE_ACCEPTED;
              const bool takes_back = accepted && !request->accept() &&
                                      !call.Covers("", before.other_member()) &&
                                      call.Covers("", before.member());
              const auto needs =
                  takes_back ? v1::TermSwap::STATE_ACCEPTED : v1::TermSwap::STATE_PROPOSED;
              JH_RETURN_IF_ERROR(CheckState(before, {needs}));
              JH_ASSIGN_OR_RETURN(const SwapAtHand at_hand,
                                  TakeUp(claimed.record, request->name(), needs));
              JH_RETURN_IF_ERROR(Answer(call, claimed.record, *request, claimed.now, at_hand));
              JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, request->reason()));
              return chair::ViewSwap(claimed.record, *at_hand.swap);
            });
      });
}

grpc::Status RotationService::ApproveSwap(grpc::ServerContext* context,
                                          const v1::ApproveSwapRequest* request,
                                          v1::TermSwap* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::TermSwap> {
        Violations violations;
        api::MatchName(kSwap, request->name(), "name", violations);
        CheckReason(request->reason(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::TermSwap>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::TermSwap> {
              JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                                  rotations_.Claim(connection, call, call.alliance));
              chair::Record& record = claimed.record;
              JH_ASSIGN_OR_RETURN(const v1::TermSwap before,
                                  rotations_.swaps.Get(connection, request->name(), claimed.now));
              JH_RETURN_IF_ERROR(CheckState(before, {v1::TermSwap::STATE_ACCEPTED}));
              JH_ASSIGN_OR_RETURN(const SwapAtHand at_hand,
                                  TakeUp(record, request->name(), v1::TermSwap::STATE_ACCEPTED));
              if (!request->reject()) {
                JH_RETURN_IF_ERROR(
                    chair::CheckExchange(record, at_hand.term, at_hand.other, claimed.now));
              }
              at_hand.swap->set_state(request->reject() ? v1::TermSwap::STATE_REJECTED
                                                        : v1::TermSwap::STATE_APPROVED);
              at_hand.swap->set_state_reason(request->reason());
              if (!request->reject()) {
                chair::Exchange(record, at_hand.term, at_hand.other, request->reason(),
                                claimed.now);
              }
              JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, request->reason()));
              return chair::ViewSwap(record, *at_hand.swap);
            });
      });
}

grpc::Status RotationService::GetSwap(grpc::ServerContext* context,
                                      const v1::GetSwapRequest* request, v1::TermSwap* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::TermSwap> {
        JH_RETURN_IF_ERROR(api::RequireName(kSwap, request->name()).status());
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, call.alliance));
        JH_ASSIGN_OR_RETURN(
            v1::TermSwap swap,
            db::Read<v1::TermSwap>(pool_, call.deadline, [&](db::Connection& connection) {
              return rotations_.swaps.Get(connection, request->name(), call.now);
            }));
        return chair::ViewSwap(record, std::move(swap));
      });
}

grpc::Status RotationService::ListSwaps(grpc::ServerContext* context,
                                        const v1::ListSwapsRequest* request,
                                        v1::ListSwapsResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListSwapsResponse> {
        Violations violations;
        api::MatchName("alliances/*", request->parent(), "parent", violations);
        if (!request->member().empty()) {
          api::MatchName("alliances/*/members/*", request->member(), "member", violations);
        }
        violations.Check("state", v1::TermSwap::State_IsValid(request->state()),
                         "one of the listed values", "所列选项之一");
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, request->parent()));
        JH_ASSIGN_OR_RETURN(std::vector<v1::TermSwap> swaps,
                            db::Read<std::vector<v1::TermSwap>>(
                                pool_, call.deadline, [&](db::Connection& connection) {
                                  return rotations_.swaps.List(connection, *request, page,
                                                               call.now);
                                }));
        for (v1::TermSwap& swap : swaps) swap = chair::ViewSwap(record, std::move(swap));
        v1::ListSwapsResponse answer;
        answer.set_next_page_token(api::FillPage(
            *request, page, swaps, *answer.mutable_swaps(), [](const v1::TermSwap& swap) {
              return std::vector<std::string>{LastSegment(swap.name())};
            }));
        return answer;
      });
}

}  // namespace jinhuan::alliance
