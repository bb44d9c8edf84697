#include "alliance-svc/storage/rotation_record_store.h"

#include <sodium.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "alliance-svc/domain/rotation_view.h"
#include "alliance-svc/storage/names.h"
#include "google/protobuf/util/message_differencer.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

// Whether the rotation has to know of the change.
bool Matters(const v1::Member* before, const v1::Member& after) {
  const chair::Unit now = UnitOf(after);
  if (before == nullptr) return now.state == v1::Member::STATE_ACTIVE;
  const chair::Unit then = UnitOf(*before);
  return then.state != now.state || then.sector != now.sector || then.tier != now.tier ||
         then.has_liaison != now.has_liaison || then.join_time != now.join_time;
}

// Whether the unit may have come into the pool by it.
bool MayEnter(const v1::Member* before, const v1::Member& after) {
  const chair::Unit now = UnitOf(after);
  if (now.state != v1::Member::STATE_ACTIVE) return false;
  if (before == nullptr) return true;
  const chair::Unit then = UnitOf(*before);
  return then.state != now.state || then.tier != now.tier || then.has_liaison != now.has_liaison;
}

}  // namespace

std::string RandomSeed() {
  std::string seed(32, '\0');
  randombytes_buf(seed.data(), seed.size());
  return seed;
}

absl::StatusOr<chair::Record> RotationRecordStore::Load(db::Connection& connection,
                                                        const std::string& alliance,
                                                        const std::optional<RotationRow>& row,
                                                        absl::Time now) const {
  chair::Record record;
  record.alliance = alliance;
  JH_ASSIGN_OR_RETURN(const v1::Alliance resource, alliances_.Get(connection, alliance));
  record.zone = chair::ZoneOf(resource.time_zone());
  record.settled = now;
  if (row.has_value()) {
    record.settled = row->settled;
    record.seed = row->seed;
    record.version = row->version;
    record.body = row->body;
  }
  JH_ASSIGN_OR_RETURN(record.charter, charters_.InForce(connection, alliance, record.settled));
  JH_ASSIGN_OR_RETURN(record.coming, charters_.Coming(connection, alliance, record.settled));
  JH_ASSIGN_OR_RETURN(record.terms, terms.ReadAll(connection, alliance));
  JH_ASSIGN_OR_RETURN(record.units, turns.ReadUnits(connection, alliance));
  JH_ASSIGN_OR_RETURN(record.entries, turns.ReadEntries(connection, alliance));
  JH_ASSIGN_OR_RETURN(record.waivers, turns.ReadWaivers(connection, alliance));
  JH_ASSIGN_OR_RETURN(record.swaps, swaps.ReadOpen(connection, alliance));
  const absl::CivilDay since = chair::DayOf(std::min(record.settled, now), record.zone) - 1;
  JH_ASSIGN_OR_RETURN(record.unavailabilities,
                      unavailabilities.ReadFrom(connection, alliance, since));
  return record;
}

absl::StatusOr<chair::Record> RotationRecordStore::Read(db::Connection& connection,
                                                        const std::string& alliance,
                                                        absl::Time now) const {
  JH_ASSIGN_OR_RETURN(const std::optional<RotationRow> row, rows.Read(connection, alliance));
  JH_ASSIGN_OR_RETURN(chair::Record record, Load(connection, alliance, row, now));
  chair::Settle(record, now);
  return record;
}

absl::StatusOr<ClaimedRotation> RotationRecordStore::Claim(db::Connection& connection,
                                                           const api::Call& call,
                                                           const std::string& alliance) const {
  JH_ASSIGN_OR_RETURN(const RotationRow row, rows.Claim(connection, alliance, call.now, seeds_()));
  ClaimedRotation claimed;
  // Another call of a moment later may have been first.
  claimed.now = std::max(call.now, row.settled);
  JH_ASSIGN_OR_RETURN(claimed.before, Load(connection, alliance, row, claimed.now));
  claimed.record = claimed.before;
  chair::Settle(claimed.record, claimed.now);
  return claimed;
}

