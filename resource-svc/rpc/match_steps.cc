// MatchDesk: the steps of a match that is there. Each is a compare-and-swap on the match,
// then what follows from it: the match before listings, and what many share last.
#include <fmt/format.h>

#include <algorithm>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/exchange_rules.h"
#include "resource-svc/domain/exchange_states.h"
#include "resource-svc/domain/ledger_rules.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/rpc/booking_checks.h"
#include "resource-svc/rpc/match_desk.h"

namespace jinhuan::resource {
namespace {

constexpr char kMatch[] = "alliances/*/matches/*";
constexpr char kWindow[] = "alliances/*/facilities/*/windows/*";

// The one of the match's two units that the caller acts for.
absl::StatusOr<std::string> PartyOf(const api::Call& call, const v1::Match& match,
                                    const std::string& wanted) {
  const auto& acting = call.scope.acting;
  const auto acts_for = [&](const std::string& unit) {
    return std::find(acting.begin(), acting.end(), unit) != acting.end();
  };
  // Someone of several units is one of them here.
  std::string named = wanted;
  if (named.empty() && acts_for(match.publisher()) != acts_for(match.claimant())) {
    named = acts_for(match.publisher()) ? match.publisher() : match.claimant();
  }
  JH_ASSIGN_OR_RETURN(std::string unit, ActingUnit(call, named, "member"));
  if (unit == match.publisher() || unit == match.claimant()) return unit;
  return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
}

}  // namespace

absl::StatusOr<v1::Match> MatchDesk::Agree(const api::Call& call,
                                           const v1::AgreeMatchRequest& request) {
  Violations violations;
  api::MatchName(kMatch, request.name(), "name", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  CheckOwnName(call, kWindow, request.terms().window(), "terms.window", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<v1::Match> agreed = AgreeOnce(call, request);
    if (!IsFull(agreed.status()) || attempt == kBookingAttempts) return agreed;
    JH_RETURN_IF_ERROR(booking_.MakeRoom(call, request.terms()));
  }
}

absl::StatusOr<v1::Match> MatchDesk::AgreeOnce(const api::Call& call,
                                               const v1::AgreeMatchRequest& request) {
  return api::Write<v1::Match>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Match> {
        JH_ASSIGN_OR_RETURN(const auto before, GetCovered(call, connection, request.name()));
        JH_ASSIGN_OR_RETURN(const auto unit, PartyOf(call, before.match, request.member()));
        JH_ASSIGN_OR_RETURN(v1::Match after,
                            Advance(before.match, MatchAct::kAgree, unit, call.method));
        for (const std::string& party : {after.giver(), after.taker()}) {
          JH_RETURN_IF_ERROR(members_.CheckActive(connection, party));
        }
        Violations violations;
        CheckTerms(request.terms(), after.quantity(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        v1::MatchTerms& terms = *after.mutable_terms();
        terms = request.terms();
        if (terms.quantity() == 0) terms.set_quantity(after.quantity());
        const int less = after.quantity() - terms.quantity();
        after.set_quantity(terms.quantity());
        *after.mutable_agree_time() = api::ToProto(call.now);
        if (!terms.window().empty()) {
          after.set_booking(fmt::format("{}/bookings/{}", call.alliance, ids_.NewId()));
        }
        JH_RETURN_IF_ERROR(matches_.Update(connection, call, before, after));
        JH_RETURN_IF_ERROR(GiveBack(connection, after, less, true));
        // The slots are the hottest rows: what is booked comes last.
        if (!after.booking().empty()) {
          JH_RETURN_IF_ERROR(booking_.Book(connection, call, after));
        }
        return after;
      });
}

absl::StatusOr<v1::Match> MatchDesk::Complete(const api::Call& call,
                                              const v1::CompleteMatchRequest& request) {
  Violations violations;
  api::MatchName(kMatch, request.name(), "name", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Match>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Match> {
        JH_ASSIGN_OR_RETURN(const auto before, GetCovered(call, connection, request.name()));
        JH_ASSIGN_OR_RETURN(const auto unit, PartyOf(call, before.match, request.member()));
        JH_ASSIGN_OR_RETURN(v1::Match after,
                            Advance(before.match, MatchAct::kComplete, unit, call.method));
        JH_RETURN_IF_ERROR(CheckBegun(after, call.now));
        const bool over = after.state() == v1::Match::STATE_COMPLETED;
        *(over ? after.mutable_complete_time() : after.mutable_deliver_time()) =
            api::ToProto(call.now);
        JH_RETURN_IF_ERROR(matches_.Update(connection, call, before, after));
        JH_RETURN_IF_ERROR(ledger_.Record(connection, call, EntriesOf(after)).status());
        return after;
      });
}

absl::StatusOr<v1::Match> MatchDesk::Rate(const api::Call& call,
                                          const v1::RateMatchRequest& request) {
  Violations violations;
  api::MatchName(kMatch, request.name(), "name", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  CheckRating(request.rating(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Match>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Match> {
        JH_ASSIGN_OR_RETURN(const auto before, GetCovered(call, connection, request.name()));
        JH_ASSIGN_OR_RETURN(const auto unit, PartyOf(call, before.match, request.member()));
        JH_ASSIGN_OR_RETURN(v1::Match after,
                            Advance(before.match, MatchAct::kRate, unit, call.method));
        const bool giver = unit == after.giver();
        if (giver ? after.has_giver_rating() : after.has_taker_rating()) {
          return Error(v1::ERROR_REASON_ALREADY_RATED, {{"name", after.name()}});
        }
        v1::MatchRating& rating =
            giver ? *after.mutable_giver_rating() : *after.mutable_taker_rating();
        rating = request.rating();
        *rating.mutable_create_time() = api::ToProto(call.now);
        JH_RETURN_IF_ERROR(matches_.Update(connection, call, before, after));
        JH_RETURN_IF_ERROR(
            matches_.CountRating(connection, OtherUnit(after, unit), rating.score()));
        return after;
      });
}

absl::StatusOr<v1::Match> MatchDesk::Withdraw(const api::Call& call,
                                              const v1::WithdrawMatchRequest& request) {
  Violations violations;
  api::MatchName(kMatch, request.name(), "name", violations);
  CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Match>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Match> {
        JH_ASSIGN_OR_RETURN(const auto before, GetCovered(call, connection, request.name()));
        JH_ASSIGN_OR_RETURN(const auto unit, PartyOf(call, before.match, request.member()));
        JH_ASSIGN_OR_RETURN(v1::Match after,
                            Advance(before.match, MatchAct::kWithdraw, unit, call.method));
        *after.mutable_withdraw_time() = api::ToProto(call.now);
        after.set_withdraw_reason(request.reason());
        after.set_withdrawn_by(unit);
        JH_RETURN_IF_ERROR(matches_.Update(connection, call, before, after, request.reason()));
        JH_RETURN_IF_ERROR(GiveBack(connection, after, after.quantity(),
                                    before.match.state() == v1::Match::STATE_CLAIMED));
        if (!after.booking().empty()) {
          JH_RETURN_IF_ERROR(booking_.Cancel(connection, call, after.booking(), request.reason()));
        }
        return after;
      });
}

}  // namespace jinhuan::resource
