#include "meeting-svc/storage/notice_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/storage/ballot_fixture.h"

namespace jinhuan::meeting {
namespace {

class NoticeTest : public BallotTest {
 protected:
  // Keeps what an entry tells that is made at a time.
  template <class Resource>
  void Tell(const Resource& after, absl::Time time) {
    const FakeClock clock(time);
    const NoticeStore notices(alliances_, clock);
    journal::v1::Entry entry;
    entry.set_id(fmt::format("e{}", ++entries_));
    entry.set_alliance("alliances/a");
    entry.set_resource(after.name());
    *entry.mutable_time() = api::ToProto(time);
    entry.mutable_after()->PackFrom(after);
    const auto kept = db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                        [&](db::Connection& c) { return notices.Apply(c, entry); });
    ASSERT_TRUE(kept.ok()) << kept;
  }

  // How many notices wait for a circle.
  size_t InboxOf(const std::string& audience) {
    const FakeClock clock(now_);
    const NoticeStore notices(alliances_, clock);
    const NoticeStore::Reader reader{.user = "users/u", .audiences = {audience}};
    const auto inbox = Do([&](db::Connection& c) { return notices.List(c, reader, true, {}, 10); });
    EXPECT_TRUE(inbox.ok()) << inbox.status();
    return inbox.ok() ? inbox->size() : 0;
  }

 private:
  int entries_ = 0;
};

// Who stands in acts from its first moment to its last, which is not its own.
TEST_F(NoticeTest, TheChairIsWhoActsForItAtTheMoment) {
  v1::Topic topic;
  topic.set_name("alliances/a/topics/t");
  topic.set_state(v1::Topic::STATE_SUBMITTED);
  Tell(topic, now_);  // nobody's term
  EXPECT_EQ(InboxOf(TheStreet("alliances/a")), 1U);
  alliance::v1::ChairTerm term;
  term.set_name("alliances/a/chairTerms/2026-01-01");
  term.set_member("alliances/a/members/c");
  *term.mutable_start_time() = api::ToProto(now_ - absl::Hours(1));
  *term.mutable_end_time() = api::ToProto(now_ + absl::Hours(9));
  alliance::v1::StandIn& other = *term.add_stand_ins();
  other.set_member("alliances/a/members/s");
  *other.mutable_start_time() = api::ToProto(now_ + absl::Hours(1));
  *other.mutable_end_time() = api::ToProto(now_ + absl::Hours(2));
  journal::v1::Entry published;
  published.set_resource(term.name());
  published.mutable_after()->PackFrom(term);
  ASSERT_TRUE(
      db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
        return alliances_.Apply(c, published);
      }).ok());
  const auto both = [&] {
    return std::pair{InboxOf(LiaisonsOf("alliances/a/members/c")),
                     InboxOf(LiaisonsOf("alliances/a/members/s"))};
  };
  Tell(topic, now_);
  EXPECT_EQ(both(), (std::pair<size_t, size_t>{1, 0}));
  Tell(topic, now_ + absl::Hours(1));
  EXPECT_EQ(both(), (std::pair<size_t, size_t>{1, 1}));
  Tell(topic, now_ + absl::Hours(2));
  EXPECT_EQ(both(), (std::pair<size_t, size_t>{2, 1}));
}

// A report does not say whose project it is of.
TEST_F(NoticeTest, AReportReachesWhoProposedTheProjectOrTheStreet) {
  v1::Project project;
  project.set_proposer_member("alliances/a/members/p");
  Run(
      fmt::format("INSERT INTO project (alliance_id, id, version, state, lead_id, due_day, body) "
                  "VALUES ('a', 'p1', 1, 1, 'l', 0, x'{}'), ('a', 'p2', 1, 1, 'l', 0, '')",
                  absl::BytesToHexString(project.SerializeAsString())));
  v1::ProgressReport report;
  report.set_name("alliances/a/projects/p1/reports/r");
  Tell(report, now_);
  EXPECT_EQ(InboxOf(LiaisonsOf("alliances/a/members/p")), 1U);
  EXPECT_EQ(InboxOf(TheStreet("alliances/a")), 0U);
  report.set_name("alliances/a/projects/p2/reports/r");
  Tell(report, now_);
  EXPECT_EQ(InboxOf(LiaisonsOf("alliances/a/members/p")), 1U);
  EXPECT_EQ(InboxOf(TheStreet("alliances/a")), 1U);
}

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

  Tell(*ballot, now_);
  for (int unit = 0; unit < 5; ++unit) {
    EXPECT_EQ(InboxOf(LiaisonsOf("alliances/a/members/" + Id(unit))), unit < 3 ? 1U : 0U) << unit;
  }
}

}  // namespace
}  // namespace jinhuan::meeting
