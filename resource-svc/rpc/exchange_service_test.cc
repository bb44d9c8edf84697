#include "resource-svc/rpc/exchange_fixture.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const db::Query kEntries("SELECT COUNT(*) FROM ledger_entry", "");
const db::Query kStars("SELECT COALESCE(SUM(stars), 0) FROM unit_rating WHERE member_id = 'm2'",
                       "");
const db::Query kConfirmed("SELECT COUNT(*) FROM booking WHERE state = 1", "");
const db::Query kSlotsUsed("SELECT COALESCE(SUM(used), 0) FROM slot", "");

const auto kOne = Liaison("m1");
const auto kTwo = Liaison("m2");
const auto kThree = Liaison("m3");

TEST_F(ExchangeTest, FromNeedToRating) {
  const auto need = PublishNeed(kOne, 5);
  ASSERT_TRUE(need.ok()) << need.status();
  EXPECT_EQ(need->member(), Unit("m1"));
  EXPECT_EQ(need->state(), v1::LISTING_STATE_OPEN);
  const auto claim = Claim(kTwo, need->name(), "", 3);
  ASSERT_TRUE(claim.ok()) << claim.status();
  EXPECT_EQ(claim->awaits(), Unit("m1"));
  EXPECT_EQ(claim->giver(), Unit("m2"));
  EXPECT_EQ(Read(need->name()).remaining_quantity(), 2);
  EXPECT_EQ(Read(need->name()).waiting_count(), 1);

  EXPECT_EQ(ReasonOf(Agree(kTwo, Terms(claim->name())).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Agree(kThree, Terms(claim->name())).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Agree(kOne, Terms(claim->name(), 4)).status()), "FIELD_INVALID");
  const auto agreed = Agree(kOne, Terms(claim->name(), 2));
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(agreed->quantity(), 2);
  EXPECT_EQ(Read(need->name()).remaining_quantity(), 3);
  EXPECT_EQ(Read(need->name()).waiting_count(), 0);
  EXPECT_EQ(ReasonOf(Rate(kOne, claim->name(), 5).status()), "STATE_WRONG");

  const auto delivered = Complete(kTwo, claim->name());
  ASSERT_TRUE(delivered.ok()) << delivered.status();
  EXPECT_EQ(delivered->awaits(), Unit("m1"));
  EXPECT_EQ(ReasonOf(Complete(kTwo, claim->name()).status()), "STATE_WRONG");
  EXPECT_EQ(Number(kEntries), 0);
  const auto completed = Complete(kOne, claim->name());
  ASSERT_TRUE(completed.ok()) << completed.status();
  EXPECT_EQ(completed->state(), v1::Match::STATE_COMPLETED);
  EXPECT_EQ(Number(kEntries), 2);
  EXPECT_EQ(WrongBalances(), 0);

  EXPECT_TRUE(Rate(kOne, claim->name(), 5).ok());
  EXPECT_EQ(ReasonOf(Rate(kOne, claim->name(), 1).status()), "ALREADY_RATED");
  EXPECT_TRUE(Rate(kTwo, claim->name(), 4).ok());
  EXPECT_EQ(Number(kStars), 5);
  EXPECT_EQ(WrongHoldings(), 0);
}

TEST_F(ExchangeTest, TheLedgerCountsMinutesOfPeople) {
  const auto offer = PublishOffer(kTwo, 2);
  const auto claim = Claim(kOne, "", offer->name(), 2);
  ASSERT_TRUE(claim.ok()) << claim.status();
  EXPECT_EQ(claim->taker(), Unit("m1"));
  ASSERT_TRUE(Agree(kTwo, Terms(claim->name())).ok());
  ASSERT_TRUE(Complete(kOne, claim->name()).ok());
  ASSERT_TRUE(Complete(kTwo, claim->name()).ok());
  const auto units = db::Read<std::vector<v1::UnitLedger>>(
      database_.pool(), absl::Now() + absl::Seconds(10),
      [&](db::Connection& c) { return ledger_.Balances(c, "alliances/a", "", {}); });
  ASSERT_THAT(*units, SizeIs(2));
  EXPECT_EQ((*units)[0].member(), Unit("m1"));
  EXPECT_EQ((*units)[0].balances(0).balance(), -240);
  EXPECT_EQ((*units)[1].balances(0).given(), 240);  // two people for two hours
}

