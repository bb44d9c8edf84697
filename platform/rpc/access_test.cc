#include "platform/rpc/access.h"

#include <gmock/gmock.h>

#include "platform/api/grant.h"
#include "platform/api/time.h"
#include "platform/status/error.h"

namespace jinhuan::rpc {
namespace {

using auth::v1::Access;
using auth::v1::Caller;
using auth::v1::Relation;
using auth::v1::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Access Allow(std::initializer_list<std::pair<Role, Relation>> rules) {
  Access access;
  for (const auto& [role, relation] : rules) {
    auth::v1::Rule& rule = *access.add_allow();
    rule.set_role(role);
    rule.set_relation(relation);
  }
  return access;
}

struct GrantOf {
  Role role;
  std::string alliance;
  std::string member;
};

Caller With(std::initializer_list<GrantOf> grants) {
  Caller caller;
  caller.set_name("users/u");
  for (const GrantOf& it : grants) {
    auth::v1::Grant& grant = *caller.add_grants();
    grant.set_role(it.role);
    grant.set_alliance(it.alliance);
    grant.set_member(it.member);
  }
  return caller;
}

constexpr char kA[] = "alliances/a";
constexpr char kB[] = "alliances/b";

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kMethod[] = "jinhuan.meeting.v1.MeetingService/GetMeeting";

absl::StatusOr<api::Scope> Check(const Access& access, const Caller& caller,
                                 std::string_view alliance, absl::Time now = kNow) {
  return CheckAccess(access, caller,
                     {.method = kMethod, .alliance = alliance, .resource = "r", .now = now});
}

std::string Outcome(const absl::StatusOr<api::Scope>& scope) {
  return scope.ok() ? auth::v1::Relation_Name(scope->relation) : ReasonOf(scope.status());
}

TEST(CheckAccessTest, LetsInByRoleAllianceAndReach) {
  const Access staff_and_street =
      Allow({{auth::v1::ROLE_STAFF, auth::v1::RELATION_OWN_UNIT},
             {auth::v1::ROLE_STREET_ADMIN, auth::v1::RELATION_OWN_ALLIANCE}});
  const Access auditor = Allow({{auth::v1::ROLE_AUDIT_ADMIN, auth::v1::RELATION_ANY}});
  const Caller staff = With({{auth::v1::ROLE_STAFF, kA, "alliances/a/members/m"}});
  const Caller street = With({{auth::v1::ROLE_STREET_ADMIN, kA, ""}});
  const Caller audit = With({{auth::v1::ROLE_AUDIT_ADMIN, "", ""}});
  const Caller liaison = With({{auth::v1::ROLE_LIAISON, kA, "alliances/a/members/m"}});

  struct Case {
    const char* what;
    const Access& access;
    const Caller& caller;
    const char* alliance;
    const char* outcome;  // a relation, or the reason of the refusal
  };
  const Case cases[] = {
      {"own unit", staff_and_street, staff, kA, "RELATION_OWN_UNIT"},
      {"own alliance", staff_and_street, street, kA, "RELATION_OWN_ALLIANCE"},
      {"another's alliance is not there", staff_and_street, staff, kB, "RESOURCE_NOT_FOUND"},
      {"nor for the street", staff_and_street, street, kB, "RESOURCE_NOT_FOUND"},
      {"a role that is not listed", staff_and_street, liaison, kA, "ROLE_REQUIRED"},
      {"nor anywhere else", staff_and_street, liaison, kB, "ROLE_REQUIRED"},
      {"an administrator sees no business", staff_and_street, audit, kA, "ROLE_REQUIRED"},
      {"any alliance", auditor, audit, kA, "RELATION_ANY"},
      {"no alliance at all", auditor, audit, "", "RELATION_ANY"},
      {"no alliance, for one that needs it", staff_and_street, staff, "", "ROLE_REQUIRED"},
      {"nobody", staff_and_street, Caller(), kA, "SIGN_IN_REQUIRED"},
      {"someone without a role", staff_and_street, With({}), kA, "ROLE_REQUIRED"},
  };
  for (const Case& it : cases) {
    const auto scope = Check(it.access, it.caller, it.alliance);
    EXPECT_EQ(scope.ok() ? auth::v1::Relation_Name(scope->relation) : ReasonOf(scope.status()),
              it.outcome)
        << it.what;
  }
}

TEST(CheckAccessTest, PublicAndSignedIn) {
  Access open;
  open.set_public_(true);
  EXPECT_TRUE(Check(open, Caller(), "").ok());
  Access signed_in;
  signed_in.set_signed_in(true);
  EXPECT_EQ(ReasonOf(Check(signed_in, Caller(), "").status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Check(signed_in, With({}), "")->relation, auth::v1::RELATION_SELF);
}

TEST(CheckAccessTest, TheWidestGrantCountsAndUnitsAreOnlyThoseOfTheRole) {
  const Access access = Allow({{auth::v1::ROLE_LIAISON, auth::v1::RELATION_OWN_UNIT},
                               {auth::v1::ROLE_STAFF, auth::v1::RELATION_SELF}});
  const auto scope = Check(access,
                           With({{auth::v1::ROLE_STAFF, kA, "alliances/a/members/m1"},
                                 {auth::v1::ROLE_LIAISON, kA, "alliances/a/members/m2"},
                                 {auth::v1::ROLE_LIAISON, kB, "alliances/b/members/m3"}}),
                           kA);
  ASSERT_TRUE(scope.ok());
  EXPECT_EQ(scope->relation, auth::v1::RELATION_OWN_UNIT);
  EXPECT_THAT(scope->units, ElementsAre("alliances/a/members/m2"));

  const auto self = Check(access, With({{auth::v1::ROLE_STAFF, kA, "alliances/a/members/m1"}}), kA);
  EXPECT_EQ(self->relation, auth::v1::RELATION_SELF);
  EXPECT_THAT(self->units, IsEmpty());
}

// The chair's rights begin and end with the term, to the microsecond.
TEST(CheckAccessTest, AGrantCountsFromItsStartToBeforeItsEnd) {
  const Access unit = Allow({{auth::v1::ROLE_CHAIR, auth::v1::RELATION_OWN_UNIT}});
  const Access whole = Allow({{auth::v1::ROLE_CHAIR, auth::v1::RELATION_OWN_ALLIANCE}});
  Caller chair = With({{auth::v1::ROLE_CHAIR, kA, "alliances/a/members/m"}});
  *chair.mutable_grants(0)->mutable_start_time() = api::ToProto(kNow);
  *chair.mutable_grants(0)->mutable_expire_time() = api::ToProto(kNow + absl::Hours(1));
  const absl::Duration step = absl::Microseconds(1);
  struct Case {
    absl::Time now;
    bool holds;
  };
  for (const Case& it :
       {Case{kNow - step, false}, Case{kNow, true}, Case{kNow + absl::Hours(1) - step, true},
        Case{kNow + absl::Hours(1), false}}) {
    EXPECT_EQ(Outcome(Check(whole, chair, kA, it.now)),
              it.holds ? "RELATION_OWN_ALLIANCE" : "ROLE_REQUIRED")
        << it.now;
    EXPECT_EQ(Outcome(Check(unit, chair, kA, it.now)),
              it.holds ? "RELATION_OWN_UNIT" : "ROLE_REQUIRED")
        << it.now;
    Caller narrowed = chair;
    DropIdleGrants(narrowed, kMethod, it.now);
    EXPECT_EQ(narrowed.grants_size(), it.holds ? 1 : 0) << it.now;
  }
  EXPECT_EQ(Outcome(Check(whole, chair, kB)), "RESOURCE_NOT_FOUND");
  EXPECT_THAT(Check(unit, chair, kA)->units, ElementsAre("alliances/a/members/m"));
  EXPECT_THAT(Check(whole, chair, kA)->acting, ElementsAre("alliances/a/members/m"));
  chair.mutable_grants(0)->clear_expire_time();
  EXPECT_TRUE(Check(whole, chair, kA, kNow + absl::Hours(9999)).ok());
}

TEST(CheckAccessTest, ASystemCallsWhatItsScopesCover) {
  const Access read = Allow({{auth::v1::ROLE_SYSTEM, auth::v1::RELATION_OWN_ALLIANCE}});
  Access signed_in;
  signed_in.set_signed_in(true);
  Access open;
  open.set_public_(true);
  struct Case {
    std::vector<std::string> scopes;
    bool covered;
  };
  const Case cases[] = {
      {{}, true},
      {{"jinhuan.meeting.v1"}, true},
      {{"jinhuan.meeting.v1.MeetingService"}, true},
      {{kMethod}, true},
      {{"jinhuan.resource.v1", kMethod}, true},
      {{"jinhuan.resource.v1"}, false},
      {{"jinhuan.meeting"}, false},
      {{"jinhuan.meeting.v"}, false},
      {{"jinhuan.meeting.v1.Meeting"}, false},
      {{"jinhuan.meeting.v1.MeetingService/Get"}, false},
      {{"jinhuan.meeting.v1.MeetingService/GetMeetings"}, false},
      {{""}, false},
  };
  for (const Case& it : cases) {
    Caller system = With({{auth::v1::ROLE_SYSTEM, kA, ""}});
    for (const std::string& scope : it.scopes) system.mutable_grants(0)->add_scopes(scope);
    const std::string what = it.scopes.empty() ? "none" : it.scopes.front();
    EXPECT_EQ(Outcome(Check(read, system, kA)),
              it.covered ? "RELATION_OWN_ALLIANCE" : "ROLE_REQUIRED")
        << what;
    EXPECT_EQ(Outcome(Check(signed_in, system, "")), it.covered ? "RELATION_SELF" : "ROLE_REQUIRED")
        << what;
    EXPECT_TRUE(Check(open, system, "").ok()) << what;
  }
}

}  // namespace
}  // namespace jinhuan::rpc
