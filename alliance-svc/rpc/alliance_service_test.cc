#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

using Stub = v1::AllianceService::Stub;

class AllianceServiceTest : public ServiceFixture {
 protected:
  absl::StatusOr<v1::Alliance> Get(const TestCaller& as, const std::string& name) {
    v1::GetAllianceRequest request;
    request.set_name(name);
    return Call(*alliances_, &Stub::GetAlliance, as, request);
  }

  std::string List(const TestCaller& as, int page_size) {
    v1::ListAlliancesRequest request;
    request.set_page_size(page_size);
    std::string names;
    do {
      const auto page = Call(*alliances_, &Stub::ListAlliances, as, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return "";
      for (const v1::Alliance& alliance : page->alliances()) names += alliance.name() + " ";
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
};

TEST_F(AllianceServiceTest, CreatesWithDefaults) {
  const v1::Alliance alliance = MakeAlliance("a1");
  EXPECT_EQ(alliance.name(), "alliances/a1");
  EXPECT_EQ(alliance.time_zone(), "Asia/Shanghai");
  EXPECT_EQ(Get(system_admin_, "alliances/a1")->SerializeAsString(), alliance.SerializeAsString());
  EXPECT_EQ(Entries().back().alliance(), "alliances/a1");

  v1::CreateAllianceRequest request;
  request.set_alliance_id("a1");
  request.mutable_alliance()->set_display_name("x");
  EXPECT_EQ(ReasonOf(Call(*alliances_, &Stub::CreateAlliance, system_admin_, request).status()),
            "ALREADY_EXISTS");
  request.set_alliance_id("A1");
  EXPECT_EQ(ReasonOf(Call(*alliances_, &Stub::CreateAlliance, system_admin_, request).status()),
            "FIELD_INVALID");
  request.clear_alliance_id();
  EXPECT_EQ(Call(*alliances_, &Stub::CreateAlliance, system_admin_, request)->name().size(), 46u);
}

TEST_F(AllianceServiceTest, CountsActiveMembersAlone) {
  const std::string name = MakeAlliance("a1").name();
  MakeAlliance("a2");
  Apply(name, "申请中");
  for (const char* unit : {"中环银行", "中环学校"}) {
    v1::ApplyMemberRequest request = Application(name, unit);
    request.mutable_member()->set_party_member_count(12);
    const auto member =
        Call(*members_, &v1::MemberService::Stub::ApplyMember, Street(name), request);
    ASSERT_TRUE(Approve(*member).ok());
  }
  const auto alliance = Get(Street(name), name);
  EXPECT_EQ(alliance->active_member_count(), 2);
  EXPECT_EQ(alliance->party_member_count(), 24);
  EXPECT_EQ(Get(system_admin_, "alliances/a2")->active_member_count(), 0);
}

TEST_F(AllianceServiceTest, ListsWhatTheCallerIsIn) {
  for (const char* id : {"a3", "a1", "a2"}) MakeAlliance(id);
  EXPECT_EQ(List(system_admin_, 2), "alliances/a1 alliances/a2 alliances/a3 ");
  TestCaller two = Street("alliances/a3");
  *two.caller.add_grants() = Street("alliances/a1").caller.grants(0);
  *two.caller.add_grants() = Street("alliances/a1").caller.grants(0);
  EXPECT_EQ(List(two, 1), "alliances/a1 alliances/a3 ");
  EXPECT_EQ(List(security_admin_, 0), "");
  EXPECT_EQ(ReasonOf(Get(two, "alliances/a2").status()), "RESOURCE_NOT_FOUND");
}

TEST_F(AllianceServiceTest, TheStreetUpdatesNames) {
  v1::Alliance alliance = MakeAlliance("a1");
  v1::UpdateAllianceRequest request;
  alliance.set_display_name("金色中环联盟");
  *request.mutable_alliance() = alliance;
  const TestCaller street = Street(alliance.name());
  const auto updated = Call(*alliances_, &Stub::UpdateAlliance, street, request);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->display_name(), "金色中环联盟");
  EXPECT_EQ(ReasonOf(Call(*alliances_, &Stub::UpdateAlliance, street, request).status()),
            "ETAG_STALE");
  request.mutable_update_mask()->add_paths("time_zone");
  request.mutable_alliance()->clear_etag();
  EXPECT_EQ(ReasonOf(Call(*alliances_, &Stub::UpdateAlliance, street, request).status()),
            "MASK_PATH_INVALID");
}

TEST_F(AllianceServiceTest, TheStreetNamesTheThreeLists) {
  const v1::Alliance alliance = MakeAlliance("a1");
  const TestCaller street = Street(alliance.name());
  v1::UpdateAllianceRequest request;
  request.mutable_alliance()->set_name(alliance.name());
  request.mutable_alliance()->mutable_list_labels()->set_needs("共需清单");
  request.mutable_update_mask()->add_paths("list_labels");
  const auto named = Call(*alliances_, &Stub::UpdateAlliance, street, request);
  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_EQ(named->list_labels().needs(), "共需清单");
  EXPECT_EQ(named->display_name(), alliance.display_name());
  EXPECT_EQ(Get(street, alliance.name())->list_labels().needs(), "共需清单");

  request.mutable_alliance()->mutable_list_labels()->set_offers("一张名字实在太长了的资源清单");
  EXPECT_EQ(ReasonOf(Call(*alliances_, &Stub::UpdateAlliance, street, request).status()),
            "FIELD_INVALID");
  request.mutable_alliance()->clear_list_labels();
  EXPECT_FALSE(Call(*alliances_, &Stub::UpdateAlliance, street, request)->has_list_labels());
}

}  // namespace
}  // namespace jinhuan::alliance
