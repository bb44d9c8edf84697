#include "alliance-svc/domain/common_passwords.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

bool IsCommon(std::string_view password) { return IsCommonPassword(password, "li.wei01"); }

TEST(CommonPasswords, WordsOfTheListInAnyDress) {
  for (const char* password :
       {"woaini1314", "WoAiNi1314", "woaini5201314", "qwertyuiop", "qwerty123456", "1qaz2wsx3edc",
        "P@ssw0rd", "p@ssword2026", "administrator", "Administrator@2026", "!!welcometo!!",
        "dangjianlianmeng", "2021buwangchuxin", "Jinhuan@20260701", "jinhuan"}) {
    EXPECT_TRUE(IsCommon(password)) << password;
  }
}

TEST(CommonPasswords, TheLoginWithATail) {
  EXPECT_TRUE(IsCommon("li.wei01"));
  EXPECT_TRUE(IsCommon("LI.WEI01@2026"));
  EXPECT_TRUE(IsCommon("li.wei0120260101"));
  EXPECT_FALSE(IsCommon("li.wei01-takes-the-bus"));
  EXPECT_FALSE(IsCommonPassword("otter-river-2026", ""));
}

TEST(CommonPasswords, RepetitionsAndRuns) {
  for (const char* password : {"aaaaaaaaaaaa", "abababababab", "xyz9xyz9xyz9", "woainiwoaini",
                               "jinhuanjinhuan", "abcdefghijkl", "987654321098", "345678901234"}) {
    EXPECT_TRUE(IsCommon(password)) << password;
  }
}

TEST(CommonPasswords, WhatNobodyTriesEarly) {
  for (const char* password :
       {"correct-otter-staple", "sevenpurpleotters", "我家门前有条小河", "woainideyanjing",
        "passwordless future", "ottersotters!", "135792468013"}) {
    EXPECT_FALSE(IsCommon(password)) << password;
  }
}

}  // namespace
}  // namespace jinhuan::alliance
