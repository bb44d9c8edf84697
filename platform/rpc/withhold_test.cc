#include "platform/rpc/withhold.h"

#include <gmock/gmock.h>

#include "jinhuan/alliance/v1/member_service.pb.h"
#include "jinhuan/meeting/v1/handover_service.pb.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "jinhuan/meeting/v1/request_service.pb.h"

namespace jinhuan::rpc {
namespace {

using meeting::v1::Handover;
using meeting::v1::Meeting;
using meeting::v1::Minutes;
using meeting::v1::Request;

constexpr char kAlliance[] = "alliances/a";

class WithholdTest : public testing::Test {
 protected:
  static api::Call CallOf(auth::v1::Role role, auth::v1::Relation reach,
                          const std::string& scope = "") {
    api::Call call;
    call.caller.set_name("serviceAccounts/s");
    auth::v1::Grant& grant = *call.caller.add_grants();
    grant.set_role(role);
    grant.set_alliance(kAlliance);
    if (!scope.empty()) grant.add_scopes(scope);
    call.scope.relation = reach;
    return call;
  }
  static api::Call System(const std::string& scope = "") {
    return CallOf(auth::v1::ROLE_SYSTEM, auth::v1::RELATION_OWN_ALLIANCE, scope);
  }
  template <class Resource>
  static journal::v1::Entry EntryOn(const Resource& before, const Resource& after) {
    journal::v1::Entry entry;
    entry.set_number(7);
    entry.set_id("0190");
    entry.mutable_time()->set_seconds(1'800'000'000);
    entry.set_actor("users/u");
    entry.set_method("jinhuan.meeting.v1.TestService/Change");
    entry.set_alliance(kAlliance);
    entry.set_resource("alliances/a/things/t");
    entry.mutable_before()->PackFrom(before);
    entry.mutable_after()->PackFrom(after);
    entry.set_reason("因故");
    entry.set_request("trace-1");
    return entry;
  }
  template <class Resource>
  static journal::v1::Entry EntryOn(const Resource& both) {
    return EntryOn(both, both);
  }
  template <class Resource>
  static Resource In(typename Resource::State state) {
    Resource resource;
    resource.set_state(state);
    return resource;
  }
  journal::v1::Entry Seen(journal::v1::Entry entry, const api::Call& call) const {
    Withhold(kinds_, call, entry);
    return entry;
  }

  const Kinds kinds_{{"jinhuan.meeting.v1"}};
};

TEST_F(WithholdTest, WhoReachesEverythingSeesAll) {
  const auto entry = EntryOn(In<Minutes>(Minutes::STATE_DRAFT));
  for (const auth::v1::Role role : {auth::v1::ROLE_AUDIT_ADMIN, auth::v1::ROLE_INTERNAL}) {
    EXPECT_EQ(Seen(entry, CallOf(role, auth::v1::RELATION_ANY)).SerializeAsString(),
              entry.SerializeAsString());
  }
}

TEST_F(WithholdTest, ASystemSeesWhatItMayGetButNoPerson) {
  Request request;
  request.set_title("路灯不亮");
  request.set_reporter("users/u");
  request.set_member("alliances/a/members/m");
  const journal::v1::Entry entry = Seen(EntryOn(request), System());
  for (const auto& content : {entry.before(), entry.after()}) {
    Request seen;
    ASSERT_TRUE(content.UnpackTo(&seen));
    EXPECT_EQ(seen.title(), "路灯不亮");
    EXPECT_EQ(seen.reporter(), "");
    EXPECT_EQ(seen.member(), "alliances/a/members/m");
  }
  EXPECT_EQ(entry.SerializeAsString().find("users/"), std::string::npos);
  EXPECT_EQ(entry.reason(), "");
}

TEST_F(WithholdTest, NoReasonIsSeenWhereverItStands) {
  Meeting meeting;
  meeting.set_state(Meeting::STATE_CANCELLED);
  meeting.set_title("联席会议");
  meeting.set_cancel_reason("因故");
  Meeting seen;
  ASSERT_TRUE(Seen(EntryOn(meeting), System()).after().UnpackTo(&seen));
  EXPECT_EQ(seen.title(), "联席会议");
  EXPECT_EQ(seen.cancel_reason(), "");

  const Kinds members{{"jinhuan.alliance.v1"}};
  alliance::v1::Member member;
  member.set_display_name("中环银行");
  member.set_state_reason("整改");
  member.add_history()->set_reason("整改");
  member.mutable_history(0)->set_to_state(alliance::v1::Member::STATE_SUSPENDED);
  journal::v1::Entry entry = EntryOn(member);
  Withhold(members, System(), entry);
  alliance::v1::Member told;
  ASSERT_TRUE(entry.after().UnpackTo(&told));
  EXPECT_EQ(told.display_name(), "中环银行");
  EXPECT_EQ(told.history(0).to_state(), alliance::v1::Member::STATE_SUSPENDED);
  EXPECT_EQ(entry.SerializeAsString().find("整改"), std::string::npos);
}

TEST_F(WithholdTest, OfTheRestItLearnsThatItHappened) {
  journal::v1::Entry expected = EntryOn(Handover());
  expected.clear_before();
  expected.clear_after();
  expected.clear_actor();
  expected.clear_reason();
  EXPECT_EQ(Seen(EntryOn(Handover()), System()).SerializeAsString(), expected.SerializeAsString());
  // A message that is no kind of this service, and none that is known.
  EXPECT_FALSE(Seen(EntryOn(journal::v1::Erasure()), System()).has_after());
  journal::v1::Entry unknown = EntryOn(Request());
  unknown.mutable_after()->set_type_url("type.googleapis.com/no.such.Message");
  EXPECT_FALSE(Seen(unknown, System()).has_after());
  journal::v1::Entry broken = EntryOn(Request());
  broken.mutable_after()->set_value("\xff");
  EXPECT_FALSE(Seen(broken, System()).has_after());
}

TEST_F(WithholdTest, ItSeesNoDrafts) {
  const auto convened =
      EntryOn(In<Meeting>(Meeting::STATE_DRAFT), In<Meeting>(Meeting::STATE_CONVENED));
  EXPECT_FALSE(Seen(convened, System()).has_before());
  EXPECT_TRUE(Seen(convened, System()).has_after());
  EXPECT_FALSE(Seen(EntryOn(In<Minutes>(Minutes::STATE_DRAFT)), System()).has_after());
  EXPECT_TRUE(Seen(EntryOn(In<Minutes>(Minutes::STATE_PUBLISHED)), System()).has_after());
}

TEST_F(WithholdTest, ScopesAndAllianceCount) {
  EXPECT_TRUE(Seen(EntryOn(Request()), System("jinhuan.meeting.v1")).has_after());
  EXPECT_FALSE(Seen(EntryOn(Request()), System("jinhuan.meeting.v1.JournalService")).has_after());
  journal::v1::Entry elsewhere = EntryOn(Request());
  elsewhere.set_alliance("alliances/b");
  EXPECT_FALSE(Seen(elsewhere, System()).has_after());
}

TEST_F(WithholdTest, AnotherSystemAsActorIsNamed) {
  journal::v1::Entry entry = EntryOn(Request());
  entry.set_actor("serviceAccounts/s");
  EXPECT_EQ(Seen(entry, System()).actor(), "serviceAccounts/s");
}

}  // namespace
}  // namespace jinhuan::rpc
