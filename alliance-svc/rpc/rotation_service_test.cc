#include "alliance-svc/rpc/rotation_service.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>

#include "absl/strings/escaping.h"
#include "alliance-svc/domain/rotation_credit.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/rpc/rotation_fixture.h"
#include "alliance-svc/storage/chair_grants.h"

namespace jinhuan::alliance {
namespace {

const absl::Duration kMicro = absl::Microseconds(1);

class RotationServiceTest : public RotationFixture {};

TEST_F(RotationServiceTest, PlansPublishesAndTells) {
  const std::vector<std::string> units = AddUnits(4);
  const std::string commitment = GetRotation().seed_commitment();
  EXPECT_EQ(commitment.size(), 64U);
  const auto plan = Plan(4);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->terms_size(), 4);
  EXPECT_EQ(plan->terms(0).name(), "alliances/a1/chairTerms/2027-01-01");
  EXPECT_EQ(plan->differences_size(), 4);
  EXPECT_FALSE(plan->stale());
  // The draft is the street's alone.
  EXPECT_EQ(GetRotation().draft().etag(), plan->etag());
  const auto seen = GetRotation(Liaison(units[0]));
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_FALSE(seen->has_draft());
  EXPECT_EQ(seen->pool_size(), 4);
  EXPECT_TRUE(Terms().empty());

  const auto rotation = Publish(plan->etag());
  ASSERT_TRUE(rotation.ok()) << rotation.status();
  EXPECT_FALSE(rotation->has_draft());
  EXPECT_FALSE(rotation->needs_replan());
  ASSERT_EQ(rotation->revealed_seeds_size(), 1);
  const std::string seed = absl::HexStringToBytes(rotation->revealed_seeds(0).seed());
  EXPECT_EQ(rotation->revealed_seeds(0).commitment(), commitment);
  EXPECT_EQ(rotation::LotteryCommitment(seed), commitment);
  EXPECT_NE(rotation->seed_commitment(), commitment);

  const std::vector<v1::ChairTerm> terms = Terms();
  ASSERT_EQ(terms.size(), 4U);
  // All is equal in the first plan, so the seed alone decides: anyone can check it.
  for (size_t t = 1; t < terms.size(); ++t) {
    EXPECT_LT(rotation::LotteryNumber(seed, terms[t - 1].member()),
              rotation::LotteryNumber(seed, terms[t].member()));
  }
  EXPECT_EQ(terms[0].state(), v1::ChairTerm::STATE_FROZEN);
  EXPECT_EQ(terms[2].state(), v1::ChairTerm::STATE_PUBLISHED);
  EXPECT_EQ(terms[1].adviser(), terms[0].member());
  EXPECT_EQ(terms[1].deputy(), terms[2].member());
}

TEST_F(RotationServiceTest, SecretsStayOutOfTheJournal) {
  AddUnits(3);
  const auto plan = Plan(3);
  ASSERT_TRUE(plan.ok());
  std::string secret;
  Write([&](db::Connection& connection, const api::Call&) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const auto row, stores_.rotations.rows.Read(connection, kAlliance));
    secret = row->seed;
    return absl::OkStatus();
  });
  ASSERT_EQ(secret.size(), 32U);
  for (const journal::v1::Entry& entry : Entries()) {
    const std::string text = entry.SerializeAsString();
    EXPECT_EQ(text.find(secret), std::string::npos);
    EXPECT_EQ(text.find(absl::BytesToHexString(secret)), std::string::npos);
    EXPECT_EQ(text.find(plan->etag()), std::string::npos) << entry.resource();
  }
  ASSERT_TRUE(Publish(plan->etag()).ok());
  std::set<std::string> terms;
  for (const journal::v1::Entry& entry : Entries()) {
    if (entry.resource().find("/chairTerms/") == std::string::npos) continue;
    v1::ChairTerm term;
    ASSERT_TRUE(entry.after().UnpackTo(&term));
    EXPECT_EQ(term.name(), entry.resource());
    EXPECT_EQ(entry.reason(), "联席会议通过");
    EXPECT_EQ(entry.alliance(), kAlliance);
    terms.insert(entry.resource());
  }
  EXPECT_EQ(terms.size(), 3U);
}

