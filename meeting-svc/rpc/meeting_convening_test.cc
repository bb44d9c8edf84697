// Meetings from the draft to the answers to their notice.
#include <set>

#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

const auth::v1::Caller kLiaison = Liaison("m1");
const auth::v1::Caller kStaff = Staff("m1");
const auth::v1::Caller kChair = Chair("m2");

class MeetingConveningTest : public ServiceTest {
 protected:
  // The unit for which `caller` answered, or why it may not.
  std::string Answered(const auth::v1::Caller& caller, const std::string& meeting,
                       const std::string& member = "", v1::Answer answer = v1::ANSWER_ATTEND) {
    v1::AnswerNoticeRequest request;
    request.set_name(meeting);
    request.set_answer(answer);
    request.set_member(member);
    const auto invitation = Call(&Meetings::AnswerNotice, caller, request);
    return invitation.ok() ? invitation->member() : ReasonOf(invitation.status());
  }
  // The fields that are wrong with a meeting that the street drafts.
  std::vector<std::string> WrongFields(const v1::CreateMeetingRequest& request) {
    const absl::Status status = Call(&Meetings::CreateMeeting, Street(), request).status();
    google::rpc::BadRequest bad;
    const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
    EXPECT_EQ(status.ok(), !payload.has_value()) << status;
    if (payload.has_value()) bad.ParseFromString(std::string(*payload));
    std::vector<std::string> fields;
    for (const auto& violation : bad.field_violations()) fields.push_back(violation.field());
    return fields;
  }
};

TEST_F(MeetingConveningTest, ADraftIsSeenByWhoPreparesItAndAnsweredWhenItIsConvened) {
  const std::string name = Drafted().name();
  EXPECT_EQ(Refusal(&Meetings::GetMeeting, Street(), Named{name}), "");
  EXPECT_EQ(Refusal(&Meetings::GetMeeting, kLiaison, Named{name}), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Answered(kLiaison, name), "RESOURCE_NOT_FOUND");

  EXPECT_EQ(Do(&Meetings::ConveneMeeting, Street(), Named{name}).invited_count(), 3);
  EXPECT_EQ(Answered(kLiaison, name), Unit("m1"));
  const v1::Meeting seen = Do(&Meetings::GetMeeting, kStaff, Named{name});
  EXPECT_EQ(seen.answered_count(), 1);
  EXPECT_EQ(seen.own_invitation().answer(), v1::ANSWER_ATTEND);
  EXPECT_EQ(seen.own_invitation().member_display_name(), "m1");
}

TEST_F(MeetingConveningTest, EverythingThatIsWrongWithADraftIsSaidAtOnce) {
  v1::CreateMeetingRequest request;
  request.set_parent("alliances/a/meetings/m");
  EXPECT_THAT(WrongFields(request),
              ::testing::UnorderedElementsAre("parent", "meeting.title", "meeting.start_time",
                                              "meeting.end_time"));
}

