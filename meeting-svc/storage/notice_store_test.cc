#include "meeting-svc/storage/notice_store.h"

#include <gmock/gmock.h>

#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/storage/ballot_fixture.h"

namespace jinhuan::meeting {
namespace {

using NoticeTest = BallotTest;

// A ballot's notices reach the units on its roll and nobody else: not who was not invited, nor
// a tier without a vote.
TEST_F(NoticeTest, TheElectorsOfABallotAreTheUnitsOnItsRoll) {
  const MeetingKey key = InSession(4, 3);
  alliance::v1::Charter charter = Charter();
  charter.mutable_meeting()->mutable_tier_weights(0)->set_votes(0);
  Apply(charter);
  alliance::v1::Member standing;
  standing.set_name("alliances/a/members/" + Id(3));
  standing.set_state(alliance::v1::Member::STATE_ACTIVE);
  standing.set_tier(alliance::v1::TIER_STANDING);
  Apply(standing);
  const auto ballot = Open(key, alliance::v1::ITEM_KIND_ORDINARY);
  ASSERT_TRUE(ballot.ok()) << ballot.status();

  const FakeClock clock(now_);
  const NoticeStore notices(alliances_, clock);
  journal::v1::Entry entry;
  entry.set_id("e1");
  entry.set_resource(ballot->name());
  *entry.mutable_time() = api::ToProto(now_);
  entry.mutable_after()->PackFrom(*ballot);
  const auto kept = db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                      [&](db::Connection& c) { return notices.Apply(c, entry); });
  ASSERT_TRUE(kept.ok()) << kept;

  for (int unit = 0; unit < 5; ++unit) {
    const NoticeStore::Reader reader{.user = "users/u",
                                     .audiences = {LiaisonsOf("alliances/a/members/" + Id(unit))}};
    const auto inbox = Do([&](db::Connection& c) { return notices.List(c, reader, true, {}, 10); });
    ASSERT_TRUE(inbox.ok()) << inbox.status();
    EXPECT_EQ(inbox->size(), unit < 3 ? 1U : 0U) << unit;
  }
}

}  // namespace
}  // namespace jinhuan::meeting
