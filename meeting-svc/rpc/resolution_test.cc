// What a meeting decides, and the project that comes of it.
#include "meeting-svc/rpc/project_fixture.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

class ResolutionTest : public ProjectTest {};

TEST_F(ResolutionTest, AMeetingClosesOnlyOverResolutionsThatSomebodyCarriesOutByADate) {
  const v1::Meeting meeting = Opened();
  v1::RecordResolutionRequest record = ResolutionOf(meeting);
  record.mutable_resolution()->clear_lead_member();
  record.mutable_resolution()->clear_due_date();
  const std::string name = Do(&Projects::RecordResolution, kChair, record).name();
  EXPECT_EQ(Close(meeting), "RESOLUTION_INCOMPLETE");

  v1::UpdateResolutionRequest update;
  update.mutable_resolution()->set_name(name);
  update.mutable_resolution()->set_lead_member(Unit("m1"));
  EXPECT_EQ(Refusal(&Projects::UpdateResolution, kChair, update), "");
  EXPECT_EQ(Close(meeting), "RESOLUTION_INCOMPLETE");
  *update.mutable_resolution()->mutable_due_date() = alliance::ToDate(absl::CivilDay(2026, 12, 31));
  EXPECT_EQ(Do(&Projects::UpdateResolution, kChair, update).lead_member_display_name(), "m1");
  EXPECT_EQ(Close(meeting), "");
  EXPECT_EQ(Close(meeting), "STATE_WRONG");
  EXPECT_EQ(Refusal(&Projects::UpdateResolution, kChair, update), "STATE_WRONG");
}

TEST_F(ResolutionTest, WhatIsDecidedBecomesAProjectAndIsCarriedOutWhenThatIsAccepted) {
  const v1::Meeting meeting = Opened();
  v1::RecordResolutionRequest record = ResolutionOf(meeting);
  // More than a project's goal holds, which takes the beginning.
  for (int i = 0; i < 3000; ++i) record.mutable_resolution()->mutable_text()->append("停");
  const std::string name = Do(&Projects::RecordResolution, kChair, record).name();
  ASSERT_EQ(Close(meeting), "");

  const auto resolution = [&] { return Do(&Projects::GetResolution, kProposer, Named{name}); };
  const v1::Project project = Get(resolution().project());
  EXPECT_EQ(project.title(), "夜间共享停车");
  EXPECT_EQ(CodePoints(project.goal()), 2000);
  EXPECT_EQ(project.resolution(), name);
  EXPECT_EQ(project.lead_member(), Unit("m1"));
  EXPECT_EQ(Report(kLead, project.name(), true), "");
  EXPECT_EQ(resolution().state(), v1::Resolution::STATE_OPEN);
  EXPECT_EQ(Accept(Street(), project.name()), "");
  EXPECT_EQ(resolution().state(), v1::Resolution::STATE_CARRIED_OUT);
}

TEST_F(ResolutionTest, CitesWhatIsThereAndItsProjectIsProposedByTheTopicsUnit) {
  v1::CreateMeetingRequest create = MeetingIn(absl::Hours(1));
  v1::AgendaItem& item = *create.mutable_meeting()->add_agenda_items();
  item.set_id("i1");
  item.set_title("夜间共享停车");
  item.set_kind(alliance::v1::ITEM_KIND_ORDINARY);
  item.set_topic(TopicIn(v1::Topic::STATE_ACCEPTED, "m2"));
  const v1::Meeting meeting = Do(&Meetings::CreateMeeting, kChair, create);
  Do(&Meetings::ConveneMeeting, kChair, Named{meeting.name()});
  Do(&Meetings::OpenMeeting, kChair, Named{meeting.name()});

  v1::RecordResolutionRequest record = ResolutionOf(meeting);
  v1::Resolution& resolution = *record.mutable_resolution();
  const auto refusal = [&] { return Refusal(&Projects::RecordResolution, kChair, record); };
  resolution.set_agenda_item("i9");
  EXPECT_EQ(refusal(), "FIELD_INVALID");
  resolution.set_agenda_item("i1");
  resolution.set_ballot(meeting.name() + "/ballots/none");
  EXPECT_EQ(refusal(), "FIELD_INVALID");
  resolution.clear_ballot();
  resolution.set_lead_member("alliances/b/members/m1");
  EXPECT_EQ(refusal(), "FIELD_INVALID");
  resolution.set_lead_member(Unit("m1"));
  const std::string name = Do(&Projects::RecordResolution, kChair, record).name();
  ASSERT_EQ(Close(meeting), "");
  const std::string project = Do(&Projects::GetResolution, kProposer, Named{name}).project();
  EXPECT_EQ(Get(project).proposer_member(), Unit("m2"));
}

