#include "meeting-svc/domain/request_merges.h"

#include <cmath>

#include "absl/strings/str_replace.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using State = v1::Request::State;

constexpr double kNear = 200;  // metres
constexpr int kCoarse = 50;    // metres, the step in which a distance is told

// Along a great circle, in metres.
double Distance(const google::type::LatLng& a, const google::type::LatLng& b) {
  constexpr double kRadius = 6'371'000;
  constexpr double kDegree = M_PI / 180;
  const double north = std::sin((a.latitude() - b.latitude()) * kDegree / 2);
  const double east = std::sin((a.longitude() - b.longitude()) * kDegree / 2);
  const double h = north * north + std::cos(a.latitude() * kDegree) *
                                       std::cos(b.latitude() * kDegree) * east * east;
  return 2 * kRadius * std::asin(std::sqrt(std::min(1.0, h)));
}

// Places are worded alike whatever the spaces between.
std::string Worded(std::string_view place) {
  return absl::StrReplaceAll(std::string(place), {{" ", ""}, {"\u3000", ""}, {"\t", ""}});
}

}  // namespace

v1::Request Merged(v1::Request request, const std::string& into, std::string_view reason,
                   v1::RequestStep::Actor actor, absl::Time now) {
  request.set_merged_into(into);
  request.clear_member();
  request.clear_member_display_name();
  request.clear_reporter_count();
  request.clear_merged_count();
  return Step(std::move(request), v1::Request::STATE_MERGED, actor, now, reason);
}

absl::StatusOr<v1::Request> Split(v1::Request request, std::string_view reason, absl::Time now) {
  JH_RETURN_IF_ERROR(CheckState(request, {v1::Request::STATE_MERGED}));
  request.clear_merged_into();
  const State state = request.category() == v1::REQUEST_CATEGORY_UNSPECIFIED
                          ? v1::Request::STATE_RECEIVED
                          : v1::Request::STATE_CLASSIFIED;
  return Step(std::move(request), state, v1::RequestStep::ACTOR_STREET, now, reason);
}

absl::StatusOr<v1::Request> RatedMerged(v1::Request request, const v1::Request& into, int rating,
                                        const std::string& comment) {
  const bool done =
      into.state() == v1::Request::STATE_RESOLVED || into.state() == v1::Request::STATE_RATED;
  if (!done || request.rating() > 0) {
    return StateWrong(request.name(), request.state(), {v1::Request::STATE_RESOLVED});
  }
  request.set_rating(rating);
  request.set_rating_comment(comment);
  // Whose work was rated: evaluations count it there.
  request.set_member(into.member());
  request.set_member_display_name(into.member_display_name());
  return request;
}

v1::Request UnratedMerged(v1::Request request) {
  request.clear_rating();
  request.clear_rating_comment();
  request.clear_member();
  request.clear_member_display_name();
  return request;
}

v1::RequestProgress ProgressOf(const v1::Request& into) {
  v1::RequestProgress progress;
  const bool rated = into.state() == v1::Request::STATE_RATED;
  progress.set_state(rated ? v1::Request::STATE_RESOLVED : into.state());
  progress.set_member(into.member());
  progress.set_member_display_name(into.member_display_name());
  for (const v1::RequestStep& step : into.steps()) {
    if (step.state() != v1::Request::STATE_RATED) *progress.add_steps() = step;
  }
  progress.set_result(into.result());
  if (into.has_resolve_time()) *progress.mutable_resolve_time() = into.resolve_time();
  return progress;
}

std::optional<v1::SimilarRequest> SimilarTo(const v1::ListSimilarRequestsRequest& asked,
                                            const v1::Request& request) {
  if (request.category() != asked.category()) return std::nullopt;
  v1::SimilarRequest similar;
  const std::string place = Worded(asked.place());
  similar.set_same_place(!place.empty() && place == Worded(request.place()));
  if (asked.has_location() && request.has_location()) {
    const double distance = Distance(asked.location(), request.location());
    if (distance > kNear && !similar.same_place()) return std::nullopt;
    const int steps = std::max(1, static_cast<int>(std::ceil(distance / kCoarse)));
    similar.set_distance_meters(steps * kCoarse);
  } else if (!similar.same_place()) {
    return std::nullopt;
  }
  similar.set_name(request.name());
  similar.set_category(request.category());
  similar.set_state(request.state());
  similar.set_reporter_count(std::max(1, request.reporter_count()));
  return similar;
}

}  // namespace jinhuan::meeting
