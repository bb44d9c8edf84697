#include "meeting-svc/storage/handover_store.h"

#include "jinhuan/alliance/v1/rotation.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ChairTerm;

constexpr absl::Duration kLateFor = absl::Hours(24 * 30);

const db::Query kTerm("SELECT body, start_time FROM chair_term WHERE alliance_id = ? AND id = ?",
                      "PRIMARY");
const db::Query kTermsBefore(
    "SELECT t.body, t.start_time, h.body FROM chair_term AS t "
    "FORCE INDEX (chair_term_by_start) LEFT JOIN handover AS h "
    "ON h.alliance_id = t.alliance_id AND h.id = t.id "
    "WHERE t.alliance_id = ? AND t.start_time < ? ORDER BY t.start_time DESC LIMIT ?",
    "chair_term_by_start");
const db::Query kNextStart(
    "SELECT start_time FROM chair_term FORCE INDEX (chair_term_by_start) "
    "WHERE alliance_id = ? AND start_time > ? ORDER BY start_time LIMIT 1",
    "chair_term_by_start");
const db::Query kGet("SELECT body FROM handover WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kClaim(
    "INSERT INTO handover (alliance_id, id, version, closed, body) VALUES (?, ?, 1, 0, '') "
    "ON DUPLICATE KEY UPDATE version = version + 1",
    "");
const db::Query kPut("UPDATE handover SET closed = ?, body = ? WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kReopen(
    "UPDATE handover SET version = version + 1, closed = 0 WHERE alliance_id = ? AND id >= ?",
    "PRIMARY");
const db::Query kClose("UPDATE handover SET closed = 1 WHERE alliance_id = ? AND id = ?",
                       "PRIMARY");
const db::Query kLate(
    "SELECT t.alliance_id, t.id FROM chair_term AS t FORCE INDEX (chair_term_by_time) "
    "LEFT JOIN handover AS h ON h.alliance_id = t.alliance_id AND h.id = t.id "
    "WHERE t.start_time > ? AND t.start_time <= ? AND COALESCE(h.closed, 0) = 0 "
    "ORDER BY t.start_time, t.alliance_id LIMIT ?",
    "chair_term_by_time");

v1::Handover::State StateOf(const v1::Handover& handover, absl::Time now) {
  if (handover.has_outgoing_signature() && handover.has_incoming_signature()) {
    return v1::Handover::STATE_SIGNED;
  }
  return api::FromProto(handover.boundary_time()) <= now ? v1::Handover::STATE_OVERDUE
                                                         : v1::Handover::STATE_OPEN;
}

// Whether a unit signed that no longer is on the side. Signatures of before they named their unit
// stay.
bool IsOfAnother(const v1::HandoverSignature& signature, const ChairTerm& side) {
  return !signature.member().empty() && signature.member() != side.member();
}

// Whether what is kept was done between two other units: signed by them, or told of them. What was
// kept before it said between whom goes by its signatures alone.
bool IsOfOthers(const v1::Handover& kept, const ChairTerm& outgoing, const ChairTerm& incoming) {
  return !kept.outgoing_member().empty() && (kept.outgoing_member() != outgoing.member() ||
                                             kept.incoming_member() != incoming.member());
}

// What follows from the two terms and the clock, over what is kept.
v1::Handover Between(const ChairTerm& outgoing, const ChairTerm& incoming, v1::Handover kept,
                     absl::Time now) {
  if (IsOfOthers(kept, outgoing, incoming)) kept.Clear();
  kept.set_name(api::AllianceOf(incoming.name()) + "/handovers/" + api::LastId(incoming.name()));
  kept.set_outgoing_member(outgoing.member());
  kept.set_outgoing_member_display_name(outgoing.member_display_name());
  kept.set_incoming_member(incoming.member());
  kept.set_incoming_member_display_name(incoming.member_display_name());
  if (IsOfAnother(kept.outgoing_signature(), outgoing)) kept.clear_outgoing_signature();
  if (IsOfAnother(kept.incoming_signature(), incoming)) kept.clear_incoming_signature();
  *kept.mutable_boundary_time() = incoming.start_time();
  kept.set_state(StateOf(kept, now));
  return kept;
}

}  // namespace

