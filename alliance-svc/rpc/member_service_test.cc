#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using Stub = v1::MemberService::Stub;

class MemberServiceTest : public ServiceFixture {
 protected:
  absl::StatusOr<v1::Member> Update(const TestCaller& as, const v1::Member& member,
                                    const std::vector<std::string>& paths) {
    v1::UpdateMemberRequest request;
    *request.mutable_member() = member;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return Call(*members_, &Stub::UpdateMember, as, request);
  }

  absl::StatusOr<v1::ListMembersResponse> List(const v1::ListMembersRequest& request) {
    return Call(*members_, &Stub::ListMembers, street_, request);
  }

  // What the table holds of the liaison's phone.
  std::string StoredPhone(const v1::Member& member) {
    static const db::Query* query =
        new db::Query("SELECT liaison_phone FROM member WHERE member_id = ?", "");
    std::string phone;
    auto lease = database_->pool().Acquire(absl::Now() + absl::Seconds(5));
    EXPECT_TRUE((*lease)
                    ->Select(*query, {member.name().substr(member.name().rfind('/') + 1)},
                             [&](const db::Row& row) { phone = row.Text(0); })
                    .ok());
    return phone;
  }

  const std::string alliance_ = MakeAlliance("a1").name();
  const TestCaller street_ = Street(alliance_);
};

TEST_F(MemberServiceTest, AppliesThenBelongs) {
  const v1::Member applied = Apply(alliance_, "中环银行");
  EXPECT_EQ(applied.state(), v1::Member::STATE_APPLIED);
  EXPECT_EQ(applied.tier(), v1::TIER_ORDINARY);
  EXPECT_EQ(applied.liaison_phone(), "138****1234");
  EXPECT_FALSE(applied.has_join_time());
  clock_.Advance(absl::Hours(1));
  const auto active = Approve(applied);
  ASSERT_TRUE(active.ok()) << active.status();
  EXPECT_EQ(active->state(), v1::Member::STATE_ACTIVE);
  EXPECT_EQ(active->state_reason(), "符合章程");
  EXPECT_EQ(active->join_time().seconds() - active->create_time().seconds(), 3600);
  EXPECT_EQ(StoredPhone(applied), "13812341234");

  const auto again = Approve(applied);
  EXPECT_EQ(ReasonOf(again.status()), "STATE_WRONG");
  v1::GetMemberRequest get;
  get.set_name(applied.name());
  auto read = Call(*members_, &Stub::GetMember, street_, get);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->history_size(), 2);
  read->clear_history();
  EXPECT_EQ(read->SerializeAsString(), active->SerializeAsString());
}

TEST_F(MemberServiceTest, ServerOwnedFieldsOfAnApplicationAreIgnored) {
  v1::ApplyMemberRequest request = Application(alliance_, "中环银行");
  request.mutable_member()->set_name("alliances/a9/members/m9");
  request.mutable_member()->set_state(v1::Member::STATE_ACTIVE);
  request.mutable_member()->set_state_reason("x");
  request.mutable_member()->mutable_join_time()->set_seconds(1);
  const auto member = Call(*members_, &Stub::ApplyMember, street_, request);
  ASSERT_TRUE(member.ok()) << member.status();
  EXPECT_TRUE(member->name().starts_with(alliance_ + "/members/"));
  EXPECT_EQ(member->state(), v1::Member::STATE_APPLIED);
  EXPECT_FALSE(member->has_join_time());
  EXPECT_EQ(member->state_reason(), "");
}

TEST_F(MemberServiceTest, ARepeatedApplicationFilesOne) {
  v1::ApplyMemberRequest request = Application(alliance_, "中环银行");
  request.set_request_id("r1");
  std::vector<std::string> names(8);
  AtOnce(8, [&](int i) {
    const auto member = Call(*members_, &Stub::ApplyMember, street_, request);
    EXPECT_TRUE(member.ok()) << member.status();
    names[static_cast<size_t>(i)] = member.value_or(v1::Member()).name();
  });
  EXPECT_THAT(names, Each(names[0]));
  v1::ListMembersRequest list;
  list.set_parent(alliance_);
  EXPECT_EQ(List(list)->total_size(), 1);

  request.mutable_member()->set_display_name("另一家");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::ApplyMember, street_, request).status()),
            "REQUEST_ID_REUSED");
}

