#include "meeting-svc/domain/request_steps.h"

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kKeptRated = absl::Hours(24 * 7);
constexpr absl::Duration kKeptUnrated = absl::Hours(24 * 15);

using State = v1::Request::State;

}  // namespace

v1::Request Step(v1::Request request, State state, v1::RequestStep::Actor actor, absl::Time now,
                 std::string_view reason) {
  request.set_state(state);
  v1::RequestStep& step = *request.add_steps();
  step.set_state(state);
  *step.mutable_time() = api::ToProto(now);
  step.set_actor(actor);
  step.set_member_display_name(request.member_display_name());
  step.set_reason(std::string(reason));
  return request;
}

absl::Status CheckOpen(const v1::Request& request) {
  if (request.state() == v1::Request::STATE_MERGED) {
    return Error(v1::ERROR_REASON_REQUEST_MERGED,
                 {{"name", request.name()}, {"into", request.merged_into()}});
  }
  return CheckState(request,
                    StatesBetween(v1::Request::STATE_RECEIVED, v1::Request::STATE_IN_PROGRESS));
}

v1::Request Received(v1::Request request, v1::RequestStep::Actor actor, absl::Time now) {
  *request.mutable_create_time() = api::ToProto(now);
  return Step(std::move(request), v1::Request::STATE_RECEIVED, actor, now);
}

v1::Request Timed(v1::Request request, const RequestClock& clock) {
  if (request.has_due_time() && api::FromProto(request.due_time()) != clock.due) {
    request.clear_overdue_time();
  }
  *request.mutable_due_time() = api::ToProto(clock.due);
  request.set_charter_version(clock.charter_version);
  return request;
}

v1::Request Classified(v1::Request request, v1::RequestStep::Actor actor, absl::Time now) {
  if (request.state() != v1::Request::STATE_RECEIVED) return request;
  return Step(std::move(request), v1::Request::STATE_CLASSIFIED, actor, now);
}

absl::StatusOr<v1::Request> Dispatched(v1::Request request, const std::string& member,
                                       const std::string& display_name, std::string_view reason,
                                       v1::RequestStep::Actor actor, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckOpen(request));
  if (request.member() == member) return request;
  if (!request.member().empty() && reason.empty()) {
    return Error(v1::ERROR_REASON_REQUEST_HAS_UNIT, {{"name", request.name()}});
  }
  request.set_member(member);
  request.set_member_display_name(display_name);
  return Step(std::move(request), v1::Request::STATE_DISPATCHED, actor, now, reason);
}

absl::StatusOr<v1::Request> Started(v1::Request request, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckState(request, {v1::Request::STATE_DISPATCHED}));
  return Step(std::move(request), v1::Request::STATE_IN_PROGRESS, v1::RequestStep::ACTOR_UNIT, now);
}

absl::StatusOr<v1::Request> Resolved(v1::Request request, const std::string& result,
                                     absl::Time now) {
  JH_RETURN_IF_ERROR(
      CheckState(request, {v1::Request::STATE_DISPATCHED, v1::Request::STATE_IN_PROGRESS}));
  request.set_result(result);
  *request.mutable_resolve_time() = api::ToProto(now);
  return Step(std::move(request), v1::Request::STATE_RESOLVED, v1::RequestStep::ACTOR_UNIT, now);
}

absl::StatusOr<v1::Request> Rated(v1::Request request, int rating, const std::string& comment,
                                  absl::Time now) {
  JH_RETURN_IF_ERROR(CheckState(request, {v1::Request::STATE_RESOLVED}));
  request.set_rating(rating);
  request.set_rating_comment(comment);
  return Step(std::move(request), v1::Request::STATE_RATED, v1::RequestStep::ACTOR_REPORTER, now);
}

absl::StatusOr<v1::Request> Reopened(v1::Request request, std::string_view reason, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckState(request, {v1::Request::STATE_RESOLVED, v1::Request::STATE_RATED}));
  request.clear_resolve_time();
  request.clear_rating();
  request.clear_rating_comment();
  return Step(std::move(request), v1::Request::STATE_DISPATCHED, v1::RequestStep::ACTOR_STREET, now,
              reason);
}

v1::Request Archived(v1::Request request, absl::Time now) {
  return Step(std::move(request), v1::Request::STATE_ARCHIVED, v1::RequestStep::ACTOR_RULE, now);
}

std::optional<absl::Time> OpenDue(const v1::Request& request) {
  if (!request.has_due_time() || request.state() >= v1::Request::STATE_RESOLVED) {
    return std::nullopt;
  }
  return api::FromProto(request.due_time());
}

std::optional<absl::Time> OverdueStep(const v1::Request& request) {
  return request.has_overdue_time() ? std::nullopt : OpenDue(request);
}

v1::Request MarkedOverdue(v1::Request request, absl::Time now) {
  *request.mutable_overdue_time() = api::ToProto(now);
  return request;
}

std::optional<absl::Time> ArchiveTime(const v1::Request& request, absl::Time now) {
  if (request.state() == v1::Request::STATE_RESOLVED) return now + kKeptUnrated;
  if (request.state() == v1::Request::STATE_RATED) return now + kKeptRated;
  return std::nullopt;
}

}  // namespace jinhuan::meeting