TEST_F(ResolutionTest, WhatIsTakenBackIsNoResolutionAndKeepsNoMeetingOpen) {
  const v1::Meeting meeting = Opened();
  v1::RecordResolutionRequest record = ResolutionOf(meeting);
  record.mutable_resolution()->clear_due_date();
  const std::string name = Do(&Projects::RecordResolution, kChair, record).name();
  ASSERT_EQ(Close(meeting), "RESOLUTION_INCOMPLETE");
  v1::WithdrawResolutionRequest withdraw = Named{name};
  withdraw.set_request_id("once");
  EXPECT_EQ(Refusal(&Projects::WithdrawResolution, kChair, withdraw), "FIELD_REQUIRED");
  withdraw.set_reason("重复记录");
  EXPECT_EQ(Refusal(&Projects::WithdrawResolution, kLead, withdraw), "ROLE_REQUIRED");
  EXPECT_EQ(Refusal(&Projects::WithdrawResolution, kChair, withdraw), "");
  EXPECT_EQ(Refusal(&Projects::WithdrawResolution, kChair, withdraw), "");  // a repetition
  EXPECT_EQ(Refusal(&Projects::GetResolution, kChair, Named{name}), "RESOURCE_NOT_FOUND");
  withdraw.clear_request_id();
  EXPECT_EQ(Refusal(&Projects::WithdrawResolution, kChair, withdraw), "RESOURCE_NOT_FOUND");
  withdraw.set_name(Do(&Projects::RecordResolution, kChair, ResolutionOf(meeting)).name());
  EXPECT_EQ(Close(meeting), "");
  EXPECT_EQ(Refusal(&Projects::WithdrawResolution, kChair, withdraw), "STATE_WRONG");
}

TEST_F(ResolutionTest, AnImportantMatterIsResolvedByAVoteAlone) {
  v1::CreateMeetingRequest create = MeetingIn(absl::Hours(1));
  v1::AgendaItem& item = *create.mutable_meeting()->add_agenda_items();
  item.set_id("i1");
  item.set_title("夜间共享停车");
  item.set_kind(alliance::v1::ITEM_KIND_PERSONNEL);
  const v1::Meeting meeting = Do(&Meetings::CreateMeeting, kChair, create);
  Do(&Meetings::ConveneMeeting, kChair, Named{meeting.name()});
  Do(&Meetings::OpenMeeting, kChair, Named{meeting.name()});
  v1::RecordResolutionRequest record = ResolutionOf(meeting);
  record.mutable_resolution()->set_agenda_item("i1");
  EXPECT_EQ(Refusal(&Projects::RecordResolution, kChair, record), "VOTE_REQUIRED");
}

