#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/proxy_store.h"
#include "meeting-svc/storage/storage_test_base.h"
#include "platform/api/resource_name.h"

namespace jinhuan::meeting {

// A meeting in session with units m000, m001, …, and the charter it decides by.
class BallotTest : public StorageTest {
 protected:
  static constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";

  static alliance::v1::Charter Charter() {
    alliance::v1::Charter charter;
    charter.set_name("alliances/a/charters/3");
    charter.set_version(3);
    charter.mutable_meeting()->set_max_proxies(1);
    for (const auto kind : {alliance::v1::ITEM_KIND_ORDINARY, alliance::v1::ITEM_KIND_PERSONNEL}) {
      alliance::v1::ItemRule& rule = *charter.mutable_meeting()->add_item_rules();
      rule.set_kind(kind);
      rule.mutable_quorum()->set_numerator(1);
      rule.mutable_quorum()->set_denominator(2);
      rule.mutable_majority()->set_numerator(1);
      rule.mutable_majority()->set_denominator(2);
      rule.set_majority_base(alliance::v1::VOTE_BASE_PRESENT);
      rule.set_secret(kind == alliance::v1::ITEM_KIND_PERSONNEL);
    }
    alliance::v1::TierWeight& weight = *charter.mutable_meeting()->add_tier_weights();
    weight.set_tier(alliance::v1::TIER_STANDING);
    weight.set_votes(3);
    return charter;
  }

  void Apply(const google::protobuf::Message& message) {
    journal::v1::Entry entry;
    entry.mutable_after()->PackFrom(message);
    const auto status =
        db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(10),
                          [&](db::Connection& c) { return alliances_.Apply(c, entry); });
    ASSERT_TRUE(status.ok()) << status;
  }

  void Run(const std::string& sql) {
    auto lease = database_.pool().Acquire(absl::Now() + absl::Seconds(10));
    ASSERT_TRUE(lease.ok()) << lease.status();
    const auto status = (*lease)->Run(sql);
    ASSERT_TRUE(status.ok()) << status;
  }

  static std::string Id(int unit) { return fmt::format("m{:03}", unit); }

  // A meeting in session to which `units` units are invited and `present` of them came. The
  // first `standing` have three votes each.
  MeetingKey InSession(int units, int present, int standing = 0) {
    Apply(Charter());
    for (int i = 0; i < units; ++i) {
      PutUnit(i, i < standing ? alliance::v1::TIER_STANDING : alliance::v1::TIER_ORDINARY);
    }
    const MeetingKey key = BeginMeeting(v1::MEETING_BODY_UNSPECIFIED);
    for (int i = 0; i < present; ++i) SetPresent(key, Id(i), true);
    return key;
  }
  void PutUnit(int unit, alliance::v1::Tier tier,
               alliance::v1::Member::State state = alliance::v1::Member::STATE_ACTIVE) {
    alliance::v1::Member member;
    member.set_name("alliances/a/members/" + Id(unit));
    member.set_display_name(fmt::format("单位 {}", unit));
    member.set_state(state);
    member.set_tier(tier);
    Apply(member);
  }
  // A meeting of the body in session, with nobody there.
  MeetingKey BeginMeeting(v1::MeetingBody body) {
    const MeetingKey key = KeyOf(Draft(now_ + absl::Hours(1), body));
    EXPECT_TRUE(Convene(key).ok());
    Run(fmt::format("UPDATE meeting SET state = {} WHERE id = '{}'", int{v1::Meeting::STATE_OPEN},
                    key.id));
    return key;
  }
  void SetPresent(const MeetingKey& key, const std::string& member_id, bool present) {
    Run(fmt::format("REPLACE INTO attendance VALUES ('a', '{}', '{}', {}, 0, '')", key.id,
                    member_id, present ? 1 : 0));
  }

  // A call of the liaison of these units.
  api::Call CallOf(const std::vector<std::string>& member_ids) const {
    api::Call call = Call();
    for (const std::string& id : member_ids) {
      call.caller.set_name("users/liaison-" + id);
      call.scope.units.push_back("alliances/a/members/" + id);
    }
    call.scope.relation = auth::v1::RELATION_OWN_UNIT;
    call.scope.acting = call.scope.units;
    return call;
  }

  static BallotId IdOf(const v1::Ballot& ballot) {
    return {{"a", api::LastId(api::ParentOf(ballot.name()))}, api::LastId(ballot.name())};
  }
  absl::StatusOr<v1::Ballot> Open(const MeetingKey& key, alliance::v1::ItemKind kind) {
    v1::Ballot ballot;
    ballot.set_question("是否通过");
    ballot.set_kind(kind);
    return Do([&](db::Connection& c) { return ballots_.Open(c, Call(), key, ballot); });
  }
  absl::StatusOr<v1::Elector> Vote(const BallotId& id, const std::string& member_id,
                                   v1::Choice choice, const std::string& by = "") {
    return Do([&](db::Connection& c) {
      return ballots_.Vote(c, CallOf({by.empty() ? member_id : by}), id, member_id, choice);
    });
  }
  absl::StatusOr<std::string> DrawFor(const BallotId& id, const std::string& member_id,
                                      const std::string& blinded) {
    return Do([&](db::Connection& c) {
      return ballots_.Draw(c, CallOf({member_id}), id, member_id, blinded);
    });
  }
  absl::Status Cast(const BallotId& id, const v1::Paper& paper) {
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30),
                             [&](db::Connection& c) { return ballots_.Cast(c, id, paper); });
  }
  absl::StatusOr<v1::Ballot> OpenBox(const BallotId& id) {
    return Do([&](db::Connection& c) { return ballots_.OpenBox(c, Call(), id); });
  }
  absl::StatusOr<v1::Ballot> Close(const BallotId& id) {
    return Do([&](db::Connection& c) { return ballots_.Close(c, Call(), id); });
  }
  absl::StatusOr<v1::Ballot> GetBallot(const BallotId& id) {
    return Do([&](db::Connection& c) { return ballots_.Get(c, id); });
  }
  absl::StatusOr<v1::Proxy> Grant(const MeetingKey& key, const std::string& from,
                                  const std::string& to) {
    return Do([&](db::Connection& c) { return proxies_.Grant(c, Call(), key, from, to); });
  }

  BallotStore ballots_{journal_, ids_, meetings_, kSecret};
  ProxyStore proxies_{journal_, meetings_};
};

}  // namespace jinhuan::meeting
