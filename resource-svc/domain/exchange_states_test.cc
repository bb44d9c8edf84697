#include "resource-svc/domain/exchange_states.h"

#include <gmock/gmock.h>

#include <map>
#include <tuple>

#include "platform/status/error.h"

namespace jinhuan::resource {
namespace {

using Match = v1::Match;

constexpr char kPublisher[] = "alliances/a/members/p";
constexpr char kClaimant[] = "alliances/a/members/c";

Match In(Match::State state, const std::string& awaits = "") {
  Match match;
  match.set_name("alliances/a/matches/m");
  match.set_publisher(kPublisher);
  match.set_claimant(kClaimant);
  match.set_state(state);
  match.set_awaits(awaits);
  return match;
}

// Every state with every act of either unit: where it leads, or why it is refused. The
// table of the rules is laid beside one that was written by hand.
TEST(ExchangeStatesTest, EveryPairLeadsWhereItShould) {
  using Key = std::tuple<Match::State, MatchAct, std::string>;
  const std::map<Key, Match::State> leads = {
      {{Match::STATE_CLAIMED, MatchAct::kAgree, kPublisher}, Match::STATE_AGREED},
      {{Match::STATE_CLAIMED, MatchAct::kWithdraw, kPublisher}, Match::STATE_WITHDRAWN},
      {{Match::STATE_CLAIMED, MatchAct::kWithdraw, kClaimant}, Match::STATE_WITHDRAWN},
      {{Match::STATE_AGREED, MatchAct::kComplete, kPublisher}, Match::STATE_DELIVERED},
      {{Match::STATE_AGREED, MatchAct::kComplete, kClaimant}, Match::STATE_DELIVERED},
      {{Match::STATE_AGREED, MatchAct::kWithdraw, kPublisher}, Match::STATE_WITHDRAWN},
      {{Match::STATE_AGREED, MatchAct::kWithdraw, kClaimant}, Match::STATE_WITHDRAWN},
      // Delivered, said by the publisher: it waits for the claimant.
      {{Match::STATE_DELIVERED, MatchAct::kComplete, kClaimant}, Match::STATE_COMPLETED},
      {{Match::STATE_DELIVERED, MatchAct::kWithdraw, kClaimant}, Match::STATE_WITHDRAWN},
      {{Match::STATE_COMPLETED, MatchAct::kRate, kPublisher}, Match::STATE_COMPLETED},
      {{Match::STATE_COMPLETED, MatchAct::kRate, kClaimant}, Match::STATE_COMPLETED},
  };
  int pairs = 0;
  for (int number = 0; number < Match::State_ARRAYSIZE; ++number) {
    const auto state = static_cast<Match::State>(number);
    for (const auto act :
         {MatchAct::kAgree, MatchAct::kComplete, MatchAct::kRate, MatchAct::kWithdraw}) {
      for (const char* unit : {kPublisher, kClaimant}) {
        ++pairs;
        SCOPED_TRACE(Match::State_Name(state) + " act " + std::to_string(static_cast<int>(act)) +
                     " by " + unit);
        const std::string awaits = state == Match::STATE_DELIVERED ? kClaimant : "";
        const auto after = Advance(In(state, awaits), act, unit, "Method");
        const auto expected = leads.find({state, act, unit});
        if (expected != leads.end()) {
          ASSERT_TRUE(after.ok()) << after.status();
          EXPECT_EQ(after->state(), expected->second);
        } else {
          const bool never = act == MatchAct::kAgree && unit == std::string(kClaimant);
          EXPECT_EQ(ReasonOf(after.status()), never ? "ROLE_REQUIRED" : "STATE_WRONG");
        }
      }
    }
  }
  EXPECT_EQ(pairs, 6 * 4 * 2);
}

TEST(ExchangeStatesTest, DeliveryWaitsForTheOtherUnit) {
  for (const char* unit : {kPublisher, kClaimant}) {
    const auto delivered =
        Advance(In(Match::STATE_AGREED), MatchAct::kComplete, unit, "CompleteMatch");
    ASSERT_TRUE(delivered.ok());
    EXPECT_EQ(delivered->awaits(), OtherUnit(*delivered, unit));
    EXPECT_NE(delivered->awaits(), unit);
    const auto again = Advance(*delivered, MatchAct::kComplete, unit, "CompleteMatch");
    EXPECT_EQ(ReasonOf(again.status()), "STATE_WRONG");
    const auto completed =
        Advance(*delivered, MatchAct::kComplete, delivered->awaits(), "CompleteMatch");
    ASSERT_TRUE(completed.ok());
    EXPECT_EQ(completed->awaits(), "");
  }
}

TEST(ExchangeStatesTest, AnErrorNamesTheStates) {
  const auto after =
      Advance(In(Match::STATE_COMPLETED), MatchAct::kWithdraw, kClaimant, "WithdrawMatch");
  EXPECT_THAT(std::string(after.status().message()),
              ::testing::HasSubstr("is COMPLETED; the method needs CLAIMED, AGREED, DELIVERED"));
}

}  // namespace
}  // namespace jinhuan::resource
