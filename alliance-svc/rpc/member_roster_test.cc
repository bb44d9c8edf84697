#include <fmt/format.h>
#include <gmock/gmock.h>

#include "alliance-svc/rpc/service_fixture.h"
#include "platform/table/sheet.h"
#include "platform/table/table.h"
#include "platform/table/xlsx_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Stub = v1::MemberService::Stub;

class MemberRosterTest : public ServiceFixture {
 protected:
  v1::ImportMembersRequest Request(const std::string& content) const {
    v1::ImportMembersRequest request;
    request.set_parent(alliance_);
    request.set_content(content);
    return request;
  }

  absl::StatusOr<v1::ImportMembersResponse> Import(const v1::ImportMembersRequest& request) {
    return Call(*members_, &Stub::ImportMembers, street_, request);
  }
  absl::StatusOr<v1::ImportMembersResponse> Import(const std::string& content) {
    return Import(Request(content));
  }

  v1::ListMembersResponse List() {
    v1::ListMembersRequest request;
    request.set_parent(alliance_);
    request.set_page_size(1000);
    const auto list = Call(*members_, &Stub::ListMembers, street_, request);
    EXPECT_TRUE(list.ok()) << list.status();
    return list.value_or(v1::ListMembersResponse());
  }

  absl::StatusOr<v1::ExportMembersResponse> Export(const v1::ExportMembersRequest& request) {
    return Call(*members_, &Stub::ExportMembers, street_, request);
  }

  // A roster of `count` units with all columns, about 300 bytes a row.
  static std::string LargeRoster(int count) {
    std::string csv =
        "单位名称,行业,层级,党组织类型,上级党组织,联合支部,党员人数,地址,经度,纬度,网格,联络员职务,"
        "联络员手机,副联络员职务,副联络员手机,加入日期\n";
    for (int i = 0; i < count; ++i) {
      csv += fmt::format(
          "中环商务楼宇第{}号成员单位,企业,成员,党支部,中环街道党工委,楼宇联合支部{},{},"
          "中环路 {} "
          "号,121.4{},31.2{},中环第{}网格,党建专员,138{:08},办公室主任,139{:08},2024-05-01\n",
          i, i % 30, i % 90, i, i % 100, i % 100, i % 9, i, i);
    }
    return csv;
  }

  const std::string alliance_ = MakeAlliance("a1").name();
  const TestCaller street_ = Street(alliance_);
};

TEST_F(MemberRosterTest, TakesARosterOver) {
  const auto answer = Import(
      "\xEF\xBB\xBF单位名称,行业,层级,联络员手机,加入日期,备注\n"
      "中环银行,金融机构,常务理事,13812341234,2024-05-01,x\n"
      "中环学校,教育卫生,,,,\n");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->imported());
  EXPECT_EQ(answer->row_count(), 2);
  EXPECT_EQ(answer->created_count(), 2);
  EXPECT_EQ(answer->wrong_count(), 0);
  EXPECT_THAT(answer->unknown_columns(), ElementsAre("备注"));

  const auto list = List();
  ASSERT_EQ(list.total_size(), 2);
  const v1::Member& bank = list.members(1);
  EXPECT_EQ(bank.display_name(), "中环银行");
  EXPECT_EQ(bank.state(), v1::Member::STATE_ACTIVE);
  EXPECT_EQ(bank.tier(), v1::TIER_STANDING);
  EXPECT_EQ(bank.liaison_phone(), "138****1234");
  EXPECT_EQ(bank.join_time().seconds(), 1'714'492'800);  // 2024-05-01 in Shanghai
  EXPECT_EQ(list.members(0).join_time().seconds(), absl::ToUnixSeconds(clock_.Now()));
  v1::GetMemberRequest get;
  get.set_name(bank.name());
  const auto whole = Call(*members_, &Stub::GetMember, street_, get);
  EXPECT_EQ(whole->state_reason(), "导入");
  ASSERT_EQ(whole->history_size(), 1);
  EXPECT_EQ(whole->history(0).to_state(), v1::Member::STATE_ACTIVE);
  EXPECT_EQ(whole->history(0).reason(), "导入");

  int entries = 0;
  for (const auto& entry : Entries()) {
    if (!entry.resource().starts_with(alliance_ + "/members/")) continue;
    ++entries;
    EXPECT_EQ(entry.actor(), "users/street");
    EXPECT_EQ(entry.reason(), "导入");
    EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr("13812341234")));
  }
  EXPECT_EQ(entries, 2);
}

