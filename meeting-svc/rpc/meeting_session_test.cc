// Meetings in session: who comes, what is in hand, and who watches.
#include <atomic>

#include "meeting-svc/rpc/meeting_board.h"
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

const auth::v1::Caller kLiaison = Liaison("m1");
const auth::v1::Caller kStaff = Staff("m1");
const auth::v1::Caller kChair = Chair("m2");

class MeetingSessionTest : public ServiceTest {
 protected:
  v1::Meeting Get(const std::string& name) {
    return Do(&Meetings::GetMeeting, kStaff, Named{name});
  }
  // A check-in by the code that is shown at this moment.
  v1::CheckInDelegateRequest Shown(const std::string& meeting) const {
    v1::CheckInDelegateRequest request;
    request.set_name(meeting);
    request.set_code(check_in_key_.MakeCode(meeting, clock_.Now()).text);
    return request;
  }
  // What who watches is told of a meeting, once `enough` says so.
  template <class Enough>
  v1::WatchMeetingResponse Watched(const std::string& name, const Enough& enough) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    context.AddMetadata(rpc::kCallerMetadata, TokenOf(kStaff));
    v1::WatchMeetingResponse seen;
    const auto stream = std::get<Meetings>(stubs_).WatchMeeting(&context, Named{name});
    while (stream->Read(&seen) && !enough(seen)) {
    }
    EXPECT_TRUE(enough(seen));
    context.TryCancel();
    return seen;
  }
};

TEST_F(MeetingSessionTest, TheChairRunsAMeetingFromDraftToClose) {
  v1::CreateMeetingRequest request = MeetingIn(absl::Hours(24));
  v1::AgendaItem& item = *request.mutable_meeting()->add_agenda_items();
  item.set_title("共享停车");
  item.set_kind(alliance::v1::ITEM_KIND_MAJOR);
  v1::Meeting meeting = Do(&Meetings::CreateMeeting, kChair, request);
  EXPECT_EQ(meeting.agenda_items(0).id(), "i1");
  const std::string name = meeting.name();

  v1::UpdateMeetingRequest update;
  update.mutable_meeting()->set_name(name);
  update.mutable_meeting()->set_location("三楼会议室");
  update.mutable_meeting()->set_etag(meeting.etag());
  update.mutable_update_mask()->add_paths("location");
  Do(&Meetings::UpdateMeeting, kChair, update);
  EXPECT_EQ(Refusal(&Meetings::UpdateMeeting, Street(), update), "ETAG_STALE");

  meeting = Do(&Meetings::ConveneMeeting, kChair, Named{name});
  EXPECT_EQ(meeting.charter_version(), kCharterVersion);
  EXPECT_EQ(meeting.location(), "三楼会议室");
  // Units know the appointment: the agenda may still grow, the time not move.
  update.mutable_meeting()->set_etag("");
  update.mutable_meeting()->set_title("另一个会");
  update.mutable_update_mask()->add_paths("title");
  EXPECT_EQ(Refusal(&Meetings::UpdateMeeting, kChair, update), "STATE_WRONG");

  EXPECT_EQ(Refusal(&Meetings::OpenMeeting, kChair, Named{name}), "CHECK_IN_EARLY");
  v1::AnswerNoticeRequest leave = Named{name};
  leave.set_answer(v1::ANSWER_LEAVE);
  EXPECT_EQ(Do(&Meetings::AnswerNotice, Liaison("m3"), leave).member(), Unit("m3"));
  clock_.Advance(absl::Hours(23));
  meeting = Do(&Meetings::OpenMeeting, kChair, Named{name});
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_OPEN);
  EXPECT_EQ(meeting.leave_count(), 1);

  v1::SetCurrentItemRequest current = Named{name};
  current.set_item("i9");
  EXPECT_EQ(Refusal(&Meetings::SetCurrentItem, kChair, current), "FIELD_INVALID");
  current.set_item("i1");
  EXPECT_EQ(Do(&Meetings::SetCurrentItem, kChair, current).current_item(), "i1");

  EXPECT_EQ(Refusal(&Meetings::CloseMeeting, kLiaison, Named{name}), "ROLE_REQUIRED");
  meeting = Do(&Meetings::CloseMeeting, kChair, Named{name});
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_CLOSED);
  EXPECT_EQ(meeting.current_item(), "");
  EXPECT_EQ(Refusal(&Meetings::CloseMeeting, kChair, Named{name}), "STATE_WRONG");
}

