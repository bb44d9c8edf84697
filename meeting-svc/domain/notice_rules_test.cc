#include "meeting-svc/domain/notice_rules.h"

#include <gmock/gmock.h>

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/procedure.pb.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "jinhuan/meeting/v1/request.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/lottery.pb.h"
#include "jinhuan/resource/v1/pass.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using resource::v1::Booking;

// 2026-11-28 18:00 in the zone of the tests.
const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);
const absl::Time kEvening = absl::FromCivil(absl::CivilHour(2026, 11, 28, 18), kZone);

template <class Resource>
std::vector<std::string> Told(const Resource* before, const Resource& after,
                              const std::string& actor = "users/lender") {
  journal::v1::Entry entry;
  entry.set_alliance("alliances/a");
  entry.set_resource(after.name());
  entry.set_actor(actor);
  entry.set_reason("见说明");
  if (before != nullptr) entry.mutable_before()->PackFrom(*before);
  entry.mutable_after()->PackFrom(after);
  std::vector<std::string> told;
  for (const Telling& telling : TellingsOf(entry, kZone)) {
    EXPECT_FALSE(telling.notice.text().empty() || telling.notice.text_en().empty());
    EXPECT_EQ(telling.notice.resource(), after.name());
    std::string line = telling.audience;
    line += telling.notice.action_needed() ? " ! " : " ";
    line += telling.notice.text();
    told.push_back(std::move(line));
  }
  return told;
}

Booking BookingIn(Booking::State state) {
  Booking booking;
  booking.set_name("alliances/a/bookings/b");
  booking.set_user("users/u");
  booking.set_lender("alliances/a/members/l");
  booking.set_state(state);
  booking.set_facility_display_name("云杉大厦车库");
  *booking.mutable_start_time() = api::ToProto(kEvening);
  *booking.mutable_expire_time() = api::ToProto(kEvening - absl::Hours(2));
  return booking;
}

