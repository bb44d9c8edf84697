// What the alliance itself tells, how times are told, and who belongs to which circle.
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/notice_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;

TEST(NoticeRulesTest, AnApplicationAsksTheStreetAndItsApprovalIsToldToAllLiaisons) {
  alliance::v1::Member member;
  member.set_name("alliances/a/members/m");
  member.set_display_name("青禾小学");
  member.set_state(alliance::v1::Member::STATE_APPLIED);
  EXPECT_THAT(Told(member), ElementsAre("alliances/a#street ! 青禾小学申请加入联盟，请审核"));
  const alliance::v1::Member applied = member;
  member.set_state(alliance::v1::Member::STATE_ACTIVE);
  EXPECT_THAT(Told(&applied, member), ElementsAre("alliances/a#liaisons 青禾小学成为联盟成员单位"));
  EXPECT_TRUE(Told(member).empty());  // of a roster
  alliance::v1::Member suspended = member;
  suspended.set_state(alliance::v1::Member::STATE_SUSPENDED);
  EXPECT_THAT(Told(&suspended, member), ElementsAre("alliances/a#liaisons 青禾小学已恢复成员资格"));
}

TEST(NoticeRulesTest, ADayOfAnotherYearIsToldWithItsYear) {
  using alliance::v1::ChairTerm;
  ChairTerm term;
  term.set_name("alliances/a/chairTerms/t");
  term.set_member("alliances/a/members/m");
  *term.mutable_start_time() = api::ToProto(kEvening);
  EXPECT_THAT(
      Told(term),
      ElementsAre("alliances/a/members/m#liaisons 本单位将自 11月28日 18:00 起担任轮值主席"));
  *term.mutable_start_time() = api::ToProto(absl::FromCivil(absl::CivilHour(2029, 7, 1), kZone));
  EXPECT_THAT(
      Told(term),
      ElementsAre("alliances/a/members/m#liaisons 本单位将自 2029年7月1日 00:00 起担任轮值主席"));
}

TEST(NoticeRulesTest, WhatIsTornTellsNothing) {
  journal::v1::Entry entry;
  entry.set_alliance("alliances/a");
  EXPECT_TRUE(TellingsOf(entry, kZone).empty());
  alliance::v1::Member applied;
  applied.set_name("alliances/a/members/m");
  applied.set_display_name("青禾小学");
  applied.set_state(alliance::v1::Member::STATE_APPLIED);
  entry.mutable_after()->PackFrom(applied);
  EXPECT_EQ(TellingsOf(entry, kZone).size(), 1U);
  entry.mutable_after()->mutable_value()->pop_back();
  EXPECT_TRUE(TellingsOf(entry, kZone).empty());
}

TEST(NoticeRulesTest, WhoIsToldFollowsFromRoles) {
  auth::v1::Caller caller;
  caller.set_name("users/u");
  for (const auto role : {auth::v1::ROLE_LIAISON, auth::v1::ROLE_STAFF, auth::v1::ROLE_CHAIR}) {
    auth::v1::Grant& grant = *caller.add_grants();
    grant.set_role(role);
    grant.set_alliance("alliances/a");
    grant.set_member("alliances/a/members/m");
  }
  EXPECT_THAT(AudiencesOf(caller), ElementsAre("alliances/a#everyone", "alliances/a#liaisons",
                                               "alliances/a/members/m#liaisons", "users/u"));
}

TEST(NoticeRulesTest, WhoHasNoRoleIsToldNothing) {
  auth::v1::Caller caller;
  caller.set_name("users/u");
  EXPECT_THAT(AudiencesOf(caller), ElementsAre());
}

TEST(NoticeRulesTest, ASuspendedUnitHearsWhatItIsToldAlone) {
  auth::v1::Caller caller;
  caller.set_name("users/u");
  for (const auto role : {auth::v1::ROLE_LIAISON, auth::v1::ROLE_STAFF}) {
    auth::v1::Grant& grant = *caller.add_suspended_grants();
    grant.set_role(role);
    grant.set_alliance("alliances/a");
    grant.set_member("alliances/a/members/m");
  }
  EXPECT_THAT(AudiencesOf(caller), ElementsAre("alliances/a/members/m#liaisons", "users/u"));
}

}  // namespace
}  // namespace jinhuan::meeting