TEST_F(MemberRosterTest, AnApplicationOfAStrangerStaysBesideTheMember) {
  ASSERT_TRUE(Call(*members_, &Stub::ApplyMember, {}, Application(alliance_, "中环银行")).ok());
  const auto answer = Import("单位名称,行业\n中环银行,金融机构\n");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->imported());
  EXPECT_EQ(answer->created_count(), 1);
  ASSERT_EQ(answer->applied_rows_size(), 1);
  EXPECT_EQ(answer->applied_rows(0).display_name(), "中环银行");
  EXPECT_EQ(List().total_size(), 2);
}

TEST_F(MemberRosterTest, AllRowsOrNone) {
  const std::string csv =
      "单位名称,行业,统一社会信用代码\n"
      "甲公司,企业,91350100M000100Y43\n"
      "乙公司,企业,91350100M000100Y4Z\n"
      "甲公司,企业,\n"
      ",企业,\n";
  const auto answer = Import(csv);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->imported());
  EXPECT_EQ(answer->wrong_count(), 3);
  EXPECT_EQ(answer->created_count(), 1);
  ASSERT_EQ(answer->wrong_rows_size(), 3);
  EXPECT_EQ(answer->wrong_rows(0).row(), 3);
  EXPECT_EQ(answer->wrong_rows(0).violations(0).field(), "统一社会信用代码");
  EXPECT_EQ(answer->wrong_rows(0).violations(0).reason(), "USCC_INVALID");
  EXPECT_EQ(answer->wrong_rows(1).violations(0).reason(), "MEMBER_DUPLICATE");
  EXPECT_EQ(answer->wrong_rows(2).violations(0).reason(), "FIELD_REQUIRED");
  EXPECT_EQ(List().total_size(), 0);
}

TEST_F(MemberRosterTest, ValidateOnlySaysWhatWouldHappen) {
  v1::ImportMembersRequest request = Request("单位名称,行业\n甲公司,企业\n");
  request.set_validate_only(true);
  request.set_request_id("r1");
  auto answer = Import(request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->imported());
  EXPECT_EQ(answer->created_count(), 1);
  EXPECT_EQ(List().total_size(), 0);
  // What was only checked is not remembered: the answer goes with the alliance.
  Apply(alliance_, "甲公司");
  EXPECT_EQ(Import(request)->wrong_rows(0).violations(0).reason(), "ALREADY_EXISTS");
}

TEST_F(MemberRosterTest, WhoIsThereIsRefusedOrUpdated) {
  const v1::Member bank = Apply(alliance_, "中环银行");
  v1::ImportMembersRequest request =
      Request("单位名称,行业,地址,联络员手机\n中环银行,,中环路 9 号,\n新单位,企业,,\n");
  auto answer = Import(request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->wrong_rows(0).violations(0).reason(), "ALREADY_EXISTS");
  EXPECT_EQ(List().total_size(), 1);

  request.set_existing(v1::IMPORT_EXISTING_UPDATE);
  answer = Import(request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->imported());
  EXPECT_EQ(answer->created_count(), 1);
  EXPECT_EQ(answer->updated_count(), 1);
  v1::GetMemberRequest get;
  get.set_name(bank.name());
  const auto updated = Call(*members_, &Stub::GetMember, street_, get);
  EXPECT_EQ(updated->address(), "中环路 9 号");
  EXPECT_EQ(updated->state(), v1::Member::STATE_APPLIED);
  EXPECT_EQ(updated->liaison_phone(), "138****1234");
  EXPECT_EQ(updated->etag(), "2");

  answer = Import(request);
  EXPECT_EQ(answer->unchanged_count(), 2);
  EXPECT_TRUE(answer->imported());

  // Who has left, or was refused, is no obstacle to a new one of that name.
  v1::RejectMemberRequest reject;
  reject.set_name(bank.name());
  reject.set_reason("不符合");
  ASSERT_TRUE(Call(*members_, &Stub::RejectMember, street_, reject).ok());
  answer = Import(request);
  EXPECT_EQ(answer->wrong_count(), 1);  // it needs a sector now
  EXPECT_EQ(answer->wrong_rows(0).violations(0).reason(), "FIELD_REQUIRED");
}

