#include "alliance-svc/domain/rotation_publication.h"

#include <algorithm>
#include <map>

#include "absl/strings/escaping.h"
#include "alliance-svc/domain/rotation_credit.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "platform/api/time.h"

namespace jinhuan::alliance::chair {
namespace {

// Adds whom the plan passed over, to those that earlier ones did. Where it gives one a turn
// in such a cycle after all, it was not passed over, unless that is what it has the turn for.
void NotePassed(Record& record, const internal::StoredPlan& draft) {
  std::map<std::pair<std::string, int>, internal::PassedTurn> passed;
  for (const auto* turns : {&record.body.passed(), &draft.passed()}) {
    for (const internal::PassedTurn& turn : *turns) passed[{turn.member(), turn.cycle()}] = turn;
  }
  for (const internal::StoredTerm& term : record.terms) {
    const std::string& holder = TurnHolder(term.term());
    if (HearsDeclarations(record, holder)) passed.erase({holder, term.term().cycle()});
  }
  record.body.clear_passed();
  for (const auto& [key, turn] : passed) *record.body.add_passed() = turn;
}

int LastCycle(const std::vector<internal::StoredTerm>& terms) {
  int last = 0;
  for (const internal::StoredTerm& term : terms) last = std::max(last, term.term().cycle());
  return last;
}

void RevealSeed(Record& record, absl::Time now) {
  v1::RevealedSeed revealed;
  revealed.set_seed(absl::BytesToHexString(record.seed));
  const auto& known = record.body.revealed_seeds();
  if (!known.empty() && known[0].seed() == revealed.seed()) return;
  revealed.set_commitment(rotation::LotteryCommitment(record.seed));
  *revealed.mutable_reveal_time() = api::ToProto(now);
  std::vector<v1::RevealedSeed> seeds = {std::move(revealed)};
  for (const v1::RevealedSeed& seed : record.body.revealed_seeds()) {
    if (seeds.size() < kRevealedSeeds) seeds.push_back(seed);
  }
  record.body.mutable_revealed_seeds()->Assign(seeds.begin(), seeds.end());
}

void ExpireSwapsOf(Record& record, const std::string& term) {
  for (v1::TermSwap& swap : record.swaps) {
    if (swap.term() != term && swap.other_term() != term) continue;
    swap.set_state(v1::TermSwap::STATE_EXPIRED);
    swap.set_state_reason("重新编排变更了其中一个任期，自动失效");
  }
}

// The planned term as it is published, in place of `before` if there was one.
internal::StoredTerm PublishedTerm(const internal::StoredTerm* before, v1::ChairTerm planned,
                                   const std::string& plan_id, const std::string& reason,
                                   absl::Time now) {
  internal::StoredTerm after;
  planned.clear_state();
  planned.clear_deputy();
  planned.clear_adviser();
  planned.clear_member_display_name();
  for (v1::StandIn& stand_in : *planned.mutable_stand_ins()) stand_in.clear_member_display_name();
  after.set_plan(plan_id);
  if (before != nullptr) {
    planned.set_etag(before->term().etag());
    if (before->term().member() == planned.member()) {
      after.set_plan(before->plan());
      after.set_agreed(before->agreed());
    } else {
      v1::TermChange& change = *planned.add_changes();
      *change.mutable_time() = api::ToProto(now);
      change.set_from_member(before->term().member());
      change.set_to_member(planned.member());
      change.set_reason(planned.reason() + "（" + reason + "）");
    }
  }
  *after.mutable_term() = std::move(planned);
  return after;
}

}  // namespace

void Publish(Record& record, const internal::StoredPlan& draft, const std::string& plan_id,
             const std::string& reason, std::string next_seed, absl::Time now) {
  std::vector<internal::StoredTerm> terms;
  bool gave = false;  // a term to somebody who had not got it
  for (size_t i = 0; i < record.terms.size(); ++i) {
    if (IsFixed(record, i, now)) terms.push_back(record.terms[i]);
  }
  for (int t = 0; t < draft.plan().terms_size(); ++t) {
    const v1::ChairTerm& planned = draft.plan().terms(t);
    const auto index = TermNamed(record, planned.name());
    if (draft.frozen(t)) {
      const auto placed = std::find_if(terms.begin(), terms.end(), [&](const auto& term) {
        return term.term().name() == planned.name();
      });
      internal::StoredTerm& stands =
          placed == terms.end() ? terms.emplace_back(record.terms[*index]) : *placed;
      stands.mutable_term()->set_cycle(planned.cycle());
      continue;
    }
    const bool same =
        index.has_value() && EndOf(record.terms[*index]) == api::FromProto(planned.end_time());
    const internal::StoredTerm* before = same ? &record.terms[*index] : nullptr;
    terms.push_back(PublishedTerm(before, planned, plan_id, reason, now));
    const bool kept = index.has_value() && record.terms[*index].term().member() == planned.member();
    if (index.has_value() && !kept) ExpireSwapsOf(record, planned.name());
    gave = gave || !kept;
  }
  for (const internal::StoredTerm& before : record.terms) {
    const bool kept = std::any_of(terms.begin(), terms.end(), [&](const auto& term) {
      return term.term().name() == before.term().name() && EndOf(term) == EndOf(before);
    });
    if (!kept) ExpireSwapsOf(record, before.term().name());
  }
  if (gave) RevealSeed(record, now);
  if (LastCycle(record.terms) < LastCycle(terms)) record.seed = std::move(next_seed);
  record.terms = std::move(terms);
  NotePassed(record, draft);
  for (const internal::PlanEntry& entry : draft.entries()) {
    record.entries[entry.member()] = {entry.base_credit(), entry.waiting_since()};
  }
  record.body.clear_entered();
  record.body.clear_draft();
  OutdateDrafts(record);
}

}  // namespace jinhuan::alliance::chair
