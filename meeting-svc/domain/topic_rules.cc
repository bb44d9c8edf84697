#include "meeting-svc/domain/topic_rules.h"

#include <fmt/format.h>

#include <set>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/photo.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ItemKind_IsValid;
using v1::Topic;

constexpr int kMaxFiles = 3;
constexpr size_t kMaxFileBytes = 1 << 20;
constexpr size_t kMaxReason = 500;

}  // namespace

std::vector<v1::TopicAttachment> CheckSubmission(const v1::SubmitTopicRequest& request,
                                                 Violations& violations) {
  std::vector<v1::TopicAttachment> files;
  violations.CheckText("topic.title", request.topic().title(), 1, 60);
  violations.CheckText("topic.body", request.topic().body(), 1, 2000);
  violations.Check("topic.kind", ItemKind_IsValid(request.topic().kind()), "a known kind",
                   "已有的事项类别");
  if (!violations.Check("attachments", request.attachments_size() <= kMaxFiles, "at most 3 files",
                        "不超过 3 个文件")) {
    return files;
  }
  for (int i = 0; i < request.attachments_size(); ++i) {
    v1::TopicAttachment& file = files.emplace_back(request.attachments(i));
    violations.CheckText(fmt::format("attachments[{}].display_name", i), file.display_name(), 1,
                         100);
    const std::string field = fmt::format("attachments[{}].content", i);
    if (!violations.Require(field, !file.content().empty())) continue;
    violations.Check(field, file.content().size() <= kMaxFileBytes, "at most 1 MiB",
                     "不超过 1 MiB");
    violations.Check(field, !MediaTypeOf(file.content()).empty(),
                     "a PDF, PNG, JPEG, OOXML or OpenDocument file",
                     "PDF、PNG、JPEG、DOCX/XLSX/PPTX 或 ODT/ODS 文件");
    if (!CleanPicture(*file.mutable_content())) {
      violations.Add(field, v1::ERROR_REASON_PICTURE_BROKEN);
    }
  }
  return files;
}

void CheckReview(const v1::ReviewTopicRequest& request, Violations& violations) {
  const Topic::State decision = request.decision();
  if (violations.Require("decision", decision != Topic::STATE_UNSPECIFIED)) {
    violations.Check("decision",
                     decision == Topic::STATE_ACCEPTED || decision == Topic::STATE_MERGED ||
                         decision == Topic::STATE_DEFERRED || decision == Topic::STATE_REJECTED,
                     "ACCEPTED, MERGED, DEFERRED or REJECTED", "采纳、并案、缓议或不予采纳");
  }
  const bool says_why = decision == Topic::STATE_DEFERRED || decision == Topic::STATE_REJECTED;
  violations.CheckText("reason", request.reason(), says_why ? 1 : 0, kMaxReason);
  const bool with_meeting = decision == Topic::STATE_ACCEPTED || decision == Topic::STATE_DEFERRED;
  violations.Check("meeting", with_meeting || request.meeting().empty(),
                   "empty unless it is accepted or deferred", "仅在采纳或缓议时填写");
  if (decision == Topic::STATE_MERGED) {
    violations.Require("merge_into", !request.merge_into().empty());
    violations.Check("merge_into", request.merge_into() != request.name(), "another topic",
                     "另一议题");
  } else {
    violations.Check("merge_into", request.merge_into().empty(), "empty unless it is merged",
                     "仅在并案时填写");
  }
}

std::string_view MediaTypeOf(std::string_view content) {
  using namespace std::string_view_literals;
  if (content.starts_with("%PDF-"sv)) return "application/pdf";
  if (content.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (content.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  // OOXML and OpenDocument files begin with a whole first entry.
  if (content.starts_with("PK\x03\x04"sv)) return "application/zip";
  return "";
}

absl::Time CollectionEnd(absl::Time start, int topic_days, absl::TimeZone zone) {
  const absl::CivilSecond civil = absl::ToCivilSecond(start, zone);
  const absl::CivilDay day = absl::CivilDay(civil) - topic_days;
  return absl::FromCivil(absl::CivilSecond(day.year(), day.month(), day.day(), civil.hour(),
                                           civil.minute(), civil.second()),
                         zone);
}

Topic Moved(Topic topic, Topic::State state, std::string_view reason, std::string_view meeting,
            absl::Time now) {
  topic.set_state(state);
  v1::TopicStep& step = *topic.add_steps();
  step.set_state(state);
  *step.mutable_time() = api::ToProto(now);
  step.set_reason(std::string(reason));
  step.set_meeting(std::string(meeting));
  return topic;
}

std::vector<std::string> TopicsDealtWith(const v1::Meeting& meeting,
                                         const std::vector<v1::Ballot>& ballots,
                                         const std::vector<v1::Resolution>& resolutions) {
  std::set<std::string> items(meeting.taken_items().begin(), meeting.taken_items().end());
  for (const v1::Ballot& ballot : ballots) {
    if (ballot.state() == v1::Ballot::STATE_CLOSED) items.insert(ballot.agenda_item());
  }
  for (const v1::Resolution& resolution : resolutions) items.insert(resolution.agenda_item());
  std::set<std::string> topics;
  for (const v1::AgendaItem& item : meeting.agenda_items()) {
    if (!item.topic().empty() && items.count(item.id()) > 0) topics.insert(item.topic());
  }
  return {topics.begin(), topics.end()};
}

}  // namespace jinhuan::meeting
