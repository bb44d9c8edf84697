#include "resource-svc/rpc/match_desk.h"

#include <fmt/format.h>

#include <optional>

#include "platform/api/acts_for_alliance.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/exchange_rules.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kMatch[] = "alliances/*/matches/*";
constexpr char kNeed[] = "alliances/*/needs/*";
constexpr char kOffer[] = "alliances/*/offers/*";

}  // namespace

absl::StatusOr<v1::Match> MatchDesk::Claim(const api::Call& call,
                                           const v1::ClaimMatchRequest& request) {
  const v1::Match& wanted = request.match();
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  CheckOwnName(call, kNeed, wanted.need(), "match.need", violations);
  CheckOwnName(call, kOffer, wanted.offer(), "match.offer", violations);
  CheckOwnName(call, kMemberPattern, wanted.claimant(), "match.claimant", violations);
  CheckClaim(wanted, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const std::string unit,
                      ActingUnit(call, wanted.claimant(), "match.claimant"));
  const std::string name = fmt::format("{}/matches/{}", request.parent(), ids_.NewId());
  return api::Write<v1::Match>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Match> {
        JH_RETURN_IF_ERROR(CheckActiveUnit(connection, call, members_, unit));
        // Whose a listing is and what it is about never changes, so these reads decide
        // nothing that could move.
        std::optional<v1::Need> need;
        std::optional<v1::Offer> offer;
        if (!wanted.need().empty()) {
          JH_ASSIGN_OR_RETURN(need, needs_.Get(connection, wanted.need()));
        }
        if (!wanted.offer().empty()) {
          JH_ASSIGN_OR_RETURN(offer, offers_.Get(connection, wanted.offer()));
        }
        JH_ASSIGN_OR_RETURN(v1::Match match, SettleClaim(wanted, need ? &*need : nullptr,
                                                         offer ? &*offer : nullptr, unit));
        match.set_name(name);
        match.set_user(call.caller.name());
        *match.mutable_create_time() = api::ToProto(call.now);
        const bool claims_need = NeedIsClaimed(match);
        if (need) {
          JH_RETURN_IF_ERROR(
              needs_.Claim(connection, need->name(), match.quantity(), claims_need, call.now));
        }
        if (offer) {
          JH_RETURN_IF_ERROR(
              offers_.Claim(connection, offer->name(), match.quantity(), !claims_need, call.now));
        }
        JH_RETURN_IF_ERROR(matches_.Create(connection, call, match));
        return match;
      });
}

absl::StatusOr<MatchStore::Stored> MatchDesk::GetCovered(const api::Call& call,
                                                         db::Connection& connection,
                                                         const std::string& name) {
  JH_ASSIGN_OR_RETURN(MatchStore::Stored stored, matches_.Get(connection, name));
  if (call.Covers("", stored.match.publisher()) || call.Covers("", stored.match.claimant())) {
    return stored;
  }
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

absl::StatusOr<v1::Match> MatchDesk::Get(const api::Call& call,
                                         const v1::GetMatchRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kMatch, request.name()).status());
  return db::Read<v1::Match>(
      pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::Match> {
        JH_ASSIGN_OR_RETURN(auto stored, GetCovered(call, connection, request.name()));
        return std::move(stored.match);
      });
}

absl::StatusOr<v1::ListMatchesResponse> MatchDesk::List(const api::Call& call,
                                                        const v1::ListMatchesRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  violations.Check("state", v1::Match::State_IsValid(request.state()), "a known state",
                   "有效的状态");
  if (!request.listing().empty()) {
    violations.Check("listing",
                     (api::MatchName(kNeed, request.listing()).has_value() ||
                      api::MatchName(kOffer, request.listing()).has_value()) &&
                         api::AllianceOf(request.listing()) == call.alliance,
                     "a need or an offer of this alliance", "本联盟的需求或资源");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  const MatchStore::Filter filter{.everyone = api::ActsForAlliance(call),
                                  .units = call.scope.units,
                                  .state = request.state(),
                                  .waiting = request.waiting(),
                                  .listing = request.listing()};
  JH_ASSIGN_OR_RETURN(
      auto matches,
      db::Read<std::vector<v1::Match>>(pool_, call.deadline, [&](db::Connection& connection) {
        return matches_.List(connection, call.alliance, filter, page);
      }));
  v1::ListMatchesResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, matches, *response.mutable_matches(),
      [](const v1::Match& match) { return std::vector<std::string>{LastId(match.name())}; }));
  return response;
}

absl::Status MatchDesk::GiveBack(db::Connection& connection, const v1::Match& match, int quantity,
                                 bool answered) {
  // A claim waits at what is claimed, not at the claimant's own.
  const bool claims_need = NeedIsClaimed(match);
  if (!match.need().empty()) {
    JH_RETURN_IF_ERROR(
        needs_.GiveBack(connection, match.need(), quantity, answered && claims_need));
  }
  if (match.offer().empty()) return absl::OkStatus();
  return offers_.GiveBack(connection, match.offer(), quantity, answered && !claims_need);
}

}  // namespace jinhuan::resource
