#include "alliance-svc/domain/roster.h"

#include <gmock/gmock.h>

#include "alliance-svc/domain/roster_texts.h"
#include "platform/api/time.h"

namespace jinhuan::alliance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Cells = std::vector<std::vector<std::string>>;

// There it is the morning of 2026-11-23.
const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 23, 1), absl::UTCTimeZone());

absl::TimeZone Shanghai() {
  absl::TimeZone zone;
  absl::LoadTimeZone("Asia/Shanghai", &zone);
  return zone;
}

table::Table TableOf(const Cells& cells) {
  table::Table table;
  int number = 1;
  for (const auto& row : cells) table.rows.push_back({number++, row});
  return table;
}

RosterOptions Options(v1::ImportExisting existing = v1::IMPORT_EXISTING_REFUSE) {
  return {.existing = existing,
          .day = {.zone = Shanghai(), .now = kNow},
          .cause = {.reason = "导入", .actor = "街道党建办", .time = kNow}};
}

MemberWithPhones Stored(const std::string& display_name) {
  MemberWithPhones stored;
  stored.member.set_name("alliances/a1/members/" + display_name);
  stored.member.set_display_name(display_name);
  stored.member.set_sector(v1::SECTOR_FINANCE);
  stored.member.set_tier(v1::TIER_COUNCIL);
  stored.member.set_address("中环路 1 号");
  stored.member.set_liaison_phone("138****1234");
  stored.liaison_phone = "13812341234";
  BeginLife(v1::Member::STATE_ACTIVE, {.reason = "导入", .actor = "", .time = kNow}, stored.member);
  return stored;
}

// "row field REASON" of each violation.
std::vector<std::string> Wrong(const v1::ImportMembersResponse& answer) {
  std::vector<std::string> wrong;
  for (const v1::ImportRow& row : answer.wrong_rows()) {
    for (const auto& violation : row.violations()) {
      wrong.push_back(std::to_string(row.row()) + " " + violation.field() + " " +
                      violation.reason());
      EXPECT_FALSE(violation.description().empty());
      EXPECT_FALSE(violation.localized_message().message().empty());
    }
  }
  return wrong;
}

RosterPlan Plan(const Cells& cells, const std::vector<MemberWithPhones>& living = {},
                const RosterOptions& options = Options()) {
  const auto plan = PlanRoster(TableOf(cells), living, options);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.value_or(RosterPlan());
}

// Anybody may file an application under any name.
TEST(Roster, WhatAStrangerFiledNeitherHoldsARowUpNorTakesIt) {
  MemberWithPhones filed = Stored("中环银行");
  filed.self_filed = true;
  filed.member.set_state(v1::Member::STATE_APPLIED);
  const Cells cells = {{"单位名称", "行业"}, {"中环银行", "企业"}, {"中环学校", "企业"}};
  for (const auto existing : {v1::IMPORT_EXISTING_REFUSE, v1::IMPORT_EXISTING_UPDATE}) {
    const RosterPlan plan = Plan(cells, {filed}, Options(existing));
    EXPECT_THAT(Wrong(plan.answer), IsEmpty());
    EXPECT_EQ(plan.answer.created_count(), 2);
    ASSERT_EQ(plan.answer.applied_rows_size(), 1);
    EXPECT_EQ(plan.answer.applied_rows(0).row(), 2);
    EXPECT_EQ(plan.answer.applied_rows(0).display_name(), "中环银行");
  }
  // Beside a member of that name it makes nothing ambiguous.
  const RosterPlan beside =
      Plan(cells, {filed, Stored("中环银行")}, Options(v1::IMPORT_EXISTING_UPDATE));
  EXPECT_THAT(Wrong(beside.answer), IsEmpty());
  EXPECT_EQ(beside.answer.updated_count(), 1);
  EXPECT_EQ(beside.answer.applied_rows_size(), 1);

  // What the street filed is a member to be; and so is one that the street took.
  filed.self_filed = false;
  EXPECT_THAT(Wrong(Plan(cells, {filed}).answer), ElementsAre("2 单位名称 ALREADY_EXISTS"));
  filed.self_filed = true;
  filed.member.set_state(v1::Member::STATE_ACTIVE);
  EXPECT_THAT(Wrong(Plan(cells, {filed}).answer), ElementsAre("2 单位名称 ALREADY_EXISTS"));
}

