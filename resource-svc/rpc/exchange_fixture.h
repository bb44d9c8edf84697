// What the tests of the exchange start from: its service beside those of ServiceFixture,
// with calls in the words of the tests.
#pragma once

#include "resource-svc/rpc/exchange_service.h"
#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {

class ExchangeTest : public ServiceTest {
 protected:
  using Stub = v1::ExchangeService::Stub;

  ExchangeTest() {
    grpc::ServerBuilder builder;
    exchange_server_ = builder.RegisterService(&exchange_service_).BuildAndStart();
    exchange_ = v1::ExchangeService::NewStub(exchange_server_->InProcessChannel({}));
  }
  ~ExchangeTest() override { exchange_server_->Shutdown(); }

  static std::string Unit(const std::string& id) { return "alliances/a/members/" + id; }

  // Needs and offers of volunteers unless `change` says otherwise.
  absl::StatusOr<v1::Need> PublishNeed(const auth::v1::Caller& caller, int quantity,
                                       const std::function<void(v1::Need&)>& change = {}) {
    v1::CreateNeedRequest request;
    request.set_parent("alliances/a");
    Fill(*request.mutable_need(), quantity);
    if (change) change(*request.mutable_need());
    return Call(*exchange_, &Stub::CreateNeed, caller, request);
  }
  absl::StatusOr<v1::Offer> PublishOffer(const auth::v1::Caller& caller, int quantity,
                                         const std::function<void(v1::Offer&)>& change = {}) {
    v1::CreateOfferRequest request;
    request.set_parent("alliances/a");
    Fill(*request.mutable_offer(), quantity);
    if (change) change(*request.mutable_offer());
    return Call(*exchange_, &Stub::CreateOffer, caller, request);
  }

  absl::StatusOr<v1::Match> Claim(const auth::v1::Caller& caller, const std::string& need,
                                  const std::string& offer = "", int quantity = 1) {
    v1::ClaimMatchRequest request;
    request.set_parent("alliances/a");
    request.mutable_match()->set_need(need);
    request.mutable_match()->set_offer(offer);
    request.mutable_match()->set_quantity(quantity);
    return Call(*exchange_, &Stub::ClaimMatch, caller, request);
  }
  // The street, for a unit.
  absl::StatusOr<v1::Match> ClaimFor(const std::string& unit, const std::string& need) {
    v1::ClaimMatchRequest request;
    request.set_parent("alliances/a");
    request.mutable_match()->set_need(need);
    request.mutable_match()->set_quantity(1);
    request.mutable_match()->set_claimant("alliances/a/members/" + unit);
    return Call(*exchange_, &Stub::ClaimMatch, Street(), request);
  }

  // Two hours that are just over.
  static v1::AgreeMatchRequest Terms(const std::string& match, int quantity = 0) {
    v1::AgreeMatchRequest request;
    request.set_name(match);
    request.mutable_terms()->set_description("周一清晨");
    request.mutable_terms()->set_quantity(quantity);
    *request.mutable_terms()->mutable_start_time() = api::ToProto(At(23, 5));
    *request.mutable_terms()->mutable_end_time() = api::ToProto(At(23, 7));
    return request;
  }
  absl::StatusOr<v1::Match> Agree(const auth::v1::Caller& caller,
                                  const v1::AgreeMatchRequest& request) {
    return Call(*exchange_, &Stub::AgreeMatch, caller, request);
  }
  absl::StatusOr<v1::Match> Complete(const auth::v1::Caller& caller, const std::string& match,
                                     const std::string& member = "") {
    v1::CompleteMatchRequest request;
    request.set_name(match);
    request.set_member(member);
    return Call(*exchange_, &Stub::CompleteMatch, caller, request);
  }
  absl::StatusOr<v1::Match> Rate(const auth::v1::Caller& caller, const std::string& match,
                                 int score) {
    v1::RateMatchRequest request;
    request.set_name(match);
    request.mutable_rating()->set_score(score);
    return Call(*exchange_, &Stub::RateMatch, caller, request);
  }
  absl::StatusOr<v1::Match> CallOff(const auth::v1::Caller& caller, const std::string& match) {
    v1::WithdrawMatchRequest request;
    request.set_name(match);
    request.set_reason("人手不够");
    return Call(*exchange_, &Stub::WithdrawMatch, caller, request);
  }
  v1::Need Read(const std::string& need) {
    v1::GetNeedRequest request;
    request.set_name(need);
    const auto read = Call(*exchange_, &Stub::GetNeed, Street(), request);
    EXPECT_TRUE(read.ok()) << read.status();
    return read.ok() ? *read : v1::Need();
  }