TEST(NoticeRulesTest, ABookersNews) {
  const Booking pending = BookingIn(Booking::STATE_PENDING);
  using ::testing::ElementsAre;
  EXPECT_THAT(Told<Booking>(nullptr, pending),
              ElementsAre("alliances/a/members/l#liaisons ! 11月28日 18:00 云杉大厦车库 "
                          "有一个预约待审批"));
  EXPECT_THAT(Told(&pending, BookingIn(Booking::STATE_CONFIRMED)),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 的预约已获批准"));
  const Booking waiting = BookingIn(Booking::STATE_WAITLISTED);
  EXPECT_THAT(Told(&waiting, BookingIn(Booking::STATE_OFFERED)),
              ElementsAre("users/u ! 11月28日 18:00 云杉大厦车库 候补到位，请在 11月28日 16:00 "
                          "前确认"));
}

TEST(NoticeRulesTest, WhatSomebodyDidItselfIsNoNews) {
  const Booking confirmed = BookingIn(Booking::STATE_CONFIRMED);
  const Booking cancelled = BookingIn(Booking::STATE_CANCELLED);
  EXPECT_TRUE(Told<Booking>(nullptr, confirmed).empty());
  EXPECT_TRUE(Told(&confirmed, cancelled, "users/u").empty());
  EXPECT_EQ(Told(&confirmed, cancelled, "users/street").size(), 1U);
  EXPECT_TRUE(Told(&confirmed, confirmed).empty());  // another plate, say
}

TEST(NoticeRulesTest, APassIsToldOfOnceAndItsDaysNot) {
  using resource::v1::Pass;
  using ::testing::ElementsAre;
  Booking day = BookingIn(Booking::STATE_PENDING);
  day.set_pass("alliances/a/passes/p");
  const Booking pending_day = day;
  EXPECT_TRUE(Told<Booking>(nullptr, day).empty());
  for (const auto state : {Booking::STATE_CONFIRMED, Booking::STATE_REJECTED,
                           Booking::STATE_EXPIRED, Booking::STATE_CANCELLED}) {
    day.set_state(state);
    EXPECT_TRUE(Told(&pending_day, day).empty()) << state;
  }
  day.set_state(Booking::STATE_RECALLED);  // of a pass that stands
  EXPECT_EQ(Told(&pending_day, day).size(), 1U);

  Pass pass;
  pass.set_name("alliances/a/passes/p");
  pass.set_user("users/u");
  pass.set_lender("alliances/a/members/l");
  pass.set_facility_display_name("云杉大厦车库");
  pass.set_state(Pass::STATE_ACTIVE);
  EXPECT_TRUE(Told<Pass>(nullptr, pass).empty());
  pass.set_state(Pass::STATE_PENDING);
  EXPECT_THAT(Told<Pass>(nullptr, pass),
              ElementsAre("alliances/a/members/l#liaisons ! 云杉大厦车库 有一张月卡待审批"));
  const Pass pending = pass;
  pass.set_state(Pass::STATE_ACTIVE);
  EXPECT_THAT(Told(&pending, pass), ElementsAre("users/u 云杉大厦车库 的月卡已获批准"));
  pass.set_cancel_reason("车位不足");
  pass.set_state(Pass::STATE_REJECTED);
  EXPECT_THAT(Told(&pending, pass), ElementsAre("users/u 云杉大厦车库 的月卡未获批准：车位不足"));
  pass.set_state(Pass::STATE_CANCELLED);
  EXPECT_THAT(Told(&pending, pass), ElementsAre("users/u 云杉大厦车库 的月卡已被取消：车位不足"));
  EXPECT_TRUE(Told(&pending, pass, "users/u").empty());
}

TEST(NoticeRulesTest, WhoAskedHearsWhatTheDrawGave) {
  using resource::v1::LotteryRequest;
  using ::testing::ElementsAre;
  LotteryRequest request;
  request.set_name("alliances/a/facilities/f/windows/w/draws/2026-11-28/lotteryRequests/r");
  request.set_user("users/u");
  request.set_facility_display_name("云杉大厦车库");
  *request.mutable_start_time() = api::ToProto(kEvening);
  request.set_state(LotteryRequest::STATE_SEALED);
  EXPECT_TRUE(Told<LotteryRequest>(nullptr, request).empty());
  const LotteryRequest sealed = request;
  request.set_state(LotteryRequest::STATE_WON);
  const LotteryRequest won = request;
  EXPECT_THAT(Told(&sealed, won),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 摇号中签，预约已生成"));
  EXPECT_TRUE(Told(&won, won).empty());
  request.set_state(LotteryRequest::STATE_LOST);
  EXPECT_THAT(Told(&sealed, request),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 摇号未中签"));
  request.set_state(LotteryRequest::STATE_VOID);
  EXPECT_THAT(Told(&sealed, request),
              ElementsAre("users/u 11月28日 18:00 云杉大厦车库 的申请未能参加摇号"));
  request.set_state(LotteryRequest::STATE_WITHDRAWN);
  EXPECT_TRUE(Told(&sealed, request).empty());
}

TEST(NoticeRulesTest, AnApplicationAsksTheStreet) {
  alliance::v1::Member member;
  member.set_name("alliances/a/members/m");
  member.set_display_name("青禾小学");
  member.set_state(alliance::v1::Member::STATE_APPLIED);
  EXPECT_THAT(Told<alliance::v1::Member>(nullptr, member),
              ::testing::ElementsAre("alliances/a#street ! 青禾小学申请加入联盟，请审核"));
  const alliance::v1::Member applied = member;
  member.set_state(alliance::v1::Member::STATE_ACTIVE);
  EXPECT_THAT(Told(&applied, member),
              ::testing::ElementsAre("alliances/a#liaisons 青禾小学成为联盟成员单位"));
  EXPECT_TRUE(Told<alliance::v1::Member>(nullptr, member).empty());  // of a roster
  alliance::v1::Member suspended = member;
  suspended.set_state(alliance::v1::Member::STATE_SUSPENDED);
  EXPECT_THAT(Told(&suspended, member),
              ::testing::ElementsAre("alliances/a#liaisons 青禾小学已恢复成员资格"));
}

TEST(NoticeRulesTest, ATopicAsksTheStreetAndTheChairAndItsProposerHearsWhatBecomesOfIt) {
  v1::Topic topic;
  topic.set_name("alliances/a/topics/t");
  topic.set_title("共享停车");
  topic.set_member("alliances/a/members/m");
  topic.set_member_display_name("青禾小学");
  topic.set_state(v1::Topic::STATE_SUBMITTED);
  EXPECT_THAT(Told<v1::Topic>(nullptr, topic),
              ::testing::ElementsAre("alliances/a#street ! 青禾小学提出议题《共享停车》，请审核",
                                     "alliances/a#chair ! 青禾小学提出议题《共享停车》，请审核"));
  const v1::Topic submitted = topic;
  topic.set_state(v1::Topic::STATE_REJECTED);
  topic.add_steps()->set_reason("不属于联盟职责");
  EXPECT_THAT(Told(&submitted, topic),
              ::testing::ElementsAre("alliances/a/members/m#liaisons "
                                     "贵单位的议题《共享停车》未予采纳：不属于联盟职责"));
  topic.set_state(v1::Topic::STATE_WITHDRAWN);
  EXPECT_TRUE(Told(&submitted, topic).empty());
}

TEST(NoticeRulesTest, ARequestIsToldToWhoMustActAndItsReporterHearsWhatBecomesOfIt) {
  using ::testing::ElementsAre;
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  request.set_reporter("users/u");
  request.set_category(v1::REQUEST_CATEGORY_NOISE);
  request.set_state(v1::Request::STATE_CLASSIFIED);
  *request.mutable_due_time() = api::ToProto(kEvening);
  const v1::Request classified = request;
  EXPECT_THAT(Told<v1::Request>(nullptr, request),
              ElementsAre("alliances/a#street ! 收到一件噪声诉求，尚无单位承办，请派单"));
  request.set_state(v1::Request::STATE_DISPATCHED);
  request.set_member("alliances/a/members/m");
  request.set_member_display_name("青禾小学");
  const std::string to_unit =
      "alliances/a/members/m#liaisons ! 本单位收到一件噪声诉求，请于 11月28日 18:00 前办结";
  EXPECT_THAT(Told<v1::Request>(nullptr, request), ElementsAre(to_unit));  // by the table
  EXPECT_THAT(Told(&classified, request),
              ElementsAre(to_unit, "users/u 您的噪声诉求已派给青禾小学"));
  const v1::Request dispatched = request;
  EXPECT_TRUE(Told(&dispatched, request).empty());
  v1::Request elsewhere = dispatched;
  elsewhere.set_member("alliances/a/members/n");
  elsewhere.set_member_display_name("云杉大厦");
  EXPECT_THAT(
      Told(&dispatched, elsewhere),
      ElementsAre(
          "alliances/a/members/n#liaisons ! 本单位收到一件噪声诉求，请于 11月28日 18:00 前办结",
          "alliances/a/members/m#liaisons 一件噪声诉求已改派云杉大厦：见说明",
          "users/u 您的噪声诉求已派给云杉大厦"));
  request.set_state(v1::Request::STATE_IN_PROGRESS);
  const v1::Request started = request;
  EXPECT_THAT(Told(&dispatched, started), ElementsAre("users/u 您的噪声诉求已由青禾小学开始办理"));
  request.set_state(v1::Request::STATE_RESOLVED);
  const v1::Request resolved = request;
  EXPECT_THAT(Told(&started, resolved),
              ElementsAre("users/u ! 您的噪声诉求已由青禾小学办结，请评价"));
  request.set_state(v1::Request::STATE_RATED);
  request.set_rating(3);
  EXPECT_TRUE(Told(&resolved, request).empty());
  request.set_rating(2);
  EXPECT_THAT(Told(&resolved, request),
              ElementsAre("alliances/a/members/m#liaisons 本单位办结的一件噪声诉求被评为 2 分"));
}

TEST(NoticeRulesTest, TheSystemThatSentAnAlertIsNotTold) {
  v1::Request request;
  request.set_name("alliances/a/requests/r");
  request.set_reporter("users/sensor");
  request.set_source("smoke");
  request.set_state(v1::Request::STATE_DISPATCHED);
  request.set_member("alliances/a/members/m");
  const v1::Request dispatched = request;
  request.set_state(v1::Request::STATE_RESOLVED);
  EXPECT_TRUE(Told(&dispatched, request).empty());
}

TEST(NoticeRulesTest, WhoIsInvitedHearsWhatChanges) {
  using ::testing::ElementsAre;
  v1::Meeting meeting;
  meeting.set_name("alliances/a/meetings/m");
  meeting.set_title("联席会议");
  meeting.set_state(v1::Meeting::STATE_CONVENED);
  *meeting.mutable_start_time() = api::ToProto(kEvening);
  *meeting.mutable_end_time() = api::ToProto(kEvening + absl::Hours(1));
  meeting.set_location("议事厅");
  meeting.add_agenda_items()->set_title("夜间停车");
  const v1::Meeting convened = meeting;
  meeting.set_etag("2");
  EXPECT_TRUE(Told(&convened, meeting).empty());
  *meeting.mutable_start_time() = api::ToProto(kEvening - absl::Hours(1));
  meeting.set_location("邻里中心");
  meeting.mutable_agenda_items(0)->set_title("错时停车");
  EXPECT_THAT(Told(&convened, meeting),
              ElementsAre("alliances/a#liaisons 联席会议有变更；时间改为 11月28日 17:00 至 "
                          "11月28日 19:00；地点改为邻里中心；议程有调整"));
  v1::Meeting draft = convened;
  draft.set_state(v1::Meeting::STATE_DRAFT);
  v1::Meeting other_draft = meeting;
  other_draft.set_state(v1::Meeting::STATE_DRAFT);
  EXPECT_TRUE(Told(&draft, other_draft).empty());
}

TEST(NoticeRulesTest, WhatIsPublishedOfAProcedureIsToldOnceToAll) {
  v1::Procedure procedure;
  procedure.set_name("alliances/a/procedures/p");
  procedure.set_title("错时停车");
  v1::Step& step = *procedure.add_steps();
  step.mutable_stage()->set_display_name("决议公开");
  step.set_state(v1::Step::STATE_CURRENT);
  EXPECT_TRUE(Told<v1::Procedure>(nullptr, procedure).empty());
  const v1::Procedure current = procedure;
  step.set_state(v1::Step::STATE_PUBLISHED);
  step.mutable_publication_end_date()->set_year(2026);
  step.mutable_publication_end_date()->set_month(12);
  step.mutable_publication_end_date()->set_day(5);
  EXPECT_THAT(Told(&current, procedure),
              ::testing::ElementsAre(
                  "alliances/a#everyone 公示：《错时停车》决议公开，至 2026 年 12 月 5 日止"));
  EXPECT_TRUE(Told(&procedure, procedure).empty());
}

TEST(NoticeRulesTest, AProxyIsToldToItsHolder) {
  v1::Proxy proxy;
  proxy.set_name("alliances/a/meetings/m/proxies/g");
  proxy.set_holder("alliances/a/members/h");
  EXPECT_THAT(Told<v1::Proxy>(nullptr, proxy),
              ::testing::ElementsAre(
                  "alliances/a/members/h#liaisons 本单位受托在会议上代为表决，请在会议页查看"));
}

TEST(NoticeRulesTest, AProjectIsToldToItsProposerStepByStepAndToItsUnitsOnce) {
  using ::testing::Contains;
  using ::testing::ElementsAre;
  v1::Project project;
  project.set_name("alliances/a/projects/p");
  project.set_title("错时停车");
  project.set_proposer_member("alliances/a/members/p");
  project.set_lead_member("alliances/a/members/l");
  project.add_supporting_members("alliances/a/members/s");
  project.set_state(v1::Project::STATE_RUNNING);
  EXPECT_THAT(Told<v1::Project>(nullptr, project),
              Contains("alliances/a/members/s#liaisons 本单位配合项目：错时停车"));
  EXPECT_TRUE(Told(&project, project).empty());
  v1::Project changed = project;
  changed.set_lead_member("alliances/a/members/n");
  changed.set_lead_member_display_name("青禾小学");
  changed.add_supporting_members("alliances/a/members/t");
  EXPECT_THAT(Told(&project, changed),
              ElementsAre("alliances/a/members/n#liaisons ! 本单位牵头项目：错时停车",
                          "alliances/a/members/l#liaisons 项目已改由青禾小学牵头：错时停车",
                          "alliances/a/members/t#liaisons 本单位配合项目：错时停车"));
  v1::Project submitted = project;
  submitted.set_state(v1::Project::STATE_SUBMITTED);
  project.set_verdict_note("标线未完成");
  EXPECT_THAT(Told(&submitted, project),
              ElementsAre("alliances/a/members/l#liaisons ! 项目验收退回：错时停车（标线未完成）",
                          "alliances/a/members/p#liaisons 项目验收退回：错时停车（标线未完成）"));

  v1::ProgressReport report;
  report.set_name("alliances/a/projects/p/reports/r");
  EXPECT_THAT(Told<v1::ProgressReport>(nullptr, report),
              ElementsAre("alliances/a/projects/p#proposer 项目有新的进展汇报"));
  report.set_finished(true);  // told with the state
  EXPECT_TRUE(Told<v1::ProgressReport>(nullptr, report).empty());
}

TEST(NoticeRulesTest, AnAnswerToASupervisionNoticeReachesTheStreetOnce) {
  v1::SupervisionNotice notice;
  notice.set_name("alliances/a/projects/p/supervisionNotices/n");
  EXPECT_TRUE(Told<v1::SupervisionNotice>(nullptr, notice).empty());
  const v1::SupervisionNotice issued = notice;
  *notice.mutable_answer_time() = api::ToProto(kEvening);
  EXPECT_THAT(Told(&issued, notice), ::testing::ElementsAre("alliances/a#street 督办单已答复"));
  EXPECT_TRUE(Told(&notice, notice).empty());
}

TEST(NoticeRulesTest, WhoVotesHearsWhenAndWhatCameOfIt) {
  using ::testing::ElementsAre;
  v1::Ballot ballot;
  ballot.set_name("alliances/a/meetings/m/ballots/b");
  ballot.set_question("夜间停车");
  ballot.set_state(v1::Ballot::STATE_DRAWING);
  const std::string electors = "alliances/a/meetings/m/ballots/b#electors";
  EXPECT_THAT(Told<v1::Ballot>(nullptr, ballot),
              ElementsAre(electors + " ! 无记名表决发票，请领取选票：夜间停车"));
  const v1::Ballot drawing = ballot;
  ballot.set_state(v1::Ballot::STATE_OPEN);
  EXPECT_THAT(Told(&drawing, ballot), ElementsAre(electors + " ! 表决开始，请投票：夜间停车"));
  EXPECT_THAT(Told<v1::Ballot>(nullptr, ballot),
              ElementsAre(electors + " ! 表决开始，请投票：夜间停车"));
  const v1::Ballot open = ballot;
  ballot.set_state(v1::Ballot::STATE_CLOSED);
  ballot.set_outcome(v1::Ballot::OUTCOME_CARRIED);
  ballot.mutable_count()->set_for_votes(3);
  ballot.mutable_count()->set_against_votes(1);
  EXPECT_THAT(Told(&open, ballot),
              ElementsAre(electors + " 表决通过：夜间停车（赞成 3，反对 1，弃权 0）"));
  ballot.set_state(v1::Ballot::STATE_CANCELLED);
  EXPECT_EQ(Told(&open, ballot).size(), 1U);
}

TEST(NoticeRulesTest, WhatIsTornTellsNothing) {
  journal::v1::Entry entry;
  EXPECT_TRUE(TellingsOf(entry, kZone).empty());
  entry.mutable_after()->PackFrom(BookingIn(Booking::STATE_PENDING));
  entry.mutable_after()->mutable_value()->pop_back();
  EXPECT_TRUE(TellingsOf(entry, kZone).empty());
}

TEST(NoticeRulesTest, CirclesFollowRoles) {
  auth::v1::Caller caller;
  caller.set_name("users/u");
  for (const auto role : {auth::v1::ROLE_LIAISON, auth::v1::ROLE_STAFF, auth::v1::ROLE_CHAIR}) {
    auth::v1::Grant& grant = *caller.add_grants();
    grant.set_role(role);
    grant.set_alliance("alliances/a");
    grant.set_member("alliances/a/members/m");
  }
  EXPECT_THAT(AudiencesOf(caller),
              ::testing::ElementsAre("alliances/a#everyone", "alliances/a#liaisons",
                                     "alliances/a/members/m#liaisons", "users/u"));
}

TEST(NoticeRulesTest, TheReporterOfAMergedRequestHearsOfTheOther) {
  using ::testing::ElementsAre;
  v1::Request open;
  open.set_name("alliances/a/requests/r");
  open.set_reporter("users/u");
  open.set_category(v1::REQUEST_CATEGORY_NOISE);
  open.set_state(v1::Request::STATE_CLASSIFIED);
  v1::Request merged = open;
  merged.set_state(v1::Request::STATE_MERGED);
  EXPECT_THAT(Told(&open, merged),
              ElementsAre("users/u 您的噪声诉求已与相同诉求并案办理，进展照常可查"));
  v1::Request before = merged;
  before.mutable_progress()->set_state(v1::Request::STATE_CLASSIFIED);
  v1::Request after = merged;
  after.mutable_progress()->set_state(v1::Request::STATE_DISPATCHED);
  after.mutable_progress()->set_member_display_name("小寒数据");
  EXPECT_THAT(Told(&before, after), ElementsAre("users/u 您的噪声诉求已派给小寒数据"));
  before = after;
  after.mutable_progress()->set_state(v1::Request::STATE_RESOLVED);
  EXPECT_THAT(Told(&before, after), ElementsAre("users/u ! 您的噪声诉求已由小寒数据办结，请评价"));
  EXPECT_THAT(Told(&merged, merged), ElementsAre());
  EXPECT_THAT(Told<v1::Request>(nullptr, merged), ElementsAre());  // filed with the others
}

}  // namespace
}  // namespace jinhuan::meeting
