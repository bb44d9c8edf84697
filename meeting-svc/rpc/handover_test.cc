// Handovers, as the units that hand over and take over sign them.
#include <algorithm>
#include <atomic>

#include "alliance-svc/facts/date.h"
#include "meeting-svc/rpc/handover_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class HandoverServiceTest : public HandoverTest {
 protected:
  static v1::HandoverSection SectionOf(const v1::Handover& handover, v1::HandoverKind kind) {
    const auto found = std::find_if(handover.sections().begin(), handover.sections().end(),
                                    [&](const auto& section) { return section.kind() == kind; });
    EXPECT_NE(found, handover.sections().end()) << v1::HandoverKind_Name(kind);
    return found == handover.sections().end() ? v1::HandoverSection() : *found;
  }
  static std::vector<std::string> TitlesOf(const v1::Handover& handover, v1::HandoverKind kind) {
    std::vector<std::string> titles;
    const v1::HandoverSection section = SectionOf(handover, kind);
    for (const v1::HandoverItem& item : section.items()) titles.push_back(item.title());
    return titles;
  }
};

TEST_F(HandoverServiceTest, BothSidesSignAndWhatWasSignedStays) {
  const v1::Handover open = Get();
  EXPECT_EQ(open.state(), v1::Handover::STATE_OPEN);
  EXPECT_EQ(open.outgoing_member(), Unit("m1"));
  EXPECT_EQ(open.incoming_member_display_name(), "m2");

  EXPECT_EQ(Sign(kOutgoing, kHandover, "r1"), "STATE_OPEN");
  EXPECT_EQ(Sign(kOutgoing, kHandover, "r1"), "STATE_OPEN");  // the first answer again
  EXPECT_EQ(Sign(kOutgoing), "HANDOVER_SIGNED");
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  const v1::Handover done = Get(kIncoming);
  EXPECT_EQ(done.state(), v1::Handover::STATE_SIGNED);
  EXPECT_EQ(done.outgoing_signature().user(), kOutgoing.name());
  EXPECT_EQ(done.incoming_signature().checklist_sha256().size(), 64U);

  // Whatever becomes of the record.
  Follow(Member("m3", alliance::v1::Member::STATE_WITHDRAWN));
  EXPECT_EQ(Get(kIncoming).sections_size(), done.sections_size());
  EXPECT_EQ(Get(kIncoming).sections().rbegin()->count(), 3);
}

TEST_F(HandoverServiceTest, TheChecklistSaysWhomToCallOnceItIsKnown) {
  const v1::HandoverSection unknown = SectionOf(Get(), v1::HANDOVER_KIND_CONTACT);
  EXPECT_EQ(unknown.count(), 3);
  ASSERT_THAT(unknown.items(), SizeIs(3));
  EXPECT_THAT(unknown.items(0).contacts(), IsEmpty());

  // A unit without a number has its title.
  alliance::v1::Member member = Member("m1");
  member.set_liaison_title("党建专员");
  member.set_liaison_phone("138****1234");
  member.set_deputy_liaison_title("行政主管");
  Follow(member);
  const v1::HandoverSection known = SectionOf(Get(kIncoming), v1::HANDOVER_KIND_CONTACT);
  ASSERT_THAT(known.items(), SizeIs(3));
  const v1::HandoverItem& unit = known.items(0);
  ASSERT_THAT(unit.contacts(), SizeIs(2));
  EXPECT_EQ(unit.contacts(0).title(), "党建专员");
  EXPECT_EQ(unit.contacts(0).phone(), "138****1234");
  EXPECT_EQ(unit.contacts(1).title(), "行政主管");
  EXPECT_EQ(unit.contacts(1).phone(), "");
}

TEST_F(HandoverServiceTest, EachSideKeepsWhatItSigned) {
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  const v1::HandoverSignature outgoing = Get().outgoing_signature();
  Follow(Member("m3", alliance::v1::Member::STATE_WITHDRAWN));
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  const v1::Handover done = Get();
  EXPECT_EQ(done.outgoing_signature().SerializeAsString(), outgoing.SerializeAsString());
  EXPECT_EQ(done.outgoing_signature().sections().rbegin()->count(), 3);
  EXPECT_EQ(done.incoming_signature().sections().rbegin()->count(), 2);
  EXPECT_NE(done.incoming_signature().checklist_sha256(), outgoing.checklist_sha256());
}

