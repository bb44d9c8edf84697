#include "meeting-svc/rpc/resolution_desk.h"

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/project_rules.h"
#include "meeting-svc/domain/resolution_basis.h"
#include "meeting-svc/domain/topic_rules.h"
#include "meeting-svc/rpc/meeting_names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/db/pool.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {
namespace {

constexpr char kResolution[] = "alliances/*/resolutions/*";

std::string BeforeId(const api::Page& page) { return page.first() ? "~" : page.after[0]; }

}  // namespace

absl::Status ResolutionDesk::CheckUnits(db::Connection& connection,
                                        v1::Resolution& resolution) const {
  resolution.clear_lead_member_display_name();
  if (!resolution.lead_member().empty()) {
    JH_ASSIGN_OR_RETURN(const auto lead,
                        deps_.alliances.ActiveMember(connection, resolution.lead_member()));
    resolution.set_lead_member_display_name(lead.display_name());
  }
  for (const std::string& member : resolution.supporting_members()) {
    JH_RETURN_IF_ERROR(deps_.alliances.ActiveMember(connection, member).status());
  }
  return absl::OkStatus();
}

absl::Status ResolutionDesk::Cite(db::Connection& connection, v1::Resolution& resolution) const {
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(resolution.meeting(), "resolution.meeting"));
  JH_ASSIGN_OR_RETURN(const v1::Meeting meeting, deps_.meetings.Get(connection, key, Viewer()));
  Violations violations;
  if (!resolution.agenda_item().empty()) {
    const auto& items = meeting.agenda_items();
    violations.Check("resolution.agenda_item",
                     std::any_of(items.begin(), items.end(),
                                 [&](const v1::AgendaItem& item) {
                                   return item.id() == resolution.agenda_item();
                                 }),
                     "an item of the agenda", "本次会议议程中的事项");
  }
  JH_ASSIGN_OR_RETURN(const auto ballots, deps_.ballots.All(connection, key));
  const v1::Ballot* const basis = BasisOf(resolution, ballots);
  if (!resolution.ballot().empty()) {
    violations.Check("resolution.ballot",
                     basis != nullptr && (resolution.agenda_item().empty() ||
                                          basis->agenda_item() == resolution.agenda_item()),
                     "a ballot of the meeting, on the item", "本次会议就该议程进行的表决");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_RETURN_IF_ERROR(CheckBasis(resolution, meeting, ballots));
  if (basis != nullptr) resolution.set_ballot(basis->name());
  return absl::OkStatus();
}

absl::StatusOr<std::string> ResolutionDesk::ProposerOf(db::Connection& connection,
                                                       const v1::Meeting& meeting,
                                                       const std::string& agenda_item) const {
  for (const v1::AgendaItem& item : meeting.agenda_items()) {
    if (item.id() != agenda_item || item.topic().empty()) continue;
    JH_ASSIGN_OR_RETURN(
        const v1::Topic topic,
        deps_.topics.Get(connection, {api::AllianceId(item.topic()), api::LastId(item.topic())},
                         ""));
    return topic.member();
  }
  return std::string();
}

absl::StatusOr<v1::Resolution> ResolutionDesk::Record(
    const api::Call& call, const v1::RecordResolutionRequest& request) const {
  Violations violations;
  const auto ids = api::MatchName("alliances/*", request.parent(), "parent", violations);
  const auto meeting = api::MatchName("alliances/*/meetings/*", request.resolution().meeting(),
                                      "resolution.meeting", violations);
  CheckResolution(request.resolution(), request.parent(), violations);
  if (ids.has_value() && meeting.has_value()) {
    violations.Check("resolution.meeting", ids->at(0) == meeting->at(0),
                     "a meeting of the alliance", "本联盟的会议");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const MeetingKey key{meeting->at(0), meeting->at(1)};
  return api::Write<v1::Resolution>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Resolution> {
        JH_RETURN_IF_ERROR(deps_.meetings.Claim(connection, key, v1::Meeting::STATE_OPEN,
                                                v1::Meeting::STATE_OPEN));
        v1::Resolution resolution = request.resolution();
        resolution.clear_project();
        resolution.set_state(resolution.to_carry_out() ? v1::Resolution::STATE_OPEN
                                                       : v1::Resolution::STATE_CARRIED_OUT);
        *resolution.mutable_create_time() = api::ToProto(call.now);
        JH_RETURN_IF_ERROR(CheckUnits(connection, resolution));
        JH_RETURN_IF_ERROR(Cite(connection, resolution));
        return deps_.resolutions.Record(connection, call, std::move(resolution));
      });
}

absl::Status ResolutionDesk::ClaimMeetingOf(db::Connection& connection,
                                            const std::string& name) const {
  JH_ASSIGN_OR_RETURN(const v1::Resolution found, deps_.resolutions.Get(connection, name));
  JH_ASSIGN_OR_RETURN(const MeetingKey key, KeyOf(found.meeting(), "resolution.meeting"));
  return deps_.meetings.Claim(connection, key, v1::Meeting::STATE_OPEN, v1::Meeting::STATE_OPEN);
}

