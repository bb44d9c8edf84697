#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"
#include "jinhuan/meeting/v1/topic_service.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// The files of a topic as they are kept, pictures without metadata; adds what is wrong with it and
// them. Names are checked elsewhere.
std::vector<v1::TopicAttachment> CheckSubmission(const v1::SubmitTopicRequest& request,
                                                 Violations& violations);

// Adds what is wrong with a decision; names are checked elsewhere.
void CheckReview(const v1::ReviewTopicRequest& request, Violations& violations);

// What a file is, told from its first bytes; "" for one that is not taken.
std::string_view MediaTypeOf(std::string_view content);

// Until when topics for a meeting are collected: the same time of day, so many days before
// it begins, in the alliance's zone.
absl::Time CollectionEnd(absl::Time start, int topic_days, absl::TimeZone zone);

// A topic after it came to `state`, with the step that says so.
v1::Topic Moved(v1::Topic topic, v1::Topic::State state, std::string_view reason,
                std::string_view meeting, absl::Time now);

// The topics of a meeting's agenda that it dealt with, each once, in the order of their names: it
// came to their item, voted on it, or resolved it.
std::vector<std::string> TopicsDealtWith(const v1::Meeting& meeting,
                                         const std::vector<v1::Ballot>& ballots,
                                         const std::vector<v1::Resolution>& resolutions);

}  // namespace jinhuan::meeting
