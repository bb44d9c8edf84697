#include "platform/api/update_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/status/error.h"

namespace jinhuan::api {
namespace {

using meeting::v1::Meeting;
using ::testing::SizeIs;

const std::vector<std::string_view> kUpdatable = {"title", "location", "start_time",
                                                  "agenda_items"};

Meeting Stored() {
  Meeting meeting;
  meeting.set_title("旧");
  meeting.set_location("旧址");
  meeting.mutable_start_time()->set_seconds(5);
  meeting.mutable_start_time()->set_nanos(7);
  meeting.add_agenda_items()->set_title("一");
  meeting.set_state(Meeting::STATE_CONVENED);
  return meeting;
}

google::protobuf::FieldMask Mask(std::initializer_list<const char*> paths) {
  google::protobuf::FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return mask;
}

TEST(ApplyMaskTest, CopiesWhatItNamesAndNothingElse) {
  Meeting from;
  from.set_title("新");
  from.set_location("新址");
  Meeting to = Stored();
  ASSERT_TRUE(ApplyMask(Mask({"title"}), kUpdatable, from, to).ok());
  EXPECT_EQ(to.title(), "新");
  EXPECT_EQ(to.location(), "旧址");
  EXPECT_EQ(to.state(), Meeting::STATE_CONVENED);
}

TEST(ApplyMaskTest, ReplacesAndClearsWholeFields) {
  Meeting from;
  from.mutable_start_time()->set_seconds(9);
  from.add_agenda_items()->set_title("二");
  Meeting to = Stored();
  ASSERT_TRUE(
      ApplyMask(Mask({"start_time", "agenda_items", "location"}), kUpdatable, from, to).ok());
  EXPECT_EQ(to.start_time().seconds(), 9);
  EXPECT_EQ(to.start_time().nanos(), 0);
  ASSERT_THAT(to.agenda_items(), SizeIs(1));
  EXPECT_EQ(to.agenda_items(0).title(), "二");
  EXPECT_EQ(to.location(), "");
  EXPECT_EQ(to.title(), "旧");
}

TEST(ApplyMaskTest, AnEmptyMaskNamesWhatIsSet) {
  Meeting from;
  from.set_title("新");
  from.set_state(Meeting::STATE_DRAFT);
  Meeting to = Stored();
  ASSERT_TRUE(ApplyMask({}, kUpdatable, from, to).ok());
  EXPECT_EQ(to.title(), "新");
  EXPECT_EQ(to.location(), "旧址");
  EXPECT_THAT(to.agenda_items(), SizeIs(1));
  EXPECT_EQ(to.state(), Meeting::STATE_CONVENED);
}

TEST(ApplyMaskTest, RefusesOtherPaths) {
  for (const char* path : {"state", "name", "nonsense", "start_time.seconds", "*", ""}) {
    Meeting to = Stored();
    const absl::Status status = ApplyMask(Mask({path}), kUpdatable, Meeting(), to);
    EXPECT_EQ(ReasonOf(status), "MASK_PATH_INVALID") << path;
    EXPECT_EQ(to.SerializeAsString(), Stored().SerializeAsString());
  }
}

TEST(CheckEtagTest, OnlyAnotherOneIsStale) {
  EXPECT_TRUE(CheckEtag("", "3", "n").ok());
  EXPECT_TRUE(CheckEtag("3", "3", "n").ok());
  EXPECT_EQ(ReasonOf(CheckEtag("2", "3", "n")), "ETAG_STALE");
  EXPECT_EQ(CheckEtag("2", "3", "n").code(), absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace jinhuan::api
