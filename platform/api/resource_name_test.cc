#include "platform/api/resource_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinhuan::api {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(MatchNameTest, GivesWhatStandsForEachStar) {
  EXPECT_THAT(MatchName("alliances/*/members/*", "alliances/a1/members/M_7-x"),
              Optional(ElementsAre("a1", "M_7-x")));
  EXPECT_THAT(MatchName("alliances/*", "alliances/" + std::string(64, 'a')),
              Optional(ElementsAre(std::string(64, 'a'))));
}

TEST(MatchNameTest, RefusesEverythingElse) {
  for (const std::string name :
       {"", "alliances", "alliances/", "alliances//members/m", "alliances/a/members",
        "alliances/a/members/", "alliances/a/members/m/", "alliances/a/members/m/x",
        "/alliances/a/members/m", "alliances/a/bookings/m", "alliances/a b/members/m",
        "alliances/党/members/m", "alliances/a%/members/m", "alliances/../members/m",
        "alliances/a/members/m\n"}) {
    EXPECT_EQ(MatchName("alliances/*/members/*", name), std::nullopt) << name;
  }
  EXPECT_EQ(MatchName("alliances/*", "alliances/" + std::string(65, 'a')), std::nullopt);
}

TEST(RequireNameTest, TellsMissingFromMalformed) {
  EXPECT_EQ(ReasonOf(RequireName("alliances/*", "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(RequireName("alliances/*", "a1").status()), "NAME_INVALID");
  EXPECT_TRUE(RequireName("alliances/*", "alliances/a1").ok());
}

TEST(AllianceOfTest, ReadsTheFirstTwoSegments) {
  EXPECT_EQ(AllianceOf("alliances/a1"), "alliances/a1");
  EXPECT_EQ(AllianceOf("alliances/a1/members/m7"), "alliances/a1");
  EXPECT_EQ(AllianceOf("users/u1"), "");
  EXPECT_EQ(AllianceOf("alliances/"), "");
  EXPECT_EQ(AllianceOf("alliances/a b/members/m"), "");
  EXPECT_EQ(AllianceOf(""), "");
}

}  // namespace
}  // namespace jinhuan::api