TEST(Roster, ReadsEveryColumn) {
  const RosterPlan plan =
      Plan({{"单位名称", "统一社会信用代码", "行业", "层级", "党组织类型", "上级党组织", "联合支部",
             "党员人数", "地址", "经度", "纬度", "网格", "联络员职务", "联络员手机", "副联络员职务",
             "副联络员手机", "加入日期"},
            {"中环银行", "91350100m000100y43", "金融机构", "常务理事", "党总支", "中环街道党工委",
             "楼宇联合支部", "36", "中环路 1 号", "121.4737", "31.2304", "中环一", "党建专员",
             "13812341234", "办公室主任", "13912345678", "2024-05-01"}});
  EXPECT_THAT(Wrong(plan.answer), IsEmpty());
  EXPECT_EQ(plan.answer.row_count(), 1);
  EXPECT_EQ(plan.answer.created_count(), 1);
  ASSERT_EQ(plan.changes.size(), 1u);
  EXPECT_EQ(plan.changes[0].before, nullptr);
  const v1::Member& member = plan.changes[0].after;
  EXPECT_EQ(member.display_name(), "中环银行");
  EXPECT_EQ(member.uscc(), "91350100M000100Y43");
  EXPECT_EQ(member.sector(), v1::SECTOR_FINANCE);
  EXPECT_EQ(member.tier(), v1::TIER_STANDING);
  EXPECT_EQ(member.party_organization(), v1::PARTY_ORGANIZATION_GENERAL_BRANCH);
  EXPECT_EQ(member.superior_organization(), "中环街道党工委");
  EXPECT_EQ(member.joint_branch(), "楼宇联合支部");
  EXPECT_EQ(member.party_member_count(), 36);
  EXPECT_EQ(member.address(), "中环路 1 号");
  EXPECT_EQ(member.location().longitude(), 121.4737);
  EXPECT_EQ(member.location().latitude(), 31.2304);
  EXPECT_EQ(member.grid(), "中环一");
  EXPECT_EQ(member.liaison_title(), "党建专员");
  EXPECT_EQ(member.liaison_phone(), "13812341234");
  EXPECT_EQ(member.deputy_liaison_title(), "办公室主任");
  EXPECT_EQ(member.deputy_liaison_phone(), "13912345678");
  EXPECT_EQ(api::FromProto(member.join_time()),
            absl::FromCivil(absl::CivilDay(2024, 5, 1), Shanghai()));
  EXPECT_EQ(member.state(), v1::Member::STATE_ACTIVE);
  ASSERT_EQ(member.history_size(), 1);
  EXPECT_EQ(member.history(0).reason(), "导入");
}

TEST(Roster, ColumnsComeInAnyOrderAndEitherLanguage) {
  const RosterPlan plan = Plan({{"Sector", "备注", "DISPLAY_NAME *", ""},
                                {"company", "x", "甲公司", "y"},
                                {"机关事业", "", "乙单位", ""}});
  EXPECT_THAT(Wrong(plan.answer), IsEmpty());
  EXPECT_THAT(plan.answer.unknown_columns(), ElementsAre("备注"));
  ASSERT_EQ(plan.changes.size(), 2u);
  EXPECT_EQ(plan.changes[0].after.sector(), v1::SECTOR_COMPANY);
  EXPECT_EQ(plan.changes[1].after.sector(), v1::SECTOR_PUBLIC);
  EXPECT_EQ(plan.changes[1].after.tier(), v1::TIER_ORDINARY);
  // Without a date it has joined now.
  EXPECT_EQ(api::FromProto(plan.changes[1].after.join_time()), kNow);
}

TEST(Roster, TheHeaderHasTheRequiredColumnsOnce) {
  const auto refused = [](const Cells& cells) {
    return std::string(PlanRoster(TableOf(cells), {}, Options()).status().message());
  };
  EXPECT_EQ(refused({}), "the header must have the column 单位名称 once");
  EXPECT_EQ(refused({{"行业"}}), "the header must have the column 单位名称 once");
  EXPECT_EQ(refused({{"单位名称", "层级"}}), "the header must have the column 行业 once");
  EXPECT_EQ(refused({{"单位名称", "行业", "display_name"}}),
            "the header must have the column 单位名称 once");
  EXPECT_EQ(refused({{"单位名称", "行业", "层级", "tier"}}),
            "the header must have the column 层级 once");
  EXPECT_EQ(ReasonOf(PlanRoster(TableOf({}), {}, Options()).status()), "IMPORT_HEADER_INVALID");
}