TEST_F(MemberServiceTest, TellsWhatIsWrong) {
  v1::ApplyMemberRequest request = Application(alliance_, "");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::ApplyMember, street_, request).status()),
            "FIELD_REQUIRED");
  request = Application("alliances/a2", "中环银行");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::ApplyMember, street_, request).status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::ApplyMember, Street("alliances/a2"), request).status()),
            "RESOURCE_NOT_FOUND");
  v1::ApproveMemberRequest approve;
  approve.set_name(Apply(alliance_, "中环银行").name());
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::ApproveMember, street_, approve).status()),
            "FIELD_REQUIRED");
  v1::GetMemberRequest get;
  get.set_name(alliance_ + "/members/none");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::GetMember, street_, get).status()),
            "RESOURCE_NOT_FOUND");
  get.set_name(alliance_ + "/members/none/x");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::GetMember, street_, get).status()), "NAME_INVALID");
}

TEST_F(MemberServiceTest, AMaskedPhoneThatComesBackChangesNothing) {
  v1::Member member = Apply(alliance_, "中环银行");
  member.set_address("中环路 1 号");
  auto updated = Update(street_, member, {});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->address(), "中环路 1 号");
  EXPECT_EQ(updated->liaison_phone(), "138****1234");
  EXPECT_EQ(StoredPhone(member), "13812341234");

  member.set_liaison_phone("13900001234");
  member.clear_etag();
  EXPECT_EQ(Update(street_, member, {"liaison_phone"})->liaison_phone(), "139****1234");
  EXPECT_EQ(StoredPhone(member), "13900001234");

  member.set_liaison_phone("138****1234");  // not the one that is stored any more
  EXPECT_EQ(ReasonOf(Update(street_, member, {"liaison_phone"}).status()), "PHONE_INVALID");

  member.set_liaison_phone("");
  EXPECT_EQ(Update(street_, member, {"liaison_phone"})->liaison_phone(), "");
  EXPECT_EQ(StoredPhone(member), "");
}

TEST_F(MemberServiceTest, AStaleEtagIsRefused) {
  v1::Member member = Apply(alliance_, "中环银行");
  member.set_grid("中环一");
  ASSERT_TRUE(Update(street_, member, {"grid"}).ok());
  EXPECT_EQ(ReasonOf(Update(street_, member, {"grid"}).status()), "ETAG_STALE");
  member.clear_etag();
  EXPECT_TRUE(Update(street_, member, {"grid"}).ok());
}

TEST_F(MemberServiceTest, ALiaisonChangesItsOwnUnitButNotItsTier) {
  const v1::Member own = Apply(alliance_, "中环银行");
  v1::Member other = Apply(alliance_, "中环学校");
  const TestCaller liaison = As("users/u1", auth::v1::ROLE_LIAISON, alliance_, own.name());

  v1::Member wanted = own;
  wanted.set_grid("中环一");
  wanted.set_tier(v1::TIER_STANDING);
  EXPECT_EQ(ReasonOf(Update(liaison, wanted, {"tier"}).status()), "MASK_PATH_INVALID");
  const auto updated = Update(liaison, wanted, {});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->grid(), "中环一");
  EXPECT_EQ(updated->tier(), v1::TIER_ORDINARY);
  wanted.clear_etag();
  EXPECT_EQ(Update(street_, wanted, {"tier"})->tier(), v1::TIER_STANDING);

  EXPECT_EQ(ReasonOf(Update(liaison, other, {"grid"}).status()), "ROLE_REQUIRED");
  other.set_name("alliances/a2/members/m1");
  EXPECT_EQ(ReasonOf(Update(liaison, other, {"grid"}).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Update(street_, wanted, {"create_time"}).status()), "MASK_PATH_INVALID");
}

TEST_F(MemberServiceTest, ConcurrentUpdatesAreAllThere) {
  v1::Member member = Apply(alliance_, "中环银行");
  const std::vector<std::string> fields = {"grid", "address", "liaison_title"};
  member.clear_etag();
  member.set_grid("new");
  member.set_address("new");
  member.set_liaison_title("new");
  AtOnce(3, [&](int i) {
    const auto updated = Update(street_, member, {fields[static_cast<size_t>(i)]});
    EXPECT_TRUE(updated.ok()) << updated.status();
  });
  v1::GetMemberRequest get;
  get.set_name(member.name());
  const auto now = Call(*members_, &Stub::GetMember, street_, get);
  EXPECT_EQ(now->grid() + now->address() + now->liaison_title(), "newnewnew");
  EXPECT_EQ(now->etag(), "4");
}

