#include "alliance-svc/domain/member_life.h"

#include <algorithm>
#include <vector>

#include "platform/api/time.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

using State = v1::Member::State;

// The whole life of a member: which step leads from where to where.
struct Rule {
  MemberStep step;
  std::vector<State> from;
  State to;
};
const Rule& RuleOf(MemberStep step) {
  using Member = v1::Member;
  static const auto* const rules = new std::vector<Rule>{
      {MemberStep::kApprove, {Member::STATE_APPLIED}, Member::STATE_ACTIVE},
      {MemberStep::kReject, {Member::STATE_APPLIED}, Member::STATE_REJECTED},
      {MemberStep::kSuspend, {Member::STATE_ACTIVE}, Member::STATE_SUSPENDED},
      {MemberStep::kReinstate, {Member::STATE_SUSPENDED}, Member::STATE_ACTIVE},
      {MemberStep::kWithdraw,
       {Member::STATE_ACTIVE, Member::STATE_SUSPENDED},
       Member::STATE_WITHDRAWN},
  };
  return *std::find_if(rules->begin(), rules->end(),
                       [&](const Rule& rule) { return rule.step == step; });
}

v1::StateChange Change(State from, State to, const Cause& cause) {
  v1::StateChange change;
  change.set_from_state(from);
  change.set_to_state(to);
  change.set_reason(cause.reason);
  change.set_actor_display_name(cause.actor);
  *change.mutable_time() = api::ToProto(cause.time);
  return change;
}

// Moves the member to `to`, whose history is whole up to now.
void Move(State to, const Cause& cause, v1::Member& member) {
  *member.add_history() = Change(member.state(), to, cause);
  if (const int over = member.history_size() - kMaxHistory; over > 0) {
    member.mutable_history()->DeleteSubrange(0, over);
  }
  member.set_state(to);
  member.set_state_reason(cause.reason);
}

}  // namespace

void BeginLife(State state, const Cause& cause, v1::Member& member) {
  member.clear_state();
  member.clear_history();
  member.clear_join_time();
  member.clear_withdraw_time();
  Move(state, cause, member);
  *member.mutable_create_time() = api::ToProto(cause.time);
  if (state == v1::Member::STATE_ACTIVE) *member.mutable_join_time() = api::ToProto(cause.time);
}

absl::StatusOr<v1::Member> TakeStep(const v1::Member& before, MemberStep step, const Cause& cause) {
  const Rule& rule = RuleOf(step);
  JH_RETURN_IF_ERROR(CheckState(before, rule.from));
  v1::Member after = before;
  *after.mutable_history() = HistoryOf(before);
  Move(rule.to, cause, after);
  if (rule.to == v1::Member::STATE_ACTIVE && !after.has_join_time()) {
    *after.mutable_join_time() = api::ToProto(cause.time);
  }
  if (rule.to == v1::Member::STATE_WITHDRAWN) {
    *after.mutable_withdraw_time() = api::ToProto(cause.time);
  }
  return after;
}

void ClearHistory(v1::Member& member) {
  member.clear_history();
  member.clear_state_reason();
}

google::protobuf::RepeatedPtrField<v1::StateChange> HistoryOf(const v1::Member& member) {
  google::protobuf::RepeatedPtrField<v1::StateChange> history = member.history();
  if (!history.empty() || !member.has_create_time()) return history;
  *history.Add() =
      Change(v1::Member::STATE_UNSPECIFIED, v1::Member::STATE_APPLIED,
             {.reason = "", .actor = "", .time = api::FromProto(member.create_time())});
  if (member.has_join_time()) {
    *history.Add() = Change(
        v1::Member::STATE_APPLIED, v1::Member::STATE_ACTIVE,
        {.reason = member.state_reason(), .actor = "", .time = api::FromProto(member.join_time())});
  }
  return history;
}

}  // namespace jinhuan::alliance
