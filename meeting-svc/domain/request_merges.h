#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/request.pb.h"
#include "jinhuan/meeting/v1/request_service.pb.h"
#include "meeting-svc/domain/request_steps.h"

namespace jinhuan::meeting {

// So many requests one takes.
inline constexpr int kMostMerged = 200;

// The request as it goes on in `into`, without a unit of its own. It was open, or merged into
// another.
v1::Request Merged(v1::Request request, const std::string& into, std::string_view reason,
                   v1::RequestStep::Actor actor, absl::Time now);

// The request as it goes on by itself again, to be dispatched; STATE_WRONG unless it is merged.
absl::StatusOr<v1::Request> Split(v1::Request request, std::string_view reason, absl::Time now);

// A merged request after its reporter rated what was done about `into`; STATE_WRONG unless that
// was done, is not archived, and the reporter rates the first time.
absl::StatusOr<v1::Request> RatedMerged(v1::Request request, const v1::Request& into, int rating,
                                        const std::string& comment);
// As before that: what was rated is to be done again.
v1::Request UnratedMerged(v1::Request request);

// What the reporters of merged requests are told of the one that those go on in.
v1::RequestProgress ProgressOf(const v1::Request& into);

// What is shown of `request` to somebody who is about to report what `asked` says; nothing unless
// it is of the same category, and worded to be at the same place or within 200 m of it.
std::optional<v1::SimilarRequest> SimilarTo(const v1::ListSimilarRequestsRequest& asked,
                                            const v1::Request& request);

}  // namespace jinhuan::meeting
