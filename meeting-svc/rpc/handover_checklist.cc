#include "meeting-svc/rpc/handover_checklist.h"

#include <fmt/format.h>

#include "meeting-svc/domain/request_text.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kShown = 200;
constexpr int kMost = 10'000;   // counted of a kind
constexpr int kMeetings = 500;  // the latest, which a term and what comes after it don't exceed

google::type::Date DateOf(absl::Time time, absl::TimeZone zone) {
  const absl::CivilDay day = absl::ToCivilDay(time, zone);
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

v1::HandoverSection& Section(v1::Handover& handover, v1::HandoverKind kind) {
  v1::HandoverSection& section = *handover.add_sections();
  section.set_kind(kind);
  return section;
}

void Add(v1::HandoverSection& section, v1::HandoverItem item) {
  section.set_count(section.count() + 1);
  if (section.items_size() < kShown) *section.add_items() = std::move(item);
}

}  // namespace

absl::Status HandoverChecklist::Fill(db::Connection& connection, v1::Handover& handover,
                                     absl::Time now) const {
  handover.clear_sections();
  JH_RETURN_IF_ERROR(AddResolutions(connection, handover));
  JH_RETURN_IF_ERROR(AddProjects(connection, handover, now));
  JH_RETURN_IF_ERROR(AddRequests(connection, handover));
  JH_RETURN_IF_ERROR(AddMeetings(connection, handover));
  return AddContacts(connection, handover);
}

absl::Status HandoverChecklist::AddResolutions(db::Connection& connection,
                                               v1::Handover& handover) const {
  JH_ASSIGN_OR_RETURN(const auto open,
                      resolutions_.List(connection, api::AllianceOf(handover.name()),
                                        v1::Resolution::STATE_OPEN, "~", kMost));
  v1::HandoverSection& section = Section(handover, v1::HANDOVER_KIND_RESOLUTION);
  for (const v1::Resolution& resolution : open) {
    v1::HandoverItem item;
    item.set_resource(resolution.name());
    item.set_title(resolution.title());
    if (resolution.has_due_date()) *item.mutable_date() = resolution.due_date();
    item.set_responsible(resolution.lead_member_display_name());
    Add(section, std::move(item));
  }
  return absl::OkStatus();
}

absl::Status HandoverChecklist::AddProjects(db::Connection& connection, v1::Handover& handover,
                                            absl::Time now) const {
  v1::HandoverSection overdue;
  v1::HandoverSection on_time;
  overdue.set_kind(v1::HANDOVER_KIND_OVERDUE);
  on_time.set_kind(v1::HANDOVER_KIND_PROJECT);
  // What was submitted waits for the next chair to accept it.
  for (const auto state : {v1::Project::STATE_RUNNING, v1::Project::STATE_SUBMITTED}) {
    ProjectStore::Filter filter;
    filter.state = state;
    JH_ASSIGN_OR_RETURN(
        const auto open,
        projects_.List(connection, api::AllianceOf(handover.name()), filter, {}, kMost, now));
    for (const v1::Project& project : open) {
      v1::HandoverItem item;
      item.set_resource(project.name());
      item.set_title(project.title());
      *item.mutable_date() = project.due_date();
      item.set_responsible(project.lead_member_display_name());
      Add(project.overdue() ? overdue : on_time, std::move(item));
    }
  }
  *handover.add_sections() = std::move(overdue);
  *handover.add_sections() = std::move(on_time);
  return absl::OkStatus();
}

absl::Status HandoverChecklist::AddRequests(db::Connection& connection,
                                            v1::Handover& handover) const {
  const std::string alliance = api::AllianceOf(handover.name());
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, alliance));
  v1::HandoverSection& section = Section(handover, v1::HANDOVER_KIND_REQUEST);
  for (const auto state : {v1::Request::STATE_RECEIVED, v1::Request::STATE_CLASSIFIED,
                           v1::Request::STATE_DISPATCHED, v1::Request::STATE_IN_PROGRESS}) {
    RequestStore::Filter filter;
    filter.alliance = alliance;
    filter.state = state;
    JH_ASSIGN_OR_RETURN(const auto open, requests_.List(connection, filter, {}, kMost));
    for (const RequestStore::Stored& one : open) {
      v1::HandoverItem item;
      item.set_resource(one.request.name());
      // What people wrote is for the unit that has it; this is sealed and goes to two others.
      item.set_title(fmt::format("{}诉求", Text(one.request.category())));
      item.set_responsible(one.request.member_display_name());
      if (one.request.has_due_time()) {  // which is exclusive
        const absl::Time due = api::FromProto(one.request.due_time());
        *item.mutable_date() = DateOf(due - absl::Microseconds(1), zone);
      }
      Add(section, std::move(item));
    }
  }
  return absl::OkStatus();
}

absl::Status HandoverChecklist::AddMeetings(db::Connection& connection,
                                            v1::Handover& handover) const {
  const std::string alliance = api::AllianceOf(handover.name());
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, alliance));
  JH_ASSIGN_OR_RETURN(
      const auto ending,
      alliances_.TermAt(connection, alliance,
                        api::FromProto(handover.boundary_time()) - absl::Microseconds(1)));
  const absl::Time begin =
      ending.has_value() ? api::FromProto(ending->start_time()) : absl::InfinitePast();
  JH_ASSIGN_OR_RETURN(
      const auto meetings,
      meetings_.List(connection, api::LastId(alliance), v1::Meeting::STATE_UNSPECIFIED, {},
                     kMeetings, {.sees_drafts = true, .member_id = ""}));
  v1::HandoverSection prepared;
  v1::HandoverSection held;
  prepared.set_kind(v1::HANDOVER_KIND_AGENDA);
  held.set_kind(v1::HANDOVER_KIND_ARCHIVE);
  for (const v1::Meeting& meeting : meetings) {
    const absl::Time start = api::FromProto(meeting.start_time());
    if (start < begin) break;
    v1::HandoverItem item;
    item.set_resource(meeting.name());
    item.set_title(meeting.title());
    *item.mutable_date() = DateOf(start, zone);
    if (meeting.state() == v1::Meeting::STATE_CLOSED) {
      Add(held, std::move(item));
    } else if (meeting.state() != v1::Meeting::STATE_CANCELLED) {
      Add(prepared, std::move(item));
    }
  }
  *handover.add_sections() = std::move(prepared);
  *handover.add_sections() = std::move(held);
  return absl::OkStatus();
}

absl::Status HandoverChecklist::AddContacts(db::Connection& connection,
                                            v1::Handover& handover) const {
  JH_ASSIGN_OR_RETURN(const auto members,
                      alliances_.Members(connection, api::AllianceOf(handover.name())));
  JH_ASSIGN_OR_RETURN(auto known, contacts_.Of(connection, api::AllianceOf(handover.name())));
  v1::HandoverSection& contacts = Section(handover, v1::HANDOVER_KIND_CONTACT);
  for (const alliance::v1::Member& member : members) {
    v1::HandoverItem item;
    item.set_resource(member.name());
    item.set_title(member.display_name());
    for (v1::HandoverContact& one : known[api::LastId(member.name())]) {
      *item.add_contacts() = std::move(one);
    }
    Add(contacts, std::move(item));
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::meeting
