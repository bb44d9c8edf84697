#include "meeting-svc/domain/minutes_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "alliance-svc/facts/date.h"
#include "meeting-svc/domain/meeting_body.h"
#include "platform/api/time.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

std::string When(const google::protobuf::Timestamp& time, absl::TimeZone zone) {
  return absl::FormatTime("%Y年%-m月%-d日%H:%M", api::FromProto(time), zone);
}

std::string OutcomeOf(const v1::Ballot& ballot) {
  switch (ballot.outcome()) {
    case v1::Ballot::OUTCOME_CARRIED:
      return "通过";
    case v1::Ballot::OUTCOME_REJECTED:
      return "未通过";
    case v1::Ballot::OUTCOME_NO_QUORUM:
      return "未达法定人数，表决无效";
    default:
      return "未决";
  }
}

std::string Voted(const v1::Ballot& ballot) {
  const v1::BallotCount& count = ballot.count();
  return fmt::format(
      "会议对“{}”进行表决：应到{}家，实到{}家；赞成{}票，反对{}票，弃权{}票。表决结果：{}。",
      ballot.question(), count.entitled_units(), count.present_units(), count.for_votes(),
      count.against_votes(), count.abstain_votes(), OutcomeOf(ballot));
}

// What was voted and resolved on the items, by their ids, that `about` is true of.
template <class About>
std::string BodyOf(const MeetingRecord& record, const About& about) {
  std::string body;
  const auto add = [&](const std::string& line) {
    if (!body.empty()) body += "\n";
    body += line;
  };
  for (const v1::Ballot& ballot : record.ballots) {
    if (!about(ballot.agenda_item())) continue;
    if (ballot.state() == v1::Ballot::STATE_CLOSED) add(Voted(ballot));
    if (ballot.state() == v1::Ballot::STATE_CANCELLED) {
      add(fmt::format("对“{}”的表决已取消，未计票。", ballot.question()));
    }
  }
  for (const v1::Resolution& resolution : record.resolutions) {
    if (!about(resolution.agenda_item())) continue;
    add(fmt::format("会议决定：{}。", resolution.title()));
    if (!resolution.text().empty()) add(resolution.text());
  }
  return Utf8Prefix(body, 10'000);
}

// Of an item on which nothing was voted or decided. Where nobody came to any item, which
// ones were dealt with is not on record, and whoever edits the draft knows.
std::string Heard(const v1::Meeting& meeting, const v1::AgendaItem& item) {
  const auto& taken = meeting.taken_items();
  if (!taken.empty() && std::find(taken.begin(), taken.end(), item.id()) == taken.end()) {
    return fmt::format("“{}”一项未进行。", item.title());
  }
  const bool report = item.kind() == alliance::v1::ITEM_KIND_REPORT ||
                      item.kind() == alliance::v1::ITEM_KIND_UNSPECIFIED;
  return report ? fmt::format("会议听取了“{}”。", item.title())
                : fmt::format("会议研究了“{}”，未作表决。", item.title());
}

void AddSection(v1::Minutes& minutes, std::string heading, std::string body) {
  v1::MinutesSection& section = *minutes.add_sections();
  section.set_heading(std::move(heading));
  section.set_body(std::move(body));
}

void AddSections(const MeetingRecord& record, v1::Minutes& minutes) {
  std::set<std::string> ids;
  for (const v1::AgendaItem& item : record.meeting.agenda_items()) {
    ids.insert(item.id());
    std::string body = BodyOf(record, [&](const std::string& id) { return id == item.id(); });
    if (body.empty()) body = Heard(record.meeting, item);
    AddSection(minutes, item.title(), std::move(body));
  }
  // What is on no item, also of one that left the agenda: nothing decided is left out.
  std::string rest = BodyOf(record, [&](const std::string& id) { return ids.count(id) == 0; });
  if (!rest.empty()) {
    AddSection(minutes, "其他事项", std::move(rest));
  }
}

void AddAttendee(google::protobuf::RepeatedPtrField<v1::MinutesAttendee>& list,
                 const std::string& name, const std::string& note) {
  v1::MinutesAttendee& attendee = *list.Add();
  attendee.set_display_name(Utf8Prefix(name, 60));
  attendee.set_note(Utf8Prefix(note, 100));
}

void AddAttendance(const MeetingRecord& record, v1::Minutes& minutes) {
  std::set<std::string> came;
  for (const v1::Attendance& one : record.attendances) {
    came.insert(one.member());
    const std::string note =
        one.substitute() ? one.delegate_title() + "（委派）" : one.delegate_title();
    AddAttendee(one.observer() ? *minutes.mutable_in_attendance() : *minutes.mutable_present(),
                one.display_name(),
                one.substitute() && one.delegate_title().empty() ? "委派" : note);
  }
  for (const v1::Invitation& one : record.invitations) {
    if (one.answer() == v1::ANSWER_LEAVE && came.count(one.member()) == 0) {
      AddAttendee(*minutes.mutable_on_leave(), one.member_display_name(), one.note());
    }
  }
}

// How many units came, at any time: those that the list names.
size_t UnitsThatCame(const MeetingRecord& record) {
  std::set<std::string> units;
  for (const v1::Attendance& one : record.attendances) {
    if (!one.observer()) units.insert(one.member());
  }
  return units.size();
}

const char* MetOrNot(const v1::Quorum& quorum) { return quorum.met() ? "达到" : "未达到"; }

// The evidence:
// 会议开始时，应到有表决权单位9家，实到6家（其中委托1家），请假2家，列席1家；按章程第3版，
// 法定人数为应到的1/2，即5家，达到法定人数。会议结束时，实到5家，达到法定人数。
std::string QuorumOf(const v1::Meeting& meeting) {
  if (!meeting.has_open_quorum()) return "";
  const v1::Quorum& open = meeting.open_quorum();
  std::string text = fmt::format("会议开始时，应到有表决权单位{}家，实到{}家",
                                 open.entitled_count(), open.present_count());
  if (open.proxy_count() > 0) text += fmt::format("（其中委托{}家）", open.proxy_count());
  text += fmt::format(
      "，请假{}家，列席{}家；按章程第{}版，法定人数为应到的{}/{}，即{}家，{}法定人数。",
      open.leave_count(), open.observer_count(), open.charter_version(), open.rule().numerator(),
      open.rule().denominator(), open.needed_count(), MetOrNot(open));
  if (!meeting.has_close_quorum()) return text;
  const v1::Quorum& close = meeting.close_quorum();
  return text + fmt::format("会议结束时，应到{}家，实到{}家，{}法定人数。", close.entitled_count(),
                            close.present_count(), MetOrNot(close));
}

void AddTasks(const MeetingRecord& record, v1::Minutes& minutes) {
  for (const v1::Resolution& resolution : record.resolutions) {
    if (!resolution.to_carry_out()) continue;
    v1::MinutesTask& task = *minutes.add_tasks();
    task.set_resolution(resolution.name());
    task.set_title(resolution.title());
    task.set_responsible_unit(Utf8Prefix(resolution.lead_member_display_name(), 60));
    task.set_responsible_person(resolution.responsible_person());
    *task.mutable_due_date() = resolution.due_date();
  }
}

}  // namespace

