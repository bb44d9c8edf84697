#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/request.pb.h"

namespace jinhuan::meeting {

// The steps of a request's life, each a pure function of what it was: the request after the
// step, with the step in its history, or FAILED_PRECONDITION / STATE_WRONG.

// The request a step on, with the step in its history; nothing is asked.
v1::Request Step(v1::Request request, v1::Request::State state, v1::RequestStep::Actor actor,
                 absl::Time now, std::string_view reason = "");

// Whether it is still to be dealt with by itself: FAILED_PRECONDITION / REQUEST_MERGED where it
// goes on in another, STATE_WRONG once it is resolved.
absl::Status CheckOpen(const v1::Request& request);

// A new one is received.
v1::Request Received(v1::Request request, v1::RequestStep::Actor actor, absl::Time now);

// By when it must be resolved; another time than before can run out anew.
struct RequestClock {
  absl::Time due;
  int charter_version = 0;
};
v1::Request Timed(v1::Request request, const RequestClock& clock);

// It is known what it is about; nothing where that was known.
v1::Request Classified(v1::Request request, v1::RequestStep::Actor actor, absl::Time now);

// A unit gets it, or another unit. REQUEST_HAS_UNIT where another has it and no reason is
// given; giving it to the unit that has it changes nothing.
absl::StatusOr<v1::Request> Dispatched(v1::Request request, const std::string& member,
                                       const std::string& display_name, std::string_view reason,
                                       v1::RequestStep::Actor actor, absl::Time now);

absl::StatusOr<v1::Request> Started(v1::Request request, absl::Time now);
absl::StatusOr<v1::Request> Resolved(v1::Request request, const std::string& result,
                                     absl::Time now);
absl::StatusOr<v1::Request> Rated(v1::Request request, int rating, const std::string& comment,
                                  absl::Time now);
// What is not resolved after all goes back to its unit (退回重办), with the time that it had.
absl::StatusOr<v1::Request> Reopened(v1::Request request, std::string_view reason, absl::Time now);
v1::Request Archived(v1::Request request, absl::Time now);

// By when a request that is not resolved must be; nothing for what is, or goes on in another.
std::optional<absl::Time> OpenDue(const v1::Request& request);

// When the clock marks it as overdue: once its time is over; nothing where it has, or never will.
std::optional<absl::Time> OverdueStep(const v1::Request& request);
v1::Request MarkedOverdue(v1::Request request, absl::Time now);

// When the clock archives it: a week after it was rated, fifteen days after it was resolved
// unrated; nothing before.
std::optional<absl::Time> ArchiveTime(const v1::Request& request, absl::Time now);

}  // namespace jinhuan::meeting