TEST(Roster, TellsOfEachColumnThatIsWrong) {
  const RosterPlan plan = Plan(
      {{"单位名称", "行业", "uscc", "层级", "党员人数", "经度", "纬度", "联络员手机", "加入日期"},
       {"甲公司", "银行", "91350100M000100Y4Z", "主席", "很多", "121", "", "12345", "2026-11-24"},
       {"", "企业", "", "", "-1", "181", "31", "", "去年"},
       {"乙公司", "企业", "", "", "1000001", "x", "91", "138****1234", ""},
       {"丙公司", "企业", "", "", "", "", "", "", "2026-11-23"}});
  EXPECT_THAT(
      Wrong(plan.answer),
      ElementsAre("2 行业 FIELD_INVALID", "2 层级 FIELD_INVALID", "2 党员人数 FIELD_INVALID",
                  "2 加入日期 FIELD_INVALID", "2 纬度 FIELD_REQUIRED", "2 uscc USCC_INVALID",
                  "2 联络员手机 PHONE_INVALID", "3 加入日期 FIELD_INVALID",
                  "3 单位名称 FIELD_REQUIRED", "3 党员人数 FIELD_INVALID", "3 经度 FIELD_INVALID",
                  "4 经度 FIELD_INVALID", "4 党员人数 FIELD_INVALID", "4 纬度 FIELD_INVALID",
                  "4 联络员手机 PHONE_INVALID"));
  EXPECT_EQ(plan.answer.row_count(), 4);
  EXPECT_EQ(plan.answer.wrong_count(), 3);
  EXPECT_EQ(plan.answer.created_count(), 1);
  EXPECT_EQ(plan.answer.wrong_rows(0).display_name(), "甲公司");
  const auto& sector = plan.answer.wrong_rows(0).violations(0);
  EXPECT_EQ(sector.description(),
            "行业 must be one of COMPANY, FINANCE, SOCIAL, PUBLIC, EDUCATION_HEALTH");
  EXPECT_EQ(sector.localized_message().message(),
            "填写不正确，应为：企业、金融机构、社会组织、机关事业、教育卫生之一");
}

TEST(Roster, WhatTheReaderCouldNotTakeIsTold) {
  table::Table table = TableOf(
      {{"单位名称", "行业", "备注", "uscc"}, {"甲公司", "", "", ""}, {"乙公司", "企业", "", ""}});
  table.problems = {{2, 1, error::v1::TABLE_REASON_FORMULA},
                    {2, 2, error::v1::TABLE_REASON_FORMULA},
                    {3, 3, error::v1::TABLE_REASON_DIGITS_LOST}};
  const auto plan = PlanRoster(table, {}, Options());
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_THAT(Wrong(plan->answer), ElementsAre("2 行业 FORMULA", "3 uscc DIGITS_LOST"));
}

TEST(Roster, NamesAreThereOnce) {
  const RosterPlan plan = Plan({{"单位名称", "行业"},
                                {"甲公司(上海)", "企业"},
                                {"甲公司（上海）", "企业"},
                                {"中环银行", "企业"}},
                               {Stored("中环银行")});
  EXPECT_THAT(Wrong(plan.answer),
              ElementsAre("3 单位名称 MEMBER_DUPLICATE", "4 单位名称 ALREADY_EXISTS"));
  EXPECT_EQ(plan.answer.wrong_rows(0).violations(0).localized_message().message(),
            "“甲公司（上海）”与第 2 行重复");
}

TEST(Roster, UpdatesWhatIsGivenAndKeepsTheRest) {
  const std::vector<MemberWithPhones> living = {Stored("中环银行"), Stored("中环学校"),
                                                Stored("中环医院")};
  const RosterPlan plan =
      Plan({{"单位名称", "行业", "地址", "党员人数", "联络员手机", "加入日期"},
            {"中环银行", "金融机构", "", "40", "13812341234", ""},
            {"中环学校", "金融机构", "中环路 1 号", "", "138****1234", "2026-11-23"},
            {"中环医院", "", "", "", "13900001111", ""}},
           living, Options(v1::IMPORT_EXISTING_UPDATE));
  EXPECT_THAT(Wrong(plan.answer), IsEmpty());
  EXPECT_EQ(plan.answer.updated_count(), 2);
  EXPECT_EQ(plan.answer.unchanged_count(), 1);
  EXPECT_EQ(plan.answer.created_count(), 0);
  ASSERT_EQ(plan.changes.size(), 2u);
  EXPECT_EQ(plan.changes[0].before, &living[0].member);
  EXPECT_EQ(plan.changes[0].after.address(), "中环路 1 号");
  EXPECT_EQ(plan.changes[0].after.party_member_count(), 40);
  EXPECT_EQ(plan.changes[0].after.liaison_phone(), "138****1234");
  EXPECT_EQ(plan.changes[0].after.tier(), v1::TIER_COUNCIL);
  EXPECT_EQ(plan.changes[0].after.history_size(), 1);
  // An empty cell of a required column changes nothing either.
  EXPECT_EQ(plan.changes[1].after.sector(), v1::SECTOR_FINANCE);
  EXPECT_EQ(plan.changes[1].after.liaison_phone(), "13900001111");
}