TEST_F(HandoverServiceTest, ASignatureIsOfTheUnitThatGaveIt) {
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  AddTerm("second", 10, 100, "m3");  // swapped
  const v1::Handover swapped = Get();
  EXPECT_EQ(swapped.state(), v1::Handover::STATE_OPEN);
  EXPECT_EQ(swapped.incoming_member(), Unit("m3"));
  // What the outgoing unit signed was to hand over to another one: both sign anew.
  EXPECT_FALSE(swapped.has_outgoing_signature());
  EXPECT_FALSE(swapped.has_incoming_signature());
  EXPECT_EQ(Sign(kIncoming), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Sign(kOther), "STATE_OPEN");
  EXPECT_EQ(Sign(kOutgoing), "STATE_SIGNED");
}

TEST_F(HandoverServiceTest, ASwapAfterBothSignedIsWatchedByTheClockAgain) {
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");
  AddTerm("second", 10, 100, "m2");  // told once more, without a change
  EXPECT_EQ(Get().state(), v1::Handover::STATE_SIGNED);
  AddTerm("first", -100, 10, "m3");  // swapped: another unit hands over
  clock_.Advance(11 * absl::Hours(24));
  EXPECT_EQ(Get().state(), v1::Handover::STATE_OVERDUE);
  EXPECT_EQ(Steps(), 1);
  EXPECT_EQ(Steps(), 0);
  EXPECT_EQ(Sign(kIncoming), "STATE_OVERDUE");
  EXPECT_EQ(Sign(kOther), "STATE_SIGNED");
  AddTerm("first", -111, -1, "m3");  // told again: still signed, and the clock is done with it
  EXPECT_EQ(Steps(), 1);
  EXPECT_EQ(Steps(), 0);
  const auto late = db::Read<std::vector<HandoverKey>>(
      database_.pool(), absl::Now() + absl::Seconds(30),
      [&](db::Connection& c) { return stores_.handovers.Late(c, clock_.Now(), 10); });
  ASSERT_TRUE(late.ok()) << late.status();
  EXPECT_THAT(*late, IsEmpty());
  // Swapped after the street was told: it hears of the new pair too.
  AddTerm("second", -1, 100, "m1");
  EXPECT_FALSE(Get().has_escalate_time());
  EXPECT_EQ(Steps(), 1);
}