absl::StatusOr<v1::Resolution> ResolutionDesk::Update(
    const api::Call& call, const v1::UpdateResolutionRequest& request) const {
  const std::string& name = request.resolution().name();
  JH_RETURN_IF_ERROR(api::RequireName(kResolution, name, "resolution.name").status());
  return api::Write<v1::Resolution>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Resolution> {
        JH_RETURN_IF_ERROR(ClaimMeetingOf(connection, name));
        JH_ASSIGN_OR_RETURN(const v1::Resolution before, deps_.resolutions.Get(connection, name));
        v1::Resolution after = before;
        JH_RETURN_IF_ERROR(
            api::ApplyMask(request.update_mask(),
                           {"agenda_item", "title", "text", "ballot", "to_carry_out", "lead_member",
                            "supporting_members", "responsible_person", "due_date", "standard",
                            "apart_from_votes"},
                           request.resolution(), after));
        Violations violations;
        CheckResolution(after, call.alliance, violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_RETURN_IF_ERROR(api::CheckEtag(request.resolution().etag(), before.etag(), name));
        JH_RETURN_IF_ERROR(CheckUnits(connection, after));
        JH_RETURN_IF_ERROR(Cite(connection, after));
        after.set_state(after.to_carry_out() ? v1::Resolution::STATE_OPEN
                                             : v1::Resolution::STATE_CARRIED_OUT);
        return deps_.resolutions.Update(connection, call, before, std::move(after));
      });
}

absl::StatusOr<v1::WithdrawResolutionResponse> ResolutionDesk::Withdraw(
    const api::Call& call, const v1::WithdrawResolutionRequest& request) const {
  Violations violations;
  api::MatchName(kResolution, request.name(), "name", violations);
  violations.CheckText("reason", request.reason(), 1, 500);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::WithdrawResolutionResponse>(
      deps_.pool, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::WithdrawResolutionResponse> {
        JH_RETURN_IF_ERROR(ClaimMeetingOf(connection, request.name()));
        JH_RETURN_IF_ERROR(
            deps_.resolutions.Withdraw(connection, call, request.name(), request.reason()));
        return v1::WithdrawResolutionResponse();
      });
}

absl::StatusOr<v1::Resolution> ResolutionDesk::Get(const api::Call& call,
                                                   const v1::GetResolutionRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kResolution, request.name()).status());
  return db::Read<v1::Resolution>(deps_.pool, call.deadline, [&](db::Connection& connection) {
    return deps_.resolutions.Get(connection, request.name());
  });
}

absl::StatusOr<v1::ListResolutionsResponse> ResolutionDesk::List(
    const api::Call& call, const v1::ListResolutionsRequest& request) const {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("state", v1::Resolution::State_IsValid(request.state()), "a known state",
                   "已有的决议状态");
  MeetingKey meeting;
  if (!request.meeting().empty()) {
    const auto ids =
        api::MatchName("alliances/*/meetings/*", request.meeting(), "meeting", violations);
    if (ids.has_value()) meeting = {api::LastId(request.parent()), ids->at(1)};
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(
      auto resolutions,
      db::Read<std::vector<v1::Resolution>>(
          deps_.pool, call.deadline, [&](db::Connection& connection) {
            return meeting.id.empty()
                       ? deps_.resolutions.List(connection, request.parent(), request.state(),
                                                BeforeId(page), page.limit())
                       : deps_.resolutions.ListOf(connection, meeting, request.state(),
                                                  BeforeId(page), page.limit());
          }));
  v1::ListResolutionsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, resolutions, *response.mutable_resolutions(),
                    [](const auto& one) { return std::vector{api::LastId(one.name())}; }));
  return response;
}

absl::Status ResolutionDesk::Conclude(db::Connection& connection, const api::Call& call,
                                      const MeetingKey& meeting) const {
  JH_ASSIGN_OR_RETURN(const auto resolutions, deps_.resolutions.All(connection, meeting));
  JH_ASSIGN_OR_RETURN(const auto ballots, deps_.ballots.All(connection, meeting));
  JH_ASSIGN_OR_RETURN(const v1::Meeting held, deps_.meetings.Get(connection, meeting, Viewer()));
  for (const v1::Resolution& resolution : resolutions) {
    if (!IsComplete(resolution)) {
      return Error(v1::ERROR_REASON_RESOLUTION_INCOMPLETE,
                   {{"name", resolution.name()}, {"title", resolution.title()}});
    }
    // A vote that was held after it was recorded counts too.
    JH_RETURN_IF_ERROR(CheckBasis(resolution, held, ballots));
    if (!resolution.to_carry_out()) continue;
    JH_ASSIGN_OR_RETURN(const std::string proposer,
                        ProposerOf(connection, held, resolution.agenda_item()));
    JH_ASSIGN_OR_RETURN(const v1::Project project, deps_.projects.CreateFromResolution(
                                                       connection, call, resolution, proposer));
    v1::Resolution after = resolution;
    after.set_project(project.name());
    JH_RETURN_IF_ERROR(
        deps_.resolutions.Update(connection, call, resolution, std::move(after)).status());
  }
  return SettleTopics(connection, call, TopicsDealtWith(held, ballots, resolutions), meeting);
}

absl::Status ResolutionDesk::SettleTopics(db::Connection& connection, const api::Call& call,
                                          const std::vector<std::string>& topics,
                                          const MeetingKey& meeting) const {
  for (const std::string& name : topics) {
    const TopicKey key{api::AllianceId(name), api::LastId(name)};
    JH_RETURN_IF_ERROR(deps_.topics.Claim(connection, key, v1::Topic::State_MAX));
    JH_ASSIGN_OR_RETURN(const v1::Topic before, deps_.topics.Get(connection, key, ""));
    if (before.state() != v1::Topic::STATE_ACCEPTED) continue;  // another meeting was first
    v1::Topic after = before;
    after.set_meeting(meeting.name());
    after = Moved(std::move(after), v1::Topic::STATE_SETTLED, "", meeting.name(), call.now);
    JH_RETURN_IF_ERROR(deps_.topics.Put(connection, call, before, after));
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::meeting