TEST(Roster, AnUpdateChangesNoStateAndMovesTheJoining) {
  MemberWithPhones applied = Stored("中环银行");
  BeginLife(v1::Member::STATE_APPLIED, {.reason = "", .actor = "", .time = kNow}, applied.member);
  const RosterPlan plan = Plan({{"单位名称", "行业", "加入日期", "网格"},
                                {"中环银行", "", "2024-05-01", "中环一"},
                                {"中环学校", "", "2024-05-01", ""}},
                               {applied, Stored("中环学校")}, Options(v1::IMPORT_EXISTING_UPDATE));
  ASSERT_EQ(plan.changes.size(), 2u);
  EXPECT_EQ(plan.changes[0].after.state(), v1::Member::STATE_APPLIED);
  EXPECT_FALSE(plan.changes[0].after.has_join_time());
  EXPECT_EQ(api::FromProto(plan.changes[1].after.join_time()),
            absl::FromCivil(absl::CivilDay(2024, 5, 1), Shanghai()));
}

TEST(Roster, OfSeveralWithOneNameNoneIsMeant) {
  const RosterPlan plan =
      Plan({{"单位名称", "行业"}, {"中环银行", "企业"}}, {Stored("中环银行"), Stored("中环银行")},
           Options(v1::IMPORT_EXISTING_UPDATE));
  EXPECT_THAT(Wrong(plan.answer), ElementsAre("2 单位名称 ALREADY_EXISTS"));
}

TEST(Roster, HalfAPlaceIsEnoughForOneThatHasOne) {
  MemberWithPhones placed = Stored("中环银行");
  placed.member.mutable_location()->set_latitude(31);
  placed.member.mutable_location()->set_longitude(121);
  const RosterPlan plan = Plan({{"单位名称", "行业", "纬度"}, {"中环银行", "", "32"}}, {placed},
                               Options(v1::IMPORT_EXISTING_UPDATE));
  EXPECT_THAT(Wrong(plan.answer), IsEmpty());
  EXPECT_EQ(plan.changes[0].after.location().latitude(), 32);
  EXPECT_EQ(plan.changes[0].after.location().longitude(), 121);
  const RosterPlan other = Plan({{"单位名称", "行业", "纬度"}, {"甲", "企业", "32"}});
  EXPECT_THAT(Wrong(other.answer), ElementsAre("2 经度 FIELD_REQUIRED"));
}

TEST(Roster, ShowsTheFirstWrongRowsAndCountsAll) {
  Cells cells = {{"单位名称", "行业"}};
  for (int i = 0; i < 300; ++i) cells.push_back({"", "企业"});
  const RosterPlan plan = Plan(cells);
  EXPECT_EQ(plan.answer.wrong_count(), 300);
  EXPECT_EQ(plan.answer.wrong_rows_size(), 200);
  EXPECT_EQ(plan.answer.row_count(), 300);
}

TEST(Roster, AHeaderAloneIsARosterOfNobody) {
  const RosterPlan plan = Plan({{"单位名称", "行业"}});
  EXPECT_EQ(plan.answer.row_count(), 0);
  EXPECT_THAT(plan.changes, IsEmpty());
}

TEST(RosterSheet, WhatIsShownIsReadAgain) {
  std::vector<MemberWithPhones> living = {Stored("中环银行"), Stored("中环学校")};
  living[0].member.mutable_location()->set_latitude(31.2304);
  living[0].member.mutable_location()->set_longitude(121.4737);
  living[0].member.set_party_member_count(36);
  living[0].member.set_party_organization(v1::PARTY_ORGANIZATION_JOINT_BRANCH);
  const RosterDay day{.zone = Shanghai(), .now = kNow};
  const table::Sheet sheet = RosterSheet({living[0].member, living[1].member}, day);
  Cells cells(1);
  for (const table::Column& column : sheet.columns) cells[0].push_back(column.title);
  for (const auto& row : sheet.rows) cells.push_back(row);
  EXPECT_EQ(cells[0].size(), RosterColumns().size() + 1);
  EXPECT_EQ(cells[1].back(), "在册");
  const RosterPlan plan = Plan(cells, living, Options(v1::IMPORT_EXISTING_UPDATE));
  EXPECT_THAT(Wrong(plan.answer), IsEmpty());
  EXPECT_EQ(plan.answer.unchanged_count(), 2);
  EXPECT_THAT(plan.answer.unknown_columns(), ElementsAre("状态"));
}

}  // namespace
}  // namespace jinhuan::alliance
