#include "meeting-svc/domain/meeting_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kMaxLength = absl::Hours(24);
constexpr int kMaxAgendaItems = 50;
constexpr int kMaxMinutes = 480;

// Whether the store can keep it: 1970 to 9999.
bool IsStorable(const google::protobuf::Timestamp& time) {
  return time.seconds() >= 0 && time.seconds() < 253'402'300'800 && time.nanos() >= 0 &&
         time.nanos() < 1'000'000'000;
}

bool CheckTime(std::string_view field, bool present, const google::protobuf::Timestamp& time,
               Violations& violations) {
  return violations.Require(field, present) &&
         violations.Check(field, IsStorable(time), "a time from 1970 to 9999",
                          "1970 年至 9999 年之间的时间");
}

google::protobuf::Timestamp ToMicroseconds(google::protobuf::Timestamp time) {
  time.set_nanos(time.nanos() / 1000 * 1000);
  return time;
}

}  // namespace

void CheckMeeting(const v1::Meeting& meeting, Violations& violations) {
  violations.CheckText("meeting.title", meeting.title(), 1, 60);
  violations.CheckText("meeting.location", meeting.location(), 0, 120);
  const bool start_ok =
      CheckTime("meeting.start_time", meeting.has_start_time(), meeting.start_time(), violations);
  const bool end_ok =
      CheckTime("meeting.end_time", meeting.has_end_time(), meeting.end_time(), violations);
  if (start_ok && end_ok) {
    const absl::Duration length =
        api::FromProto(meeting.end_time()) - api::FromProto(meeting.start_time());
    violations.Check("meeting.end_time", length > absl::ZeroDuration() && length <= kMaxLength,
                     "after start_time and at most 24 hours later",
                     "晚于开始时间，且不超过 24 小时");
  }
  violations.Check("meeting.agenda_items", meeting.agenda_items_size() <= kMaxAgendaItems,
                   "at most 50 items", "不超过 50 项");
  // An agenda far too long is one fault, not thousands.
  for (int i = 0; i < std::min(meeting.agenda_items_size(), kMaxAgendaItems); ++i) {
    const std::string path = fmt::format("meeting.agenda_items[{}]", i);
    const v1::AgendaItem& item = meeting.agenda_items(i);
    violations.CheckText(path + ".title", item.title(), 1, 120);
    violations.Check(path + ".minutes", item.minutes() >= 0 && item.minutes() <= kMaxMinutes,
                     "0 to 480", "0 至 480");
  }
}

void CheckAnswer(v1::Answer answer, std::string_view note, Violations& violations) {
  if (violations.Require("answer", answer != v1::ANSWER_UNSPECIFIED)) {
    violations.Check("answer", v1::Answer_IsValid(answer), "ATTEND, SUBSTITUTE or LEAVE",
                     "参加、委派或请假");
  }
  violations.CheckText("note", note, answer == v1::ANSWER_SUBSTITUTE ? 1 : 0, 100);
}

v1::Meeting Drafted(const v1::Meeting& sent) {
  v1::Meeting meeting;
  meeting.set_title(sent.title());
  *meeting.mutable_start_time() = ToMicroseconds(sent.start_time());
  *meeting.mutable_end_time() = ToMicroseconds(sent.end_time());
  meeting.set_location(sent.location());
  *meeting.mutable_agenda_items() = sent.agenda_items();
  return meeting;
}

Tally TallyOf(v1::Answer answer) {
  const bool attending = answer == v1::ANSWER_ATTEND || answer == v1::ANSWER_SUBSTITUTE;
  return {.answered = answer == v1::ANSWER_UNSPECIFIED ? 0 : 1, .attending = attending ? 1 : 0};
}

bool SeesDrafts(const auth::v1::Caller& caller, std::string_view alliance) {
  return std::any_of(
      caller.grants().begin(), caller.grants().end(), [alliance](const auth::v1::Grant& grant) {
        return grant.role() == auth::v1::ROLE_STREET_ADMIN && grant.alliance() == alliance;
      });
}

}  // namespace jinhuan::meeting
