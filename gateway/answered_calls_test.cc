#include "gateway/answered_calls.h"

#include <gmock/gmock.h>

#include <array>
#include <optional>
#include <vector>

namespace jinhuan::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AnsweredCallsTest : public ::testing::Test {
 protected:
  void Enter(size_t call, size_t bytes) {
    calls_.Enter(places_[call], bytes, [this, call] {
      places_[call].Leave();
      cut_.push_back(call);
    });
  }

  AnsweredCalls calls_{3 * AnsweredCalls::kLeast + 1000};
  std::array<AnsweredCalls::Place, 4> places_;
  std::vector<size_t> cut_;
};

TEST_F(AnsweredCallsTest, WhoWasAnsweredFirstIsCutOffFirst) {
  for (size_t call = 0; call < 3; ++call) Enter(call, 300);
  EXPECT_THAT(cut_, IsEmpty());
  Enter(3, 0);  // takes a place all the same
  EXPECT_THAT(cut_, ElementsAre(0));
  EXPECT_EQ(calls_.bytes(), 3 * AnsweredCalls::kLeast + 600);
}

TEST_F(AnsweredCallsTest, AsManyAreCutOffAsAreInTheWay) {
  for (size_t call = 0; call < 3; ++call) Enter(call, 300);
  Enter(3, AnsweredCalls::kLeast + 700);
  EXPECT_THAT(cut_, ElementsAre(0, 1));
}

TEST_F(AnsweredCallsTest, WhoHasLeftTakesNoPlace) {
  for (size_t call = 0; call < 3; ++call) Enter(call, 300);
  places_[1].Leave();
  places_[1].Leave();
  Enter(3, 300);
  EXPECT_THAT(cut_, IsEmpty());
  std::optional<AnsweredCalls::Place> gone(std::in_place);
  places_[0].Leave();
  calls_.Enter(*gone, 10, [] {});
  EXPECT_EQ(calls_.bytes(), 3 * AnsweredCalls::kLeast + 610);
  gone.reset();
  EXPECT_EQ(calls_.bytes(), 2 * AnsweredCalls::kLeast + 600);
}

TEST_F(AnsweredCallsTest, OneThatIsTooMuchAloneIsCutOffItself) {
  Enter(0, 100);
  Enter(1, 1 << 20);
  EXPECT_THAT(cut_, ElementsAre(0, 1));
  EXPECT_EQ(calls_.bytes(), 0u);
}

}  // namespace
}  // namespace jinhuan::gateway