TEST_F(ExchangeTest, WhatIsWithdrawnCanBeClaimedAgain) {
  const auto need = PublishNeed(kOne, 1);
  const auto claim = Claim(kTwo, need->name());
  ASSERT_TRUE(claim.ok());
  EXPECT_EQ(Read(need->name()).state(), v1::LISTING_STATE_TAKEN);
  EXPECT_EQ(ReasonOf(Claim(kThree, need->name()).status()), "LISTING_TAKEN");
  ASSERT_TRUE(CallOff(kOne, claim->name()).ok());
  EXPECT_EQ(ReasonOf(CallOff(kTwo, claim->name()).status()), "STATE_WRONG");
  EXPECT_EQ(Read(need->name()).state(), v1::LISTING_STATE_OPEN);
  const auto second = Claim(kThree, need->name());
  ASSERT_TRUE(second.ok());
  ASSERT_TRUE(Agree(kOne, Terms(second->name())).ok());
  ASSERT_TRUE(Complete(kThree, second->name()).ok());
  // Only the unit that it waits for may deny that it was delivered.
  EXPECT_EQ(ReasonOf(CallOff(kThree, second->name()).status()), "STATE_WRONG");
  ASSERT_TRUE(CallOff(kOne, second->name()).ok());
  EXPECT_EQ(WrongHoldings(), 0);
  EXPECT_EQ(Number(kEntries), 0);
}

TEST_F(ExchangeTest, ANeedAndAnOfferAreBothHeld) {
  const auto need = PublishNeed(kOne, 4);
  const auto offer = PublishOffer(kTwo, 3);
  EXPECT_EQ(ReasonOf(Claim(kThree, need->name(), offer->name()).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Claim(kTwo, need->name(), offer->name(), 4).status()), "LISTING_TAKEN");
  EXPECT_EQ(Read(need->name()).remaining_quantity(), 4);  // all or nothing
  const auto claim = Claim(kTwo, need->name(), offer->name(), 3);
  ASSERT_TRUE(claim.ok()) << claim.status();
  EXPECT_EQ(WrongHoldings(), 0);
  ASSERT_TRUE(Agree(kOne, Terms(claim->name(), 1)).ok());
  EXPECT_EQ(WrongHoldings(), 0);
  ASSERT_TRUE(CallOff(kTwo, claim->name()).ok());
  EXPECT_EQ(WrongHoldings(), 0);
  EXPECT_EQ(Read(need->name()).remaining_quantity(), 4);
}