  // How many balances differ from the sum of their entries, and entries without one.
  int64_t WrongBalances() {
    static const db::Query wrong(
        "SELECT COUNT(*) FROM (SELECT member_id, kind, SUM(IF(direction = 1, quantity, 0)) AS g, "
        "SUM(IF(direction = 2, quantity, 0)) AS u FROM ledger_entry GROUP BY member_id, kind) AS s "
        "LEFT JOIN ledger_balance AS b ON b.alliance_id = 'a' AND b.member_id = s.member_id "
        "AND b.kind = s.kind WHERE b.given IS NULL OR b.given <> s.g OR b.used <> s.u",
        "");
    static const db::Query stray(
        "SELECT COUNT(*) FROM ledger_balance AS b WHERE NOT EXISTS (SELECT 1 FROM ledger_entry AS "
        "e WHERE e.member_id = b.member_id AND e.kind = b.kind)",
        "");
    // Months that differ from the sum of their entries.
    static const db::Query monthly(
        "SELECT COUNT(*) FROM (SELECT member_id, kind, DATE_FORMAT(occur_time + INTERVAL 8 HOUR, "
        "'%Y%m') AS month, SUM(IF(direction = 1, quantity, 0)) AS g, "
        "SUM(IF(direction = 2, quantity, 0)) AS u FROM ledger_entry GROUP BY 1, 2, 3) AS s "
        "LEFT JOIN ledger_month AS m ON m.alliance_id = 'a' AND m.member_id = s.member_id "
        "AND m.kind = s.kind AND m.month = s.month "
        "WHERE m.given IS NULL OR m.given <> s.g OR m.used <> s.u",
        "");
    return Number(wrong) + Number(stray) + Number(monthly);
  }
  // What is held of a listing differs from what its live matches hold.
  int64_t WrongHoldings() {
    int64_t wrong = 0;
    const absl::Status status =
        db::Read(database_.pool(), absl::Now() + absl::Seconds(30), [&](db::Connection& c) {
          std::map<std::string, std::pair<int, int>> held;  // quantity, waiting
          const auto matches =
              matches_.List(c, "alliances/a", {.everyone = true}, {.size = 100'000, .after = {}});
          for (const v1::Match& match : *matches) {
            if (match.state() == v1::Match::STATE_WITHDRAWN) continue;
            const bool waits = match.state() == v1::Match::STATE_CLAIMED;
            const bool claims_need = NeedIsClaimed(match);
            held[match.need()].first += match.quantity();
            held[match.offer()].first += match.quantity();
            held[match.need()].second += waits && claims_need;
            held[match.offer()].second += waits && !claims_need;
          }
          const auto check = [&](const auto& listing) {
            const auto [quantity, waiting] = held[listing.name()];
            wrong += listing.quantity() - listing.remaining_quantity() != quantity;
            wrong += listing.waiting_count() != waiting;
            const bool taken = listing.state() == v1::LISTING_STATE_TAKEN;
            wrong += listing.state() != v1::LISTING_STATE_WITHDRAWN &&
                     taken != (listing.remaining_quantity() == 0);
          };
          const api::Page all{.size = 100'000, .after = {}};
          const auto needs = needs_.List(c, "alliances/a", {}, all);
          for (const v1::Need& need : *needs) check(need);
          const auto offers = offers_.List(c, "alliances/a", {}, all);
          for (const v1::Offer& offer : *offers) check(offer);
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    return wrong;
  }

  NeedStore needs_{journal_};
  OfferStore offers_{journal_};
  MatchStore matches_{journal_};
  MatchBooking match_booking_{database_.pool(), windows_, slots_, bookings_};
  ExchangeService exchange_service_{runtime_, database_.pool(), needs_,        offers_,
                                    matches_, ledger_,          match_booking_};
  std::unique_ptr<grpc::Server> exchange_server_;
  std::unique_ptr<Stub> exchange_;

 private:
  template <class Listing>
  static void Fill(Listing& listing, int quantity) {
    listing.set_category(v1::EXCHANGE_CATEGORY_VOLUNTEERS);
    listing.set_title("小满集市志愿者");
    listing.set_quantity(quantity);
    listing.set_quantity_unit("人");
  }
};

}  // namespace jinhuan::resource
