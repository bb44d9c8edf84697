#include "resource-svc/rpc/match_suggestions.h"

#include <map>

#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/matching.h"

namespace jinhuan::resource {
namespace {

constexpr char kNeed[] = "alliances/*/needs/*";
constexpr char kOffer[] = "alliances/*/offers/*";

// The standing of each unit, asked for once.
class Standings {
 public:
  Standings(db::Connection& connection, MatchStore& matches, LedgerStore& ledger)
      : connection_(connection), matches_(matches), ledger_(ledger) {}

  absl::StatusOr<Standing> Of(const std::string& member) {
    const auto known = known_.find(member);
    if (known != known_.end()) return known->second;
    JH_ASSIGN_OR_RETURN(Standing standing, matches_.RatingOf(connection_, member));
    JH_ASSIGN_OR_RETURN(const auto ledgers, ledger_.Balances(connection_, api::AllianceOf(member),
                                                             member, {.size = 1, .after = {}}));
    for (const v1::UnitLedger& unit : ledgers) {
      for (const v1::LedgerBalance& balance : unit.balances()) {
        const int64_t weight = balance.kind() == v1::LEDGER_KIND_MEALS ? kMealMinutes : 1;
        standing.given += balance.given() * weight;
        standing.used += balance.used() * weight;
      }
    }
    known_.emplace(member, standing);
    return standing;
  }

 private:
  db::Connection& connection_;
  MatchStore& matches_;
  LedgerStore& ledger_;
  std::map<std::string, Standing> known_;
};

// Judges `mine` against each of the open listings of `others`.
template <class Mine, class Others>
absl::StatusOr<std::vector<v1::MatchSuggestion>> Judge(const api::Call& call, const Mine& mine,
                                                       Others& others, Standings& standings,
                                                       db::Connection& connection) {
  const ListingFilter filter{.category = mine.category(), .state = v1::LISTING_STATE_OPEN};
  const api::Page page{.size = MatchSuggestions::kCandidates - 1, .after = {}};
  JH_ASSIGN_OR_RETURN(const auto candidates, others.List(connection, call.alliance, filter, page));
  JH_ASSIGN_OR_RETURN(const Standing own, standings.Of(mine.member()));
  std::vector<v1::MatchSuggestion> suggestions;
  for (const auto& candidate : candidates) {
    JH_ASSIGN_OR_RETURN(const Standing other, standings.Of(candidate.member()));
    std::optional<v1::MatchSuggestion> suggestion;
    if constexpr (std::is_same_v<Mine, v1::Need>) {
      suggestion = Rate({mine, candidate, own, other}, Seeker::kNeed, call.now);
    } else {
      suggestion = Rate({candidate, mine, other, own}, Seeker::kOffer, call.now);
    }
    if (suggestion.has_value()) suggestions.push_back(*std::move(suggestion));
  }
  return suggestions;
}

}  // namespace

absl::StatusOr<v1::SuggestMatchesResponse> MatchSuggestions::Suggest(
    const api::Call& call, const v1::SuggestMatchesRequest& request) {
  const bool is_offer = api::MatchName(kOffer, request.name()).has_value();
  if (!is_offer) JH_RETURN_IF_ERROR(api::RequireName(kNeed, request.name()).status());
  Violations violations;
  violations.Check("page_size", request.page_size() >= 0 && request.page_size() <= 50, "0 to 50",
                   "0 至 50");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  using Suggestions = std::vector<v1::MatchSuggestion>;
  JH_ASSIGN_OR_RETURN(
      Suggestions suggestions,
      db::Read<Suggestions>(
          pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Suggestions> {
            Standings standings(connection, matches_, ledger_);
            if (is_offer) {
              JH_ASSIGN_OR_RETURN(const v1::Offer offer, offers_.Get(connection, request.name()));
              return Judge(call, offer, needs_, standings, connection);
            }
            JH_ASSIGN_OR_RETURN(const v1::Need need, needs_.Get(connection, request.name()));
            return Judge(call, need, offers_, standings, connection);
          }));
  const int limit = request.page_size() == 0 ? 10 : request.page_size();
  v1::SuggestMatchesResponse response;
  for (v1::MatchSuggestion& suggestion : Best(std::move(suggestions), limit)) {
    *response.add_suggestions() = std::move(suggestion);
  }
  return response;
}

}  // namespace jinhuan::resource
