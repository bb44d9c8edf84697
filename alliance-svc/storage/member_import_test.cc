// Rosters of thousands, in an alliance whose rotation is published.
#include "absl/time/clock.h"
#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/storage/member_store.h"
#include "alliance-svc/storage/names.h"
#include "alliance-svc/storage/store_fixture.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kAlliance[] = "alliances/a1";
constexpr int kRows = 5'000;
constexpr absl::Duration kTermLength = absl::Hours(24 * 180);

class MemberImportTest : public StoreFixture {
 protected:
  MemberImportTest() { call_.deadline = absl::Now() + absl::Minutes(4); }

  // An alliance of kRows members.
  absl::Status Fill(db::Connection& connection) {
    v1::Alliance resource;
    resource.set_name(kAlliance);
    resource.set_time_zone("Asia/Shanghai");
    JH_RETURN_IF_ERROR(stores_.alliances.Insert(connection, call_, resource).status());
    JH_RETURN_IF_ERROR(
        stores_.charters.Insert(connection, call_, FirstCharter(resource), absl::UnixEpoch())
            .status());
    std::vector<RosterChange> roster;
    for (int i = 0; i < kRows; ++i) {
      RosterChange& change = roster.emplace_back();
      change.before = nullptr;
      v1::Member& member = change.after;
      member.set_name(MemberName("a1", ids_.NewId()));
      member.set_display_name("单位" + std::to_string(i));
      member.set_sector(v1::SECTOR_COMPANY);
      member.set_tier(v1::TIER_ORDINARY);
      BeginLife(v1::Member::STATE_ACTIVE, {.reason = "导入", .actor = "街道", .time = call_.now},
                member);
    }
    return stores_.members.Import(connection, call_, roster, "导入");
  }

  // Three terms from now on, chaired by the first members.
  absl::Status Publish(db::Connection& connection) {
    JH_ASSIGN_OR_RETURN(const auto living, stores_.members.Living(connection, kAlliance));
    JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                        stores_.rotations.Claim(connection, call_, kAlliance));
    for (int i = 0; i < 3; ++i) {
      v1::ChairTerm& term = *claimed.record.terms.emplace_back().mutable_term();
      const absl::Time start = call_.now + i * kTermLength;
      term.set_name(chair::TermName(kAlliance, chair::DayOf(start, absl::UTCTimeZone())));
      *term.mutable_start_time() = api::ToProto(start);
      *term.mutable_end_time() = api::ToProto(start + kTermLength);
      term.set_member(living[i].member.name());
    }
    return stores_.rotations.Save(connection, call_, claimed, "测试");
  }

  // Makes every member a standing one, or an ordinary one, with a liaison or without;
  // how long it took.
  absl::Duration ChangeAll(v1::Tier tier, const std::string& phone) {
    const absl::Time begun = absl::Now();
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      JH_ASSIGN_OR_RETURN(const auto living, stores_.members.Living(connection, kAlliance));
      std::vector<RosterChange> roster;
      for (const MemberWithPhones& one : living) {
        RosterChange& change = roster.emplace_back();
        change.before = &one.member;
        change.after = one.member;
        change.after.set_tier(tier);
        change.after.set_liaison_phone(phone);
      }
      return stores_.members.Import(connection, call_, roster, "导入");
    });
    EXPECT_TRUE(status.ok()) << status;
    return absl::Now() - begun;
  }

  RotationRow Row() {
    RotationRow row;
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      JH_ASSIGN_OR_RETURN(auto read, stores_.rotations.rows.Read(connection, kAlliance));
      row = *std::move(read);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return row;
  }
};

TEST_F(MemberImportTest, AChangedRosterIsOneChangeOfThePublishedRotation) {
  ASSERT_TRUE(Transact([&](db::Connection& connection) { return Fill(connection); }).ok());
  const absl::Duration before = ChangeAll(v1::TIER_STANDING, "13812341234");
  ChangeAll(v1::TIER_ORDINARY, "");
  ASSERT_TRUE(Transact([&](db::Connection& connection) { return Publish(connection); }).ok());
  const auto basis = Row().body.basis();
  const absl::Duration after = ChangeAll(v1::TIER_STANDING, "13812341234");
  EXPECT_EQ(Row().body.basis(), basis + 1);
  EXPECT_EQ(Row().body.entered_size(), kRows);
  // Told row by row it took minutes.
  EXPECT_LT(after, 3 * before + absl::Seconds(5)) << before;
}

}  // namespace
}  // namespace jinhuan::alliance