TEST_F(RotationServiceTest, OnlyTheDraftThatWasSeenIsPublished) {
  AddUnits(4);
  EXPECT_EQ(ReasonOf(Publish("x").status()), "ROTATION_DRAFT_MISSING");
  const auto first = Plan(3);
  const auto second = Plan(4);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(ReasonOf(Publish(first->etag()).status()), "ETAG_STALE");
  EXPECT_EQ(ReasonOf(Publish("").status()), "FIELD_REQUIRED");
  AddUnit("新单位");
  EXPECT_TRUE(GetRotation().draft().stale());
  EXPECT_EQ(ReasonOf(Publish(second->etag()).status()), "ROTATION_DRAFT_STALE");
  EXPECT_TRUE(Terms().empty());
}

TEST_F(RotationServiceTest, AWhatIfLeavesNothing) {
  AddUnits(4);
  PlanAndPublish(4);
  const auto rows = [&] {
    std::string text;
    for (const journal::v1::Entry& entry : Entries()) text += entry.id();
    return text + GetRotation().SerializeAsString() + Terms()[3].SerializeAsString();
  };
  const std::string before = rows();
  v1::PlanRotationRequest request;
  request.set_parent(kAlliance);
  request.set_term_count(4);
  request.set_validate_only(true);
  v1::Supposition& supposed = *request.add_suppositions();
  supposed.set_event(v1::Supposition::EVENT_WITHDRAW);
  supposed.set_member(Terms()[3].member());
  const auto plan = Call(*rotations_, &Stub::PlanRotation, Street(kAlliance), request);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->differences_size(), 1);
  EXPECT_EQ(plan->etag(), "");
  supposed.set_event(v1::Supposition::EVENT_JOIN);
  supposed.set_member("");
  supposed.set_sector(v1::SECTOR_FINANCE);
  const auto joined = Call(*rotations_, &Stub::PlanRotation, Street(kAlliance), request);
  ASSERT_TRUE(joined.ok()) << joined.status();
  EXPECT_EQ(joined->etag(), "");
  EXPECT_EQ(rows(), before);
}

TEST_F(RotationServiceTest, AUnitThatLeavesMovesAsFewTermsAsCanBe) {
  AddUnits(5);
  PlanAndPublish(4);
  const std::vector<v1::ChairTerm> before = Terms();
  EXPECT_FALSE(GetRotation().needs_replan());
  SetState(before[3].member(), v1::Member::STATE_WITHDRAWN);
  EXPECT_TRUE(GetRotation().needs_replan());
  ASSERT_EQ(GetRotation().replan_reasons_size(), 1);
  EXPECT_EQ(Terms()[3].member(), before[3].member());  // until it is planned again
  const auto plan = Plan(4);
  ASSERT_TRUE(plan.ok()) << plan.status();
  ASSERT_EQ(plan->differences_size(), 1);
  EXPECT_EQ(plan->differences(0).term(), before[3].name());
  EXPECT_NE(plan->differences(0).reason().find("已退出联盟"), std::string::npos);
  EXPECT_EQ(plan->cost().published_changes(), 1);
  ASSERT_TRUE(Publish(plan->etag()).ok());
  const std::vector<v1::ChairTerm> after = Terms();
  for (size_t t = 0; t < 3; ++t) EXPECT_EQ(after[t].member(), before[t].member());
  EXPECT_NE(after[3].member(), before[3].member());
  ASSERT_EQ(after[3].changes_size(), 1);
  EXPECT_EQ(after[3].changes(0).from_member(), before[3].member());
  EXPECT_FALSE(GetRotation().needs_replan());
}

