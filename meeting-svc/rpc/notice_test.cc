// Inboxes, as each person reads them.
#include "meeting-svc/rpc/handover_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What there is to read: that m1 signed a handover to m2, then that both did.
class NoticeServiceTest : public HandoverTest {
 protected:
  NoticeServiceTest() {
    Sign(kOutgoing);
    Tell();
    clock_.Advance(absl::Seconds(1));
    Sign(kIncoming);
    Tell();
  }
  // How many are unread then, or why it is refused.
  std::string MarkRead(const auth::v1::Caller& caller, const v1::MarkNoticesReadRequest& request) {
    const auto marked = Call(&Notices::MarkNoticesRead, caller, request);
    return marked.ok() ? std::to_string(marked->unread_count()) : ReasonOf(marked.status());
  }
  static v1::MarkNoticesReadRequest One(const std::string& name) {
    v1::MarkNoticesReadRequest request;
    request.add_names(name);
    return request;
  }
  static v1::MarkNoticesReadRequest UpTo(absl::Time time) {
    v1::MarkNoticesReadRequest request;
    *request.mutable_up_to_time() = api::ToProto(time);
    return request;
  }

  const auth::v1::Caller kColleague = Person("colleague", auth::v1::ROLE_LIAISON, "m2");
};

TEST_F(NoticeServiceTest, ANoticeReachesTheLiaisonsOfItsUnitNewestFirst) {
  const v1::ListNoticesResponse inbox = Inbox(kIncoming);
  ASSERT_THAT(inbox.notices(), SizeIs(2));
  EXPECT_EQ(inbox.notices(0).resource(), kHandover);
  EXPECT_THAT(inbox.notices(0).text(), HasSubstr("双方签署"));
  EXPECT_TRUE(inbox.notices(1).action_needed());
  EXPECT_THAT(inbox.notices(1).text_en(), HasSubstr("awaits your signature"));
  EXPECT_EQ(Inbox(kOutgoing).unread_count(), 1);
  EXPECT_THAT(Inbox(Staff("m1")).notices(), IsEmpty());
  // Who ceases to be the unit's liaison has none of its notices.
  auth::v1::Caller moved = Staff("m2");
  moved.set_name(kIncoming.name());
  EXPECT_THAT(Inbox(moved).notices(), IsEmpty());
}

TEST_F(NoticeServiceTest, EachPersonReadsForItself) {
  const v1::ListNoticesResponse inbox = Inbox(kIncoming);
  ASSERT_THAT(inbox.notices(), SizeIs(2));
  EXPECT_EQ(MarkRead(kIncoming, One(inbox.notices(1).name())), "1");
  EXPECT_EQ(MarkRead(kIncoming, One(inbox.notices(1).name())), "1");
  EXPECT_TRUE(Inbox(kIncoming).notices(1).read());
  v1::ListNoticesRequest unread;
  unread.set_unread_only(true);
  const auto left = Do(&Notices::ListNotices, kIncoming, unread);
  ASSERT_THAT(left.notices(), SizeIs(1));
  EXPECT_EQ(left.notices(0).name(), inbox.notices(0).name());

  EXPECT_EQ(Inbox(kColleague).unread_count(), 2);
  EXPECT_EQ(MarkRead(kColleague, One(inbox.notices(0).name())), "NAME_INVALID");
}

TEST_F(NoticeServiceTest, AllUpToATimeAreReadTogetherAndNeverUnreadAgain) {
  EXPECT_EQ(MarkRead(kColleague, {}), "FIELD_REQUIRED");
  EXPECT_EQ(MarkRead(kColleague, UpTo(clock_.Now() + absl::Hours(1))), "FIELD_INVALID");
  EXPECT_EQ(MarkRead(kColleague, UpTo(clock_.Now())), "0");
  EXPECT_EQ(MarkRead(kColleague, UpTo(clock_.Now() - absl::Hours(1))), "0");
}

// Who must change the password has no role until then: somebody else may know it.
TEST_F(NoticeServiceTest, WhoHasNoRoleIsToldNothingAndSetsNoAddress) {
  const std::string name = Inbox(kIncoming).notices(0).name();
  auth::v1::Caller knowing = kIncoming;
  knowing.clear_grants();
  EXPECT_THAT(Inbox(knowing).notices(), IsEmpty());
  EXPECT_EQ(Inbox(knowing).unread_count(), 0);
  MarkRead(knowing, One(name));
  MarkRead(knowing, UpTo(clock_.Now()));
  EXPECT_EQ(Inbox(kIncoming).unread_count(), 2);
  constexpr char kRefused[] = "ROLE_REQUIRED";
  EXPECT_EQ(Refusal(&Notices::GetMailSettings, knowing, {}), kRefused);
  EXPECT_EQ(Refusal(&Notices::SetMailAddress, knowing, {}), kRefused);
  EXPECT_EQ(Refusal(&Notices::ConfirmMailAddress, knowing, {}), kRefused);
  EXPECT_EQ(Refusal(&Notices::UpdateMailSettings, knowing, {}), kRefused);
  EXPECT_EQ(Refusal(&Notices::RemoveMailAddress, knowing, {}), kRefused);
}

TEST_F(NoticeServiceTest, AnInboxIsReadPageByPage) {
  std::vector<std::string> names;
  v1::ListNoticesRequest request;
  request.set_page_size(1);
  do {
    const auto page = Do(&Notices::ListNotices, kIncoming, request);
    ASSERT_THAT(page.notices(), SizeIs(1));
    names.push_back(page.notices(0).name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  const v1::ListNoticesResponse inbox = Inbox(kIncoming);
  ASSERT_THAT(inbox.notices(), SizeIs(2));
  EXPECT_THAT(names, ElementsAre(inbox.notices(0).name(), inbox.notices(1).name()));
}

}  // namespace
}  // namespace jinhuan::meeting
