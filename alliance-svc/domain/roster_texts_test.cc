#include "alliance-svc/domain/roster_texts.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

TEST(RosterTexts, EveryValueIsSaidInBothLanguages) {
  const auto expect_all = [](absl::Span<const RosterText> texts, int last) {
    EXPECT_EQ(texts.size(), static_cast<size_t>(last));
    for (const RosterText& text : texts) {
      EXPECT_EQ(TextOf(texts, text.value), text.zh);
      EXPECT_EQ(ValueOf(texts, text.zh), text.value);
      EXPECT_EQ(ValueOf(texts, text.en), text.value);
    }
  };
  expect_all(SectorTexts(), v1::Sector_MAX);
  expect_all(TierTexts(), v1::Tier_MAX);
  expect_all(PartyOrganizationTexts(), v1::PartyOrganization_MAX);
  expect_all(StateTexts(), v1::Member::State_MAX);
  EXPECT_EQ(ValueOf(SectorTexts(), " ｆｉｎａｎｃｅ "), v1::SECTOR_FINANCE);
  EXPECT_EQ(ValueOf(SectorTexts(), "银行"), std::nullopt);
  EXPECT_EQ(ValueOf(SectorTexts(), ""), std::nullopt);
  EXPECT_EQ(TextOf(SectorTexts(), 0), "");
  EXPECT_EQ(ChoicesZh(TierTexts()), "常务理事、理事、成员");
  EXPECT_EQ(ChoicesEn(TierTexts()), "STANDING, COUNCIL, ORDINARY");
}

TEST(RosterTexts, DaysAsPeopleTypeThem) {
  const absl::CivilDay day(2024, 5, 1);
  EXPECT_EQ(DayOf("2024-05-01"), day);
  EXPECT_EQ(DayOf("2024/5/1"), day);
  EXPECT_EQ(DayOf("2024.5.1"), day);
  for (const char* wrong : {"", "2024", "2024-05", "24-05-01", "2024-02-30", "2024-13-01",
                            "2024-05-01 09:30", "05/01/2024", "二〇二四年五月一日"}) {
    EXPECT_EQ(DayOf(wrong), std::nullopt) << wrong;
  }
}

TEST(RosterTexts, FoldedIsWhatPeopleTakeForTheSame) {
  EXPECT_EQ(Folded("ＡＢＣ（上海） 公司"), "abc(上海)公司");
  EXPECT_EQ(Folded("Abc(上海)　公司"), Folded("ＡＢＣ（上海）公司"));
  EXPECT_NE(Folded("甲公司"), Folded("乙公司"));
  EXPECT_EQ(Folded("\xFF"), "");
}

}  // namespace
}  // namespace jinhuan::alliance
