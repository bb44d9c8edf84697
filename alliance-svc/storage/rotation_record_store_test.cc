#include "alliance-svc/storage/rotation_record_store.h"

#include <chrono>
#include <future>

#include "absl/time/clock.h"
#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/storage/store_fixture.h"
#include "google/protobuf/util/message_differencer.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

using google::protobuf::util::MessageDifferencer;

class RotationRecordStoreTest : public StoreFixture {
 protected:
  static constexpr absl::Duration kHalfYear = absl::Hours(24 * 180);

  // An alliance with four members, four published terms from now on, and something of
  // everything else.
  void Fill(const std::string& alliance) {
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      v1::Alliance resource;
      resource.set_name(alliance);
      resource.set_time_zone("Asia/Shanghai");
      JH_RETURN_IF_ERROR(stores_.alliances.Insert(connection, call_, resource).status());
      JH_RETURN_IF_ERROR(
          stores_.charters.Insert(connection, call_, FirstCharter(resource), absl::UnixEpoch())
              .status());
      std::vector<std::string> members;
      for (int i = 0; i < 4; ++i) {
        v1::Member member;
        member.set_name(alliance + "/members/" + ids_.NewId());
        member.set_display_name("单位" + std::to_string(i));
        member.set_sector(v1::SECTOR_COMPANY);
        member.set_tier(v1::TIER_COUNCIL);
        member.set_liaison_phone("13812341234");
        member.set_state(v1::Member::STATE_ACTIVE);
        members.push_back(member.name());
        JH_RETURN_IF_ERROR(stores_.members.Insert(connection, call_, member).status());
      }
      api::Call call = call_;
      call.alliance = alliance;
      JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                          stores_.rotations.Claim(connection, call, alliance));
      for (int i = 0; i < 4; ++i) claimed.record.terms.push_back(Term(alliance, i, members[i]));
      claimed.record.entries[members[0]] = {.base_credit = 7, .waiting_since = 20000};
      v1::TermSwap& swap = claimed.record.swaps.emplace_back();
      swap.set_name(alliance + "/swaps/" + ids_.NewId());
      swap.set_state(v1::TermSwap::STATE_PROPOSED);
      swap.set_member(members[2]);
      swap.set_other_member(members[3]);
      swap.set_reason("换");
      *swap.mutable_create_time() = api::ToProto(call_.now);
      *swap.mutable_expire_time() = api::ToProto(call_.now + absl::Hours(5));
      const std::string plan = ids_.NewId();
      claimed.record.body.set_draft(plan);
      JH_RETURN_IF_ERROR(stores_.rotations.plans.Insert(connection, alliance, plan, {}));
      v1::Waiver waiver;
      waiver.set_member(members[3]);
      waiver.set_cycle(1);
      waiver.set_reason("忙");
      JH_RETURN_IF_ERROR(stores_.rotations.turns.InsertWaiver(connection, waiver));
      v1::Unavailability declared;
      declared.set_name(alliance + "/unavailabilities/" + ids_.NewId());
      declared.set_member(members[1]);
      declared.set_reason("搬");
      *declared.mutable_start_date() = ToDate(absl::CivilDay(2030, 1, 1));
      *declared.mutable_end_date() = ToDate(absl::CivilDay(2030, 2, 1));
      JH_RETURN_IF_ERROR(stores_.rotations.unavailabilities.Insert(connection, declared, 1));
      return stores_.rotations.Save(connection, call, claimed, "测试");
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  internal::v1::StoredTerm Term(const std::string& alliance, int index, const std::string& member) {
    internal::v1::StoredTerm stored;
    v1::ChairTerm& term = *stored.mutable_term();
    const absl::Time start = call_.now + index * kHalfYear;
    term.set_name(chair::TermName(alliance, chair::DayOf(start, absl::UTCTimeZone())));
    *term.mutable_start_time() = api::ToProto(start);
    *term.mutable_end_time() = api::ToProto(start + kHalfYear);
    term.set_member(member);
    term.set_cycle(1);
    stored.set_plan("p");
    return stored;
  }

  chair::Record Read(const std::string& alliance, absl::Time now) {
    chair::Record record;
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      JH_ASSIGN_OR_RETURN(record, stores_.rotations.Read(connection, alliance, now));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return record;
  }

  std::vector<ActingInterval> ActingIn(absl::Time from, absl::Time until) {
    std::vector<ActingInterval> acting;
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      JH_ASSIGN_OR_RETURN(acting, stores_.rotations.ActingIn(connection, kAlliance, from, until));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return acting;
  }

  static constexpr char kAlliance[] = "alliances/a1";
};

TEST_F(RotationRecordStoreTest, QueriesUseTheirIndex) {
  for (int i = 0; i < 30; ++i) Fill("alliances/a" + std::to_string(i));
  testing::ExpectQueriesUseTheirIndex(database_);
}