TEST_F(RotationServiceTest, OneUnitActsAtEachMoment) {
  AddUnits(4);
  PlanAndPublish(3);
  const std::vector<v1::ChairTerm> terms = Terms();
  EXPECT_EQ(WhoActs(), "CHAIR_VACANT");
  for (const absl::Time boundary : {At(2027, 7, 1), At(2028, 1, 1)}) {
    const bool first = boundary == At(2027, 7, 1);
    EXPECT_EQ(WhoActs(boundary - kMicro), terms[first ? 0 : 1].member());
    EXPECT_EQ(WhoActs(boundary), terms[first ? 1 : 2].member());
  }
  GoTo(At(2027, 1, 1) - kMicro);
  EXPECT_EQ(WhoActs(), "CHAIR_VACANT");
  EXPECT_EQ(Terms()[0].state(), v1::ChairTerm::STATE_FROZEN);
  GoTo(At(2027, 1, 1));
  EXPECT_EQ(WhoActs(), terms[0].member());
  EXPECT_EQ(Terms()[0].state(), v1::ChairTerm::STATE_CURRENT);
  GoTo(At(2027, 7, 1));
  EXPECT_EQ(Terms()[0].state(), v1::ChairTerm::STATE_ENDED);
  EXPECT_EQ(Terms()[2].state(), v1::ChairTerm::STATE_FROZEN);
  EXPECT_EQ(WhoActs(At(2028, 7, 1)), "CHAIR_VACANT");
}

TEST_F(RotationServiceTest, AStandInIsNamedOrFound) {
  const std::vector<std::string> units = AddUnits(5);
  PlanAndPublish(3);
  const std::vector<v1::ChairTerm> terms = Terms();
  GoTo(At(2027, 2, 1));
  v1::AssignStandInRequest request;
  request.set_name(terms[0].name());
  request.set_reason("出差");
  *request.mutable_start_time() = api::ToProto(At(2027, 3, 1));
  *request.mutable_end_time() = api::ToProto(At(2027, 3, 11));
  const auto assign = [&] {
    return Call(*rotations_, &Stub::AssignStandIn, Street(kAlliance), request);
  };
  const auto assigned = assign();
  ASSERT_TRUE(assigned.ok()) << assigned.status();
  EXPECT_EQ(assigned->stand_ins(0).member(), terms[1].member());
  EXPECT_EQ(assigned->stand_ins(0).charter_version(), 1);
  EXPECT_EQ(ReasonOf(assign().status()), "STAND_IN_IMPOSSIBLE");
  EXPECT_EQ(WhoActs(At(2027, 3, 1) - kMicro), terms[0].member());
  EXPECT_EQ(WhoActs(At(2027, 3, 1)), terms[1].member());
  EXPECT_EQ(WhoActs(At(2027, 3, 11) - kMicro), terms[1].member());
  EXPECT_EQ(WhoActs(At(2027, 3, 11)), terms[0].member());
  *request.mutable_start_time() = api::ToProto(At(2027, 1, 15));
  EXPECT_EQ(ReasonOf(assign().status()), "FIELD_INVALID");
  *request.mutable_start_time() = api::ToProto(At(2027, 4, 1));
  *request.mutable_end_time() = api::ToProto(At(2027, 7, 1) + kMicro);
  EXPECT_EQ(ReasonOf(assign().status()), "FIELD_INVALID");
  request.clear_end_time();
  request.set_member("alliances/a1/members/nobody");
  EXPECT_EQ(ReasonOf(assign().status()), "RESOURCE_NOT_FOUND");
  request.set_member(units[4]);
  request.set_name("alliances/a1/chairTerms/2030-01-01");
  EXPECT_EQ(ReasonOf(assign().status()), "RESOURCE_NOT_FOUND");
  GoTo(At(2027, 7, 2));
  request.set_name(terms[0].name());
  request.clear_start_time();
  EXPECT_EQ(ReasonOf(assign().status()), "STAND_IN_IMPOSSIBLE");
}