TEST_F(MeetingSessionTest, ADelegateChecksInByTheCodeThatIsShown) {
  const std::string name = Convened().name();
  v1::CheckInDelegateRequest request;
  const auto check_in = [&](const auth::v1::Caller& caller) {
    const auto attendance = Call(&Meetings::CheckInDelegate, caller, request);
    return attendance.ok() ? attendance->member() : ReasonOf(attendance.status());
  };
  request.set_name(name);
  request.set_code("000000x");
  EXPECT_EQ(check_in(kStaff), "CHECK_IN_CODE_WRONG");
  request = Shown(name);
  EXPECT_EQ(check_in(kStaff), "CHECK_IN_EARLY");
  clock_.Advance(absl::Hours(22));
  EXPECT_EQ(check_in(kStaff), "CHECK_IN_CODE_WRONG");  // that of yesterday
  request = Shown(name);
  EXPECT_EQ(check_in(kStaff), Unit("m1"));
  EXPECT_EQ(check_in(kLiaison), Unit("m1"));  // is there already
  EXPECT_EQ(check_in(Liaison("m9")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Get(name).present_count(), 1);

  EXPECT_EQ(Refusal(&Meetings::GetCheckInCode, kLiaison, Named{name}), "ROLE_REQUIRED");
  EXPECT_EQ(Do(&Meetings::GetCheckInCode, Street(), Named{name}).code(), request.code());
}

TEST_F(MeetingSessionTest, TheStreetLetsInObserversAndLetsThemGo) {
  const std::string name = Convened(absl::Hours(1)).name();
  v1::CheckInDelegateRequest observer = Named{name};
  observer.set_observer_display_name("区纪工委");
  const v1::Attendance came = Do(&Meetings::CheckInDelegate, Street(), observer);
  EXPECT_TRUE(came.observer());
  EXPECT_EQ(Get(name).present_count(), 0);
  EXPECT_EQ(Get(name).observer_count(), 1);

  // By their attendance: they have no unit.
  v1::LeaveMeetingRequest leave = Named{name};
  leave.set_attendance(came.name());
  EXPECT_EQ(Refusal(&Meetings::LeaveMeeting, kStaff, leave), "RESOURCE_NOT_FOUND");
  const v1::Attendance left = Do(&Meetings::LeaveMeeting, Street(), leave);
  EXPECT_EQ(left.display_name(), "区纪工委");
  EXPECT_FALSE(left.present());
  EXPECT_EQ(Get(name).observer_count(), 0);
  leave.set_attendance(name + "/attendances/none");
  EXPECT_EQ(Refusal(&Meetings::LeaveMeeting, Street(), leave), "RESOURCE_NOT_FOUND");
  leave.set_attendance("alliances/a/meetings/other/attendances/m1");
  EXPECT_EQ(Refusal(&Meetings::LeaveMeeting, Street(), leave), "FIELD_INVALID");
}

TEST_F(MeetingSessionTest, CodesCannotBeGuessed) {
  const std::string name = Convened(absl::Hours(1)).name();
  v1::CheckInDelegateRequest request = Named{name};
  request.set_code("1");
  EXPECT_EQ(Refusal(&Meetings::CheckInDelegate, kStaff, request), "CHECK_IN_CODE_WRONG");
  for (int i = 0; i < 5; ++i) (void)Call(&Meetings::CheckInDelegate, kStaff, request);
  EXPECT_EQ(Refusal(&Meetings::CheckInDelegate, kStaff, request), "RATE_LIMITED");
  EXPECT_EQ(Refusal(&Meetings::CheckInDelegate, kStaff, Shown(name)), "RATE_LIMITED");
}

// Sixty units come and leave at once, many times: the counts are those of the rows, and who
// watches sees them without asking.
TEST_F(MeetingSessionTest, CountsEqualTheRowsHoweverManyComeAndLeaveAtOnce) {
  for (int i = 10; i < 70; ++i) Follow(Member(fmt::format("m{}", i)));
  const std::string name = Convened(absl::Hours(1)).name();
  grpc::ClientContext watching;
  watching.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
  watching.AddMetadata(rpc::kCallerMetadata, TokenOf(kChair));
  const auto stream = std::get<Meetings>(stubs_).WatchMeeting(&watching, Named{name});
  constexpr int kOver = -1;
  std::atomic<int> seen = 0;
  std::thread watcher([&] {
    int64_t revision = 0;
    for (v1::WatchMeetingResponse now; stream->Read(&now); seen.notify_all()) {
      EXPECT_GE(now.revision(), revision);
      revision = now.revision();
      seen = now.meeting().present_count();
    }
    seen = kOver;
    seen.notify_all();
  });
  OnThreads(12, [&](int door) {
    for (int i = 10 + door; i < 70; i += 12) {
      const std::string unit = fmt::format("m{}", i);
      CheckIn(name, unit);
      v1::LeaveMeetingRequest leave = Named{name};
      leave.set_member(Unit(unit));
      if (i % 3 == 0) Do(&Meetings::LeaveMeeting, Street(), leave);
    }
  });
  v1::ListAttendancesRequest list = Under{name};
  list.set_page_size(1000);
  const auto rows = Do(&Meetings::ListAttendances, Street(), list);
  EXPECT_THAT(rows.attendances(), SizeIs(60));
  const auto there = std::count_if(rows.attendances().begin(), rows.attendances().end(),
                                   [](const auto& one) { return one.present(); });
  EXPECT_EQ(there, 40);
  EXPECT_EQ(Get(name).present_count(), there);
  for (int now = seen; now != there && now != kOver; now = seen) seen.wait(now);
  EXPECT_EQ(seen, there);
  watching.TryCancel();
  watcher.join();
}

TEST_F(MeetingSessionTest, ThoseOutsideTheBodyComeWithoutAVote) {
  Follow(Member("m1", alliance::v1::Member::STATE_ACTIVE, alliance::v1::TIER_ORDINARY));
  Follow(Member("m2", alliance::v1::Member::STATE_ACTIVE, alliance::v1::TIER_STANDING));
  Follow(Member("m3", alliance::v1::Member::STATE_ACTIVE, alliance::v1::TIER_STANDING));
  v1::CreateMeetingRequest create = MeetingIn(absl::Hours(1));
  create.mutable_meeting()->set_body(v1::MEETING_BODY_STANDING);
  const std::string name = Do(&Meetings::CreateMeeting, Street(), create).name();
  const v1::Meeting convened = Do(&Meetings::ConveneMeeting, Street(), Named{name});
  EXPECT_EQ(convened.body(), v1::MEETING_BODY_STANDING);
  EXPECT_EQ(convened.invited_count(), 2);
  v1::AnswerNoticeRequest answer = Named{name};
  answer.set_answer(v1::ANSWER_ATTEND);
  EXPECT_EQ(Refusal(&Meetings::AnswerNotice, kLiaison, answer), "NOT_INVITED");
  v1::UpdateMeetingRequest update;
  update.mutable_meeting()->set_name(name);
  update.mutable_meeting()->set_body(v1::MEETING_BODY_PLENARY);
  update.mutable_update_mask()->add_paths("body");
  EXPECT_EQ(Refusal(&Meetings::UpdateMeeting, Street(), update), "STATE_WRONG");

  EXPECT_TRUE(Do(&Meetings::CheckInDelegate, kLiaison, Shown(name)).observer());
  const v1::Quorum before =
      Watched(name, [](const auto& now) { return now.quorum().observer_count() == 1; }).quorum();
  EXPECT_EQ(before.entitled_count(), 2);
  EXPECT_EQ(before.present_count(), 0);
  EXPECT_FALSE(before.met());
  EXPECT_FALSE(CheckIn(name, "m2").observer());

  // It opens without a quorum, two thirds of two, and what it has is kept.
  const v1::Quorum opened = Do(&Meetings::OpenMeeting, Street(), Named{name}).open_quorum();
  EXPECT_EQ(opened.present_count(), 1);
  EXPECT_EQ(opened.needed_count(), 2);
  EXPECT_EQ(opened.charter_version(), kCharterVersion);
  EXPECT_FALSE(opened.met());
  EXPECT_EQ(api::FromProto(opened.time()), clock_.Now());
  // A unit that is suspended in between comes without a vote, if the street lets it in.
  Follow(Member("m3", alliance::v1::Member::STATE_SUSPENDED, alliance::v1::TIER_STANDING));
  v1::CheckInDelegateRequest suspended = Shown(name);
  suspended.set_member(Unit("m3"));
  EXPECT_EQ(Refusal(&Meetings::CheckInDelegate, Liaison("m3"), suspended), "NOT_INVITED");
  EXPECT_TRUE(CheckIn(name, "m3").observer());
  Watched(name, [](const auto& now) { return now.quorum().met(); });  // one of one

  Do(&Meetings::CloseMeeting, Street(), Named{name});
  const v1::Meeting closed = Get(name);
  EXPECT_FALSE(closed.open_quorum().met());
  EXPECT_TRUE(closed.close_quorum().met());
  EXPECT_EQ(closed.close_quorum().dropped_count(), 1);
  EXPECT_EQ(closed.close_quorum().observer_count(), 2);
  Watched(name, [](const auto& now) { return !now.has_quorum(); });
}

// However many watch, what nobody changed is not read again: seen by a change without a revision.
TEST_F(MeetingSessionTest, AWatchedMeetingIsReadWhenItsRevisionMoved) {
  MeetingBoard board(database_.pool(), stores_.alliances, stores_.meetings, stores_.ballots,
                     clock_);
  const auto page = board.PageOf({"a", api::LastId(Convened().name())});
  const auto next = [&](int64_t seen, absl::Duration patience) {
    return board.Next(*page, seen, absl::Now() + patience).value();
  };
  const int64_t first = next(0, absl::Seconds(30)).revision();
  Change("UPDATE meeting SET leave_count = 7");
  EXPECT_EQ(next(first, 5 * MeetingBoard::kPause).meeting().leave_count(), 0);
  Change("UPDATE meeting SET version = version + 1");
  const v1::WatchMeetingResponse moved = next(first, absl::Seconds(30));
  EXPECT_EQ(moved.revision(), first + 1);
  EXPECT_EQ(moved.meeting().leave_count(), 7);
}

}  // namespace
}  // namespace jinhuan::meeting
