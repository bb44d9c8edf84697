#include "alliance-svc/domain/rotation_text.h"

#include <gtest/gtest.h>

#include <set>

namespace jinhuan::alliance::chair {
namespace {

using rotation::Alternative;

TEST(RotationTextTest, CreditsHaveThreeDigits) {
  EXPECT_EQ(CreditText(0), "0.000");
  EXPECT_EQ(CreditText(1'500'000), "1.500");
  EXPECT_EQ(CreditText(999), "0.000");
  EXPECT_EQ(CreditText(-250'000), "-0.250");
}

TEST(RotationTextTest, EachWayToDecideHasASentenceOfItsOwn) {
  const Standing chair{"甲", 1'000'000, 20000};
  const Standing other{"乙", 2'000'000, 20100};
  std::set<std::string> zh;
  std::set<std::string> en;
  for (int decided = 0; decided <= static_cast<int>(Alternative::Decided::kLottery); ++decided) {
    Alternative alternative;
    alternative.decided = static_cast<Alternative::Decided>(decided);
    alternative.displaced = 2;
    const Text text = ExplainAlternative(chair, other, alternative, {});
    zh.insert(text.zh);
    en.insert(text.en);
    EXPECT_NE(text.zh.find("2 个任期"), std::string::npos) << text.zh;
    EXPECT_NE(text.en.find("2 terms"), std::string::npos) << text.en;
  }
  for (const auto obstacle : {Alternative::Obstacle::kFrozen, Alternative::Obstacle::kNotEligible,
                              Alternative::Obstacle::kTurnTaken}) {
    Alternative alternative;
    alternative.obstacle = obstacle;
    zh.insert(ExplainAlternative(chair, other, alternative, {}).zh);
    en.insert(ExplainAlternative(chair, other, alternative, {}).en);
  }
  EXPECT_EQ(zh.size(), 11U);
  EXPECT_EQ(en.size(), 11U);
}

TEST(RotationTextTest, AWaitIsToldByItsDays) {
  Alternative alternative;
  alternative.decided = Alternative::Decided::kWait;
  const Text text = ExplainAlternative({"甲", 0, 0}, {"乙", 0, 31}, alternative, {});
  EXPECT_NE(text.zh.find("1970-01-01"), std::string::npos);
  EXPECT_NE(text.en.find("1970-02-01"), std::string::npos);
}

TEST(RotationTextTest, ASummaryTellsASwapOnlyWhenThereWasOne) {
  TermFacts facts;
  facts.display_name = "甲";
  facts.first_day = "2027-01-01";
  facts.units = 1;
  EXPECT_EQ(Summarise(facts).zh.find("此后"), std::string::npos);
  EXPECT_NE(Summarise(facts).en.find("out of 1 unit,"), std::string::npos);
  facts.planned_display_name = "乙";
  facts.changed_because = "互换";
  EXPECT_NE(Summarise(facts).zh.find("由乙担任"), std::string::npos);
  EXPECT_NE(Summarise(facts).zh.find("此后改由甲担任：互换"), std::string::npos);
  facts.frozen = true;
  EXPECT_NE(Summarise(facts).zh.find("已冻结"), std::string::npos);
}

}  // namespace
}  // namespace jinhuan::alliance::chair