TEST_F(RotationServiceTest, TheKeeperRecordsWhatTheClockDoesOnce) {
  AddUnits(4);
  PlanAndPublish(3);
  const std::vector<v1::ChairTerm> terms = Terms();
  EXPECT_EQ(Keep(), 0);
  SetState(terms[1].member(), v1::Member::STATE_SUSPENDED);
  GoTo(At(2027, 7, 1) + absl::Seconds(3));
  EXPECT_EQ(WhoActs(), terms[2].member());  // before anyone recorded it
  const size_t before = Entries().size();
  AtOnce(4, [&](int) { Keep(); });
  EXPECT_EQ(Keep(), 0);
  const std::vector<journal::v1::Entry> entries = Entries();
  // The first began and ended meanwhile, the second began.
  EXPECT_EQ(entries.size(), before + 2);
  v1::ChairTerm after;
  ASSERT_TRUE(entries.back().after().UnpackTo(&after));
  EXPECT_EQ(after.state(), v1::ChairTerm::STATE_CURRENT);
  ASSERT_EQ(after.stand_ins_size(), 1);
  EXPECT_EQ(api::FromProto(after.stand_ins(0).start_time()), At(2027, 7, 1));
  EXPECT_TRUE(after.stand_ins(0).automatic());
  EXPECT_EQ(WhoActs(At(2027, 7, 1) - kMicro), terms[0].member());
  EXPECT_EQ(WhoActs(At(2027, 7, 1)), terms[2].member());
}

// The chair's rights come a little ahead, each with its time, and move at the boundary.
TEST_F(RotationServiceTest, LiaisonsOfTheActingUnitHaveTheChairsGrant) {
  AddUnits(4);
  PlanAndPublish(3);
  const std::vector<v1::ChairTerm> terms = Terms();
  const auto chairs = [&](size_t term) {
    auth::v1::Caller caller = Liaison(terms[term].member()).caller;
    Write([&](db::Connection& connection, const api::Call& call) {
      return AddChairGrants(connection, stores_.rotations, call.now, caller);
    });
    std::vector<auth::v1::Grant> found;
    for (const auth::v1::Grant& grant : caller.grants()) {
      if (grant.role() == auth::v1::ROLE_CHAIR) found.push_back(grant);
    }
    return found;
  };
  const absl::Time boundary = At(2027, 7, 1);
  GoTo(boundary - kChairGrantsAhead - kMicro);
  ASSERT_EQ(chairs(0).size(), 1U);
  EXPECT_EQ(api::FromProto(chairs(0)[0].start_time()), At(2027, 1, 1));
  EXPECT_EQ(api::FromProto(chairs(0)[0].expire_time()), boundary);
  EXPECT_EQ(chairs(0)[0].member(), terms[0].member());
  EXPECT_TRUE(chairs(1).empty());
  GoTo(boundary - kChairGrantsAhead + kMicro);
  ASSERT_EQ(chairs(1).size(), 1U);
  EXPECT_EQ(api::FromProto(chairs(1)[0].start_time()), boundary);
  EXPECT_EQ(chairs(0).size(), 1U);
  GoTo(boundary);
  EXPECT_TRUE(chairs(0).empty());
  SetState(terms[1].member(), v1::Member::STATE_SUSPENDED);
  EXPECT_TRUE(chairs(1).empty());
  EXPECT_EQ(chairs(2).size(), 1U);  // the deputy stands in
}

// As the gateway learns it, from a session.
TEST_F(RotationServiceTest, ASessionOfTheChairsLiaisonSaysSo) {
  AddUnits(3);
  PlanAndPublish(3);
  GoTo(At(2027, 2, 1));
  const std::string chair = Terms()[0].member();
  const v1::User user = MakeUser("li.wei");
  ASSERT_TRUE(Grant(user.name(), auth::v1::ROLE_LIAISON, kAlliance, chair).ok());
  std::optional<auth::v1::Caller> caller;
  Write([&](db::Connection& connection, const api::Call& call) -> absl::Status {
    JH_RETURN_IF_ERROR(stores_.credentials.Open(
        connection, call, user.name(), CredentialHash("token"), call.now + absl::Hours(1)));
    JH_ASSIGN_OR_RETURN(const ResolvedCredential resolved,
                        stores_.credentials.Resolve(connection, CredentialHash("token"), call.now));
    caller = resolved.caller;
    return absl::OkStatus();
  });
  ASSERT_TRUE(caller.has_value());
  const auto has_chair = [&](const auth::v1::Grant& grant) {
    return grant.role() == auth::v1::ROLE_CHAIR && grant.member() == chair;
  };
  EXPECT_EQ(std::count_if(caller->grants().begin(), caller->grants().end(), has_chair), 1);
}