absl::StatusOr<v1::Handover> HandoverStore::Get(db::Connection& connection, const HandoverKey& key,
                                                absl::Time now) const {
  std::optional<absl::Time> start;
  JH_RETURN_IF_ERROR(connection
                         .Select(kTerm, {key.alliance_id, key.id},
                                 [&](const db::Row& row) { start = row.Time(1); })
                         .status());
  if (start.has_value()) {
    JH_ASSIGN_OR_RETURN(auto found, List(connection, key.alliance(), *start + absl::Microseconds(1),
                                         1, absl::InfiniteFuture()));
    if (!found.empty()) {
      found.front().set_state(StateOf(found.front(), now));
      return std::move(found.front());
    }
  }
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", key.name()}});
}

absl::StatusOr<std::vector<v1::Handover>> HandoverStore::List(db::Connection& connection,
                                                              const std::string& alliance,
                                                              absl::Time before, int limit,
                                                              absl::Time now) const {
  const std::string alliance_id = api::LastId(alliance);
  // The next term may be handed over already; those after it are plans.
  if (now != absl::InfiniteFuture()) {
    JH_RETURN_IF_ERROR(connection
                           .Select(kNextStart, {alliance_id, now},
                                   [&](const db::Row& row) {
                                     before = std::min(before, row.Time(0) + absl::Microseconds(1));
                                   })
                           .status());
  }
  struct Stored {
    ChairTerm term;
    v1::Handover handover;
  };
  std::vector<Stored> terms;
  JH_RETURN_IF_ERROR(connection
                         .Select(kTermsBefore, {alliance_id, before, limit + 1},
                                 [&](const db::Row& row) {
                                   Stored& one = terms.emplace_back();
                                   row.Parse(0, one.term);
                                   if (!row.IsNull(2)) row.Parse(2, one.handover);
                                 })
                         .status());
  std::vector<v1::Handover> handovers;
  for (size_t i = 0; i + 1 < terms.size(); ++i) {
    handovers.push_back(
        Between(terms[i + 1].term, terms[i].term, std::move(terms[i].handover), now));
  }
  return handovers;
}

absl::Status HandoverStore::Claim(db::Connection& connection, const HandoverKey& key) const {
  return connection.Execute(kClaim, {key.alliance_id, key.id}).status();
}

absl::Status HandoverStore::Put(db::Connection& connection, const api::Call& call,
                                const HandoverKey& key, const v1::Handover& before,
                                const v1::Handover& after) const {
  v1::Handover kept;
  kept.set_outgoing_member(after.outgoing_member());
  kept.set_incoming_member(after.incoming_member());
  if (after.has_outgoing_signature()) {
    *kept.mutable_outgoing_signature() = after.outgoing_signature();
  }
  if (after.has_incoming_signature()) {
    *kept.mutable_incoming_signature() = after.incoming_signature();
  }
  if (after.has_escalate_time()) *kept.mutable_escalate_time() = after.escalate_time();
  *kept.mutable_sections() = after.sections();
  const bool closed = after.has_escalate_time() || after.state() == v1::Handover::STATE_SIGNED;
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kPut, {int{closed}, kept.SerializeAsString(), key.alliance_id, key.id}));
  return journal_.Append(connection, call,
                         {.resource = key.name(), .before = &before, .after = &after});
}

absl::Status HandoverStore::Apply(db::Connection& connection,
                                  const journal::v1::Entry& entry) const {
  const auto ids = api::MatchName("alliances/*/chairTerms/*", entry.resource());
  if (!ids.has_value()) return absl::OkStatus();
  return connection.Execute(kReopen, {ids->at(0), ids->at(1)}).status();
}

absl::Status HandoverStore::Close(db::Connection& connection, const HandoverKey& key) const {
  return connection.Execute(kClose, {key.alliance_id, key.id}).status();
}

absl::StatusOr<std::vector<HandoverKey>> HandoverStore::Late(db::Connection& connection,
                                                             absl::Time now, int limit) const {
  std::vector<HandoverKey> late;
  JH_RETURN_IF_ERROR(connection
                         .Select(kLate, {now - kLateFor, now, limit},
                                 [&](const db::Row& row) {
                                   late.push_back({row.Text(0), row.Text(1)});
                                 })
                         .status());
  return late;
}

}  // namespace jinhuan::meeting