TEST_F(RotationRecordStoreTest, ARecordIsReadAsItWasSaved) {
  Fill(kAlliance);
  const chair::Record record = Read(kAlliance, call_.now);
  EXPECT_EQ(record.seed.size(), 32U);
  EXPECT_EQ(record.settled, call_.now);
  ASSERT_EQ(record.terms.size(), 4U);
  for (int i = 0; i < 4; ++i) {
    internal::v1::StoredTerm expected = Term(kAlliance, i, record.terms[i].term().member());
    expected.mutable_term()->set_etag("1");
    *expected.mutable_term()->mutable_update_time() = api::ToProto(call_.now);
    EXPECT_TRUE(MessageDifferencer::Equals(record.terms[i], expected))
        << record.terms[i].DebugString();
  }
  EXPECT_EQ(record.units.size(), 4U);
  ASSERT_EQ(record.entries.size(), 1U);
  EXPECT_EQ(record.entries.begin()->second.base_credit, 7);
  ASSERT_EQ(record.swaps.size(), 1U);
  EXPECT_EQ(record.swaps[0].reason(), "换");
  EXPECT_EQ(record.swaps[0].other_member(), record.terms[3].term().member());
  ASSERT_EQ(record.waivers.size(), 1U);
  EXPECT_EQ(record.waivers[0].member(), record.terms[3].term().member());
  ASSERT_EQ(record.unavailabilities.size(), 1U);
  EXPECT_EQ(record.unavailabilities[0].end_date().month(), 2);
}

TEST_F(RotationRecordStoreTest, WhatDidNotChangeIsNotWritten) {
  Fill(kAlliance);
  const auto entries = [&] {
    EXPECT_TRUE(journal_.SealOnce().ok());
    return *journal_.Size(absl::Now() + absl::Seconds(10));
  };
  const int64_t before = entries();
  api::Call later = call_;
  later.now += absl::Hours(1);
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                        stores_.rotations.Claim(connection, later, kAlliance));
    claimed.record.terms[2].mutable_term()->set_reason("改");
    claimed.record.terms.pop_back();
    return stores_.rotations.Save(connection, later, claimed, "测试");
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(entries(), before + 2);
  const chair::Record record = Read(kAlliance, call_.now);
  ASSERT_EQ(record.terms.size(), 3U);
  EXPECT_EQ(record.terms[1].term().etag(), "1");
  EXPECT_EQ(record.terms[2].term().etag(), "2");
  EXPECT_EQ(api::FromProto(record.terms[1].term().update_time()), call_.now);
  EXPECT_EQ(api::FromProto(record.terms[2].term().update_time()), later.now);
}

TEST_F(RotationRecordStoreTest, TheClockWakesARotationOnce) {
  Fill(kAlliance);
  const auto due = [&](absl::Time now) {
    std::vector<std::string> alliances;
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      JH_ASSIGN_OR_RETURN(alliances, stores_.rotations.rows.Due(connection, now, 10));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return alliances.size();
  };
  const absl::Time expiry = call_.now + absl::Hours(5);
  EXPECT_EQ(due(expiry - absl::Microseconds(1)), 0U);
  EXPECT_EQ(due(expiry), 1U);
  api::Call later = call_;
  later.now = expiry;
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                        stores_.rotations.Claim(connection, later, kAlliance));
    EXPECT_EQ(claimed.record.swaps[0].state(), v1::TermSwap::STATE_EXPIRED);
    return stores_.rotations.Save(connection, later, claimed, "");
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(due(expiry), 0U);
  EXPECT_EQ(due(call_.now + kHalfYear), 1U);  // the second term begins
  EXPECT_TRUE(Read(kAlliance, expiry).swaps.empty());
}

TEST_F(RotationRecordStoreTest, ACallOfAMomentBeforeFindsTheClockGoneOn) {
  Fill(kAlliance);
  for (const absl::Duration after : {absl::Hours(6), absl::Hours(5)}) {
    api::Call call = call_;
    call.now = call_.now + after;
    const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
      JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                          stores_.rotations.Claim(connection, call, kAlliance));
      EXPECT_EQ(claimed.now, call_.now + absl::Hours(6));
      return stores_.rotations.Save(connection, call, claimed, "");
    });
    ASSERT_TRUE(status.ok()) << status;
  }
}

TEST_F(RotationRecordStoreTest, WhoActsIsToldByFewRowsAsByAll) {
  Fill(kAlliance);
  const absl::Time boundary = call_.now + kHalfYear;
  auto acting = ActingIn(boundary - absl::Minutes(3), boundary + absl::Minutes(2));
  ASSERT_EQ(acting.size(), 2U);
  EXPECT_EQ(acting[0].end, boundary);
  EXPECT_EQ(acting[1].start, boundary);
  const std::string second = acting[1].member;
  const std::string third = Read(kAlliance, call_.now).terms[2].term().member();
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const v1::Member before, stores_.members.Get(connection, second));
    v1::Member after = before;
    after.set_state(v1::Member::STATE_SUSPENDED);
    return stores_.members.Update(connection, call_, before, after, "").status();
  });
  ASSERT_TRUE(status.ok()) << status;
  acting = ActingIn(boundary - absl::Minutes(3), boundary + absl::Minutes(2));
  ASSERT_EQ(acting.size(), 2U);
  EXPECT_EQ(acting[1].member, third);
  EXPECT_TRUE(ActingIn(call_.now - absl::Hours(1), call_.now).empty());
}

TEST_F(RotationRecordStoreTest, AnotherWaitsForWhoClaimed) {
  Fill(kAlliance);
  std::future<int64_t> second;
  int64_t first = 0;
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const ClaimedRotation claimed,
                        stores_.rotations.Claim(connection, call_, kAlliance));
    first = claimed.record.version;
    second = std::async(std::launch::async, [this] {
      int64_t version = 0;
      EXPECT_TRUE(Transact([&](db::Connection& other) -> absl::Status {
                    JH_ASSIGN_OR_RETURN(const ClaimedRotation later,
                                        stores_.rotations.Claim(other, call_, kAlliance));
                    version = later.record.version;
                    return absl::OkStatus();
                  }).ok());
      return version;
    });
    // Time enough for an answer that does not wait.
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(second.get(), first + 1);
}

}  // namespace
}  // namespace jinhuan::alliance
