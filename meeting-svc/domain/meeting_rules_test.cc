#include "meeting-svc/domain/meeting_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/cord.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

v1::Meeting ValidMeeting() {
  v1::Meeting meeting;
  meeting.set_title("第三季度联席会议");
  meeting.set_location("街道党群服务中心");
  *meeting.mutable_start_time() = api::ToProto(kStart);
  *meeting.mutable_end_time() = api::ToProto(kStart + absl::Hours(2));
  v1::AgendaItem& item = *meeting.add_agenda_items();
  item.set_title("共享停车");
  item.set_minutes(30);
  return meeting;
}

// The fields that are complained of.
std::vector<std::string> Fields(const Violations& violations) {
  const auto payload =
      violations.ToStatus().GetPayload("type.googleapis.com/google.rpc.BadRequest");
  google::rpc::BadRequest request;
  if (payload.has_value()) request.ParseFromString(std::string(*payload));
  std::vector<std::string> fields;
  for (const auto& violation : request.field_violations()) fields.push_back(violation.field());
  return fields;
}

std::vector<std::string> Faults(const v1::Meeting& meeting) {
  Violations violations;
  CheckMeeting(meeting, violations);
  return Fields(violations);
}

std::vector<std::string> Faults(v1::Answer answer, std::string_view note) {
  Violations violations;
  CheckAnswer(answer, note, violations);
  return Fields(violations);
}

std::string Repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(CheckMeetingTest, TakesAValidOne) { EXPECT_THAT(Faults(ValidMeeting()), IsEmpty()); }

TEST(CheckMeetingTest, CountsCodePointsNotBytes) {
  v1::Meeting meeting = ValidMeeting();
  meeting.set_title(Repeat("会", 60));
  meeting.set_location(Repeat("会", 120));
  meeting.mutable_agenda_items(0)->set_title(Repeat("会", 120));
  EXPECT_THAT(Faults(meeting), IsEmpty());
  meeting.set_title(Repeat("会", 61));
  meeting.set_location(Repeat("会", 121));
  meeting.mutable_agenda_items(0)->set_title(Repeat("会", 121));
  EXPECT_THAT(Faults(meeting),
              ElementsAre("meeting.title", "meeting.location", "meeting.agenda_items[0].title"));
}

TEST(CheckMeetingTest, AsksForTitleAndTimes) {
  EXPECT_THAT(Faults(v1::Meeting()),
              ElementsAre("meeting.title", "meeting.start_time", "meeting.end_time"));
}

TEST(CheckMeetingTest, BoundsTheLength) {
  const auto with_length = [](absl::Duration length) {
    v1::Meeting meeting = ValidMeeting();
    *meeting.mutable_end_time() = api::ToProto(kStart + length);
    return Faults(meeting);
  };
  EXPECT_THAT(with_length(absl::Hours(24)), IsEmpty());
  EXPECT_THAT(with_length(absl::Microseconds(1)), IsEmpty());
  EXPECT_THAT(with_length(absl::Hours(24) + absl::Microseconds(1)),
              ElementsAre("meeting.end_time"));
  EXPECT_THAT(with_length(absl::ZeroDuration()), ElementsAre("meeting.end_time"));
  EXPECT_THAT(with_length(-absl::Hours(1)), ElementsAre("meeting.end_time"));
}

