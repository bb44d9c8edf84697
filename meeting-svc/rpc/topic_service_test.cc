// Topics: who submits, endorses and reviews them, and until when.
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;
using v1::Topic;

constexpr int kTopicDays = 5;

const auth::v1::Caller kChair = Chair("m3");
const auth::v1::Caller kFirst = Liaison("m1");
const auth::v1::Caller kSecond = Liaison("m2");
const auth::v1::Caller kThird = Liaison("m3");

class TopicServiceTest : public ServiceTest {
 protected:
  static v1::SubmitTopicRequest Proposal(const std::string& meeting = "") {
    v1::SubmitTopicRequest request = Under{kAlliance};
    request.mutable_topic()->set_title("共享停车");
    request.mutable_topic()->set_body("夜间车位不足");
    request.mutable_topic()->set_meeting(meeting);
    v1::TopicAttachment& file = *request.add_attachments();
    file.set_display_name("方案.pdf");
    file.set_content("%PDF-1.7");
    return request;
  }
  Topic Submit(const auth::v1::Caller& caller) {
    return Do(&Topics::SubmitTopic, caller, Proposal());
  }
  Topic Get(const auth::v1::Caller& caller, const std::string& name) {
    return Do(&Topics::GetTopic, caller, Named{name});
  }
  Topic Endorse(const auth::v1::Caller& caller, const std::string& name) {
    return Do(&Topics::EndorseTopic, caller, Named{name});
  }
  static v1::ReviewTopicRequest Decision(const std::string& name, Topic::State decision) {
    v1::ReviewTopicRequest request = Named{name};
    request.set_decision(decision);
    if (decision != Topic::STATE_ACCEPTED) request.set_reason("因此");
    return request;
  }
  static v1::ReviewTopicRequest MergingInto(const std::string& into, const std::string& name) {
    v1::ReviewTopicRequest request = Decision(name, Topic::STATE_MERGED);
    request.set_merge_into(into);
    return request;
  }
  // Tries, and says why it is refused; nothing when it is done.
  std::string Review(const auth::v1::Caller& caller, const v1::ReviewTopicRequest& request) {
    return Refusal(&Topics::ReviewTopic, caller, request);
  }
};

TEST_F(TopicServiceTest, AUnitAndTheStreetSubmit) {
  const Topic topic = Submit(kFirst);
  EXPECT_EQ(topic.member(), Unit("m1"));
  EXPECT_EQ(topic.member_display_name(), "m1");
  EXPECT_EQ(Submit(Street()).member(), "");
  EXPECT_EQ(Refusal(&Topics::SubmitTopic, Staff("m1"), Proposal()), "ROLE_REQUIRED");
  EXPECT_EQ(Refusal(&Topics::SubmitTopic, Liaison("gone"), Proposal()), "RESOURCE_NOT_FOUND");
  const auto both = With(kFirst, auth::v1::ROLE_LIAISON, "m2");
  EXPECT_EQ(Refusal(&Topics::SubmitTopic, both, Proposal()), "FIELD_REQUIRED");

  const Named file = {topic.name() + "/attachments/1"};
  EXPECT_EQ(Do(&Topics::GetTopicAttachment, kSecond, file).content(), "%PDF-1.7");
  const Named none = {topic.name() + "/attachments/x"};
  EXPECT_EQ(Refusal(&Topics::GetTopicAttachment, kSecond, none), "RESOURCE_NOT_FOUND");
}

TEST_F(TopicServiceTest, TopicsForAMeetingAreCollectedUntilTheChartersDay) {
  alliance::v1::Charter charter = Charter();
  charter.mutable_meeting()->set_topic_days(kTopicDays);
  Follow(charter);
  const std::string meeting = Drafted(absl::Hours(24) * kTopicDays + absl::Seconds(1)).name();
  const auto refusal = [&](const auth::v1::Caller& caller) {
    return Refusal(&Topics::SubmitTopic, caller, Proposal(meeting));
  };
  EXPECT_EQ(refusal(Street()), "");
  EXPECT_EQ(refusal(kFirst), "RESOURCE_NOT_FOUND");  // a draft
  const std::string early = Submit(kFirst).name();
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(refusal(Street()), "TOPIC_LATE");
  const std::string late = Submit(kFirst).name();

  // What came in time may be accepted for it afterwards; what came late may not.
  v1::ReviewTopicRequest accept = Decision(early, Topic::STATE_ACCEPTED);
  accept.set_meeting(meeting);
  EXPECT_EQ(Do(&Topics::ReviewTopic, Street(), accept).meeting(), meeting);
  accept.set_name(late);
  EXPECT_EQ(Review(Street(), accept), "TOPIC_LATE");
  EXPECT_EQ(Review(Street(), Decision(late, Topic::STATE_DEFERRED)), "");
}

TEST_F(TopicServiceTest, OtherUnitsEndorseOnceAndMayTakeItBack) {
  const std::string name = Submit(kFirst).name();
  EXPECT_EQ(Refusal(&Topics::EndorseTopic, kFirst, Named{name}), "OWN_TOPIC");
  EXPECT_EQ(Refusal(&Topics::EndorseTopic, Street(), Named{name}), "ROLE_REQUIRED");
  EXPECT_EQ(Endorse(kSecond, name).endorsement_count(), 1);
  const Topic again = Endorse(kSecond, name);
  EXPECT_EQ(again.endorsement_count(), 1);
  EXPECT_TRUE(again.own_endorsed());
  EXPECT_FALSE(Get(kThird, name).own_endorsed());
  EXPECT_EQ(Do(&Topics::WithdrawEndorsement, kSecond, Named{name}).endorsement_count(), 0);
}