TEST_F(MeetingConveningTest, OnlyTheLiaisonAnswersForTheUnit) {
  const std::string name = Convened().name();
  EXPECT_EQ(Answered(kStaff, name), "ROLE_REQUIRED");
  EXPECT_EQ(Answered(Street(), name), "ROLE_REQUIRED");
  EXPECT_EQ(Answered(Person("b", auth::v1::ROLE_LIAISON, "m1", "alliances/b"), name),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Answered(kLiaison, name, Unit("m2")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Answered(Liaison("m9"), name), "NOT_INVITED");

  // Of one unit the liaison, of another only staff.
  const auto both = With(kLiaison, auth::v1::ROLE_STAFF, "m2");
  EXPECT_EQ(Answered(both, name), Unit("m1"));
  EXPECT_EQ(Answered(both, name, Unit("m1")), Unit("m1"));
  EXPECT_EQ(Answered(both, name, Unit("m2")), "RESOURCE_NOT_FOUND");

  // Of two units the liaison: must say for which.
  EXPECT_EQ(Answered(With(kLiaison, auth::v1::ROLE_LIAISON, "m2"), name), "FIELD_REQUIRED");

  // The street's rights do not reach what a liaison may do for one unit.
  const auto street_too = With(kLiaison, auth::v1::ROLE_STREET_ADMIN);
  EXPECT_EQ(Answered(street_too, name, Unit("m2")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Answered(street_too, Drafted().name()), "STATE_WRONG");
}

TEST_F(MeetingConveningTest, ASubstituteIsNamedAndNobodyAnswersAMeetingThatHasBegun) {
  const std::string name = Convened(absl::Hours(24)).name();
  EXPECT_EQ(Answered(kLiaison, name, "", v1::ANSWER_SUBSTITUTE), "FIELD_REQUIRED");
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(Answered(kLiaison, name), "MEETING_BEGUN");
}

TEST_F(MeetingConveningTest, TwinsOfOneRequestConveneOnce) {
  v1::ConveneMeetingRequest request;
  request.set_name(Drafted().name());
  request.set_request_id("r-1");
  std::vector<v1::Meeting> answers(5);
  OnThreads(5, [&](int i) { answers[i] = Do(&Meetings::ConveneMeeting, Street(), request); });
  for (const v1::Meeting& answer : answers) {
    EXPECT_EQ(answer.SerializeAsString(), answers[0].SerializeAsString());
  }
  EXPECT_EQ(answers[0].invited_count(), 3);
}

TEST_F(MeetingConveningTest, MeetingsAreListedPageByPageAndDraftsToWhoPreparesThemAlone) {
  for (int i = 0; i < 5; ++i) Drafted(absl::Hours(24 + i % 2));
  const std::string convened = Convened().name();
  v1::ListMeetingsRequest request = Under{kAlliance};
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = Do(&Meetings::ListMeetings, Street(), request);
    for (const v1::Meeting& meeting : page.meetings()) names.push_back(meeting.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, SizeIs(6));
  EXPECT_THAT(std::set<std::string>(names.begin(), names.end()), SizeIs(6));

  const auto page = Do(&Meetings::ListMeetings, kLiaison, request);
  ASSERT_THAT(page.meetings(), SizeIs(1));
  EXPECT_EQ(page.meetings(0).name(), convened);
  EXPECT_EQ(page.meetings(0).own_invitation().member(), Unit("m1"));

  request.set_page_token("bm9uc2Vuc2U");
  EXPECT_EQ(Refusal(&Meetings::ListMeetings, Street(), request), "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  request.set_state(static_cast<v1::Meeting::State>(9));
  EXPECT_EQ(Refusal(&Meetings::ListMeetings, Street(), request), "FIELD_INVALID");
}

TEST_F(MeetingConveningTest, InvitationsAreListedToWhoSeesTheMeeting) {
  v1::ListInvitationsRequest request = Under{Convened().name()};
  request.set_page_size(2);
  auto page = Do(&Meetings::ListInvitations, kLiaison, request);
  ASSERT_THAT(page.invitations(), SizeIs(2));
  request.set_page_token(page.next_page_token());
  page = Do(&Meetings::ListInvitations, kLiaison, request);
  ASSERT_THAT(page.invitations(), SizeIs(1));
  EXPECT_EQ(page.invitations(0).member(), Unit("m3"));
  EXPECT_EQ(page.next_page_token(), "");

  request = Under{Drafted().name()};
  EXPECT_EQ(Refusal(&Meetings::ListInvitations, kLiaison, request), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refusal(&Meetings::ListInvitations, Street(), request), "");
  EXPECT_EQ(Refusal(&Meetings::ListInvitations, kStaff, request), "ROLE_REQUIRED");
}

TEST_F(MeetingConveningTest, AnAgendaNamesTopicsThatTheAllianceHasAccepted) {
  const std::string topic = TopicIn(v1::Topic::STATE_ACCEPTED);
  v1::CreateMeetingRequest request = MeetingIn(absl::Hours(24));
  request.mutable_meeting()->add_agenda_items()->set_title("通报");
  v1::AgendaItem& item = *request.mutable_meeting()->add_agenda_items();
  item.set_title("共享停车");
  const auto wrong = ::testing::ElementsAre("meeting.agenda_items[1].topic");
  item.set_topic("alliances/a/topics/none");
  EXPECT_THAT(WrongFields(request), wrong);
  item.set_topic("alliances/b/topics/" + api::LastId(topic));  // another alliance's
  EXPECT_THAT(WrongFields(request), wrong);
  for (const auto state : {v1::Topic::STATE_SUBMITTED, v1::Topic::STATE_DEFERRED,
                           v1::Topic::STATE_REJECTED, v1::Topic::STATE_WITHDRAWN}) {
    item.set_topic(TopicIn(state));
    EXPECT_THAT(WrongFields(request), wrong) << v1::Topic::State_Name(state);
  }
  item.set_topic(topic);
  v1::UpdateMeetingRequest update;
  *update.mutable_meeting() = Do(&Meetings::CreateMeeting, Street(), request);
  update.mutable_meeting()->mutable_agenda_items(0)->set_topic("alliances/a/topics/none");
  update.mutable_update_mask()->add_paths("agenda_items");
  EXPECT_EQ(Refusal(&Meetings::UpdateMeeting, Street(), update), "FIELD_INVALID");
}

TEST_F(MeetingConveningTest, NoticeGoesOutInTimeOrNotAtAll) {
  alliance::v1::Charter charter = Charter();
  charter.mutable_meeting()->set_notice_days(7);
  Follow(charter);
  const absl::Duration days = 7 * absl::Hours(24);
  EXPECT_EQ(
      Refusal(&Meetings::ConveneMeeting, Street(), Named{Drafted(days - absl::Seconds(1)).name()}),
      "NOTICE_TOO_LATE");
  EXPECT_EQ(Refusal(&Meetings::ConveneMeeting, Street(), Named{Drafted(days).name()}), "");
}

TEST_F(MeetingConveningTest, TheBodyIsOneThatThereIsAndMayChangeInADraft) {
  v1::CreateMeetingRequest request = MeetingIn(absl::Hours(24));
  request.mutable_meeting()->set_body(static_cast<v1::MeetingBody>(9));
  EXPECT_EQ(Refusal(&Meetings::CreateMeeting, kChair, request), "FIELD_INVALID");
  request.mutable_meeting()->set_body(v1::MEETING_BODY_COUNCIL);
  v1::UpdateMeetingRequest update;
  update.mutable_meeting()->set_name(Do(&Meetings::CreateMeeting, kChair, request).name());
  update.mutable_meeting()->set_body(v1::MEETING_BODY_STANDING);
  update.mutable_update_mask()->add_paths("body");
  EXPECT_EQ(Do(&Meetings::UpdateMeeting, kChair, update).body(), v1::MEETING_BODY_STANDING);
}

TEST_F(MeetingConveningTest, TemplatesAreKeptAndRemoved) {
  v1::CreateMeetingTemplateRequest request = Under{kAlliance};
  request.mutable_meeting_template()->set_display_name("季度联席会议");
  EXPECT_EQ(Refusal(&Meetings::CreateMeetingTemplate, kChair, request), "FIELD_REQUIRED");
  request.mutable_meeting_template()->set_minutes(14);
  EXPECT_EQ(Refusal(&Meetings::CreateMeetingTemplate, kChair, request), "FIELD_INVALID");
  request.mutable_meeting_template()->set_minutes(120);
  request.mutable_meeting_template()->add_agenda_items()->set_title("通报工作");
  request.mutable_meeting_template()->set_body(v1::MEETING_BODY_COUNCIL);
  const std::string name = Do(&Meetings::CreateMeetingTemplate, kChair, request).name();
  const auto all = Do(&Meetings::ListMeetingTemplates, Street(), Under{kAlliance});
  ASSERT_THAT(all.meeting_templates(), SizeIs(1));
  EXPECT_EQ(all.meeting_templates(0).body(), v1::MEETING_BODY_COUNCIL);
  EXPECT_EQ(Refusal(&Meetings::DeleteMeetingTemplate, Street(), Named{name}), "");
  EXPECT_EQ(Refusal(&Meetings::DeleteMeetingTemplate, Street(), Named{name}), "RESOURCE_NOT_FOUND");
}

}  // namespace
}  // namespace jinhuan::meeting
