// Overdue projects come on the agenda by themselves, and are left out only for a reason.
#include "meeting-svc/rpc/project_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class OverdueAgendaTest : public ProjectTest {
 protected:
  v1::Meeting DraftIn(absl::Duration from_now) {
    return Do(&Meetings::CreateMeeting, kChair, MeetingIn(from_now));
  }
  v1::Meeting Convene(const v1::Meeting& meeting) {
    return Do(&Meetings::ConveneMeeting, kChair, Named{meeting.name()});
  }
  v1::Meeting Open(const v1::Meeting& meeting) {
    return Do(&Meetings::OpenMeeting, kChair, Named{meeting.name()});
  }
  // An edit by which the agenda is about `project` alone.
  static v1::UpdateMeetingRequest AgendaOf(const v1::Meeting& meeting, const std::string& project) {
    v1::UpdateMeetingRequest update;
    update.mutable_meeting()->set_name(meeting.name());
    update.mutable_update_mask()->add_paths("agenda_items");
    v1::AgendaItem& item = *update.mutable_meeting()->add_agenda_items();
    item.set_title("为何逾期");
    item.set_project(project);
    return update;
  }
  static v1::LeaveOutProjectRequest LeavingOut(const v1::Meeting& meeting,
                                               const std::string& project) {
    v1::LeaveOutProjectRequest request = Named{meeting.name()};
    request.set_project(project);
    request.set_reason("已约定下月专题研究");
    return request;
  }
  static std::vector<std::string> ProjectsOn(const v1::Meeting& meeting) {
    std::vector<std::string> names;
    for (const v1::AgendaItem& item : meeting.agenda_items()) names.push_back(item.project());
    return names;
  }
};

TEST_F(OverdueAgendaTest, WhatIsOverdueIsOnTheAgendaOnceWhateverTheChairWrites) {
  const std::string early = Create(4).name();
  const std::string late = Create(6).name();
  SetTime(absl::CivilHour(2026, 11, 5, 9));  // one of them is overdue
  v1::Meeting meeting = DraftIn(absl::Hours(73));
  ASSERT_THAT(ProjectsOn(meeting), ElementsAre(early));
  EXPECT_EQ(meeting.agenda_items(0).title(), "夜间共享停车");
  EXPECT_EQ(meeting.agenda_items(0).kind(), alliance::v1::ITEM_KIND_REPORT);
  EXPECT_EQ(meeting.agenda_items(0).presenter_member(), Unit("m1"));
  EXPECT_NE(meeting.agenda_items(0).id(), "");

  // Left out by the chair, it comes back; of another one the chair says more.
  meeting = Do(&Meetings::UpdateMeeting, kChair, AgendaOf(meeting, late));
  EXPECT_THAT(ProjectsOn(meeting), ElementsAre(late, early));

  const std::string next = Create(7).name();
  clock_.Advance(2 * absl::Hours(24) + absl::Hours(12));
  const v1::Meeting convened = Convene(meeting);
  EXPECT_THAT(ProjectsOn(convened), ElementsAre(late, early));
  EXPECT_EQ(convened.etag(), meeting.etag());
  SetTime(absl::CivilHour(2026, 11, 8, 9));
  EXPECT_THAT(ProjectsOn(Open(meeting)), ElementsAre(late, early, next));
}

TEST_F(OverdueAgendaTest, WhatIsLeftOutWithAReasonStaysOut) {
  const std::string early = Create(4).name();
  const std::string late = Create(4).name();
  SetTime(absl::CivilHour(2026, 11, 5, 9));  // both are overdue
  const v1::Meeting draft = DraftIn(absl::Hours(1));
  ASSERT_THAT(ProjectsOn(draft), UnorderedElementsAre(early, late));
  v1::LeaveOutProjectRequest leave = LeavingOut(draft, early);
  leave.clear_reason();
  EXPECT_EQ(Refusal(&Meetings::LeaveOutProject, kChair, leave), "FIELD_REQUIRED");
  leave = LeavingOut(draft, early);
  EXPECT_EQ(Refusal(&Meetings::LeaveOutProject, kLead, leave), "ROLE_REQUIRED");
  const v1::Meeting left = Do(&Meetings::LeaveOutProject, kChair, leave);
  EXPECT_NE(left.etag(), draft.etag());
  EXPECT_EQ(Refusal(&Meetings::LeaveOutProject, Street(), leave),
            "FIELD_INVALID");  // no item is about it any more
  ASSERT_THAT(left.left_out(), SizeIs(1));
  EXPECT_EQ(left.left_out(0).project(), early);
  EXPECT_EQ(left.left_out(0).title(), "夜间共享停车");
  EXPECT_EQ(left.left_out(0).reason(), "已约定下月专题研究");

  // Neither an edit, nor the notice, nor the opening puts it back.
  v1::UpdateMeetingRequest update;
  update.mutable_meeting()->set_name(draft.name());
  update.mutable_meeting()->set_location("会议室");
  update.mutable_update_mask()->add_paths("location");
  EXPECT_THAT(ProjectsOn(Do(&Meetings::UpdateMeeting, kChair, update)), ElementsAre(late));
  EXPECT_THAT(ProjectsOn(Convene(draft)), ElementsAre(late));
  EXPECT_THAT(ProjectsOn(Open(draft)), ElementsAre(late));
  EXPECT_EQ(Refusal(&Meetings::LeaveOutProject, kChair, LeavingOut(draft, late)), "STATE_WRONG");
}

TEST_F(OverdueAgendaTest, WhatWasLeftOutComesBackOnTheNextAgendaOrByHand) {
  const std::string early = Create(4).name();
  const std::string late = Create(4).name();
  SetTime(absl::CivilHour(2026, 11, 5, 9));
  const v1::Meeting first = DraftIn(absl::Hours(1));
  Do(&Meetings::LeaveOutProject, kChair, LeavingOut(first, early));
  Convene(first);
  Open(first);

  const v1::Meeting second = DraftIn(absl::Hours(1));
  EXPECT_THAT(ProjectsOn(second), UnorderedElementsAre(early, late));
  EXPECT_THAT(ProjectsOn(Do(&Meetings::LeaveOutProject, Street(), LeavingOut(second, late))),
              ElementsAre(early));
  const v1::Meeting edited = Do(&Meetings::UpdateMeeting, kChair, AgendaOf(second, late));
  EXPECT_THAT(edited.left_out(), SizeIs(0));
  EXPECT_THAT(ProjectsOn(edited), UnorderedElementsAre(early, late));
}

}  // namespace
}  // namespace jinhuan::meeting
