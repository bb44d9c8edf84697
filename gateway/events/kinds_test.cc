#include "gateway/events/kinds.h"

#include <gmock/gmock.h>

#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "jinhuan/resource/v1/lottery.pb.h"

namespace jinhuan::gateway {
namespace {

constexpr char kAlliance[] = "alliances/a";
constexpr char kUnit[] = "alliances/a/members/m";

class KindsTest : public testing::Test {
 protected:
  template <class Resource>
  static journal::v1::Entry EntryOn(const std::string& name, const Resource& after) {
    journal::v1::Entry entry;
    entry.set_number(7);
    entry.set_alliance(kAlliance);
    entry.set_resource(name);
    entry.mutable_after()->PackFrom(after);
    return entry;
  }
  static journal::v1::Entry BookingOf(const std::string& user, const std::string& member = kUnit) {
    resource::v1::Booking booking;
    booking.set_user(user);
    booking.set_member(member);
    booking.set_lender("alliances/a/members/lender");
    return EntryOn("alliances/a/bookings/b", booking);
  }
  static journal::v1::Entry MeetingIn(meeting::v1::Meeting::State state) {
    meeting::v1::Meeting meeting;
    meeting.set_state(state);
    return EntryOn("alliances/a/meetings/x", meeting);
  }
  static api::Call Caller(const std::string& name, auth::v1::Role role,
                          const std::string& member = "", const std::string& alliance = kAlliance) {
    api::Call call;
    call.caller.set_name(name);
    auth::v1::Grant& grant = *call.caller.add_grants();
    grant.set_role(role);
    grant.set_alliance(alliance);
    grant.set_member(member);
    return call;
  }
  bool IsTold(const journal::v1::Entry& entry, api::Call caller) const {
    const auto told = Tell(kinds_, entry);
    return told != nullptr && IsToldTo(*told, caller);
  }

  const rpc::Kinds kinds_{{"jinhuan.alliance.v1", "jinhuan.resource.v1", "jinhuan.meeting.v1"}};
  const api::Call staff_ = Caller("users/s", auth::v1::ROLE_STAFF, kUnit);
  const api::Call liaison_ = Caller("users/l", auth::v1::ROLE_LIAISON, kUnit);
  const api::Call street_ = Caller("users/street", auth::v1::ROLE_STREET_ADMIN);
};

TEST_F(KindsTest, NamesWhatChangedAndNothingOfIt) {
  const auto told = Tell(kinds_, BookingOf("users/s"));
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->event.kind(), "jinhuan.resource.v1.Booking");
  EXPECT_EQ(told->event.resource(), "alliances/a/bookings/b");
  EXPECT_EQ(told->event.number(), 7);
  EXPECT_EQ(told->event.SerializeAsString().find("users/s"), std::string::npos);
}

TEST_F(KindsTest, APersonIsToldOfTheirOwn) {
  EXPECT_TRUE(IsTold(BookingOf("users/s"), staff_));
  EXPECT_FALSE(IsTold(BookingOf("users/other"), staff_));
  EXPECT_FALSE(IsTold(BookingOf(""), staff_));
}

TEST_F(KindsTest, ALiaisonIsToldOfTheUnits) {
  EXPECT_TRUE(IsTold(BookingOf("users/other"), liaison_));
  EXPECT_FALSE(IsTold(BookingOf("users/other", "alliances/a/members/n"), liaison_));
  EXPECT_TRUE(IsTold(BookingOf("users/other", "alliances/a/members/n"),
                     Caller("users/x", auth::v1::ROLE_LIAISON, "alliances/a/members/lender")));
}

TEST_F(KindsTest, WhoHadItBeforeIsToldThatItIsGone) {
  journal::v1::Entry entry = BookingOf("users/other", "alliances/a/members/n");
  *entry.mutable_before() = BookingOf("users/s").after();
  EXPECT_TRUE(IsTold(entry, staff_));
}

TEST_F(KindsTest, TheStreetIsToldOfItsAllianceAlone) {
  EXPECT_TRUE(IsTold(BookingOf("users/other"), street_));
  EXPECT_FALSE(IsTold(BookingOf("users/other"),
                      Caller("users/street", auth::v1::ROLE_STREET_ADMIN, "", "alliances/b")));
  EXPECT_FALSE(IsTold(BookingOf("users/other"), Caller("users/s", auth::v1::ROLE_AUDIT_ADMIN)));
}

TEST_F(KindsTest, AllOfTheAllianceAreToldOfWhatAllMayRead) {
  const auto entry = EntryOn("alliances/a/facilities/f", resource::v1::Facility());
  EXPECT_TRUE(IsTold(entry, staff_));
  EXPECT_FALSE(IsTold(entry, Caller("users/s", auth::v1::ROLE_STAFF, kUnit, "alliances/b")));
}

TEST_F(KindsTest, ADraftIsToldToWhoMayChangeIt) {
  EXPECT_FALSE(IsTold(MeetingIn(meeting::v1::Meeting::STATE_DRAFT), staff_));
  EXPECT_TRUE(IsTold(MeetingIn(meeting::v1::Meeting::STATE_DRAFT), street_));
  EXPECT_TRUE(IsTold(MeetingIn(meeting::v1::Meeting::STATE_CONVENED), staff_));
}

TEST_F(KindsTest, ScopesCount) {
  api::Call system = Caller("serviceAccounts/x", auth::v1::ROLE_SYSTEM);
  EXPECT_TRUE(IsTold(BookingOf("users/other"), system));
  system.caller.mutable_grants(0)->add_scopes("jinhuan.meeting.v1");
  EXPECT_FALSE(IsTold(BookingOf("users/other"), system));
  EXPECT_TRUE(IsTold(MeetingIn(meeting::v1::Meeting::STATE_CONVENED), system));
}

TEST_F(KindsTest, WhatHasNoGetOrNoContentIsNotTold) {
  EXPECT_EQ(Tell(kinds_, EntryOn("alliances/a/lotteryRequests/x", resource::v1::LotteryRequest())),
            nullptr);
  journal::v1::Entry erased;
  erased.set_resource("alliances/a/bookings/b");
  EXPECT_EQ(Tell(kinds_, erased), nullptr);
  EXPECT_EQ(kinds_.Find("jinhuan.journal.v1.Checkpoint"), nullptr);
}

}  // namespace
}  // namespace jinhuan::gateway
