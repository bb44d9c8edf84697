#include "meeting-svc/storage/notice_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "jinhuan/meeting/v1/mail_settings.pb.h"
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
  void Tell(const Resource& after, absl::Time time, const Resource* before = nullptr) {
    const FakeClock clock(time);
    const NoticeStore notices(alliances_, outbox_, clock);
    journal::v1::Entry entry;
    entry.set_id(fmt::format("e{}", ++entries_));
    entry.set_alliance("alliances/a");
    entry.set_resource(after.name());
    *entry.mutable_time() = api::ToProto(time);
    if (before != nullptr) entry.mutable_before()->PackFrom(*before);
    entry.mutable_after()->PackFrom(after);
    const auto kept = db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                                        [&](db::Connection& c) { return notices.Apply(c, entry); });
    ASSERT_TRUE(kept.ok()) << kept;
  }

  // How many notices wait for a circle.
  size_t InboxOf(const std::string& audience) { return InboxOf(std::vector{audience}); }
  size_t InboxOf(const std::vector<std::string>& audiences) {
    const FakeClock clock(now_);
    const NoticeStore notices(alliances_, outbox_, clock);
    const NoticeStore::Reader reader{.user = "users/u", .audiences = audiences};
    const auto inbox = Do([&](db::Connection& c) { return notices.List(c, reader, true, {}, 10); });
    EXPECT_TRUE(inbox.ok()) << inbox.status();
    return inbox.ok() ? inbox->size() : 0;
  }

  MailOutbox outbox_;

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

// With what was read of them, also what never was a notice.
TEST_F(NoticeTest, NoticesAreForgottenAfterHalfAYear) {
  v1::Topic topic;
  topic.set_name("alliances/a/topics/t");
  topic.set_state(v1::Topic::STATE_SUBMITTED);
  const absl::Duration half = absl::Hours(24 * 183);
  Tell(topic, now_);
  Tell(topic, now_ + half);
  const FakeClock clock(now_);
  const NoticeStore notices(alliances_, outbox_, clock);
  const NoticeStore::Reader reader{.user = "users/u", .audiences = {TheStreet("alliances/a")}};
  const absl::Status read =
      db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
        return notices.MarkRead(c, reader, {"e1", "zzz"}, absl::UnixEpoch());
      });
  ASSERT_TRUE(read.ok()) << read;
  EXPECT_EQ(InboxOf(TheStreet("alliances/a")), 1U);
  const auto forget = [&](absl::Time now) {
    const auto gone =
        Do([&](db::Connection& c) { return notices.ForgetOld(c, now, 10); }).value_or(-1);
    const auto seen =
        Do([&](db::Connection& c) { return notices.ForgetOldRead(c, now, 1); }).value_or(-1);
    return std::pair<int64_t, int64_t>{gone, seen};
  };
  EXPECT_EQ(forget(now_ + half), (std::pair<int64_t, int64_t>{0, 0}));
  EXPECT_EQ(forget(now_ + half + absl::Seconds(1)), (std::pair<int64_t, int64_t>{1, 1}));
  EXPECT_EQ(forget(now_ + half + absl::Seconds(1)), (std::pair<int64_t, int64_t>{0, 1}));
  EXPECT_EQ(InboxOf(TheStreet("alliances/a")), 1U);  // the later one
}

// Who does not belong to the standing council is not asked to answer for it; all units are for a
// joint meeting, whoever joins later with them.
TEST_F(NoticeTest, AMeetingOfAPartIsToldToThoseInvited) {
  Apply(Charter());
  PutUnit(0, alliance::v1::TIER_STANDING);
  PutUnit(1, alliance::v1::TIER_ORDINARY);
  const v1::Meeting standing =
      *Convene(KeyOf(Draft(now_ + absl::Hours(1), v1::MEETING_BODY_STANDING)));
  Tell(standing, now_);
  EXPECT_EQ(InboxOf(LiaisonsOf("alliances/a/members/" + Id(0))), 1U);
  EXPECT_EQ(InboxOf(LiaisonsOf("alliances/a/members/" + Id(1))), 0U);
  EXPECT_EQ(InboxOf(AllLiaisons("alliances/a")), 0U);
  Tell(*Convene(KeyOf(Draft(now_ + absl::Hours(1)))), now_);
  EXPECT_EQ(InboxOf(LiaisonsOf("alliances/a/members/" + Id(0))), 1U);
  EXPECT_EQ(InboxOf(AllLiaisons("alliances/a")), 1U);
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

// At one midnight one milestone is overdue and another soon due: the lead hears of both, once each
// though it is in two of the circles, and by mail too.
TEST_F(NoticeTest, TwoThingsThatAnEntryTellsAreTwo) {
  const std::string lead = LiaisonsOf("alliances/a/members/l");
  const std::string supporting = LiaisonsOf("alliances/a/members/s");
  for (const std::string& circle : {lead, supporting}) {
    Run(
        fmt::format("INSERT INTO circle_member (audience, user_id, alliance_id, member_id) "
                    "VALUES ('{}', 'u', 'a', '')",
                    circle));
  }
  Run(
      fmt::format("INSERT INTO mail_address (user_id, version, address, pending, pending_refused, "
                  "code_id, tries, codes, choice, language_code) "
                  "VALUES ('u', 1, 'u@example.cn', '', 0, '', 0, 0, {}, '')",
                  int{v1::MAIL_CHOICE_ALL}));
  v1::Project project;
  project.set_name("alliances/a/projects/p");
  project.set_state(v1::Project::STATE_RUNNING);
  project.set_lead_member("alliances/a/members/l");
  project.add_supporting_members("alliances/a/members/s");
  for (const char* title : {"标线", "公示"}) {
    v1::Milestone& one = *project.add_milestones();
    one.set_id(title);
    one.set_title(title);
  }
  v1::Project midnight = project;
  midnight.mutable_milestones(0)->mutable_overdue_time()->set_seconds(1);
  midnight.mutable_milestones(1)->mutable_remind_time()->set_seconds(1);
  Tell(midnight, now_, &project);
  EXPECT_EQ(InboxOf(lead), 2U);
  EXPECT_EQ(InboxOf(std::vector{lead, supporting}), 2U);
  const auto mails = Do([&](db::Connection& c) { return outbox_.CountWaiting(c); });
  EXPECT_EQ(mails.value_or(-1), 2);
}

}  // namespace
}  // namespace jinhuan::meeting