TEST_F(TopicServiceTest, TheChairAndTheStreetReviewAndTheProposerSeesEachStep) {
  const std::string name = Submit(kFirst).name();
  EXPECT_EQ(Review(kSecond, Decision(name, Topic::STATE_ACCEPTED)), "ROLE_REQUIRED");
  EXPECT_EQ(Review(Street(), Decision(name, Topic::STATE_DEFERRED)), "");
  EXPECT_EQ(Review(kChair, Decision(name, Topic::STATE_REJECTED)), "");
  EXPECT_EQ(Review(kChair, Decision(name, Topic::STATE_ACCEPTED)), "STATE_WRONG");
  EXPECT_EQ(Refusal(&Topics::EndorseTopic, kSecond, Named{name}), "STATE_WRONG");
  const Topic seen = Get(kFirst, name);
  ASSERT_THAT(seen.steps(), SizeIs(3));
  EXPECT_EQ(seen.steps(1).state(), Topic::STATE_DEFERRED);
  EXPECT_EQ(seen.steps(2).reason(), "因此");
}

TEST_F(TopicServiceTest, WhatIsDecidedByAVoteIsOnNoAgendaAsLess) {
  v1::SubmitTopicRequest proposal = Proposal();
  proposal.mutable_topic()->set_kind(alliance::v1::ITEM_KIND_MAJOR);
  const std::string name = Do(&Topics::SubmitTopic, kFirst, proposal).name();
  ASSERT_EQ(Review(kChair, Decision(name, Topic::STATE_ACCEPTED)), "");
  v1::CreateMeetingRequest create = MeetingIn(absl::Hours(24));
  v1::AgendaItem& item = *create.mutable_meeting()->add_agenda_items();
  item.set_title("共享停车");
  item.set_topic(name);
  for (const auto kind : {alliance::v1::ITEM_KIND_UNSPECIFIED, alliance::v1::ITEM_KIND_ORDINARY,
                          alliance::v1::ITEM_KIND_REPORT}) {
    item.set_kind(kind);
    EXPECT_EQ(Refusal(&Meetings::CreateMeeting, kChair, create), "FIELD_INVALID");
  }
  item.set_kind(alliance::v1::ITEM_KIND_MAJOR);
  EXPECT_EQ(Refusal(&Meetings::CreateMeeting, kChair, create), "");
}

TEST_F(TopicServiceTest, AMergedTopicsSupportGoesOn) {
  const std::string into = Submit(kFirst).name();
  const std::string name = Submit(kSecond).name();
  Endorse(kFirst, name);
  Endorse(kThird, name);
  const Topic merged = Do(&Topics::ReviewTopic, kChair, MergingInto(into, name));
  EXPECT_EQ(merged.merged_into(), into);
  const Topic target = Get(kFirst, into);
  EXPECT_EQ(target.endorsement_count(), 2);  // its own proposer is none
  EXPECT_EQ(target.state(), Topic::STATE_SUBMITTED);
  // What is merged takes nothing over; nor does another alliance's.
  EXPECT_EQ(Review(kChair, MergingInto(name, Submit(kFirst).name())), "STATE_WRONG");
  EXPECT_EQ(Review(kChair, MergingInto("alliances/b/topics/t", into)), "FIELD_INVALID");
}

TEST_F(TopicServiceTest, OfTwoThatMergeIntoEachOtherOneStays) {
  const std::string a = Submit(kFirst).name();
  const std::string b = Submit(kSecond).name();
  std::vector<std::string> reasons(2);
  OnThreads(2, [&](int i) {
    reasons[i] = Review(kChair, i == 0 ? MergingInto(b, a) : MergingInto(a, b));
  });
  EXPECT_THAT(reasons, ::testing::UnorderedElementsAre("", "STATE_WRONG"));
}

TEST_F(TopicServiceTest, OnlyItsProposerTakesATopicBack) {
  const Named name = {Submit(kFirst).name()};
  EXPECT_EQ(Refusal(&Topics::WithdrawTopic, kSecond, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Do(&Topics::WithdrawTopic, kFirst, name).state(), Topic::STATE_WITHDRAWN);
  EXPECT_EQ(Refusal(&Topics::WithdrawTopic, kFirst, name), "STATE_WRONG");
}

TEST_F(TopicServiceTest, TopicsAreListedNewestFirstPageByPage) {
  std::vector<std::string> expected;
  for (int i = 0; i < 3; ++i) expected.insert(expected.begin(), Submit(kFirst).name());
  v1::ListTopicsRequest request = Under{kAlliance};
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = Do(&Topics::ListTopics, kSecond, request);
    for (const Topic& topic : page.topics()) names.push_back(topic.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names, expected);
  request.set_meeting("x");
  EXPECT_EQ(Refusal(&Topics::ListTopics, kSecond, request), "NAME_INVALID");
}

}  // namespace
}  // namespace jinhuan::meeting