TEST_F(MemberRosterTest, TwiceWithOneRequestIdIsOnce) {
  v1::ImportMembersRequest request = Request(LargeRoster(20));
  request.set_request_id("r1");
  std::vector<std::string> answers(2);
  AtOnce(2, [&](int i) {
    const auto answer = Import(request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    answers[static_cast<size_t>(i)] =
        answer.value_or(v1::ImportMembersResponse()).SerializeAsString();
  });
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(List().total_size(), 20);
  request.set_content("单位名称,行业\n");
  EXPECT_EQ(ReasonOf(Import(request).status()), "REQUEST_ID_REUSED");
}

TEST_F(MemberRosterTest, OfEqualRostersAtOnceOneIsTakenOver) {
  const std::string csv = LargeRoster(50);
  std::vector<int> wrong(3);
  AtOnce(3, [&](int i) {
    const auto answer = Import(csv);
    EXPECT_TRUE(answer.ok()) << answer.status();
    wrong[static_cast<size_t>(i)] = answer.value_or(v1::ImportMembersResponse()).wrong_count();
  });
  EXPECT_THAT(wrong, ::testing::UnorderedElementsAre(0, 50, 50));
  EXPECT_EQ(List().total_size(), 50);
}

TEST_F(MemberRosterTest, AFileThatIsNoRosterIsRefusedWhole) {
  const std::string header = "单位名称,行业\n";
  EXPECT_EQ(ReasonOf(Import("行业,层级\n企业,理事\n").status()), "IMPORT_HEADER_INVALID");
  EXPECT_EQ(ReasonOf(Import("单位名称,行业,行业\n").status()), "IMPORT_HEADER_INVALID");
  EXPECT_EQ(ReasonOf(Import("").status()), "IMPORT_HEADER_INVALID");
  EXPECT_EQ(ReasonOf(Import("\x89PNG\r\n\x1A\n and more").status()), "NOT_A_TABLE");
  EXPECT_EQ(ReasonOf(Import(header + "\xFF\xFE\xFD\xFC,企业\n").status()), "ENCODING_UNKNOWN");
  EXPECT_EQ(ReasonOf(Import(header + "\"甲公司,企业\n").status()), "QUOTES_WRONG");
  EXPECT_EQ(ReasonOf(Import(std::string((3 << 20) + 1, 'x')).status()), "TOO_LARGE");
  std::string rows = header;
  for (int i = 0; i < 5001; ++i) rows += "x,企业\n";
  EXPECT_EQ(ReasonOf(Import(rows).status()), "TOO_MANY_ROWS");
  // A workbook of 8 MB in some KB.
  table::Parts bomb = table::WorkbookParts("");
  bomb[table::kSheetPart] =
      "<worksheet><sheetData>" + std::string(8 << 20, ' ') + "</sheetData></worksheet>";
  EXPECT_EQ(ReasonOf(Import(table::MakeZip(bomb)).status()), "PACKED_TOO_TIGHT");
  EXPECT_EQ(ReasonOf(Import("PK\x03\x04 but no zip").status()), "DAMAGED");
  EXPECT_EQ(List().total_size(), 0);
}

TEST_F(MemberRosterTest, AFormulaIsToldAtItsCell) {
  const std::string rows =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>单位名称</t></is></c>"
      "<c r=\"B1\" t=\"inlineStr\"><is><t>行业</t></is></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"str\"><f>UPPER(\"a\")</f><v>A</v></c>"
      "<c r=\"B2\" t=\"inlineStr\"><is><t>企业</t></is></c></row>";
  const auto answer = Import(table::MakeZip(table::WorkbookParts(rows)));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->imported());
  ASSERT_EQ(answer->wrong_rows_size(), 1);
  EXPECT_EQ(answer->wrong_rows(0).row(), 2);
  ASSERT_EQ(answer->wrong_rows(0).violations_size(), 1);
  EXPECT_EQ(answer->wrong_rows(0).violations(0).reason(), "FORMULA");
  EXPECT_EQ(answer->wrong_rows(0).violations(0).field(), "单位名称");
  EXPECT_EQ(List().total_size(), 0);
}

TEST_F(MemberRosterTest, Gb18030IsRead) {
  // 单位名称,行业 / 中环银行,金融机构
  const auto answer = Import(
      "\xB5\xA5\xCE\xBB\xC3\xFB\xB3\xC6,\xD0\xD0\xD2\xB5\r\n"
      "\xD6\xD0\xBB\xB7\xD2\xF8\xD0\xD0,\xBD\xF0\xC8\xDA\xBB\xFA\xB9\xB9\r\n");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->imported());
  EXPECT_EQ(List().members(0).display_name(), "中环银行");
}

TEST_F(MemberRosterTest, OnlyTheStreetTakesOver) {
  const v1::ImportMembersRequest request = Request("单位名称,行业\n");
  const TestCaller liaison =
      As("users/u1", auth::v1::ROLE_LIAISON, alliance_, alliance_ + "/members/m1");
  EXPECT_EQ(ReasonOf(Call(*members_, &Stub::ImportMembers, liaison, request).status()),
            "ROLE_REQUIRED");
  EXPECT_EQ(
      ReasonOf(Call(*members_, &Stub::ImportMembers, Street("alliances/a2"), request).status()),
      "RESOURCE_NOT_FOUND");
  v1::ImportMembersRequest nowhere = request;
  nowhere.set_parent("alliances/a2");
  EXPECT_EQ(
      ReasonOf(Call(*members_, &Stub::ImportMembers, Street("alliances/a2"), nowhere).status()),
      "RESOURCE_NOT_FOUND");
}