TEST_F(ResolutionTest, FollowsItsProject) {
  const v1::Meeting meeting = Opened();
  const std::string name = Do(&Projects::RecordResolution, kChair, ResolutionOf(meeting)).name();
  ASSERT_EQ(Close(meeting), "");
  const auto resolution = [&] { return Do(&Projects::GetResolution, kProposer, Named{name}); };
  v1::UpdateProjectRequest update;
  update.mutable_project()->set_name(resolution().project());
  update.mutable_project()->set_lead_member(Unit("m3"));
  ASSERT_EQ(Refusal(&Projects::UpdateProject, Street(), update), "");
  EXPECT_EQ(resolution().lead_member(), Unit("m3"));
  EXPECT_EQ(resolution().lead_member_display_name(), "m3");
  *update.mutable_project()->mutable_due_date() = alliance::ToDate(absl::CivilDay(2027, 1, 31));
  ASSERT_EQ(Refusal(&Projects::UpdateProject, Street(), update), "");
  EXPECT_EQ(resolution().due_date().year(), 2027);
  const std::string etag = resolution().etag();
  update.mutable_project()->set_goal("再议");
  ASSERT_EQ(Refusal(&Projects::UpdateProject, Street(), update), "");
  EXPECT_EQ(resolution().etag(), etag);

  v1::StopProjectRequest stop = Named{resolution().project()};
  stop.set_reason("不再推进");
  ASSERT_EQ(Refusal(&Projects::StopProject, Street(), stop), "");
  EXPECT_EQ(resolution().state(), v1::Resolution::STATE_STOPPED);
}

TEST_F(ResolutionTest, ClosingSettlesTheTopicsThatWereDealtWith) {
  v1::CreateMeetingRequest create = MeetingIn(absl::Hours(1));
  const std::string taken = TopicIn(v1::Topic::STATE_ACCEPTED, "m1");
  const std::string left = TopicIn(v1::Topic::STATE_ACCEPTED, "m1");
  for (const std::string& topic : {taken, left}) {
    v1::AgendaItem& item = *create.mutable_meeting()->add_agenda_items();
    item.set_id(topic == taken ? "i1" : "i2");
    item.set_title("夜间共享停车");
    item.set_topic(topic);
  }
  const v1::Meeting meeting = Do(&Meetings::CreateMeeting, kChair, create);
  Do(&Meetings::ConveneMeeting, kChair, Named{meeting.name()});
  Do(&Meetings::OpenMeeting, kChair, Named{meeting.name()});
  v1::SetCurrentItemRequest item = Named{meeting.name()};
  item.set_item("i1");
  Do(&Meetings::SetCurrentItem, kChair, item);
  ASSERT_EQ(Close(meeting), "");

  const v1::Topic settled = Do(&Topics::GetTopic, kLead, Named{taken});
  EXPECT_EQ(settled.state(), v1::Topic::STATE_SETTLED);
  EXPECT_EQ(settled.meeting(), meeting.name());
  EXPECT_EQ(settled.steps(settled.steps_size() - 1).meeting(), meeting.name());
  EXPECT_EQ(Do(&Topics::GetTopic, kLead, Named{left}).state(), v1::Topic::STATE_ACCEPTED);
  EXPECT_EQ(Refusal(&Meetings::CreateMeeting, kChair, create), "FIELD_INVALID");
}

TEST_F(ResolutionTest, ThoseOfAMeetingAreListedByStateAndAreAtMostTwoHundred) {
  const v1::Meeting meeting = Opened();
  v1::RecordResolutionRequest record = ResolutionOf(meeting);
  const auto refusal = [&] { return Refusal(&Projects::RecordResolution, kChair, record); };
  for (const bool to_carry_out : {false, true}) {
    record.mutable_resolution()->set_to_carry_out(to_carry_out);
    ASSERT_EQ(refusal(), "");
  }
  v1::ListResolutionsRequest list = Under{kAlliance};
  list.set_meeting(meeting.name());
  const auto found = [&](v1::Resolution::State state) {
    list.set_state(state);
    return Do(&Projects::ListResolutions, kLead, list).resolutions_size();
  };
  EXPECT_EQ(found(v1::Resolution::STATE_UNSPECIFIED), 2);
  EXPECT_EQ(found(v1::Resolution::STATE_OPEN), 1);
  Change(
      fmt::format("INSERT INTO resolution (alliance_id, id, version, meeting_id, state, body) "
                  "SELECT 'a', CONCAT('r', seq), 1, '{}', 1, '' FROM seq_1_to_197",
                  api::LastId(meeting.name())));
  EXPECT_EQ(refusal(), "");
  EXPECT_EQ(refusal(), "RESOLUTIONS_FULL");
}

}  // namespace
}  // namespace jinhuan::meeting