absl::Status RotationRecordStore::SaveTerms(db::Connection& connection, const api::Call& call,
                                            ClaimedRotation& claimed,
                                            const std::string& reason) const {
  chair::Record& record = claimed.record;
  const chair::Record& before = claimed.before;
  std::vector<bool> kept(before.terms.size());
  for (size_t i = 0; i < record.terms.size(); ++i) {
    v1::ChairTerm& term = *record.terms[i].mutable_term();
    const std::optional<size_t> old = chair::TermNamed(before, term.name());
    if (old.has_value()) kept[*old] = true;
    term.set_etag(old.has_value() ? before.terms[*old].term().etag() : "1");
    term.clear_update_time();  // terms of older releases have none
    if (!old.has_value()) {
      *term.mutable_update_time() = api::ToProto(claimed.now);
    } else if (before.terms[*old].term().has_update_time()) {
      *term.mutable_update_time() = before.terms[*old].term().update_time();
    }
    const bool same = old.has_value() && google::protobuf::util::MessageDifferencer::Equals(
                                             before.terms[*old], record.terms[i]);
    if (!old.has_value()) {
      JH_RETURN_IF_ERROR(terms.Insert(connection, record.terms[i]));
    } else if (!same) {
      term.set_etag(std::to_string(std::stoll(term.etag()) + 1));
      *term.mutable_update_time() = api::ToProto(claimed.now);
      JH_RETURN_IF_ERROR(terms.Update(connection, record.terms[i]));
    }
    const bool moved =
        old.has_value() &&
        chair::StateOf(before, *old, before.settled) != chair::StateOf(record, i, claimed.now) &&
        record.terms[i].term().start_time().seconds() <= absl::ToUnixSeconds(claimed.now);
    if (same && !moved) continue;
    v1::ChairTerm then;
    if (old.has_value()) then = chair::ViewTerm(before, *old, before.settled);
    const v1::ChairTerm now = chair::ViewTerm(record, i, claimed.now);
    JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                       {.resource = term.name(),
                                        .before = old.has_value() ? &then : nullptr,
                                        .after = &now,
                                        .reason = same ? "" : reason}));
  }
  for (size_t i = 0; i < before.terms.size(); ++i) {
    if (kept[i]) continue;
    const v1::ChairTerm then = chair::ViewTerm(before, i, before.settled);
    JH_RETURN_IF_ERROR(terms.Delete(connection, then.name()));
    JH_RETURN_IF_ERROR(journal_.Append(
        connection, call, {.resource = then.name(), .before = &then, .reason = reason}));
  }
  return absl::OkStatus();
}

absl::Status RotationRecordStore::SaveSwaps(db::Connection& connection, const api::Call& call,
                                            ClaimedRotation& claimed) const {
  for (v1::TermSwap& swap : claimed.record.swaps) {
    const auto old = std::find_if(claimed.before.swaps.begin(), claimed.before.swaps.end(),
                                  [&](const auto& other) { return other.name() == swap.name(); });
    const bool known = old != claimed.before.swaps.end();
    if (known && google::protobuf::util::MessageDifferencer::Equals(*old, swap)) continue;
    swap.set_etag(known ? std::to_string(std::stoll(old->etag()) + 1) : "1");
    JH_RETURN_IF_ERROR(known ? swaps.Update(connection, swap) : swaps.Insert(connection, swap));
    const v1::TermSwap now = chair::ViewSwap(claimed.record, swap);
    v1::TermSwap then;
    if (known) then = chair::ViewSwap(claimed.before, *old);
    JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                       {.resource = swap.name(),
                                        .before = known ? &then : nullptr,
                                        .after = &now,
                                        .reason = swap.state_reason()}));
  }
  return absl::OkStatus();
}

absl::Status RotationRecordStore::Save(db::Connection& connection, const api::Call& call,
                                       ClaimedRotation& claimed, const std::string& reason) const {
  chair::Record& record = claimed.record;
  JH_RETURN_IF_ERROR(SaveTerms(connection, call, claimed, reason));
  JH_RETURN_IF_ERROR(SaveSwaps(connection, call, claimed));
  for (const auto& [member, entry] : record.entries) {
    const auto old = claimed.before.entries.find(member);
    if (old != claimed.before.entries.end() && old->second == entry) continue;
    JH_RETURN_IF_ERROR(turns.SetEntry(connection, member, entry));
  }
  const RotationRow row{.version = record.version,
                        .settled = record.settled,
                        .wake = chair::NextEvent(record),
                        .seed = record.seed,
                        .body = record.body};
  JH_RETURN_IF_ERROR(rows.Write(connection, record.alliance, row));
  if (record.seed == claimed.before.seed && record.body.draft() == claimed.before.body.draft()) {
    return absl::OkStatus();
  }
  // Without the draft, which only the street may see.
  const v1::Rotation after = chair::ViewRotation(record, claimed.now, false);
  return journal_.Append(connection, call,
                         {.resource = after.name(), .after = &after, .reason = reason});
}