TEST_F(MemberServiceTest, ListsByNameInPagesAndFilters) {
  std::vector<std::string> names;
  for (int i = 0; i < 7; ++i) names.push_back(Apply(alliance_, "甲单位").name());
  for (int i = 0; i < 5; ++i) names.push_back(Apply(alliance_, "乙单位").name());
  ASSERT_TRUE(Approve(Apply(alliance_, "Zhonghuan 100%_\\ Bank")).ok());
  Apply(MakeAlliance("a2").name(), "甲单位");

  v1::ListMembersRequest request;
  request.set_parent(alliance_);
  request.set_page_size(4);
  std::vector<std::string> listed;
  std::vector<std::string> display_names;
  do {
    const auto page = List(request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->total_size(), 13);
    EXPECT_LE(page->members_size(), 4);
    for (const v1::Member& member : page->members()) {
      listed.push_back(member.name());
      display_names.push_back(member.display_name());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed.size(), 13u);
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(std::unique(listed.begin(), listed.end()), listed.end());
  EXPECT_EQ(std::unique(display_names.begin(), display_names.end()) - display_names.begin(), 3);

  request.set_query("zhonghuan 100%_\\");
  EXPECT_EQ(List(request)->total_size(), 1);
  request.set_query("%");
  EXPECT_EQ(List(request)->total_size(), 1);
  request.set_query("单位");
  EXPECT_EQ(List(request)->total_size(), 12);
  request.set_state(v1::Member::STATE_ACTIVE);
  EXPECT_EQ(List(request)->total_size(), 0);
  request.clear_query();
  EXPECT_EQ(List(request)->members(0).display_name(), "Zhonghuan 100%_\\ Bank");
  request.set_sector(v1::SECTOR_FINANCE);
  EXPECT_EQ(List(request)->members_size(), 0);
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(List(request).status()), "FIELD_INVALID");
}

TEST_F(MemberServiceTest, APageTokenBelongsToItsFilters) {
  for (int i = 0; i < 3; ++i) Apply(alliance_, "甲单位");
  v1::ListMembersRequest request;
  request.set_parent(alliance_);
  request.set_page_size(1);
  request.set_page_token(List(request)->next_page_token());
  EXPECT_TRUE(List(request).ok());
  request.set_state(v1::Member::STATE_APPLIED);
  EXPECT_EQ(ReasonOf(List(request).status()), "PAGE_TOKEN_INVALID");
}

