#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/handover.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/minutes.pb.h"
#include "jinhuan/meeting/v1/procedure.pb.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"
#include "meeting-svc/domain/meeting_body.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/project_rules.h"
#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {
namespace {

// What a ballot decided, as a sentence on it says.
Tellings::Words OutcomeWords(v1::Ballot::Outcome outcome) {
  if (outcome == v1::Ballot::OUTCOME_CARRIED) return {"通过", "carried"};
  if (outcome == v1::Ballot::OUTCOME_REJECTED) return {"未通过", "not carried"};
  return {"未达法定人数", "no quorum"};
}

// Who was invited: of a meeting of all units also those that joined since.
std::string InvitedOf(const v1::Meeting& meeting, const Tellings& tellings) {
  return IsPlenary(meeting.body()) ? AllLiaisons(tellings.alliance()) : InvitedTo(meeting.name());
}

// What those who were invited must know anew.
void OnMeetingChanged(const v1::Meeting& before, const v1::Meeting& meeting, Tellings& tellings) {
  using google::protobuf::util::MessageDifferencer;
  Tellings::Words what;
  if (!MessageDifferencer::Equals(before.start_time(), meeting.start_time()) ||
      !MessageDifferencer::Equals(before.end_time(), meeting.end_time())) {
    what.zh += fmt::format("；时间改为 {} 至 {}", tellings.When(meeting.start_time()),
                           tellings.When(meeting.end_time()));
    what.en += fmt::format("; now {} to {}", tellings.WhenEn(meeting.start_time()),
                           tellings.WhenEn(meeting.end_time()));
  }
  if (before.location() != meeting.location()) {
    what.zh += fmt::format("；地点改为{}", meeting.location());
    what.en += fmt::format("; the place is {}", meeting.location());
  }
  if (!std::equal(before.agenda_items().begin(), before.agenda_items().end(),
                  meeting.agenda_items().begin(), meeting.agenda_items().end(),
                  [](const auto& a, const auto& b) { return MessageDifferencer::Equals(a, b); })) {
    what.zh += "；议程有调整";
    what.en += "; another agenda";
  }
  if (what.zh.empty()) return;
  tellings.Tell(InvitedOf(meeting, tellings),
                {fmt::format("{}有变更{}", meeting.title(), what.zh),
                 fmt::format("{} was changed{}", meeting.title(), what.en)});
}

void OnMeeting(const Changed<v1::Meeting>& change, Tellings& tellings) {
  const v1::Meeting& meeting = change.after;
  if (change.Became(v1::Meeting::STATE_CONVENED)) {
    tellings.Tell(InvitedOf(meeting, tellings),
                  {fmt::format("{} 召开{}，请答复是否参会", tellings.When(meeting.start_time()),
                               meeting.title()),
                   fmt::format("{} on {}: please answer", meeting.title(),
                               tellings.WhenEn(meeting.start_time()))},
                  true);
  } else if (change.Became(v1::Meeting::STATE_CANCELLED) &&
             change.before->state() == v1::Meeting::STATE_CONVENED) {
    tellings.Tell(InvitedOf(meeting, tellings),
                  {fmt::format("{} 的{}已取消：{}", tellings.When(meeting.start_time()),
                               meeting.title(), meeting.cancel_reason()),
                   fmt::format("{} on {} is called off", meeting.title(),
                               tellings.WhenEn(meeting.start_time()))});
  } else if (meeting.state() == v1::Meeting::STATE_CONVENED && change.before.has_value()) {
    OnMeetingChanged(*change.before, meeting, tellings);
  }
}

// The units that vote hear when it is their turn, and what came of it.
void OnBallot(const Changed<v1::Ballot>& change, Tellings& tellings) {
  const v1::Ballot& ballot = change.after;
  const std::string electors = ElectorsOf(ballot.name());
  const std::string& question = ballot.question();
  const v1::BallotCount& count = ballot.count();
  if (change.Became(v1::Ballot::STATE_DRAWING)) {
    tellings.Tell(electors,
                  {fmt::format("无记名表决发票，请领取选票：{}", question),
                   fmt::format("secret ballot, please draw your paper: {}", question)},
                  true);
  } else if (change.Became(v1::Ballot::STATE_OPEN)) {
    tellings.Tell(
        electors,
        {fmt::format("表决开始，请投票：{}", question), fmt::format("please vote: {}", question)},
        true);
  } else if (change.Became(v1::Ballot::STATE_CLOSED)) {
    const auto [zh, en] = OutcomeWords(ballot.outcome());
    tellings.Tell(electors,
                  {fmt::format("表决{}：{}（赞成 {}，反对 {}，弃权 {}）", zh, question,
                               count.for_votes(), count.against_votes(), count.abstain_votes()),
                   fmt::format("{}: {} ({} for, {} against, {} abstained)", en, question,
                               count.for_votes(), count.against_votes(), count.abstain_votes())});
  } else if (change.Became(v1::Ballot::STATE_CANCELLED)) {
    tellings.Tell(electors,
                  {fmt::format("表决已取消：{}（{}）", question, tellings.reason()),
                   fmt::format("the ballot is called off: {} ({})", question, tellings.reason())});
  }
}

void OnMinutes(const Changed<v1::Minutes>& change, Tellings& tellings) {
  if (!change.Became(v1::Minutes::STATE_PUBLISHED)) return;
  const std::string& title = change.after.title();
  tellings.Tell(Everyone(tellings.alliance()),
                {fmt::format("{}已发布", title), fmt::format("published: {}", title)});
}

// What is published of a procedure is for all to object to.
void OnProcedure(const Changed<v1::Procedure>& change, Tellings& tellings) {
  const v1::Procedure& procedure = change.after;
  for (int i = 0; i < procedure.steps_size(); ++i) {
    const v1::Step& step = procedure.steps(i);
    const bool was = change.before.has_value() && i < change.before->steps_size() &&
                     change.before->steps(i).state() == v1::Step::STATE_PUBLISHED;
    if (step.state() != v1::Step::STATE_PUBLISHED || was) continue;
    const auto& last = step.publication_end_date();
    tellings.Tell(
        Everyone(tellings.alliance()),
        {fmt::format("公示：《{}》{}，至 {} 年 {} 月 {} 日止", procedure.title(),
                     step.stage().display_name(), last.year(), last.month(), last.day()),
         fmt::format("published until {:04}-{:02}-{:02}: {}, {}", last.year(), last.month(),
                     last.day(), procedure.title(), step.stage().display_name())});
  }
}

void OnProxyLost(const v1::Proxy& proxy, Tellings& tellings) {
  tellings.Tell(LiaisonsOf(proxy.holder()), {"本单位在会议上的一项代为表决委托已撤回或改托他人",
                                             "a proxy that your unit held has ended"});
}

void OnProxy(const Changed<v1::Proxy>& change, Tellings& tellings) {
  if (change.before.has_value()) {
    if (change.before->holder() == change.after.holder()) return;
    OnProxyLost(*change.before, tellings);
  }
  tellings.Tell(LiaisonsOf(change.after.holder()), {"本单位受托在会议上代为表决，请在会议页查看",
                                                    "your unit is to vote for another one"});
}

// Another due date is told to the lead and the proposer, another lead to the proposer too.
void OnTerms(const Changed<v1::Project>& change, const std::string& proposer, Tellings& tellings) {
  using google::protobuf::util::MessageDifferencer;
  if (!change.before.has_value()) return;
  const v1::Project& project = change.after;
  const std::string& title = project.title();
  if (!MessageDifferencer::Equals(change.before->due_date(), project.due_date())) {
    const auto& due = project.due_date();
    const Tellings::Words words{
        fmt::format("项目期限改为 {} 年 {} 月 {} 日：{}", due.year(), due.month(), due.day(),
                    title),
        fmt::format("now due {:04}-{:02}-{:02}: {}", due.year(), due.month(), due.day(), title)};
    tellings.Tell(LiaisonsOf(project.lead_member()), words);
    tellings.Tell(proposer, words);
  }
  if (change.before->lead_member() != project.lead_member()) {
    tellings.Tell(proposer,
                  {fmt::format("项目已改由{}牵头：{}", project.lead_member_display_name(), title),
                   fmt::format("{} leads now: {}", project.lead_member_display_name(), title)});
  }
}

// Who is to work on it hears so, when it is set up or comes to it later.
void OnUnitsOfProject(const Changed<v1::Project>& change, Tellings& tellings) {
  const v1::Project& project = change.after;
  const std::string& title = project.title();
  if (change.before.has_value() && change.before->lead_member() != project.lead_member()) {
    tellings.Tell(
        LiaisonsOf(project.lead_member()),
        {fmt::format("本单位牵头项目：{}", title), fmt::format("your unit leads: {}", title)},
        true);
    tellings.Tell(LiaisonsOf(change.before->lead_member()),
                  {fmt::format("项目已改由{}牵头：{}", project.lead_member_display_name(), title),
                   fmt::format("{} leads now: {}", project.lead_member_display_name(), title)});
  }
  for (const std::string& unit : project.supporting_members()) {
    if (change.before.has_value() &&
        std::ranges::count(change.before->supporting_members(), unit) > 0) {
      continue;
    }
    tellings.Tell(LiaisonsOf(unit), {fmt::format("本单位配合项目：{}", title),
                                     fmt::format("your unit supports: {}", title)});
  }
}

// Of which milestones the clock did something just now, each time `has` says so anew: "“a”" or
// "“a”等 3 个"; empty for none.
Tellings::Words NewlyTold(const Changed<v1::Project>& change, bool (v1::Milestone::*has)() const) {
  std::vector<std::string> titles;
  for (const v1::Milestone& one : change.after.milestones()) {
    const auto& all = change.before->milestones();
    const auto was = std::ranges::find(all, one.id(), &v1::Milestone::id);
    if ((one.*has)() && (was == all.end() || !((*was).*has)())) titles.push_back(one.title());
  }
  if (titles.empty()) return {};
  if (titles.size() == 1) {
    return {fmt::format("“{}”", titles[0]), fmt::format("\"{}\"", titles[0])};
  }
  return {fmt::format("“{}”等 {} 个", titles[0], titles.size()),
          fmt::format("\"{}\" and {} more", titles[0], titles.size() - 1)};
}

// Who works on it hears before a milestone is due and once it is overdue; then also who proposed
// it and the street, which supervises.
void OnMilestones(const Changed<v1::Project>& change, const std::string& proposer,
                  Tellings& tellings) {
  if (!change.before.has_value()) return;
  const v1::Project& project = change.after;
  const Tellings::Words soon = NewlyTold(change, &v1::Milestone::has_remind_time);
  const Tellings::Words late = NewlyTold(change, &v1::Milestone::has_overdue_time);
  const auto tell = [&](const std::string& whom, bool act) {
    if (!soon.zh.empty()) {
      tellings.Tell(whom,
                    {fmt::format("项目节点{}即将到期：{}", soon.zh, project.title()),
                     fmt::format("milestone {} is soon due: {}", soon.en, project.title())},
                    act);
    }
    if (!late.zh.empty()) {
      tellings.Tell(whom,
                    {fmt::format("项目节点{}已逾期：{}", late.zh, project.title()),
                     fmt::format("milestone {} is overdue: {}", late.en, project.title())},
                    act);
    }
  };
  tell(LiaisonsOf(project.lead_member()), true);
  for (const std::string& unit : project.supporting_members()) tell(LiaisonsOf(unit), false);
  if (late.zh.empty()) return;
  const Tellings::Words words{fmt::format("项目节点{}已逾期，由{}牵头：{}", late.zh,
                                          project.lead_member_display_name(), project.title()),
                              fmt::format("milestone {} is overdue, {} leads: {}", late.en,
                                          project.lead_member_display_name(), project.title())};
  const std::string street = TheStreet(tellings.alliance());
  tellings.Tell(street, words);
  if (proposer != street) tellings.Tell(proposer, words);
}

void OnReport(const Changed<v1::ProgressReport>& change, Tellings& tellings) {
  // That the work is done is told with the project's state.
  if (change.before.has_value() || change.after.finished()) return;
  const std::string& name = change.after.name();
  tellings.Tell(ProposerOf(name.substr(0, name.find("/reports/"))),
                {"项目有新的进展汇报", "a project's progress was reported"});
}

void OnSupervision(const Changed<v1::SupervisionNotice>& change, Tellings& tellings) {
  if (!change.after.has_answer_time()) return;
  if (change.before.has_value() && change.before->has_answer_time()) return;
  tellings.Tell(TheStreet(tellings.alliance()),
                {change.after.late() ? "督办单已逾期答复" : "督办单已答复",
                 change.after.late() ? "a supervision notice was answered late"
                                     : "a supervision notice was answered"});
}

// What its proposer, or the street, thinks of the work is for who did it; others of the proposer
// hear of it as of every step.
void OnRating(const Changed<v1::Project>& change, const std::string& proposer, Tellings& tellings) {
  const v1::Project& project = change.after;
  if (!change.before.has_value() || project.rating() == change.before->rating()) return;
  const Tellings::Words words{fmt::format("项目获评 {} 分：{}", project.rating(), project.title()),
                              fmt::format("rated {} of 5: {}", project.rating(), project.title())};
  tellings.Tell(LiaisonsOf(project.lead_member()), words);
  for (const std::string& unit : project.supporting_members()) {
    tellings.Tell(LiaisonsOf(unit), words);
  }
  tellings.Tell(proposer, words);
}

// Everyone who works on it, and who proposed it, lays it down.
void OnStopped(const v1::Project& project, const std::string& proposer, Tellings& tellings) {
  const Tellings::Words words{
      fmt::format("项目已终止：{}（{}）", project.title(), project.verdict_note()),
      fmt::format("stopped: {} ({})", project.title(), project.verdict_note())};
  tellings.Tell(LiaisonsOf(project.lead_member()), words);
  for (const std::string& unit : project.supporting_members()) {
    tellings.Tell(LiaisonsOf(unit), words);
  }
  tellings.Tell(proposer, words);
}

void OnProject(const Changed<v1::Project>& change, Tellings& tellings) {
  const v1::Project& project = change.after;
  const std::string lead = LiaisonsOf(project.lead_member());
  // The proposer hears of every step; where nobody proposed, the street does.
  const std::string street = TheStreet(tellings.alliance());
  const std::string proposer =
      project.proposer_member().empty() ? street : LiaisonsOf(project.proposer_member());
  const std::string& title = project.title();
  if (!change.before.has_value()) {
    tellings.Tell(
        lead, {fmt::format("本单位牵头项目：{}", title), fmt::format("your unit leads: {}", title)},
        true);
    tellings.Tell(proposer, {fmt::format("已立项：{}", title), fmt::format("set up: {}", title)});
  } else if (change.Became(v1::Project::STATE_SUBMITTED)) {
    tellings.Tell(
        street, {fmt::format("项目报请验收：{}", title), fmt::format("to be accepted: {}", title)},
        true);
    if (proposer != street) {
      tellings.Tell(proposer, {fmt::format("项目已报请验收：{}", title),
                               fmt::format("reported as done: {}", title)});
    }
  } else if (change.Became(v1::Project::STATE_ACCEPTED)) {
    tellings.Tell(lead,
                  {fmt::format("项目已通过验收：{}", title), fmt::format("accepted: {}", title)});
    const std::string rater = RaterOf(project);
    tellings.Tell(rater.empty() ? street : LiaisonsOf(rater),
                  {fmt::format("项目已通过验收，请评价：{}", title),
                   fmt::format("accepted, please rate: {}", title)},
                  true);
  } else if (change.Became(v1::Project::STATE_STOPPED)) {
    OnStopped(project, proposer, tellings);
  } else if (change.Became(v1::Project::STATE_RUNNING)) {
    tellings.Tell(lead,
                  {fmt::format("项目验收退回：{}（{}）", title, project.verdict_note()),
                   fmt::format("sent back: {}", title)},
                  true);
    tellings.Tell(proposer, {fmt::format("项目验收退回：{}（{}）", title, project.verdict_note()),
                             fmt::format("sent back: {}", title)});
  } else if (project.has_remind_time() && !change.before->has_remind_time()) {
    tellings.Tell(
        lead, {fmt::format("项目即将到期：{}", title), fmt::format("soon due: {}", title)}, true);
  } else if (project.progress_percent() != change.before->progress_percent()) {
    tellings.Tell(proposer, {fmt::format("项目进度 {}%：{}", project.progress_percent(), title),
                             fmt::format("{}% done: {}", project.progress_percent(), title)});
  }
  if (change.before.has_value() &&
      project.supervision_count() > change.before->supervision_count()) {
    tellings.Tell(lead,
                  {fmt::format("收到督办单，请限期答复：{}", title),
                   fmt::format("supervision: please answer: {}", title)},
                  true);
    const Tellings::Words words{
        fmt::format("已向{}发出督办单：{}", project.lead_member_display_name(), title),
        fmt::format("{} is asked to account for: {}", project.lead_member_display_name(), title)};
    // The street knows of what it issues itself.
    const bool automatic = project.has_supervise_time() && !change.before->has_supervise_time();
    if (automatic) tellings.Tell(street, words);
    if (proposer != street && proposer != lead) tellings.Tell(proposer, words);
  }
  OnMilestones(change, proposer, tellings);
  OnRating(change, proposer, tellings);
  OnUnitsOfProject(change, tellings);
  OnTerms(change, proposer, tellings);
}

void OnHandover(const Changed<v1::Handover>& change, Tellings& tellings) {
  const v1::Handover& handover = change.after;
  const std::vector<std::string> both = {LiaisonsOf(handover.outgoing_member()),
                                         LiaisonsOf(handover.incoming_member())};
  const bool late = handover.has_escalate_time() &&
                    !(change.before.has_value() && change.before->has_escalate_time());
  if (late) {
    const Tellings::Words words{"轮值任期已开始，交接尚未签署完毕，请尽快补签",
                                "the term has begun and its handover is not signed by both"};
    for (const std::string& unit : both) tellings.Tell(unit, words, true);
    tellings.Tell(TheStreet(tellings.alliance()), words, true);
  } else if (handover.state() == v1::Handover::STATE_SIGNED) {
    for (const std::string& unit : both) {
      tellings.Tell(unit, {"轮值交接已由双方签署", "the handover is signed by both"});
    }
  } else if (handover.has_outgoing_signature()) {
    tellings.Tell(both[1],
                  {"轮值交接已由移交方签署，请核对后签署", "the handover awaits your signature"},
                  true);
  } else if (handover.has_incoming_signature()) {
    tellings.Tell(both[0],
                  {"轮值交接已由接任方签署，请核对后签署", "the handover awaits your signature"},
                  true);
  }
}

// The proposer is told of every decision, and who decides of every topic.
void OnTopic(const Changed<v1::Topic>& change, Tellings& tellings) {
  const v1::Topic& topic = change.after;
  if (change.Became(v1::Topic::STATE_SUBMITTED)) {
    const Tellings::Words words{
        fmt::format("{}提出议题《{}》，请审核",
                    topic.member().empty() ? "街道" : topic.member_display_name(), topic.title()),
        fmt::format("the topic {} waits for its review", topic.title())};
    tellings.Tell(TheStreet(tellings.alliance()), words, true);
    tellings.Tell(TheChair(tellings.alliance()), words, true);
    return;
  }
  if (topic.member().empty()) return;
  const auto say = [&](v1::Topic::State state, const char* zh, const char* en) {
    if (!change.Became(state)) return;
    const std::string& why = topic.steps(topic.steps_size() - 1).reason();
    tellings.Tell(
        LiaisonsOf(topic.member()),
        {fmt::format("贵单位的议题《{}》{}{}{}", topic.title(), zh, why.empty() ? "" : "：", why),
         fmt::format("your topic {} was {}{}{}", topic.title(), en, why.empty() ? "" : ": ", why)});
  };
  say(v1::Topic::STATE_ACCEPTED, "已采纳", "accepted");
  say(v1::Topic::STATE_DEFERRED, "已缓议", "deferred");
  say(v1::Topic::STATE_MERGED, "已并入其他议题", "merged into another");
  say(v1::Topic::STATE_REJECTED, "未予采纳", "rejected");
  say(v1::Topic::STATE_SETTLED, "已经联席会议审议办结", "settled by a joint meeting");
}

}  // namespace

void TellOfMeetings(const journal::v1::Entry& entry, Tellings& tellings) {
  When<v1::Meeting>(entry, [&](const auto& change) { OnMeeting(change, tellings); });
  When<v1::Ballot>(entry, [&](const auto& change) { OnBallot(change, tellings); });
  When<v1::Topic>(entry, [&](const auto& change) { OnTopic(change, tellings); });
  When<v1::Minutes>(entry, [&](const auto& change) { OnMinutes(change, tellings); });
  When<v1::Handover>(entry, [&](const auto& change) { OnHandover(change, tellings); });
  When<v1::Procedure>(entry, [&](const auto& change) { OnProcedure(change, tellings); });
  When<v1::Proxy>(entry, [&](const auto& change) { OnProxy(change, tellings); });
  WhenGone<v1::Proxy>(entry, [&](const auto& before) { OnProxyLost(before, tellings); });
  When<v1::ProgressReport>(entry, [&](const auto& change) { OnReport(change, tellings); });
  When<v1::SupervisionNotice>(entry, [&](const auto& change) { OnSupervision(change, tellings); });
  When<v1::Project>(entry, [&](const auto& change) { OnProject(change, tellings); });
}

}  // namespace jinhuan::meeting
