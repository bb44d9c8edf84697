#include "platform/text/pinyin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "platform/text/pinyin_words.h"

namespace jinhuan {
namespace {

TEST(PinyinInitialsTest, TakesTheFirstLetters) {
  EXPECT_EQ(PinyinInitials("中环街道"), "zhjd");
  EXPECT_EQ(PinyinInitials("中環街道"), "zhjd");
  EXPECT_EQ(PinyinInitials("ABC公司3号楼"), "abcgs3hl");
  EXPECT_EQ(PinyinInitials("ＡＢ１区"), "ab1q");
  EXPECT_EQ(PinyinInitials("安波次德额发高黑机开"), "abcdefghjk");
  EXPECT_EQ(PinyinInitials("里马牛哦盘七人三天五西一在"), "lmnopqrstwxyz");
}

TEST(PinyinInitialsTest, LeavesOutTheRest) {
  EXPECT_EQ(PinyinInitials("中环（街道）·一 支部-🚗か"), "zhjdyzb");
  EXPECT_EQ(PinyinInitials("Café"), "cafe");
  EXPECT_EQ(PinyinInitials(""), "");
  EXPECT_EQ(PinyinInitials("中\xFF"), "");
}

TEST(PinyinInitialsTest, ReadsWordsAsWords) {
  EXPECT_EQ(PinyinInitials("中国银行重庆分行"), "zgyhcqfh");
  EXPECT_EQ(PinyinInitials("行政中心"), "xzzx");
  EXPECT_EQ(PinyinInitials("长三角会计协会"), "csjkjxh");
  EXPECT_EQ(PinyinInitials("校长重点厦门大厦"), "xzzdxmds");
}

TEST(PinyinInitialsTest, EveryWordHasOneInitialPerCharacter) {
  for (const char32_t* text : {U"银行", U"长三角", U"朝晖"}) {
    const PinyinWord* word = FindPinyinWord(text);
    ASSERT_NE(word, nullptr);
    EXPECT_EQ(word->text, text);
    EXPECT_EQ(word->initials.size(), word->text.size());
  }
  EXPECT_EQ(FindPinyinWord(U"中"), nullptr);
  EXPECT_EQ(FindPinyinWord(U""), nullptr);
}

TEST(PinyinSortKeyTest, SortsAsADirectoryDoes) {
  const std::vector<std::string> sorted = {
      "", "安", "八一", "党建", "第2支部", "第10支部", "街道", "中环", "中环街道", "ABC", "xyz"};
  for (size_t i = 1; i < sorted.size(); ++i) {
    EXPECT_LT(PinyinSortKey(sorted[i - 1]), PinyinSortKey(sorted[i]))
        << sorted[i - 1] << ' ' << sorted[i];
  }
  EXPECT_EQ(PinyinSortKey(""), "");
}

TEST(PinyinSortKeyTest, IsBounded) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "龘";
  EXPECT_LE(PinyinSortKey(text).size(), 255u);
  EXPECT_GT(PinyinSortKey(text).size(), 100u);
  std::string eighty;
  for (int i = 0; i < 80; ++i) eighty += "龘";
  EXPECT_LT(PinyinSortKey(eighty), PinyinSortKey(eighty + "一"));
  EXPECT_LE(PinyinSortKey(std::string(10'000, '\xFF')).size(), 255u);
}

TEST(PinyinTest, TheVersionTellsOfRulesLibraryAndCollation) {
  EXPECT_THAT(PinyinVersion(), ::testing::MatchesRegex("1-[0-9.]+-[0-9.]+"));
  EXPECT_LE(PinyinVersion().size(), 32u);
}

TEST(PinyinTest, ThreadsShareIt) {
  const std::string name = "中环街道党建工作联盟第12支部";
  const std::string key = PinyinSortKey(name);
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 2'000; ++i) {
        wrong[t] += PinyinInitials(name) != "zhjddjgzlmd12zb" || PinyinSortKey(name) != key;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(wrong, ::testing::Each(0));
}

}  // namespace
}  // namespace jinhuan
