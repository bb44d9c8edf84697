#include "resource-svc/storage/match_store.h"

#include <algorithm>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kInsert(
    "INSERT INTO exchange_match (alliance_id, id, publisher_id, claimant_id, awaits_id, need_id, "
    "offer_id, state, version, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    "");
const db::Query kGet("SELECT version, body FROM exchange_match WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kUpdate(
    "UPDATE exchange_match SET version = version + 1, state = ?, awaits_id = ?, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kByState(
    "SELECT body FROM exchange_match FORCE INDEX (match_by_state) "
    "WHERE alliance_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "match_by_state");
const db::Query kByPublisher(
    "SELECT body FROM exchange_match FORCE INDEX (match_by_publisher) "
    "WHERE alliance_id = ? AND publisher_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "match_by_publisher");
const db::Query kByClaimant(
    "SELECT body FROM exchange_match FORCE INDEX (match_by_claimant) "
    "WHERE alliance_id = ? AND claimant_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "match_by_claimant");
const db::Query kByAwaited(
    "SELECT body FROM exchange_match FORCE INDEX (match_by_awaited) "
    "WHERE alliance_id = ? AND awaits_id = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "match_by_awaited");
// A need or an offer has few matches: those of a unit and in a state are looked for among
// them. An empty unit stands for every one, and state 0.
const db::Query kByNeed(
    "SELECT body FROM exchange_match FORCE INDEX (match_by_need) "
    "WHERE alliance_id = ? AND need_id = ? AND id < ? AND (? = 0 OR state = ?) "
    "AND (? = '' OR ? IN (publisher_id, claimant_id)) ORDER BY id DESC LIMIT ?",
    "match_by_need");
const db::Query kByOffer(
    "SELECT body FROM exchange_match FORCE INDEX (match_by_offer) "
    "WHERE alliance_id = ? AND offer_id = ? AND id < ? AND (? = 0 OR state = ?) "
    "AND (? = '' OR ? IN (publisher_id, claimant_id)) ORDER BY id DESC LIMIT ?",
    "match_by_offer");
const db::Query kCountRating(
    "INSERT INTO unit_rating (alliance_id, member_id, ratings, stars) VALUES (?, ?, 1, ?) "
    "ON DUPLICATE KEY UPDATE ratings = ratings + 1, stars = stars + VALUES(stars)",
    "");
const db::Query kRating(
    "SELECT ratings, stars FROM unit_rating WHERE alliance_id = ? AND member_id = ?", "PRIMARY");

constexpr char kAfterAll[] = "~";  // sorts after every id

// "" for no name.
std::string IdOf(const std::string& name) { return name.empty() ? "" : LastId(name); }

}  // namespace

absl::Status MatchStore::Create(db::Connection& connection, const api::Call& call,
                                const v1::Match& match) {
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kInsert, {AllianceId(match.name()), LastId(match.name()),
                             LastId(match.publisher()), LastId(match.claimant()),
                             IdOf(match.awaits()), IdOf(match.need()), IdOf(match.offer()),
                             static_cast<int>(match.state()), match.SerializeAsString()})
          .status());
  return journal_.Append(connection, call, {.resource = match.name(), .after = &match});
}

absl::StatusOr<MatchStore::Stored> MatchStore::Get(db::Connection& connection,
                                                   const std::string& name) {
  Stored stored;
  JH_ASSIGN_OR_RETURN(const int64_t rows, connection.Select(kGet, {AllianceId(name), LastId(name)},
                                                            [&](const db::Row& row) {
                                                              stored.version = row.Int(0);
                                                              row.Parse(1, stored.match);
                                                            }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

absl::Status MatchStore::Update(db::Connection& connection, const api::Call& call,
                                const Stored& before, const v1::Match& after,
                                const std::string& reason) {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {static_cast<int>(after.state()), IdOf(after.awaits()), after.SerializeAsString(),
       AllianceId(after.name()), LastId(after.name()), before.version}));
  return journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before.match, .after = &after, .reason = reason});
}

absl::StatusOr<std::vector<v1::Match>> MatchStore::List(db::Connection& connection,
                                                        const std::string& alliance,
                                                        const Filter& filter,
                                                        const api::Page& page) {
  const std::string alliance_id = AllianceId(alliance);
  const std::string before = page.first() ? kAfterAll : page.after[0];
  std::vector<v1::Match> matches;
  const auto add = [&](const db::Row& row) { row.Parse(0, matches.emplace_back()); };
  const auto run = [&](const db::Query& query, const std::string& unit, int state) {
    return connection.Select(query, {alliance_id, LastId(unit), state, before, page.limit()}, add)
        .status();
  };
  std::vector<std::string> units = filter.units;
  if (filter.everyone) units = {""};
  for (const std::string& unit : units) {
    const std::string id = IdOf(unit);
    if (!filter.listing.empty()) {
      const bool need = filter.listing.find("/needs/") != std::string::npos;
      JH_RETURN_IF_ERROR(
          connection
              .Select(need ? kByNeed : kByOffer,
                      {alliance_id, LastId(filter.listing), before, static_cast<int>(filter.state),
                       static_cast<int>(filter.state), id, id, page.limit()},
                      add)
              .status());
      continue;
    }
    for (const int state :
         {v1::Match::STATE_CLAIMED, v1::Match::STATE_AGREED, v1::Match::STATE_DELIVERED,
          v1::Match::STATE_COMPLETED, v1::Match::STATE_WITHDRAWN}) {
      if (filter.state != v1::Match::STATE_UNSPECIFIED && filter.state != state) continue;
      const bool waits = state == v1::Match::STATE_CLAIMED || state == v1::Match::STATE_DELIVERED;
      if (filter.waiting && !waits) continue;
      if (filter.everyone) {
        JH_RETURN_IF_ERROR(
            connection.Select(kByState, {alliance_id, state, before, page.limit()}, add).status());
      } else if (filter.waiting) {
        JH_RETURN_IF_ERROR(run(kByAwaited, unit, state));
      } else {
        JH_RETURN_IF_ERROR(run(kByPublisher, unit, state));
        JH_RETURN_IF_ERROR(run(kByClaimant, unit, state));
      }
    }
  }
  std::sort(matches.begin(), matches.end(),
            [](const v1::Match& a, const v1::Match& b) { return a.name() > b.name(); });
  // One between two of the caller's units is in two runs.
  const auto same = [](const v1::Match& a, const v1::Match& b) { return a.name() == b.name(); };
  matches.erase(std::unique(matches.begin(), matches.end(), same), matches.end());
  if (matches.size() > static_cast<size_t>(page.limit())) matches.resize(page.limit());
  return matches;
}

absl::Status MatchStore::CountRating(db::Connection& connection, const std::string& member,
                                     int stars) {
  return connection.Execute(kCountRating, {AllianceId(member), LastId(member), stars}).status();
}

absl::StatusOr<Standing> MatchStore::RatingOf(db::Connection& connection,
                                              const std::string& member) {
  Standing standing;
  JH_RETURN_IF_ERROR(connection
                         .Select(kRating, {AllianceId(member), LastId(member)},
                                 [&](const db::Row& row) {
                                   standing.ratings = static_cast<int>(row.Int(0));
                                   standing.stars = static_cast<int>(row.Int(1));
                                 })
                         .status());
  return standing;
}

}  // namespace jinhuan::resource