TEST_F(HandoverServiceTest, IsThereForTheTwoUnitsAndTheStreetAlone) {
  const auto refusal = [&](const auth::v1::Caller& caller, const std::string& name) {
    return Refusal(&Handovers::GetHandover, caller, Named{name});
  };
  EXPECT_EQ(refusal(kOther, kHandover), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(refusal(Staff("m1"), kHandover), "ROLE_REQUIRED");
  EXPECT_EQ(Sign(kOther), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Sign(Street()), "ROLE_REQUIRED");
  EXPECT_EQ(refusal(Street(), "alliances/a/handovers/first"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(refusal(Street(), "alliances/a/handovers/none"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(refusal(Street(), "alliances/a/meetings/m"), "NAME_INVALID");
  EXPECT_EQ(Sign(kIncoming, "alliances/a/handovers/third"), "HANDOVER_EARLY");

  const auto listed = [&](const auth::v1::Caller& caller) {
    std::vector<std::string> names;
    const auto page = Do(&Handovers::ListHandovers, caller, Under{kAlliance});
    for (const v1::Handover& one : page.handovers()) names.push_back(one.name());
    return names;
  };
  EXPECT_THAT(listed(Street()), ElementsAre(kHandover));  // the third term is only planned
  EXPECT_THAT(listed(kOutgoing), ElementsAre(kHandover));
  EXPECT_THAT(listed(kOther), IsEmpty());
}

TEST_F(HandoverServiceTest, WhatIsNotSignedInTimeIsToldOnce) {
  EXPECT_EQ(Steps(), 0);
  EXPECT_EQ(Sign(kOutgoing), "STATE_OPEN");
  clock_.Advance(11 * absl::Hours(24));
  EXPECT_EQ(Get().state(), v1::Handover::STATE_OVERDUE);
  std::atomic<int> told = 0;
  OnThreads(8, [&](int) { told += Steps(); });
  EXPECT_GE(told, 1);  // and some found that another one had told it
  Tell();
  EXPECT_EQ(Inbox(Street()).unread_count(), 1);
  EXPECT_THAT(Inbox(Street()).notices(0).text(), HasSubstr("交接尚未签署"));
  EXPECT_EQ(Inbox(kIncoming).unread_count(), 2);  // that the other side signed, and this
  EXPECT_EQ(Sign(kIncoming), "STATE_SIGNED");     // late is better than never
  EXPECT_EQ(Steps(), 0);
}

// One that is done with already makes place for the next in the same look.
TEST_F(HandoverServiceTest, WhatNeedsNothingMoreHidesNoOther) {
  clock_.Advance(11 * absl::Hours(24));
  EXPECT_EQ(Steps(), 1);
  Change("UPDATE handover SET closed = 0");
  AddTerm("third", 0, 100, "m3");
  EXPECT_EQ(Steps(), 2);
  EXPECT_TRUE(Get(Street(), "alliances/a/handovers/third").has_escalate_time());
}

TEST_F(HandoverServiceTest, TheChecklistGoesByStatesAndHasNothingThatPeopleWrote) {
  constexpr char kSecret[] = "三楼张家漏水";
  Write([&](db::Connection& c) -> absl::Status {
    const api::Call call = StreetCall();
    JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, stores_.alliances.Zone(c, kAlliance));
    v1::Request request;
    request.set_name(stores_.requests.NewName(kAlliance));
    request.set_title(kSecret);
    request.set_category(v1::REQUEST_CATEGORY_PARKING);
    request.set_state(v1::Request::STATE_RECEIVED);
    *request.mutable_create_time() = api::ToProto(call.now);
    // To be done on the 15th, of the alliance's days.
    *request.mutable_due_time() = api::ToProto(absl::FromCivil(absl::CivilDay(2030, 1, 16), zone));
    JH_RETURN_IF_ERROR(stores_.requests.Create(c, call, request).status());
    v1::Project project;
    project.set_title("已报请验收");
    project.set_lead_member(Unit("m1"));
    project.mutable_due_date()->set_year(2030);
    project.mutable_due_date()->set_month(1);
    project.mutable_due_date()->set_day(1);
    JH_ASSIGN_OR_RETURN(const v1::Project running, stores_.projects.Create(c, call, project));
    v1::Project submitted = running;
    submitted.set_state(v1::Project::STATE_SUBMITTED);
    JH_RETURN_IF_ERROR(stores_.projects.Update(c, call, running, submitted).status());
    for (const auto state :
         {v1::Meeting::STATE_DRAFT, v1::Meeting::STATE_CLOSED, v1::Meeting::STATE_CANCELLED}) {
      v1::Meeting draft;
      draft.set_title(v1::Meeting::State_Name(state));
      // Whatever the clock says: one may end early, another begin late.
      *draft.mutable_start_time() = api::ToProto(call.now - absl::Hours(2));
      *draft.mutable_end_time() = api::ToProto(call.now - absl::Hours(1));
      JH_ASSIGN_OR_RETURN(const v1::Meeting before, stores_.meetings.Create(c, call, "a", draft));
      v1::Meeting after = before;
      after.set_state(state);
      JH_RETURN_IF_ERROR(
          stores_.meetings.Put(c, call, {"a", api::LastId(before.name())}, before, after, false)
              .status());
    }
    return absl::OkStatus();
  });
  const v1::Handover handover = Get(kIncoming);
  EXPECT_EQ(handover.SerializeAsString().find(kSecret), std::string::npos);
  EXPECT_THAT(TitlesOf(handover, v1::HANDOVER_KIND_REQUEST), ElementsAre(HasSubstr("诉求")));
  const google::type::Date due = SectionOf(handover, v1::HANDOVER_KIND_REQUEST).items(0).date();
  EXPECT_EQ(alliance::ToCivilDay(due), absl::CivilDay(2030, 1, 15));
  EXPECT_THAT(TitlesOf(handover, v1::HANDOVER_KIND_PROJECT), ElementsAre("已报请验收"));
  EXPECT_THAT(TitlesOf(handover, v1::HANDOVER_KIND_AGENDA), ElementsAre("STATE_DRAFT"));
  EXPECT_THAT(TitlesOf(handover, v1::HANDOVER_KIND_ARCHIVE), ElementsAre("STATE_CLOSED"));
}

}  // namespace
}  // namespace jinhuan::meeting
