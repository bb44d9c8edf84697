#include "platform/status/state_wrong.h"

#include <gtest/gtest.h>

#include "jinhuan/meeting/v1/topic.pb.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "platform/status/error.h"

namespace jinhuan {
namespace {

using meeting::v1::Topic;

Topic In(int state) {
  Topic topic;
  topic.set_name("alliances/a1/topics/t1");
  topic.set_state(static_cast<Topic::State>(state));
  return topic;
}

TEST(StateWrongTest, NamesStatesWithoutTheirPrefix) {
  EXPECT_EQ(StateName(Topic::STATE_SUBMITTED), "SUBMITTED");
  EXPECT_EQ(StateName(resource::v1::LISTING_STATE_OPEN), "OPEN");
}

TEST(StateWrongTest, IsOkInAStateThatIsNeeded) {
  EXPECT_TRUE(
      CheckState(In(Topic::STATE_DEFERRED), {Topic::STATE_SUBMITTED, Topic::STATE_DEFERRED}).ok());
}

TEST(StateWrongTest, TellsTheStateAndAllThatIsNeeded) {
  const absl::Status status = CheckState(
      In(Topic::STATE_REJECTED), StatesBetween(Topic::STATE_SUBMITTED, Topic::STATE_DEFERRED));
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(ReasonOf(status), "STATE_WRONG");
  EXPECT_EQ(std::string(status.message()),
            "alliances/a1/topics/t1 is REJECTED; the method needs SUBMITTED, DEFERRED");
}

TEST(StateWrongTest, TellsAnUnknownStateByItsNumber) {
  const absl::Status status = CheckState(In(77), {Topic::STATE_SUBMITTED});
  EXPECT_EQ(std::string(status.message()),
            "alliances/a1/topics/t1 is 77; the method needs SUBMITTED");
}

}  // namespace
}  // namespace jinhuan
