#include "meeting-svc/domain/meeting_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;

TEST(MeetingBodyTest, ABodyIsTheTiersThatItIsCalledAfter) {
  using alliance::v1::TIER_COUNCIL;
  using alliance::v1::TIER_STANDING;
  EXPECT_THAT(TiersOf(v1::MEETING_BODY_STANDING), ElementsAre(TIER_STANDING));
  EXPECT_THAT(TiersOf(v1::MEETING_BODY_COUNCIL), ElementsAre(TIER_STANDING, TIER_COUNCIL));
  // Every tier that there is, also none.
  const auto all = TiersOf(v1::MEETING_BODY_PLENARY);
  EXPECT_EQ(static_cast<int>(all.size()), alliance::v1::Tier_descriptor()->value_count());
  EXPECT_EQ(TiersOf(v1::MEETING_BODY_UNSPECIFIED), all);
}

TEST(MeetingBodyTest, NotGivenIsPlenary) {
  EXPECT_TRUE(AreSame(v1::MEETING_BODY_UNSPECIFIED, v1::MEETING_BODY_PLENARY));
  EXPECT_FALSE(AreSame(v1::MEETING_BODY_UNSPECIFIED, v1::MEETING_BODY_COUNCIL));
  EXPECT_FALSE(AreSame(v1::MEETING_BODY_STANDING, v1::MEETING_BODY_COUNCIL));
  EXPECT_TRUE(AreSame(v1::MEETING_BODY_STANDING, v1::MEETING_BODY_STANDING));
  EXPECT_EQ(NameOf(v1::MEETING_BODY_UNSPECIFIED), "联席会议");
  EXPECT_EQ(NameOf(v1::MEETING_BODY_STANDING), "常务理事会");
  EXPECT_EQ(NameOf(v1::MEETING_BODY_COUNCIL), "理事会");
}

}  // namespace
}  // namespace jinhuan::meeting