TEST_F(MemberServiceTest, ListsInEachOrderAndByEachFilter) {
  const auto add = [&](const char* name, int party_members, v1::Tier tier, const char* branch) {
    v1::ApplyMemberRequest request = Application(alliance_, name);
    request.mutable_member()->set_party_member_count(party_members);
    request.mutable_member()->set_tier(tier);
    request.mutable_member()->set_joint_branch(branch);
    ASSERT_TRUE(Call(*members_, &Stub::ApplyMember, street_, request).ok());
  };
  add("重庆小面", 5, v1::TIER_ORDINARY, "楼宇联合支部");
  add("安居物业", 30, v1::TIER_COUNCIL, "");
  add("中环银行", 12, v1::TIER_ORDINARY, "楼宇联合支部");
  const auto names = [&](const std::function<void(v1::ListMembersRequest&)>& ask) {
    v1::ListMembersRequest request;
    request.set_parent(alliance_);
    request.set_page_size(2);
    ask(request);
    std::string all;
    do {
      const auto page = List(request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return all;
      for (const v1::Member& member : page->members()) all += member.display_name() + " ";
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  };
  using R = v1::ListMembersRequest;
  const std::string by_pinyin = names([](R&) {});
  EXPECT_THAT(by_pinyin, ::testing::StartsWith("安居物业 "));
  EXPECT_EQ(names([](R& r) { r.set_order(v1::MEMBER_ORDER_PINYIN); }), by_pinyin);
  EXPECT_EQ(names([](R& r) { r.set_order(v1::MEMBER_ORDER_PARTY_MEMBERS); }),
            "安居物业 中环银行 重庆小面 ");
  EXPECT_EQ(names([](R& r) { r.set_order(v1::MEMBER_ORDER_NEWEST); }),
            "中环银行 安居物业 重庆小面 ");
  EXPECT_EQ(names([](R& r) { r.set_tier(v1::TIER_COUNCIL); }), "安居物业 ");
  EXPECT_EQ(names([](R& r) { r.set_query("ZHYH"); }), "中环银行 ");
  EXPECT_EQ(names([](R& r) {
              r.set_joint_branch("楼宇联合支部");
              r.set_order(v1::MEMBER_ORDER_NEWEST);
            }),
            "中环银行 重庆小面 ");

  v1::ListMembersRequest request;
  request.set_parent(alliance_);
  request.set_page_size(1);
  request.set_page_token(List(request)->next_page_token());
  request.set_order(v1::MEMBER_ORDER_NEWEST);
  EXPECT_EQ(ReasonOf(List(request).status()), "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  request.set_order(static_cast<v1::MemberOrder>(4));
  EXPECT_EQ(ReasonOf(List(request).status()), "FIELD_INVALID");
  request.clear_order();
  request.set_tier(static_cast<v1::Tier>(4));
  EXPECT_EQ(ReasonOf(List(request).status()), "FIELD_INVALID");
  request.clear_tier();
  request.set_joint_branch(std::string(61, 'x'));
  EXPECT_EQ(ReasonOf(List(request).status()), "FIELD_INVALID");
}

TEST_F(MemberServiceTest, EveryFieldOfTheMaskIsUpdated) {
  v1::Member wanted = Apply(alliance_, "中环银行");
  wanted.set_superior_organization("中环街道党工委");
  wanted.set_joint_branch("楼宇联合支部");
  wanted.mutable_location()->set_latitude(31.23);
  wanted.mutable_location()->set_longitude(121.47);
  wanted.set_deputy_liaison_title("办公室主任");
  wanted.set_deputy_liaison_phone("13912345678");
  const auto updated = Update(street_, wanted,
                              {"superior_organization", "joint_branch", "location",
                               "deputy_liaison_title", "deputy_liaison_phone"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->superior_organization(), "中环街道党工委");
  EXPECT_EQ(updated->joint_branch(), "楼宇联合支部");
  EXPECT_EQ(updated->location().latitude(), 31.23);
  EXPECT_EQ(updated->deputy_liaison_title(), "办公室主任");
  EXPECT_EQ(updated->deputy_liaison_phone(), "139****5678");
  v1::Member back = *updated;
  back.set_grid("中环一");
  EXPECT_EQ(Update(street_, back, {})->deputy_liaison_phone(), "139****5678");
  back.clear_etag();
  back.mutable_location()->set_longitude(181);
  EXPECT_EQ(ReasonOf(Update(street_, back, {"location"}).status()), "FIELD_INVALID");
  back.clear_location();
  EXPECT_FALSE(Update(street_, back, {"location"})->has_location());
  for (const char* own : {"history", "withdraw_time", "application_receipt", "state"}) {
    EXPECT_EQ(ReasonOf(Update(street_, back, {own}).status()), "MASK_PATH_INVALID") << own;
  }
}

TEST_F(MemberServiceTest, TheJournalHasEveryChangeAndNoPhone) {
  v1::Member member = Apply(alliance_, "中环银行");
  ASSERT_TRUE(Approve(member).ok());
  member.set_liaison_phone("13900009999");
  member.clear_etag();
  ASSERT_TRUE(Update(street_, member, {"liaison_phone"}).ok());
  int found = 0;
  for (const auto& entry : Entries()) {
    if (entry.resource() != member.name()) continue;
    ++found;
    EXPECT_EQ(entry.actor(), "users/street");
    EXPECT_EQ(entry.alliance(), alliance_);
    EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr("13812341234")));
    EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr("13900009999")));
    v1::Member after;
    ASSERT_TRUE(entry.after().UnpackTo(&after));
    EXPECT_EQ(after.name(), member.name());
    EXPECT_EQ(entry.has_before(), found > 1);
    if (found == 2) {
      EXPECT_EQ(entry.reason(), "符合章程");
    }
    if (found == 3) {
      EXPECT_EQ(after.liaison_phone(), "139****9999");
    }
  }
  EXPECT_EQ(found, 3);
}

}  // namespace
}  // namespace jinhuan::alliance
