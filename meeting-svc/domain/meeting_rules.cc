#include "meeting-svc/domain/meeting_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_split.h"

#include "meeting-svc/domain/item_id.h"
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

// Whether a name is empty or has the form alliances/*/{collection}/*.
bool IsEmptyOrOf(std::string_view collection, std::string_view name) {
  if (name.empty()) return true;
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(name.data(), name.size()), '/');
  return parts.size() == 4 && parts[0] == "alliances" && !parts[1].empty() &&
         parts[2] == collection && !parts[3].empty() && name.size() <= 200;
}

void CheckAgenda(std::string_view field,
                 const google::protobuf::RepeatedPtrField<v1::AgendaItem>& items,
                 Violations& violations) {
  violations.Check(field, items.size() <= kMaxAgendaItems, "at most 50 items", "不超过 50 项");
  std::set<std::string_view> ids;
  // An agenda far too long is one fault, not thousands.
  for (int i = 0; i < std::min(items.size(), kMaxAgendaItems); ++i) {
    const std::string path = fmt::format("{}[{}]", field, i);
    const v1::AgendaItem& item = items[i];
    violations.CheckText(path + ".title", item.title(), 1, 120);
    violations.Check(path + ".minutes", item.minutes() >= 0 && item.minutes() <= kMaxMinutes,
                     "0 to 480", "0 至 480");
    violations.Check(path + ".kind", alliance::v1::ItemKind_IsValid(item.kind()), "a known kind",
                     "已有的事项类别");
    const bool id_ok = item.id().empty() || (IsItemId(item.id()) && ids.insert(item.id()).second);
    violations.Check(path + ".id", id_ok, "1 to 32 letters, digits, - or _, each once",
                     "1 至 32 个字母、数字、- 或 _，且不重复");
    violations.Check(path + ".topic", IsEmptyOrOf("topics", item.topic()), "a topic's name",
                     "议题名称");
    violations.Check(path + ".project", IsEmptyOrOf("projects", item.project()), "a project's name",
                     "项目名称");
    violations.Check(path + ".presenter_member", IsEmptyOrOf("members", item.presenter_member()),
                     "a member's name", "成员单位名称");
  }
}

void CheckBody(std::string_view field, v1::MeetingBody body, Violations& violations) {
  violations.Check(field, v1::MeetingBody_IsValid(body), "a known body", "已有的会议类别");
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
  CheckAgenda("meeting.agenda_items", meeting.agenda_items(), violations);
  CheckBody("meeting.body", meeting.body(), violations);
}

void CheckTemplate(const v1::MeetingTemplate& sent, Violations& violations) {
  violations.CheckText("meeting_template.display_name", sent.display_name(), 1, 60);
  violations.CheckText("meeting_template.location", sent.location(), 0, 120);
  if (violations.Require("meeting_template.minutes", sent.minutes() != 0)) {
    violations.Check("meeting_template.minutes", sent.minutes() >= 15 && sent.minutes() <= 1440,
                     "15 to 1440", "15 至 1440");
  }
  CheckAgenda("meeting_template.agenda_items", sent.agenda_items(), violations);
  CheckBody("meeting_template.body", sent.body(), violations);
}

void GiveIds(v1::Meeting& meeting) { GiveItemIds('i', {}, *meeting.mutable_agenda_items()); }

bool LookBack(const std::vector<v1::Project>& overdue, v1::Meeting& meeting) {
  std::set<std::string> looked_at;
  for (const v1::AgendaItem& item : meeting.agenda_items()) looked_at.insert(item.project());
  auto& left_out = *meeting.mutable_left_out();
  left_out.erase(
      std::remove_if(left_out.begin(), left_out.end(),
                     [&](const v1::LeftOut& one) { return looked_at.contains(one.project()); }),
      left_out.end());
  for (const v1::LeftOut& one : left_out) looked_at.insert(one.project());
  const int before = meeting.agenda_items_size();
  for (const v1::Project& project : overdue) {
    if (meeting.agenda_items_size() >= kMaxAgendaItems) break;
    if (!looked_at.insert(project.name()).second) continue;
    v1::AgendaItem& item = *meeting.add_agenda_items();
    item.set_title(project.title());
    item.set_kind(alliance::v1::ITEM_KIND_REPORT);
    item.set_project(project.name());
    item.set_presenter_member(project.lead_member());
  }
  GiveIds(meeting);
  return meeting.agenda_items_size() > before;
}

void TakeItem(const std::string& id, v1::Meeting& meeting) {
  meeting.set_current_item(id);
  auto& taken = *meeting.mutable_taken_items();
  if (id.empty() || std::find(taken.begin(), taken.end(), id) != taken.end()) return;
  *taken.Add() = id;
}

bool LeaveOut(std::string_view project, std::string_view reason, absl::Time now,
              v1::Meeting& meeting) {
  auto& items = *meeting.mutable_agenda_items();
  const auto about = [&](const v1::AgendaItem& item) { return item.project() == project; };
  const auto first = std::find_if(items.begin(), items.end(), about);
  if (first == items.end()) return false;
  v1::LeftOut& left_out = *meeting.add_left_out();
  left_out.set_project(std::string(project));
  left_out.set_title(first->title());
  left_out.set_reason(std::string(reason));
  *left_out.mutable_time() = api::ToProto(now);
  items.erase(std::remove_if(items.begin(), items.end(), about), items.end());
  return true;
}

absl::Time NoticeDeadline(absl::Time start, int notice_days, absl::TimeZone zone) {
  const absl::CivilSecond wall = absl::ToCivilSecond(start, zone);
  return absl::FromCivil(absl::CivilSecond(wall.year(), wall.month(), wall.day() - notice_days,
                                           wall.hour(), wall.minute(), wall.second()),
                         zone);
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
  meeting.set_body(sent.body());
  GiveIds(meeting);
  return meeting;
}

Tally TallyOf(v1::Answer answer) {
  const bool attending = answer == v1::ANSWER_ATTEND || answer == v1::ANSWER_SUBSTITUTE;
  return {.answered = answer == v1::ANSWER_UNSPECIFIED ? 0 : 1, .attending = attending ? 1 : 0};
}

bool IsStreet(const auth::v1::Caller& caller, std::string_view alliance) {
  return std::any_of(
      caller.grants().begin(), caller.grants().end(), [alliance](const auth::v1::Grant& grant) {
        return grant.role() == auth::v1::ROLE_STREET_ADMIN && grant.alliance() == alliance;
      });
}

bool SeesDrafts(const auth::v1::Caller& caller, std::string_view alliance) {
  return std::any_of(
      caller.grants().begin(), caller.grants().end(), [alliance](const auth::v1::Grant& grant) {
        const bool runs =
            grant.role() == auth::v1::ROLE_STREET_ADMIN || grant.role() == auth::v1::ROLE_CHAIR;
        return runs && grant.alliance() == alliance;
      });
}

}  // namespace jinhuan::meeting
