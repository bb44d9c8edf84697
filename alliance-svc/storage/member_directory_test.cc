#include "alliance-svc/storage/member_directory.h"

#include <gmock/gmock.h>

#include "alliance-svc/storage/names.h"
#include "alliance-svc/storage/store_fixture.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/text/pinyin.h"

namespace jinhuan::alliance {
namespace {

using ::testing::ElementsAre;

class MemberDirectoryTest : public StoreFixture {
 protected:
  void Add(const std::string& display_name, int party_members = 0,
           const std::string& joint_branch = "", v1::Tier tier = v1::TIER_ORDINARY) {
    v1::Member member;
    member.set_name(MemberName("a1", ids_.NewId()));
    member.set_display_name(display_name);
    member.set_sector(v1::SECTOR_COMPANY);
    member.set_tier(tier);
    member.set_state(v1::Member::STATE_APPLIED);
    member.set_party_member_count(party_members);
    member.set_joint_branch(joint_branch);
    const absl::Status status = Transact([&](db::Connection& connection) {
      return stores_.members.Insert(connection, call_, member).status();
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  // The display names of a list, read in pages of `size`.
  std::vector<std::string> List(const v1::ListMembersRequest& request, int size) {
    std::vector<std::string> names;
    api::Page page{.size = size, .after = {}};
    for (bool more = true; more;) {
      const auto rows = db::Read<std::vector<v1::Member>>(
          database_.pool(), call_.deadline, [&](db::Connection& connection) {
            return stores_.directory.List(connection, request, page);
          });
      EXPECT_TRUE(rows.ok()) << rows.status();
      if (!rows.ok()) return names;
      more = rows->size() > static_cast<size_t>(size);
      for (size_t i = 0; i < rows->size() && i < static_cast<size_t>(size); ++i) {
        names.push_back((*rows)[i].display_name());
        page.after = MemberDirectory::KeyOf(request.order(), (*rows)[i]);
      }
      EXPECT_TRUE(rows->empty() ||
                  page.after.size() == MemberDirectory::KeyColumns(request.order()));
    }
    const auto count = db::Read<int64_t>(
        database_.pool(), call_.deadline,
        [&](db::Connection& connection) { return stores_.directory.Count(connection, request); });
    EXPECT_EQ(count.value_or(-1), static_cast<int64_t>(names.size()));
    return names;
  }

  static v1::ListMembersRequest In(v1::MemberOrder order) {
    v1::ListMembersRequest request;
    request.set_parent("alliances/a1");
    request.set_order(order);
    return request;
  }
};

TEST_F(MemberDirectoryTest, EachOrderInPages) {
  Add("重庆小面", 5);
  Add("Alpha 公司", 30);
  Add("安居物业", 5);
  Add("中环银行", 12);
  Add("第10支部", 0);
  Add("第2支部", 12);
  const std::vector<std::string> by_pinyin = {"安居物业", "第2支部",  "第10支部",
                                              "中环银行", "重庆小面", "Alpha 公司"};
  for (const int size : {1, 2, 5, 6, 50}) {
    SCOPED_TRACE(size);
    const auto listed = List(In(v1::MEMBER_ORDER_PINYIN), size);
    EXPECT_EQ(listed, List(In(v1::MEMBER_ORDER_UNSPECIFIED), size));
    EXPECT_THAT(listed, ::testing::UnorderedElementsAreArray(by_pinyin));
    EXPECT_TRUE(std::is_sorted(listed.begin(), listed.end(), [](const auto& a, const auto& b) {
      return PinyinSortKey(a) < PinyinSortKey(b);
    }));
    EXPECT_EQ(listed.front(), "安居物业");
    EXPECT_EQ(listed.back(), "Alpha 公司");
    EXPECT_THAT(
        List(In(v1::MEMBER_ORDER_PARTY_MEMBERS), size),
        ElementsAre("Alpha 公司", "第2支部", "中环银行", "安居物业", "重庆小面", "第10支部"));
    EXPECT_THAT(
        List(In(v1::MEMBER_ORDER_NEWEST), size),
        ElementsAre("第2支部", "第10支部", "中环银行", "安居物业", "Alpha 公司", "重庆小面"));
  }
}

TEST_F(MemberDirectoryTest, EqualNamesAreAllListed) {
  for (int i = 0; i < 7; ++i) Add("甲单位", 3);
  for (const auto order :
       {v1::MEMBER_ORDER_PINYIN, v1::MEMBER_ORDER_PARTY_MEMBERS, v1::MEMBER_ORDER_NEWEST}) {
    EXPECT_EQ(List(In(order), 2).size(), 7u);
  }
}

TEST_F(MemberDirectoryTest, FiltersFindByNameInitialsTierAndJointBranch) {
  Add("中环商务大厦", 1, "楼宇联合支部", v1::TIER_COUNCIL);
  Add("中环银行", 2, "楼宇联合支部");
  Add("ABC 100%_\\ 公司", 3);
  const auto found = [&](const std::function<void(v1::ListMembersRequest&)>& filter) {
    v1::ListMembersRequest request = In(v1::MEMBER_ORDER_NEWEST);
    filter(request);
    return List(request, 50);
  };
  using Request = v1::ListMembersRequest;
  EXPECT_THAT(found([](Request& r) { r.set_query("zhsw"); }), ElementsAre("中环商务大厦"));
  EXPECT_THAT(found([](Request& r) { r.set_query("ZHYH"); }), ElementsAre("中环银行"));
  EXPECT_THAT(found([](Request& r) { r.set_query("环"); }),
              ElementsAre("中环银行", "中环商务大厦"));
  EXPECT_THAT(found([](Request& r) { r.set_query("abc"); }), ElementsAre("ABC 100%_\\ 公司"));
  EXPECT_THAT(found([](Request& r) { r.set_query("%_\\"); }), ElementsAre("ABC 100%_\\ 公司"));
  EXPECT_THAT(found([](Request& r) { r.set_query("-"); }), ElementsAre());
  EXPECT_THAT(found([](Request& r) { r.set_joint_branch("楼宇联合支部"); }),
              ElementsAre("中环银行", "中环商务大厦"));
  EXPECT_THAT(found([](Request& r) { r.set_joint_branch("楼宇"); }), ElementsAre());
  EXPECT_THAT(found([](Request& r) { r.set_tier(v1::TIER_COUNCIL); }), ElementsAre("中环商务大厦"));
  EXPECT_THAT(found([](Request& r) {
                r.set_joint_branch("楼宇联合支部");
                r.set_tier(v1::TIER_ORDINARY);
                r.set_query("zh");
              }),
              ElementsAre("中环银行"));
}

TEST_F(MemberDirectoryTest, AKeyThatTheOrderCannotHaveIsNoPage) {
  const auto reason = [&](v1::MemberOrder order, std::vector<std::string> after) {
    const api::Page page{.size = 5, .after = std::move(after)};
    return ReasonOf(db::Read<std::vector<v1::Member>>(database_.pool(), call_.deadline,
                                                      [&](db::Connection& connection) {
                                                        return stores_.directory.List(
                                                            connection, In(order), page);
                                                      })
                        .status());
  };
  EXPECT_EQ(reason(v1::MEMBER_ORDER_PINYIN, {"xy", "m1"}), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason(v1::MEMBER_ORDER_PINYIN, {"abc", "m1"}), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason(v1::MEMBER_ORDER_PARTY_MEMBERS, {"-1", "m1"}), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(reason(v1::MEMBER_ORDER_PINYIN, {"ab", "m1"}), "");
}

TEST_F(MemberDirectoryTest, RowsOfOlderReleasesGetTheirPlace) {
  for (int i = 0; i < 5; ++i) Add("中环第" + std::to_string(i) + "支部");
  static const auto* sorted = new db::Query(
      "SELECT COUNT(*), MIN(version), MAX(version) FROM member WHERE sort_version = ? AND "
      "sort_key <> '' AND initials LIKE 'zhd%'",
      "");
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_RETURN_IF_ERROR(connection.Run(
        "UPDATE member SET sort_key = '', initials = '', sort_version = '' ORDER BY member_id "
        "LIMIT 3"));
    JH_RETURN_IF_ERROR(connection.Run(
        "UPDATE member SET sort_key = 'z', sort_version = 'zzz' ORDER BY member_id DESC LIMIT 1"));
    for (const int expected : {2, 2, 0}) {
      JH_ASSIGN_OR_RETURN(const int64_t resorted, stores_.directory.Resort(connection, 2));
      EXPECT_EQ(resorted, expected);
    }
    return connection
        .Select(*sorted, {PinyinVersion()},
                [](const db::Row& row) {
                  EXPECT_EQ(row.Int(0), 5);
                  EXPECT_EQ(row.Int(1), 1);  // no new version of anything
                  EXPECT_EQ(row.Int(2), 1);
                })
        .status();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(
      List(In(v1::MEMBER_ORDER_PINYIN), 3),
      ElementsAre("中环第0支部", "中环第1支部", "中环第2支部", "中环第3支部", "中环第4支部"));
}

}  // namespace
}  // namespace jinhuan::alliance