TEST_F(ExchangeTest, WhatCannotBeClaimed) {
  const auto need =
      PublishNeed(kOne, 2, [](v1::Need& n) { *n.mutable_end_time() = api::ToProto(At(23, 8)); });
  EXPECT_EQ(ReasonOf(Claim(kOne, need->name()).status()), "OWN_LISTING");
  EXPECT_EQ(ReasonOf(Claim(kTwo, "alliances/a/needs/none").status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Claim(kTwo, "alliances/b/needs/n").status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Claim(kTwo, "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Claim(Street(), need->name()).status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Claim(Staff("s", "m2"), need->name()).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(ClaimFor("nobody", need->name()).status()), "RESOURCE_NOT_FOUND");
  Change("UPDATE member SET state = 4 WHERE id = 'm3'");  // SUSPENDED
  EXPECT_EQ(ReasonOf(ClaimFor("m3", need->name()).status()), "STATE_WRONG");
  EXPECT_TRUE(ClaimFor("m4", need->name()).ok());
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(ReasonOf(Claim(kTwo, need->name()).status()), "LISTING_CLOSED");
}

TEST_F(ExchangeTest, AListingIsChangedWithinWhatIsClaimed) {
  const auto need = PublishNeed(kOne, 5);
  const auto claim = Claim(kTwo, need->name(), "", 3);
  v1::UpdateNeedRequest request;
  request.mutable_need()->set_name(need->name());
  request.mutable_need()->set_quantity(2);
  const auto update = [&](const auth::v1::Caller& caller) {
    return Call(*exchange_, &Stub::UpdateNeed, caller, request);
  };
  EXPECT_EQ(ReasonOf(update(kOne).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(update(kTwo).status()), "ROLE_REQUIRED");
  request.mutable_need()->set_quantity(3);
  const auto less = update(kOne);
  ASSERT_TRUE(less.ok()) << less.status();
  EXPECT_EQ(less->state(), v1::LISTING_STATE_TAKEN);
  request.mutable_need()->set_quantity(9);
  request.mutable_need()->set_etag(need->etag());
  EXPECT_EQ(ReasonOf(update(kOne).status()), "ETAG_STALE");
  request.mutable_need()->set_etag(less->etag());
  EXPECT_EQ(update(kOne)->remaining_quantity(), 6);
  EXPECT_EQ(WrongHoldings(), 0);

  v1::WithdrawNeedRequest withdraw;
  withdraw.set_name(need->name());
  withdraw.set_reason("已解决");
  const auto take_back = [&] { return Call(*exchange_, &Stub::WithdrawNeed, kOne, withdraw); };
  EXPECT_EQ(ReasonOf(take_back().status()), "CLAIMS_WAITING");
  ASSERT_TRUE(Agree(kOne, Terms(claim->name())).ok());
  EXPECT_EQ(take_back()->state(), v1::LISTING_STATE_WITHDRAWN);
  EXPECT_EQ(ReasonOf(take_back().status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Claim(kThree, need->name()).status()), "LISTING_CLOSED");
  ASSERT_TRUE(CallOff(kTwo, claim->name()).ok());  // which goes on, and may end
  EXPECT_EQ(Read(need->name()).state(), v1::LISTING_STATE_WITHDRAWN);
}

TEST_F(ExchangeTest, ListsAreFilteredAndPaged) {
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) {
    names.push_back(PublishNeed(i % 2 == 0 ? kOne : kTwo, 1, [&](v1::Need& n) {
                      if (i == 4) n.set_category(v1::EXCHANGE_CATEGORY_VENUES);
                    })->name());
  }
  ASSERT_TRUE(Claim(kThree, names[0]).ok());
  const auto list = [&](const std::function<void(v1::ListNeedsRequest&)>& filter) {
    v1::ListNeedsRequest request;
    request.set_parent("alliances/a");
    request.set_page_size(2);
    filter(request);
    std::vector<std::string> listed;
    do {
      const auto page = Call(*exchange_, &Stub::ListNeeds, Staff("s", "m9"), request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      for (const v1::Need& need : page->needs()) listed.push_back(need.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return listed;
  };
  using R = v1::ListNeedsRequest;
  EXPECT_THAT(list([](R&) {}), ElementsAre(names[4], names[3], names[2], names[1], names[0]));
  EXPECT_THAT(list([](R& r) { r.set_state(v1::LISTING_STATE_TAKEN); }), ElementsAre(names[0]));
  EXPECT_THAT(list([](R& r) { r.set_category(v1::EXCHANGE_CATEGORY_VENUES); }),
              ElementsAre(names[4]));
  EXPECT_THAT(list([&](R& r) { r.set_member(Unit("m1")); }),
              ElementsAre(names[4], names[2], names[0]));
  EXPECT_THAT(list([&](R& r) {
                r.set_member(Unit("m1"));
                r.set_category(v1::EXCHANGE_CATEGORY_VOLUNTEERS);
                r.set_state(v1::LISTING_STATE_OPEN);
              }),
              ElementsAre(names[2]));
}

TEST_F(ExchangeTest, MatchesAreSeenByTheirUnits) {
  const auto need = PublishNeed(kOne, 9);
  const auto first = Claim(kTwo, need->name());
  const auto second = Claim(kThree, need->name());
  ASSERT_TRUE(Agree(kOne, Terms(first->name())).ok());
  const auto list = [&](const auth::v1::Caller& caller,
                        const std::function<void(v1::ListMatchesRequest&)>& filter = {}) {
    v1::ListMatchesRequest request;
    request.set_parent("alliances/a");
    if (filter) filter(request);
    const auto page = Call(*exchange_, &Stub::ListMatches, caller, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> listed;
    if (!page.ok()) return listed;
    for (const v1::Match& match : page->matches()) listed.push_back(match.name());
    return listed;
  };
  using R = v1::ListMatchesRequest;
  const auto waiting = [](R& r) { r.set_waiting(true); };
  const auto of_need = [&](R& r) { r.set_listing(need->name()); };
  EXPECT_THAT(list(kOne), ElementsAre(second->name(), first->name()));
  EXPECT_THAT(list(kTwo), ElementsAre(first->name()));
  EXPECT_THAT(list(Street()), ElementsAre(second->name(), first->name()));
  EXPECT_THAT(list(kOne, waiting), ElementsAre(second->name()));
  EXPECT_THAT(list(kThree, waiting), IsEmpty());
  EXPECT_THAT(list(Street(), waiting), ElementsAre(second->name()));
  EXPECT_THAT(list(kOne, of_need), ElementsAre(second->name(), first->name()));
  EXPECT_THAT(list(kTwo, of_need), ElementsAre(first->name()));
  EXPECT_THAT(list(kOne, [&](R& r) { r.set_state(v1::Match::STATE_AGREED); }),
              ElementsAre(first->name()));
  v1::GetMatchRequest get;
  get.set_name(first->name());
  EXPECT_EQ(ReasonOf(Call(*exchange_, &Stub::GetMatch, kThree, get).status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(ExchangeTest, SuggestionsComeTheBestFirstAndSayWhy) {
  const auto need = PublishNeed(kOne, 4);
  const auto some = PublishOffer(kTwo, 1);
  const auto all = PublishOffer(kThree, 4);
  ASSERT_TRUE(PublishOffer(kOne, 4).ok());  // one's own
  ASSERT_TRUE(PublishOffer(kTwo, 4, [](v1::Offer& o) {
                o.set_category(v1::EXCHANGE_CATEGORY_TRAINING);
              }).ok());
  v1::SuggestMatchesRequest request;
  request.set_name(need->name());
  const auto answer = Call(*exchange_, &Stub::SuggestMatches, kOne, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->suggestions_size(), 2);
  EXPECT_EQ(answer->suggestions(0).offer().name(), all->name());
  EXPECT_EQ(answer->suggestions(1).offer().name(), some->name());
  EXPECT_EQ(answer->suggestions(0).score(), 70);
  EXPECT_EQ(answer->suggestions(0).reasons(1).text_zh(), "可满足全部需求（4）");
  request.set_name(some->name());
  const auto needs = Call(*exchange_, &Stub::SuggestMatches, kTwo, request);
  ASSERT_EQ(needs->suggestions_size(), 1);
  EXPECT_EQ(needs->suggestions(0).need().name(), need->name());
}

TEST_F(ExchangeTest, AnAgreedMatchBecomesABooking) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));  // of m1
  const auto need =
      PublishNeed(kTwo, 2, [](v1::Need& n) { n.set_category(v1::EXCHANGE_CATEGORY_VENUES); });
  const auto claim = Claim(kOne, need->name(), "", 2);
  auto terms = Terms(claim->name());
  terms.mutable_terms()->set_window(window.name());
  *terms.mutable_terms()->mutable_start_time() = api::ToProto(At(24, 9));
  *terms.mutable_terms()->mutable_end_time() = api::ToProto(At(24, 11));
  const auto agreed = Agree(kTwo, terms);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  v1::GetBookingRequest get;
  get.set_name(agreed->booking());
  const auto booking = Call(*booking_stub_, &v1::BookingService::Stub::GetBooking, kTwo, get);
  ASSERT_TRUE(booking.ok()) << booking.status();
  EXPECT_EQ(booking->member(), Unit("m2"));
  EXPECT_EQ(booking->user(), "users/liaison-m2");
  EXPECT_EQ(booking->quantity(), 2);
  EXPECT_EQ(Number(kSlotsUsed), 4);
  EXPECT_EQ(ReasonOf(Complete(kOne, claim->name()).status()), "NOT_BEGUN");

  // There is no room for another; the claim waits as before.
  const auto more =
      PublishNeed(kTwo, 1, [](v1::Need& n) { n.set_category(v1::EXCHANGE_CATEGORY_VENUES); });
  const auto second = Claim(kOne, more->name());
  terms.set_name(second->name());
  EXPECT_EQ(ReasonOf(Agree(kTwo, terms).status()), "SLOT_FULL");
  EXPECT_EQ(Read(more->name()).waiting_count(), 1);

  // What is called off gives the places back.
  ASSERT_TRUE(CallOff(kOne, claim->name()).ok());
  EXPECT_EQ(Number(kSlotsUsed), 0);
  EXPECT_EQ(Number(kConfirmed), 0);
  EXPECT_TRUE(Agree(kTwo, terms).ok());
  EXPECT_EQ(WrongHoldings(), 0);
}

TEST_F(ExchangeTest, OnlyTheGiversVenueIsBooked) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));  // of m1
  const auto need = PublishNeed(kTwo, 1);
  const auto claim = Claim(kThree, need->name());
  auto terms = Terms(claim->name());
  terms.mutable_terms()->set_window(window.name());
  *terms.mutable_terms()->mutable_start_time() = api::ToProto(At(24, 9));
  *terms.mutable_terms()->mutable_end_time() = api::ToProto(At(24, 11));
  EXPECT_EQ(ReasonOf(Agree(kTwo, terms).status()), "FIELD_INVALID");
  EXPECT_EQ(Number(kConfirmed), 0);
}

TEST_F(ExchangeTest, ARepeatedClaimIsOneClaim) {
  const auto need = PublishNeed(kOne, 5);
  v1::ClaimMatchRequest request;
  request.set_parent("alliances/a");
  request.mutable_match()->set_need(need->name());
  request.set_request_id("r-1");
  const auto first = Call(*exchange_, &Stub::ClaimMatch, kTwo, request);
  const auto again = Call(*exchange_, &Stub::ClaimMatch, kTwo, request);
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->name(), again->name());
  EXPECT_EQ(Read(need->name()).remaining_quantity(), 4);
}

TEST_F(ExchangeTest, QueriesUseTheirIndexes) {
  for (int i = 0; i < 20; ++i) {
    const auto need = PublishNeed(kOne, 2);
    const auto claim = Claim(kTwo, need->name());
    ASSERT_TRUE(Agree(kOne, Terms(claim->name())).ok());
    ASSERT_TRUE(Complete(kOne, claim->name()).ok());
    ASSERT_TRUE(Complete(kTwo, claim->name()).ok());
    ASSERT_TRUE(Rate(kOne, claim->name(), 3).ok());
  }
  testing::ExpectQueriesUseTheirIndex(database_);
}

TEST_F(ExchangeTest, WithASuspendedUnitNothingIsAgreed) {
  const auto claim = Claim(kOne, PublishNeed(kTwo, 2)->name());
  ASSERT_TRUE(claim.ok()) << claim.status();
  Change("UPDATE member SET state = 3 WHERE id = 'm1'");
  EXPECT_EQ(ReasonOf(Agree(kTwo, Terms(claim->name())).status()), "STATE_WRONG");
}

TEST_F(ExchangeTest, TermsEndWithinAYear) {
  const auto claim = Claim(kOne, PublishNeed(kTwo, 2)->name());
  auto terms = Terms(claim->name());
  const absl::Time start = api::FromProto(terms.terms().start_time());
  *terms.mutable_terms()->mutable_end_time() = api::ToProto(start + absl::Hours(24 * 367));
  EXPECT_EQ(ReasonOf(Agree(kTwo, terms).status()), "FIELD_INVALID");
}

TEST_F(ExchangeTest, TheStreetPublishesForActiveUnitsAlone) {
  Change("UPDATE member SET state = 3 WHERE id = 'm3'");
  const auto reasons = [&](const std::string& unit) {
    const auto of_unit = [&](auto& listing) { listing.set_member(Unit(unit)); };
    return std::pair(ReasonOf(PublishNeed(Street(), 1, of_unit).status()),
                     ReasonOf(PublishOffer(Street(), 1, of_unit).status()));
  };
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(reasons("nobody"), Pair("RESOURCE_NOT_FOUND", "RESOURCE_NOT_FOUND"));
  EXPECT_EQ(reasons("m3"), Pair("STATE_WRONG", "STATE_WRONG"));
  EXPECT_EQ(reasons("m2"), Pair("", ""));
}

}  // namespace
}  // namespace jinhuan::resource