v1::Minutes DraftOf(const MeetingRecord& record, absl::Time now) {
  const v1::Meeting& meeting = record.meeting;
  v1::Minutes minutes;
  const std::string body = NameOf(meeting.body());
  minutes.set_masthead(IsPlenary(meeting.body())
                           ? Utf8Prefix(record.alliance, 34) + "会议纪要"
                           : fmt::format("{}{}会议纪要", Utf8Prefix(record.alliance, 30), body));
  const absl::CivilDay today = absl::ToCivilDay(now, record.zone);
  minutes.set_number(fmt::format("〔{}〕{}号", today.year(), record.number));
  minutes.set_title(meeting.title() + "纪要");
  minutes.set_opening(fmt::format(
      "{}，{}{}召开{}。{}本次会议为{}，应到成员单位{}家，实到{}家。{}现将会议情况纪要如下。",
      When(meeting.has_open_time() ? meeting.open_time() : meeting.start_time(), record.zone),
      record.alliance, meeting.location().empty() ? "" : fmt::format("在{}", meeting.location()),
      meeting.title(),
      record.chair.empty() ? "" : fmt::format("会议由轮值主席单位{}主持。", record.chair), body,
      meeting.invited_count(), UnitsThatCame(record), QuorumOf(meeting)));
  AddSections(record, minutes);
  AddAttendance(record, minutes);
  AddTasks(record, minutes);
  minutes.set_signature(Utf8Prefix(record.alliance, 60));
  *minutes.mutable_issue_date() = alliance::ToDate(today);
  minutes.set_copies("各成员单位。");
  return minutes;
}

}  // namespace jinhuan::meeting
