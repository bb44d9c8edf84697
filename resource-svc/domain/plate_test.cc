#include "resource-svc/domain/plate.h"

#include <gmock/gmock.h>

namespace jinhuan::resource {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(PlateTest, KeepsWhatIsAPlate) {
  for (const char* plate :
       {"沪A12345", "京AF0236", "苏E5K8P2", "沪A1234学", "沪A1234警", "沪A1234挂", "沪A1234领",
        "粤Z1234港", "粤Z1234澳", "沪AD12345", "沪AFA2345", "沪AK12345", "沪A12345D", "沪A12345F",
        "新Q99999", "藏AZZZZZ"}) {
    EXPECT_THAT(NormalisePlate(plate), Optional(Eq(plate))) << plate;
  }
}

TEST(PlateTest, MendsHowItWasTyped) {
  for (const char* typed : {"沪a·12345", "沪A.12345", "沪A-12345", " 沪 A 12345 ", "沪a•12345",
                            "沪A・12345", "沪A\u300012345"}) {
    EXPECT_THAT(NormalisePlate(typed), Optional(Eq("沪A12345"))) << typed;
  }
}

TEST(PlateTest, RefusesWhatIsNone) {
  for (const char* text : {"",           "沪",          "沪A",
                           "沪A1234",    "沪A123456",  // length; six digits are no new-energy plate
                           "沪AD123456", "台A12345",    "AA12345",
                           "沪112345",   "沪沪12345",   "沪I12345",
                           "沪O12345",   "沪AO1234",    "沪A1I345",  // I and O
                           "沪A1234港",  "粤B1234港",   "沪A学1234",
                           "沪A123学学", "沪A12345学",  "沪AI12345",
                           "沪AL12345",  "沪ADO2345",   "沪AD1234A",  // kinds, places of new energy
                           "沪A1234AD",  "沪A12345L",   "沪A!2345",
                           "沪Ａ12345",  "沪A1234\xE5", "\xFF\xFE沪A12345"}) {
    EXPECT_EQ(NormalisePlate(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace jinhuan::resource