TEST(CheckMeetingTest, RefusesTimesThatCannotBeStored) {
  v1::Meeting meeting = ValidMeeting();
  meeting.mutable_start_time()->set_seconds(-1);
  meeting.mutable_end_time()->set_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_THAT(Faults(meeting), ElementsAre("meeting.start_time", "meeting.end_time"));
  meeting = ValidMeeting();
  meeting.mutable_start_time()->set_nanos(1'000'000'000);
  EXPECT_THAT(Faults(meeting), ElementsAre("meeting.start_time"));
}

TEST(CheckMeetingTest, BoundsTheAgenda) {
  v1::Meeting meeting = ValidMeeting();
  meeting.mutable_agenda_items(0)->set_minutes(480);
  while (meeting.agenda_items_size() < 50) meeting.add_agenda_items()->set_title("议程");
  EXPECT_THAT(Faults(meeting), IsEmpty());
  meeting.mutable_agenda_items(0)->set_minutes(481);
  meeting.mutable_agenda_items(1)->set_minutes(-1);
  meeting.mutable_agenda_items(2)->clear_title();
  for (int i = 0; i < 1000; ++i) meeting.add_agenda_items();
  EXPECT_THAT(Faults(meeting),
              ElementsAre("meeting.agenda_items", "meeting.agenda_items[0].minutes",
                          "meeting.agenda_items[1].minutes", "meeting.agenda_items[2].title"));
}

TEST(CheckAnswerTest, NeedsAnAnswerAndANoteForASubstitute) {
  EXPECT_THAT(Faults(v1::ANSWER_ATTEND, ""), IsEmpty());
  EXPECT_THAT(Faults(v1::ANSWER_LEAVE, ""), IsEmpty());
  EXPECT_THAT(Faults(v1::ANSWER_SUBSTITUTE, "副行长"), IsEmpty());
  EXPECT_THAT(Faults(v1::ANSWER_SUBSTITUTE, ""), ElementsAre("note"));
  EXPECT_THAT(Faults(v1::ANSWER_UNSPECIFIED, ""), ElementsAre("answer"));
  EXPECT_THAT(Faults(static_cast<v1::Answer>(9), ""), ElementsAre("answer"));
  EXPECT_THAT(Faults(v1::ANSWER_LEAVE, Repeat("出", 100)), IsEmpty());
  EXPECT_THAT(Faults(v1::ANSWER_LEAVE, Repeat("出", 101)), ElementsAre("note"));
}

TEST(DraftedTest, KeepsOnlyWhatPeopleSet) {
  v1::Meeting sent = ValidMeeting();
  sent.set_name("alliances/other/meetings/mine");
  sent.set_state(v1::Meeting::STATE_CONVENED);
  sent.set_attending_count(7);
  sent.mutable_start_time()->set_nanos(123'456'789);
  const v1::Meeting kept = Drafted(sent);
  v1::Meeting expected = ValidMeeting();
  GiveIds(expected);
  expected.mutable_start_time()->set_nanos(123'456'000);
  EXPECT_EQ(kept.SerializeAsString(), expected.SerializeAsString());
}

TEST(AgendaTest, EveryItemHasAnIdThatStays) {
  v1::Meeting meeting;
  meeting.add_agenda_items();
  meeting.add_agenda_items()->set_id("i1");
  meeting.add_agenda_items();
  GiveIds(meeting);
  std::vector<std::string> ids;
  for (const auto& item : meeting.agenda_items()) ids.push_back(item.id());
  EXPECT_THAT(ids, ElementsAre("i2", "i1", "i3"));
  GiveIds(meeting);
  EXPECT_EQ(meeting.agenda_items(0).id(), "i2");
}

TEST(AgendaTest, IdsAndNamesAreChecked) {
  const auto faults = [](const v1::AgendaItem& item) {
    v1::Meeting meeting = ValidMeeting();
    *meeting.add_agenda_items() = item;
    Violations violations;
    CheckMeeting(meeting, violations);
    return !violations.empty();
  };
  v1::AgendaItem item;
  item.set_title("停车");
  item.set_id("p-1");
  item.set_topic("alliances/a/topics/t");
  EXPECT_FALSE(faults(item));
  item.set_topic("alliances/a/projects/t");
  EXPECT_TRUE(faults(item));
  item.clear_topic();
  item.set_id("a b");
  EXPECT_TRUE(faults(item));
  item.clear_id();
  item.set_kind(static_cast<alliance::v1::ItemKind>(99));
  EXPECT_TRUE(faults(item));
}

TEST(NoticeTest, GoesOutSoManyDaysBeforeAtTheSameHour) {
  const absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
  const absl::Time start = absl::FromCivil(absl::CivilHour(2026, 3, 3, 14), zone);
  EXPECT_EQ(NoticeDeadline(start, 7, zone),
            absl::FromCivil(absl::CivilHour(2026, 2, 24, 14), zone));
  EXPECT_EQ(NoticeDeadline(start, 0, zone), start);
}

TEST(TallyTest, CountsASubstituteAsAttending) {
  const auto tally = [](v1::Answer answer) {
    return std::pair(TallyOf(answer).answered, TallyOf(answer).attending);
  };
  EXPECT_EQ(tally(v1::ANSWER_UNSPECIFIED), std::pair(0, 0));
  EXPECT_EQ(tally(v1::ANSWER_ATTEND), std::pair(1, 1));
  EXPECT_EQ(tally(v1::ANSWER_SUBSTITUTE), std::pair(1, 1));
  EXPECT_EQ(tally(v1::ANSWER_LEAVE), std::pair(1, 0));
}

TEST(SeesDraftsTest, OnlyTheStreetOfThatAlliance) {
  auth::v1::Caller caller;
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_alliance("alliances/a");
  for (const int role : {auth::v1::ROLE_STAFF, auth::v1::ROLE_LIAISON, auth::v1::ROLE_SYSTEM,
                         auth::v1::ROLE_SYSTEM_ADMIN}) {
    grant.set_role(static_cast<auth::v1::Role>(role));
    EXPECT_FALSE(SeesDrafts(caller, "alliances/a")) << role;
  }
  grant.set_role(auth::v1::ROLE_STREET_ADMIN);
  EXPECT_TRUE(SeesDrafts(caller, "alliances/a"));
  EXPECT_FALSE(SeesDrafts(caller, "alliances/b"));
}

}  // namespace
}  // namespace jinhuan::meeting
