// What meetings tell, and what is proposed, voted on and published in them.
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/procedure.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"
#include "meeting-svc/domain/notice_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;

TEST(MeetingNoticesTest, WhoIsInvitedHearsWhatChanges) {
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

TEST(MeetingNoticesTest, ATopicAsksTheStreetAndTheChairAndItsProposerHearsWhatBecomesOfIt) {
  v1::Topic topic;
  topic.set_name("alliances/a/topics/t");
  topic.set_title("共享停车");
  topic.set_member("alliances/a/members/m");
  topic.set_member_display_name("青禾小学");
  topic.set_state(v1::Topic::STATE_SUBMITTED);
  EXPECT_THAT(Told(topic), ElementsAre("alliances/a#street ! 青禾小学提出议题《共享停车》，请审核",
                                       "alliances/a#chair ! 青禾小学提出议题《共享停车》，请审核"));
  const v1::Topic submitted = topic;
  topic.set_state(v1::Topic::STATE_REJECTED);
  topic.add_steps()->set_reason("不属于联盟职责");
  EXPECT_THAT(Told(&submitted, topic),
              ElementsAre("alliances/a/members/m#liaisons "
                          "贵单位的议题《共享停车》未予采纳：不属于联盟职责"));
  v1::Topic settled = submitted;
  settled.set_state(v1::Topic::STATE_SETTLED);
  settled.add_steps();
  EXPECT_THAT(Told(&submitted, settled),
              ElementsAre("alliances/a/members/m#liaisons "
                          "贵单位的议题《共享停车》已经联席会议审议办结"));
  topic.set_state(v1::Topic::STATE_WITHDRAWN);
  EXPECT_TRUE(Told(&submitted, topic).empty());
}

TEST(MeetingNoticesTest, WhoVotesHearsWhenAndWhatCameOfIt) {
  v1::Ballot ballot;
  ballot.set_name("alliances/a/meetings/m/ballots/b");
  ballot.set_question("夜间停车");
  ballot.set_state(v1::Ballot::STATE_DRAWING);
  const std::string electors = "alliances/a/meetings/m/ballots/b#electors";
  EXPECT_THAT(Told(ballot), ElementsAre(electors + " ! 无记名表决发票，请领取选票：夜间停车"));
  const v1::Ballot drawing = ballot;
  ballot.set_state(v1::Ballot::STATE_OPEN);
  EXPECT_THAT(Told(&drawing, ballot), ElementsAre(electors + " ! 表决开始，请投票：夜间停车"));
  EXPECT_THAT(Told(ballot), ElementsAre(electors + " ! 表决开始，请投票：夜间停车"));
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

TEST(MeetingNoticesTest, AProxyIsToldToItsHolder) {
  v1::Proxy proxy;
  proxy.set_name("alliances/a/meetings/m/proxies/g");
  proxy.set_holder("alliances/a/members/h");
  EXPECT_THAT(
      Told(proxy),
      ElementsAre("alliances/a/members/h#liaisons 本单位受托在会议上代为表决，请在会议页查看"));
  // Who held it before hears that it is gone, replaced or taken back.
  EXPECT_TRUE(Told(&proxy, proxy).empty());
  const std::string lost = " 本单位在会议上的一项代为表决委托已撤回或改托他人";
  v1::Proxy other = proxy;
  other.set_holder("alliances/a/members/o");
  EXPECT_THAT(
      Told(&proxy, other),
      ElementsAre("alliances/a/members/h#liaisons" + lost,
                  "alliances/a/members/o#liaisons 本单位受托在会议上代为表决，请在会议页查看"));
  journal::v1::Entry revoked;
  revoked.set_alliance("alliances/a");
  revoked.mutable_before()->PackFrom(other);
  const std::vector<Telling> told = TellingsOf(revoked, kZone);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].audience + " " + told[0].notice.text(),
            "alliances/a/members/o#liaisons" + lost);
}

TEST(MeetingNoticesTest, WhatIsPublishedOfAProcedureIsToldOnceToAll) {
  v1::Procedure procedure;
  procedure.set_name("alliances/a/procedures/p");
  procedure.set_title("错时停车");
  v1::Step& step = *procedure.add_steps();
  step.mutable_stage()->set_display_name("决议公开");
  step.set_state(v1::Step::STATE_CURRENT);
  EXPECT_TRUE(Told(procedure).empty());
  const v1::Procedure current = procedure;
  step.set_state(v1::Step::STATE_PUBLISHED);
  step.mutable_publication_end_date()->set_year(2026);
  step.mutable_publication_end_date()->set_month(12);
  step.mutable_publication_end_date()->set_day(5);
  EXPECT_THAT(
      Told(&current, procedure),
      ElementsAre("alliances/a#everyone 公示：《错时停车》决议公开，至 2026 年 12 月 5 日止"));
  EXPECT_TRUE(Told(&procedure, procedure).empty());
}

}  // namespace
}  // namespace jinhuan::meeting