TEST_F(MemberRosterTest, FiveThousandRowsWithinSeconds) {
  const std::string csv = LargeRoster(5000);
  EXPECT_LT(csv.size(), size_t{3} << 20);
  const absl::Time begin = absl::Now();
  auto answer = Import(csv);
  const absl::Duration took = absl::Now() - begin;
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->imported());
  EXPECT_EQ(answer->created_count(), 5000);
  RecordProperty("import_ms", static_cast<int>(absl::ToInt64Milliseconds(took)));
  // Within a call's usual deadline, with room for a busy machine.
  EXPECT_LT(took, absl::Seconds(10));

  v1::ImportMembersRequest again = Request(csv);
  again.set_existing(v1::IMPORT_EXISTING_UPDATE);
  answer = Import(again);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->unchanged_count(), 5000);

  v1::ExportMembersRequest request;
  request.set_parent(alliance_);
  const auto file = Export(request);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->row_count(), 5000);
  EXPECT_EQ(file->total_size(), 5000);
  EXPECT_LT(file->content().size(), size_t{3} << 20);
}

TEST_F(MemberRosterTest, AnExportIsReadAgain) {
  ASSERT_TRUE(Import(LargeRoster(12))->imported());
  v1::ExportMembersRequest request;
  request.set_parent(alliance_);
  const auto file = Export(request);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->filename(), "成员单位 2026-09-21.xlsx");  // there, not in UTC
  EXPECT_EQ(file->content_type(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const auto table = table::ReadTable(file->content());
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->rows.size(), 13u);
  EXPECT_EQ(table->rows[0].cells.front(), "单位名称");
  EXPECT_THAT(file->content(), Not(HasSubstr("13800000003")));
  for (const auto& row : table->rows) {
    for (const auto& cell : row.cells) EXPECT_THAT(cell, Not(HasSubstr("13800000003")));
  }
  v1::ImportMembersRequest again = Request(file->content());
  again.set_existing(v1::IMPORT_EXISTING_UPDATE);
  const auto answer = Import(again);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->unchanged_count(), 12) << answer->DebugString();
}

TEST_F(MemberRosterTest, AnExportHasItsFiltersAndOrder) {
  ASSERT_TRUE(Import("单位名称,行业,层级,联合支部,党员人数\n"
                     "中环银行,金融机构,理事,楼宇联合支部,3\n"
                     "中环学校,教育卫生,成员,楼宇联合支部,9\n"
                     "安居物业,企业,成员,,5\n")
                  ->imported());
  const auto names = [&](const std::function<void(v1::ExportMembersRequest&)>& filter) {
    v1::ExportMembersRequest request;
    request.set_parent(alliance_);
    filter(request);
    const auto file = Export(request);
    EXPECT_TRUE(file.ok()) << file.status();
    const auto table = table::ReadTable(file->content());
    EXPECT_TRUE(table.ok()) << table.status();
    std::vector<std::string> found;
    for (size_t i = 1; i < table->rows.size(); ++i) found.push_back(table->rows[i].cells[0]);
    return found;
  };
  using R = v1::ExportMembersRequest;
  EXPECT_THAT(names([](R& r) { r.set_order(v1::MEMBER_ORDER_PARTY_MEMBERS); }),
              ElementsAre("中环学校", "安居物业", "中环银行"));
  EXPECT_THAT(names([](R& r) { r.set_joint_branch("楼宇联合支部"); }),
              ElementsAre("中环学校", "中环银行"));
  EXPECT_THAT(names([](R& r) { r.set_tier(v1::TIER_COUNCIL); }), ElementsAre("中环银行"));
  EXPECT_THAT(names([](R& r) { r.set_sector(v1::SECTOR_COMPANY); }), ElementsAre("安居物业"));
  EXPECT_THAT(names([](R& r) { r.set_query("ajwy"); }), ElementsAre("安居物业"));
  // The template: a header and nobody.
  EXPECT_THAT(names([](R& r) { r.set_state(v1::Member::STATE_REJECTED); }), ElementsAre());
  R wrong;
  wrong.set_parent(alliance_);
  wrong.set_order(static_cast<v1::MemberOrder>(9));
  EXPECT_EQ(ReasonOf(Export(wrong).status()), "FIELD_INVALID");
}

}  // namespace
}  // namespace jinhuan::alliance
