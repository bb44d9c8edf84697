// Minutes, from the record of a meeting to the files that are sent.
#include "meeting-svc/rpc/project_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;
using ::testing::StartsWith;

class MinutesTest : public ProjectTest {
 protected:
  // A meeting that is over, to which m1 came and which decided one thing.
  v1::Meeting Closed() {
    const v1::Meeting meeting = Convened(absl::Hours(1));
    v1::CheckInDelegateRequest come = Named{meeting.name()};
    come.set_member(Unit("m1"));
    come.set_delegate_title("副总经理");
    Do(&Meetings::CheckInDelegate, kChair, come);
    Do(&Meetings::OpenMeeting, kChair, Named{meeting.name()});
    Do(&Projects::RecordResolution, kChair, ResolutionOf(meeting));
    EXPECT_EQ(Close(meeting), "");
    return meeting;
  }
  v1::Minutes DraftOf(const v1::Meeting& meeting) {
    return Do(&Meetings::DraftMinutes, kChair, Named{meeting.name()});
  }
};

TEST_F(MinutesTest, AreDraftedFromTheRecordOnceTheMeetingIsOver) {
  EXPECT_EQ(Refusal(&Meetings::DraftMinutes, kChair, Named{Opened().name()}), "MEETING_NOT_CLOSED");
  const v1::Meeting meeting = Closed();
  const v1::Minutes minutes = DraftOf(meeting);
  EXPECT_EQ(minutes.number(), "〔2026〕1号");
  ASSERT_THAT(minutes.tasks(), SizeIs(1));
  EXPECT_EQ(minutes.tasks(0).responsible_unit(), "m1");
  ASSERT_THAT(minutes.present(), SizeIs(1));
  EXPECT_EQ(minutes.present(0).note(), "副总经理");
  EXPECT_THAT(minutes.sections(0).body(), ::testing::HasSubstr("会议决定：夜间共享停车"));
  // Where a draft stands, it is answered as it is.
  EXPECT_EQ(Do(&Meetings::DraftMinutes, Street(), Named{meeting.name()}).etag(), "1");
}

TEST_F(MinutesTest, ADraftIsEditedByWhoRunsTheMeetingAndReadByAllOncePublished) {
  const std::string name = DraftOf(Closed()).name();
  EXPECT_EQ(Refusal(&Meetings::GetMinutes, kLead, Named{name}), "RESOURCE_NOT_FOUND");
  v1::UpdateMinutesRequest update;
  update.mutable_minutes()->set_name(name);
  update.mutable_minutes()->set_opening("会议按时召开。");
  update.mutable_minutes()->set_etag("1");
  EXPECT_EQ(Do(&Meetings::UpdateMinutes, kChair, update).opening(), "会议按时召开。");
  EXPECT_EQ(Refusal(&Meetings::UpdateMinutes, kChair, update), "ETAG_STALE");

  EXPECT_EQ(Refusal(&Meetings::PublishMinutes, kLead, Named{name}), "ROLE_REQUIRED");
  EXPECT_EQ(Refusal(&Meetings::PublishMinutes, kChair, Named{name}), "");
  EXPECT_EQ(Refusal(&Meetings::PublishMinutes, kChair, Named{name}), "MINUTES_PUBLISHED");
  const v1::Minutes read = Do(&Meetings::GetMinutes, kLead, Named{name});
  EXPECT_EQ(read.state(), v1::Minutes::STATE_PUBLISHED);
  EXPECT_EQ(read.opening(), "会议按时召开。");
}

TEST_F(MinutesTest, AreExportedInEachFormat) {
  v1::ExportMinutesRequest file = Named{DraftOf(Closed()).name()};
  Do(&Meetings::PublishMinutes, kChair, Named{file.name()});
  EXPECT_EQ(Refusal(&Meetings::ExportMinutes, kLead, file), "FIELD_REQUIRED");
  for (const auto& [format, begin] :
       {std::pair(v1::MINUTES_FORMAT_PDF, "%PDF"), std::pair(v1::MINUTES_FORMAT_ODT, "PK"),
        std::pair(v1::MINUTES_FORMAT_XLSX, "PK")}) {
    file.set_format(format);
    const auto made = Do(&Meetings::ExportMinutes, kLead, file);
    EXPECT_THAT(made.content(), StartsWith(begin));
    EXPECT_THAT(made.filename(), StartsWith("联席会议纪要."));
  }
}

// Also of a year that began before numbers were counted.
TEST_F(MinutesTest, ThoseThatAreDraftedAtOnceGetNumbersOfTheirOwn) {
  EXPECT_EQ(DraftOf(Closed()).number(), "〔2026〕1号");
  Change("DELETE FROM minutes_number");
  const std::vector<v1::Meeting> meetings = {Closed(), Closed(), Closed()};
  std::vector<std::string> numbers(3);
  OnThreads(3, [&](int i) { numbers[i] = DraftOf(meetings[i]).number(); });
  EXPECT_THAT(numbers,
              ::testing::UnorderedElementsAre("〔2026〕2号", "〔2026〕3号", "〔2026〕4号"));
}

}  // namespace
}  // namespace jinhuan::meeting