absl::Status RotationRecordStore::Ensure(db::Connection& connection, const std::string& alliance,
                                         absl::Time now) const {
  return rows.Claim(connection, alliance, now, seeds_()).status();
}

absl::Status RotationRecordStore::NoteMemberChanges(db::Connection& connection,
                                                    const api::Call& call,
                                                    const std::vector<MemberChange>& changes,
                                                    const std::string& reason) const {
  std::vector<MemberChange> concerned;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(concerned),
               [](const MemberChange& change) { return Matters(change.before, *change.after); });
  if (concerned.empty()) return absl::OkStatus();
  const std::string alliance = AllianceName(AllianceIdOf(concerned[0].after->name()));
  JH_ASSIGN_OR_RETURN(RotationRow row, rows.Claim(connection, alliance, call.now, seeds_()));
  row.body.set_basis(row.body.basis() + 1);
  JH_ASSIGN_OR_RETURN(const auto ahead,
                      terms.EndingAfter(connection, alliance, std::min(call.now, row.settled), 1));
  // Nothing is published that they could touch.
  if (ahead.empty()) return rows.Write(connection, alliance, row);
  std::set<std::string> entered(row.body.entered().begin(), row.body.entered().end());
  for (const auto& [before, after] : concerned) {
    if (MayEnter(before, *after) && entered.insert(after->name()).second) {
      row.body.add_entered(after->name());
    }
  }
  // What is published leaves a new unit out.
  if (std::all_of(concerned.begin(), concerned.end(),
                  [](const MemberChange& change) { return change.before == nullptr; })) {
    return rows.Write(connection, alliance, row);
  }
  const absl::Time now = std::max(call.now, row.settled);
  ClaimedRotation claimed{.record = {}, .before = {}, .now = now};
  JH_ASSIGN_OR_RETURN(claimed.before, Load(connection, alliance, row, now));
  claimed.record = claimed.before;
  chair::Record& record = claimed.record;
  // What the clock did before these changes it did with the units as they were.
  for (const auto& [before, after] : concerned) {
    record.units.erase(after->name());
    if (before != nullptr) record.units[after->name()] = UnitOf(*before);
  }
  chair::Settle(record, now);
  for (const auto& [before, after] : concerned) record.units[after->name()] = UnitOf(*after);
  chair::Reseat(record, now);
  return Save(connection, call, claimed, reason);
}

absl::Status RotationRecordStore::NoteCharter(db::Connection& connection,
                                              const std::string& alliance, absl::Time start,
                                              absl::Time now) const {
  JH_ASSIGN_OR_RETURN(RotationRow row, rows.Claim(connection, alliance, now, seeds_()));
  row.wake = std::min(row.wake.value_or(start), start);
  return rows.Write(connection, alliance, row);
}

absl::StatusOr<std::vector<ActingInterval>> RotationRecordStore::ActingIn(
    db::Connection& connection, const std::string& alliance, absl::Time from,
    absl::Time until) const {
  // Most of the time all units concerned can act, and few rows tell.
  JH_ASSIGN_OR_RETURN(const auto ahead, terms.EndingAfter(connection, alliance, from, 2));
  std::vector<ActingInterval> acting;
  bool all_can = true;
  for (const internal::v1::StoredTerm& term : ahead) {
    for (const chair::Stint& stint : chair::StintsOf(term.term())) {
      if (stint.end <= from || until <= stint.start) continue;
      JH_ASSIGN_OR_RETURN(const bool active, turns.IsActive(connection, stint.member));
      JH_ASSIGN_OR_RETURN(const bool away,
                          unavailabilities.MayMeet(connection, stint.member, from, until));
      all_can = all_can && active && !away;
      acting.push_back({stint.member, stint.start, stint.end});
    }
  }
  if (all_can) return acting;
  acting.clear();
  JH_ASSIGN_OR_RETURN(const chair::Record record, Read(connection, alliance, from));
  for (absl::Time time = from; time < until;) {
    const auto found = chair::ActingAt(record, time);
    if (!found.has_value()) break;
    acting.push_back({found->member, found->start, found->end});
    time = found->end;
  }
  return acting;
}

}  // namespace jinhuan::alliance