TEST_F(RotationServiceTest, ATermExplainsItselfByThePlanThatDecidedIt) {
  const std::vector<std::string> units = AddUnits(5);
  PlanAndPublish(4);
  v1::ExplainChairTermRequest request;
  request.set_name("alliances/a1/chairTerms/2028-01-01");
  const auto explain = [&](const TestCaller& as) {
    return Call(*rotations_, &Stub::ExplainChairTerm, as, request);
  };
  const auto first = explain(Liaison(units[0]));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->alternatives_size(), 4);
  SetState(Terms()[3].member(), v1::Member::STATE_WITHDRAWN);
  PlanAndPublish(4);
  // Members have changed since; what decided has not.
  EXPECT_EQ(explain(Liaison(units[0]))->summary(), first->summary());
  EXPECT_EQ(explain(Liaison(units[0]))->alternatives_size(), 4);
  request.set_draft(true);
  EXPECT_EQ(ReasonOf(explain(Liaison(units[0])).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(explain(Street(kAlliance)).status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Plan(4).ok());
  EXPECT_TRUE(explain(Street(kAlliance)).ok());
  request.set_draft(false);
  request.set_name("alliances/a1/chairTerms/2031-01-01");
  EXPECT_EQ(ReasonOf(explain(Street(kAlliance)).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(RotationServiceTest, ListsPage) {
  AddUnits(4);
  PlanAndPublish(8);
  v1::ListChairTermsRequest request;
  request.set_parent(kAlliance);
  request.set_page_size(3);
  std::vector<std::string> names;
  do {
    const auto page = Call(*rotations_, &Stub::ListChairTerms, Street(kAlliance), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::ChairTerm& term : page->chair_terms()) names.push_back(term.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), 8U);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  request.set_page_size(0);
  request.set_member(Terms()[0].member());
  const auto own = Call(*rotations_, &Stub::ListChairTerms, Street(kAlliance), request);
  EXPECT_EQ(own->chair_terms_size(), 2);
  *request.mutable_end_after() = api::ToProto(At(2027, 7, 1));
  EXPECT_EQ(
      Call(*rotations_, &Stub::ListChairTerms, Street(kAlliance), request)->chair_terms_size(), 1);
  request.set_page_token("x");
  EXPECT_EQ(ReasonOf(Call(*rotations_, &Stub::ListChairTerms, Street(kAlliance), request).status()),
            "PAGE_TOKEN_INVALID");
}

TEST_F(RotationServiceTest, CreditsAreTheTimeThatHasPassed) {
  AddUnits(4);
  PlanAndPublish(6);
  GoTo(At(2028, 10, 1));
  int64_t sum = 0;
  const v1::Rotation rotation = GetRotation();
  for (const v1::PoolEntry& entry : rotation.pool()) sum += entry.credit_micros();
  // Three terms and 92 of 184 days.
  EXPECT_EQ(sum, 3'500'000);
}

TEST_F(RotationServiceTest, WhoMayDoWhat) {
  const std::vector<std::string> units = AddUnits(2);
  v1::PlanRotationRequest plan;
  plan.set_parent(kAlliance);
  plan.set_term_count(2);
  EXPECT_EQ(ReasonOf(Call(*rotations_, &Stub::PlanRotation, Liaison(units[0]), plan).status()),
            "ROLE_REQUIRED");
  v1::GetRotationRequest get;
  get.set_name("alliances/other/rotation");
  EXPECT_EQ(
      ReasonOf(Call(*rotations_, &Stub::GetRotation, Street("alliances/other"), get).status()),
      "RESOURCE_NOT_FOUND");
  v1::GetChairTermRequest term;
  term.set_name("alliances/a1/chairTerms/2027-01-01");
  EXPECT_EQ(ReasonOf(Call(*rotations_, &Stub::GetChairTerm, Street(kAlliance), term).status()),
            "RESOURCE_NOT_FOUND");
}

}  // namespace
}  // namespace jinhuan::alliance
