#include "alliance-svc/domain/uscc.h"

#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

TEST(Uscc, KnowsGoodFromBad) {
  const struct {
    const char* code;
    bool valid;
  } cases[] = {
      {"11320000MB151840XJ", true},     {"91350100M000100Y43", true},
      {"91350100M000100Y4Z", false},  // Z is not in the alphabet
      {"91350100M000100Y44", false},    {"", false},
      {"91350100M000100Y4", false},     {"91350100M000100Y433", false},
      {"91350100I000100Y43", false},    {"91350100m000100y43", false},
      {"91350100M000100Y4\xE4", false},
  };
  for (const auto& c : cases) EXPECT_EQ(IsUscc(c.code), c.valid) << c.code;
}

TEST(Uscc, LowerCaseIsNormalised) {
  EXPECT_EQ(NormaliseUscc("91350100m000100y43"), "91350100M000100Y43");
  EXPECT_EQ(NormaliseUscc("金中环 x"), "金中环 X");
}

// 31 is a prime and no weight is a multiple of it, so one wrong character always
// shows, wherever it stands.
TEST(Uscc, EverySingleWrongCharacterIsCaught) {
  for (const std::string_view valid : {"11320000MB151840XJ", "91350100M000100Y43"}) {
    for (size_t at = 0; at < valid.size(); ++at) {
      for (const char c : kAlphabet) {
        std::string code(valid);
        code[at] = c;
        EXPECT_EQ(IsUscc(code), c == valid[at]) << code;
      }
    }
  }
}

TEST(Uscc, EveryBodyHasExactlyOneCheckCharacter) {
  std::string body = "91350100M000100Y4";
  for (const char c : kAlphabet) {
    body[9] = c;
    int valid = 0;
    for (const char check : kAlphabet) valid += IsUscc(body + check);
    EXPECT_EQ(valid, 1) << body;
  }
}

}  // namespace
}  // namespace jinhuan::alliance
